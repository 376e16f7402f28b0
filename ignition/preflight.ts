import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { DeploymentParameters } from "@nomicfoundation/ignition-core";
import { getAddress, isAddress, ZeroAddress } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { ARGUMENT_PARAM_BOUNDS, type ArgumentParams, validateArgumentParams } from "../sdk/argument/params.ts";
import { BPS } from "../sdk/bounds.ts";
import { COUNCIL_PARAM_BOUNDS, type CouncilParams, validateCouncilParams } from "../sdk/council/params.ts";
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
  const params: MarketParams = rulesOf("Market", parameters.Market, names, ["asset"]);
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
  const params: ArgumentParams = rulesOf("Argument", parameters.Argument, names);
  validateArgumentParams(params);
  return params;
}

/** Who can be named to get a part of the first supply; the deployer does where nobody is. */
export const RECIPIENTS = ["team", "liquidity", "partners"] as const;

/** Shares of the first supply, in basis points. */
const SHARES = ["communityBps", "teamBps", "treasuryBps", "liquidityBps", "partnersBps"] as const;

/**
 * What a parameters file asks of the council.
 *
 * @throws DeploymentError for a parameter that is missing, unknown or no whole number, for a recipient that is no
 * address, and for shares that make no whole; `ParameterOutOfBounds` as the contracts, or where nobody could ever meet it.
 */
export function councilParamsOf(parameters: DeploymentParameters): CouncilParams {
  const names = COUNCIL_PARAM_BOUNDS.map(({ name }) => name);
  const params: CouncilParams = rulesOf("Council", parameters.Council, names, RECIPIENTS);
  for (const recipient of RECIPIENTS) {
    const address = parameters.Council?.[recipient];
    if (address !== undefined) requireAddress(`Council.${recipient}`, address);
  }
  const sum = SHARES.reduce((total, share) => total + params[share], 0n);
  if (sum !== BPS) {
    const problem = `The shares of the first supply must add up to ${BPS} basis points: ${SHARES.join(", ")}`;
    throw new DeploymentError(problem, { sum });
  }
  validateCouncilParams(params);
  return params;
}

/**
 * The parameters with every recipient named: the deployer where nobody is. Always in the same spelling, for Ignition
 * takes another one for another address, and refuses to go on with a deployment.
 */
export function nameRecipients(parameters: DeploymentParameters, deployer: string): DeploymentParameters {
  const named = RECIPIENTS.map((recipient) => {
    const address = parameters.Council?.[recipient];
    return [recipient, getAddress(typeof address === "string" ? address : deployer)];
  });
  return { ...parameters, Council: { ...parameters.Council, ...Object.fromEntries(named) } };
}

/** Roles of people that the deployment gives to nobody, and whoever is admin gives to whom they like. */
export const OFFICES = ["Curator", "Slasher", "Registrar"] as const;

/**
 * Who a parameters file says has been given a role by hand since the deployment. It grants nothing: it is what the check of
 * a deployment expects.
 *
 * @throws DeploymentError for a role that is not given by hand, and for what is no list of addresses.
 */
export function officersOf(parameters: DeploymentParameters): Partial<Record<(typeof OFFICES)[number], string[]>> {
  const listed = Object.entries(parameters.Offices ?? {}).map(([office, accounts]) => {
    if (!OFFICES.some((known) => known === office)) {
      throw new DeploymentError(`The Offices parameters name a role that is none of ${OFFICES.join(", ")}`, { office });
    }
    const list: readonly unknown[] = Array.isArray(accounts) ? accounts : [accounts];
    return [office, list.map((account) => addressOf(`Offices.${office}`, account))];
  });
  return Object.fromEntries(listed);
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
  councilParamsOf(parameters);
  officersOf(parameters);
  const where = await placeOf(connection);
  const [deployer] = await connection.ethers.getSigners();
  if (deployer === undefined) throw new DeploymentError("The network has no account to deploy from", where);
  if ((await connection.ethers.provider.getBalance(deployer)) === 0n) {
    throw new DeploymentError("The deployer cannot pay for gas: send it some ether first", {
      deployer: deployer.address,
      ...where,
    });
  }
  checkHandover(parameters, deployer.address);
  return deployer;
}

/** Throws `DeploymentError` unless `Market.asset` names an ERC-20 on this chain that the protocol can run on. */
export async function checkAsset(connection: NetworkConnection, parameters: DeploymentParameters): Promise<void> {
  const where = await placeOf(connection);
  const address = parameters.Market?.asset;
  if (typeof address !== "string") {
    const problem = "The parameters file names no Market.asset: the ERC-20 that all but arguments and council run on";
    throw new DeploymentError(problem, where);
  }
  if ((await connection.ethers.provider.getCode(address)) === "0x") {
    const problem = "Market.asset is no contract on this chain; correct the parameters file";
    throw new DeploymentError(problem, { address, ...where });
  }
  await checkDecimals(connection, address);
}

/**
 * Sees to it that a handover, where a parameters file asks for one, names what stays after it.
 *
 * @param deployer Who hands over: guardian afterwards only if `deployerIsGuardian` says so.
 * @throws DeploymentError where the handover would leave something unsaid, or the deployer in office.
 */
export function checkHandover(parameters: DeploymentParameters, deployer: string): void {
  if (parameters.Handover === undefined) return;
  const { guardian, deployerIsGuardian = false, ...others } = parameters.Handover;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new DeploymentError("The Handover parameters name something that does not exist", { unknown });
  requireAddress("Handover.guardian", guardian);
  if (isSame(guardian, deployer) !== (deployerIsGuardian === true)) {
    const problem = "Handover.guardian is the deployer if and only if Handover.deployerIsGuardian is true";
    throw new DeploymentError(problem, { guardian, deployer, deployerIsGuardian: String(deployerIsGuardian) });
  }
  const before = parameters.Authority?.guardian;
  if (typeof before === "string" && !isSame(before, guardian) && !isSame(before, deployer)) {
    const problem = "Authority.guardian would stay guardian beside Handover.guardian: name the same one";
    throw new DeploymentError(problem, { before, guardian });
  }
  for (const recipient of RECIPIENTS) requireAddress(`Council.${recipient}`, parameters.Council?.[recipient]);
}

function requireAddress(parameter: string, value: unknown): asserts value is string {
  if (typeof value === "string" && isAddress(value) && value !== ZeroAddress) return;
  throw new DeploymentError("A parameter must be an address, and not that of nobody", {
    parameter,
    value: value === undefined ? "missing" : String(value),
  });
}

function addressOf(parameter: string, value: unknown): string {
  requireAddress(parameter, value);
  return getAddress(value);
}

function isSame(address: string, other: string): boolean {
  return address.toLowerCase() === other.toLowerCase();
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

/** Whole numbers by name: all that are named, and nothing else but addresses, where some belong there. */
function rulesOf<N extends string>(
  module: string,
  given: Readonly<Record<string, unknown>> = {},
  names: readonly N[],
  addresses: readonly string[] = [],
): Record<N, bigint> {
  const unknown = Object.keys(given).find((name) => ![...addresses, ...names].includes(name));
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
