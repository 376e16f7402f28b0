import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import { type Deployment, deployModule, deployProtocol, readParameters } from "../ignition/deploy.ts";
import { protocolOn } from "../ignition/modules/protocol.ts";
import { Role } from "../sdk/roles.ts";
import {
  BlacklistToken__factory,
  NoReturnToken__factory,
  ReentrantToken__factory,
  TestUSDC__factory,
} from "../typechain-types/index.ts";
import type { SimulatedChain } from "./chain.ts";
import { type Contract, contractOf } from "./contract.ts";
import type { Officers } from "./officers.ts";

/** Tokens that a deployment can choose though they are unpleasant. */
export const HOSTILE_TOKENS = {
  blacklist: BlacklistToken__factory,
  noReturn: NoReturnToken__factory,
  reentrant: ReentrantToken__factory,
} as const;

/** Name of a hostile token. */
export type HostileToken = keyof typeof HOSTILE_TOKENS;

/** A deployment, and what its asset is. */
export interface Deployed {
  readonly contracts: Omit<Deployment, "deployer">;
  readonly asset: Contract;
  readonly decimals: bigint;
}

/** Both deployments of a world. */
export interface Deployments {
  /** On dollars, handed over to the timelock. */
  readonly main: Deployed;
  /** On a hostile token, with the deployer as admin: its belief markets, stake system and queries are used. */
  readonly hostile: Deployed;
}

/** Deploys the protocol through Ignition, as a deployment on a network is, and once more on a hostile token. */
export async function deployAll(
  chain: SimulatedChain,
  officers: Officers,
  hostileToken: HostileToken,
): Promise<Deployments> {
  const deployer = await chain.connection.ethers.getSigner(officers.deployer);
  const parameters = await readParameters("local");
  const usdc = await new TestUSDC__factory(deployer).deploy();
  const asset = await contractOf("token", usdc, "usdc");
  const { team, guardian } = officers;
  const contracts = await deployProtocol(chain.connection, {
    ...parameters,
    Market: { ...parameters.Market, asset: asset.address },
    Council: { ...parameters.Council, team, liquidity: team, partners: team },
    Handover: { guardian },
  });
  const main = { contracts, asset, decimals: await usdc.decimals() };
  return { main, hostile: await deployHostile(chain, deployer, { parameters, officers, hostileToken }) };
}

async function deployHostile(
  chain: SimulatedChain,
  deployer: HardhatEthersSigner,
  {
    parameters,
    officers,
    hostileToken,
  }: { parameters: DeploymentParameters; officers: Officers; hostileToken: HostileToken },
): Promise<Deployed> {
  const token = await new HOSTILE_TOKENS[hostileToken](deployer).deploy();
  const asset = await contractOf("token", token, "hostile");
  const module = protocolOn(
    () => asset.address,
    "deployer",
    () => asset.address,
  );
  const { deployer: team, guardian } = officers;
  const contracts = await deployModule(chain.connection, module, {
    ...parameters,
    Authority: { guardian },
    Council: { ...parameters.Council, team, liquidity: team, partners: team },
  });
  await contracts.authority.connect(deployer).grantRole(Role.Registrar, officers.registrar, 0);
  return { contracts, asset, decimals: await token.decimals() };
}
