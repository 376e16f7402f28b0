import { createRequire } from "node:module";
import hardhatToolboxMochaEthers from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import { configVariable, defineConfig } from "hardhat/config";
import type { HardhatPlugin } from "hardhat/types/plugins";

const require = createRequire(import.meta.url);

// The compiler is the npm package, pinned by the lock: nothing is downloaded, and tests, benchmark and deployment
// measure the same code.
const compiler = {
  version: "0.8.35",
  path: require.resolve("solc/soljson.js"),
  settings: {
    evmVersion: "osaka",
    viaIR: true,
    optimizer: { enabled: true, runs: 1_000_000 },
  },
};

// Warnings about dependencies' sources are for their authors; those about ours must stand out.
const ownWarningsOnly: HardhatPlugin = {
  id: "own-warnings-only",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        async getCompilationJobErrors(context, job, output, next) {
          const errors = await next(context, job, output);
          return errors.filter(
            (e) => e.severity === "error" || !/--> \S*node_modules\//.test(e.formattedMessage ?? ""),
          );
        },
      }),
    }),
  },
};

// `npm run test:long` sets this: the same properties, more and deeper runs.
const isLongCampaign = process.env.CREDENCE_LONG_CAMPAIGN === "1";

export default defineConfig({
  plugins: [hardhatToolboxMochaEthers, ownWarningsOnly],
  solidity: {
    profiles: { default: compiler, production: compiler },
    npmFilesToBuild: ["@openzeppelin/contracts/access/manager/AccessManager.sol"],
  },
  paths: { tests: { mocha: "./test", solidity: "./test/solidity" } },
  typechain: { outDir: "typechain-types" },
  networks: {
    localhost: { type: "http", chainType: "l1", url: "http://127.0.0.1:8545" },
    sepolia: {
      type: "http",
      chainType: "l1",
      chainId: 11_155_111,
      url: configVariable("SEPOLIA_RPC_URL"),
      accounts: [configVariable("SEPOLIA_PRIVATE_KEY")],
    },
  },
  test: {
    mocha: { timeout: 120_000 },
    solidity: {
      fuzz: { runs: isLongCampaign ? 20_000 : 512, seed: "0x63726564656e6365" },
      invariant: { runs: isLongCampaign ? 2_000 : 256, depth: isLongCampaign ? 512 : 128, failOnRevert: true },
    },
  },
});
