import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import type { NetworkConnection } from "hardhat/types/network";
import { ARGUMENT_PARAM_BOUNDS, type ArgumentParams, validateArgumentParams } from "../sdk/argument/params.ts";
import { type MarketParams, PARAM_BOUNDS, validateParams } from "../sdk/market/params.ts";
import { type Timing, validateTiming, WINDOWS } from "../sdk/query/timing.ts";
import { TestUSDC__factory } from "../typechain-types/index.ts";
import { DeploymentError } from "./errors.ts";
import { chainIdOf } from "./local-chain.ts";

/**
 * The default rules of new markets that a parameters file asks for.
 *
 * @throws DeploymentError for a rule that is missing, unknown or no whole number; `ParameterOutOfBounds` as the factory.
 */
export function marketParamsOf(parameters: DeploymentParameters): MarketParams {
  const names = PARAM_BOUNDS.map(({ name }) => name);
  const params: MarketParams = rulesOf("Market", parameters.Market, names, "asset");
  validateParams(params);
  return params;
}

/**
 * The rules of argument staking that a parameters file asks for.
 *
 * @throws DeploymentError for a rule that is missing, unknown or no whole number; `ParameterOutOfBounds` as the contract.
 */
export function argumentParamsOf(parameters: DeploymentParameters): ArgumentParams {
  const names = ARGUMENT_PARAM_BOUNDS.map(({ name }) => name);
  const params: ArgumentParams = rulesOf("Argument", parameters.Argument, names, "token");
  validateArgumentParams(params);
  return params;
}

/** Lengths of an epoch and of the time for opening beliefs after it, in seconds. */
export interface EpochParams {
  readonly epochLength: bigint;
  readonly revealWindow: bigint;
}

/**
 * The epochs that a parameters file asks for.
 *
 * @throws DeploymentError for a length that is missing, unknown, no whole number or refused by the `TruthSerum`.
 */
export function epochParamsOf(parameters: DeploymentParameters): EpochParams {
  const { epochLength, revealWindow, ...others } = parameters.Stake ?? {};
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new DeploymentError("The Stake parameters name a length that does not exist", { unknown });

  const epochs = {
    epochLength: wholeNumber("Stake.epochLength", epochLength),
    revealWindow: wholeNumber("Stake.revealWindow", revealWindow),
  };
  if (epochs.epochLength >= 1n << 32n || epochs.revealWindow < 1n || epochs.revealWindow > epochs.epochLength) {
    throw new DeploymentError("The reveal window is at least 1 and at most the epoch length, which is below 2^32", {
      ...epochs,
    });
  }
  return epochs;
}

/**
 * The default windows of queries that a parameters file asks for.
 *
 * @throws DeploymentError for a window that is missing, unknown or no whole number; `WindowOutOfRange` as the contract.
 */
export function timingOf(parameters: DeploymentParameters): Timing {
  const timing: Timing = rulesOf("Query", parameters.Query, WINDOWS);
  validateTiming(timing);
  return timing;
}

/**
 * Finds what would stop a deployment half-way, before anything is sent: a parameter out of bounds, a deployer without means.
 *
 * @returns The deployer: the first account of the network.
 */
export async function checkDeployment(
  connection: NetworkConnection,
  parameters: DeploymentParameters,
): Promise<HardhatEthersSigner> {
  marketParamsOf(parameters);
  epochParamsOf(parameters);
  argumentParamsOf(parameters);
  timingOf(parameters);
  const where = await placeOf(connection);
  const [deployer] = await connection.ethers.getSigners();
  if (deployer === undefined) throw new DeploymentError("The network has no account to deploy from", where);
  if ((await connection.ethers.provider.getBalance(deployer)) === 0n) {
    throw new DeploymentError("The deployer cannot pay for gas: send it some ether first", {
      deployer: deployer.address,
      ...where,
    });
  }
  return deployer;
}

/** Throws `DeploymentError` unless `Market.asset` and `Argument.token` name contracts on this chain. */
export async function checkTokens(connection: NetworkConnection, parameters: DeploymentParameters): Promise<void> {
  const where = await placeOf(connection);
  const tokens = {
    "Market.asset": { address: parameters.Market?.asset, use: "markets, stake system and query escrow run on" },
    "Argument.token": { address: parameters.Argument?.token, use: "arguments are staked in" },
  };
  for (const [name, { address, use }] of Object.entries(tokens)) {
    if (typeof address !== "string") {
      throw new DeploymentError(`The parameters file names no ${name}: the ERC-20 that ${use}`, where);
    }
    if ((await connection.ethers.provider.getCode(address)) === "0x") {
      const problem = `${name} is no contract on this chain; correct the parameters file`;
      throw new DeploymentError(problem, { address, ...where });
    }
  }
  await checkDecimals(connection, String(parameters.Market?.asset));
}

/** Stakes of queries are computed for as many decimals. */
const MAX_DECIMALS = 18n;

async function checkDecimals({ ethers }: NetworkConnection, asset: string): Promise<void> {
  const token = TestUSDC__factory.connect(asset, ethers.provider);
  const decimals = await token.decimals().catch((cause: unknown) => {
    throw new DeploymentError("Market.asset does not tell its decimals", { asset }, { cause });
  });
  if (decimals > MAX_DECIMALS) {
    throw new DeploymentError("Market.asset has more decimals than the protocol runs on", {
      asset,
      decimals,
      max: MAX_DECIMALS,
    });
  }
}

async function placeOf(connection: NetworkConnection): Promise<{ network: string; chainId: bigint }> {
  return { network: connection.networkName, chainId: await chainIdOf(connection) };
}

/** Whole numbers by name: all that are named, and nothing else but an address, where one belongs there. */
function rulesOf<N extends string>(
  module: string,
  given: Readonly<Record<string, unknown>> = {},
  names: readonly N[],
  address?: string,
): Record<N, bigint> {
  const unknown = Object.keys(given).find((name) => name !== address && !names.some((known) => known === name));
  if (unknown !== undefined)
    throw new DeploymentError(`The ${module} parameters name a rule that does not exist`, { unknown });
  const rules = names.map((name) => [name, wholeNumber(`${module}.${name}`, given[name])]);
  return Object.fromEntries(rules) as Record<N, bigint>;
}

function wholeNumber(name: string, value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  throw new DeploymentError("A parameter must be a whole number, from 2^53 on a string such as '9007199254740993n'", {
    parameter: name,
    value: value === undefined ? "missing" : String(value),
  });
}
