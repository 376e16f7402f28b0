import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import hre from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatUserConfig } from "hardhat/types/config";
import type { NetworkConnection } from "hardhat/types/network";
import config from "../../hardhat.config.ts";
import { deployProtocol, readParameters } from "../../ignition/deploy.ts";
import { type DeploymentRecord, readRecord } from "../../ignition/record.ts";
import { recordDeployment } from "../../ignition/recording.ts";
import { TestUSDC__factory } from "../../typechain-types/index.ts";

/** The network that is played. */
export const LIVE = { network: "base-sepolia", chainId: 84_532 } as const;

/** A deployment on a chain with the id of a live one, and its dollars where the parameters say. */
export interface Live {
  readonly url: string;
  readonly connection: NetworkConnection;
  readonly record: DeploymentRecord;
  /** Where the record is. */
  readonly folder: string;
  /** The project's configuration, with Ignition's folder elsewhere. */
  readonly config: HardhatUserConfig;
  close(): Promise<void>;
}

/** Starts a chain as `LIVE` and deploys on it what that network's parameters ask for. */
export async function deployLive(): Promise<Live> {
  const folder = await mkdtemp(join(tmpdir(), "live-"));
  const server = await hre.network.createServer(
    { network: "default", override: { chainId: LIVE.chainId } },
    "127.0.0.1",
    0,
  );
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  const elsewhere = { ...config, paths: { ...config.paths, ignition: folder } };
  const { network } = await createHardhatRuntimeEnvironment(elsewhere, {}, hre.config.paths.root);
  const connection = await network.create({ network: LIVE.network, override: { url, accounts: "remote" } });
  const parameters = await readParameters(LIVE.network);
  await placeDollars(connection, String(parameters.Market?.asset));
  const deployment = await deployProtocol(connection, parameters);
  const journal = join(folder, "deployments", `chain-${LIVE.chainId}`);
  await recordDeployment(connection, { deployment, parameters, journal }, folder);
  return {
    ...{ url, connection, folder, config: elsewhere },
    record: await readRecord(LIVE.network, folder),
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Puts an ERC-20 of six decimals where Circle's is on the real chain. */
async function placeDollars({ ethers, networkHelpers }: NetworkConnection, address: string): Promise<void> {
  const [deployer] = await ethers.getSigners();
  if (deployer === undefined) throw new RangeError("the chain has no account");
  const dollars = await new TestUSDC__factory(deployer).deploy();
  await networkHelpers.setCode(address, await ethers.provider.getCode(dollars));
}
