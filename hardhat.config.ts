import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
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

// Argument staking would not fit into 24,576 bytes at that many runs; optimized for its size it costs 0.5 % more gas.
const compact = { ...compiler, settings: { ...compiler.settings, optimizer: { enabled: true, runs: 200 } } };
const compilers = {
  compilers: [compiler],
  overrides: {
    "contracts/argument/ArgumentStaking.sol": compact,
  },
};

/** Warnings about sizes of code: of tests, which no other chain ever sees. What is deployed, `npm run bench` measures. */
const SIZE_WARNINGS = ["5574", "3860"];

// Warnings about dependencies' sources are for their authors; one about ours fails the build, unless coverage has put
// code of its own between.
const noOwnWarnings: HardhatPlugin = {
  id: "no-own-warnings",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        async getCompilationJobErrors(context, job, output, next) {
          const errors = await next(context, job, output);
          return errors.filter(
            (e) => e.severity === "error" || !/--> \S*node_modules\//.test(e.formattedMessage ?? ""),
          );
        },
        async invokeSolc(context, solc, input, solcConfig, next) {
          const output = await next(context, solc, input, solcConfig);
          if (context.globalOptions.coverage) return output;
          const errors = output.errors?.map((e) => {
            const isOwn = /--> project\//.test(e.formattedMessage ?? "") && !SIZE_WARNINGS.includes(e.errorCode ?? "");
            return isOwn ? { ...e, type: "Error", severity: "error" as const } : e;
          });
          return { ...output, ...(errors !== undefined && { errors }) };
        },
      }),
    }),
  },
};

// Compiling is most of what a first run waits for: use every core, where Hardhat leaves one alone.
const allCores: HardhatPlugin = {
  id: "all-cores",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        build: (context, rootFilePaths, options, next) =>
          next(context, rootFilePaths, { concurrency: availableParallelism(), ...options }),
      }),
    }),
  },
};

export default defineConfig({
  plugins: [hardhatToolboxMochaEthers, noOwnWarnings, allCores],
  solidity: {
    profiles: { default: compilers, production: compilers },
    splitTestsCompilation: true, // Mocha needs no Solidity test, and those deploy what is compiled here
    npmFilesToBuild: [
      "@openzeppelin/contracts/access/manager/AccessManager.sol",
      "@openzeppelin/contracts/governance/TimelockController.sol",
    ],
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
    "base-sepolia": {
      type: "http",
      chainType: "op",
      chainId: 84_532,
      url: configVariable("BASE_SEPOLIA_RPC_URL"),
      accounts: [configVariable("BASE_SEPOLIA_PRIVATE_KEY")],
    },
  },
  verify: { etherscan: { apiKey: configVariable("ETHERSCAN_API_KEY") } },
  test: {
    mocha: { timeout: 120_000 },
    solidity: {
      fsPermissions: { readDirectory: ["./artifacts"] },
      // How hard they try in `npm test`; `npm run test:long` tries longer and deeper.
      fuzz: { runs: 512, seed: "0x63726564656e6365" },
      invariant: { runs: 256, depth: 128, failOnRevert: true },
    },
  },
});
