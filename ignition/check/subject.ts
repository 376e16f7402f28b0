import type { HardhatEthersProvider } from "@nomicfoundation/hardhat-ethers/types";
import { Contract, type Interface, isError, type Log, type LogDescription, Result } from "ethers";
import type { ArtifactManager } from "hardhat/types/artifacts";
import { CONTRACTS, type ContractName } from "../contracts.ts";
import type { officersOf } from "../preflight.ts";
import type { DeploymentRecord } from "../record.ts";

/** What is compared with the chain. */
export interface Subject {
  readonly provider: HardhatEthersProvider;
  readonly artifacts: ArtifactManager;
  /** The block as of which everything is read. */
  readonly block: number;
  /** That block's time, in seconds. */
  readonly time: bigint;
  /** What was deployed. */
  readonly record: DeploymentRecord;
  /** What is to be: the parameters file in the form of a record, every recipient named. */
  readonly parameters: DeploymentRecord["parameters"];
  /** Who is to have roles that are given by hand. */
  readonly officers: ReturnType<typeof officersOf>;
  /** Everything that the `AccessManager` and the timelock have told since they were deployed. */
  readonly logs: readonly Log[];
}

/** Something that is not as it is documented. */
export interface Difference {
  /** What it is about. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** What is found where a contract does not answer. */
const NO_ANSWER = "no answer";

/** The difference between two values, if there is one. */
export function compare(what: string, expected: unknown, found: unknown): Difference[] {
  return String(expected) === String(found) ? [] : [{ what, expected: String(expected), found: String(found) }];
}

/** Calls a view of a contract, as of the subject's block; `NO_ANSWER` where the contract has none. */
export async function readView(
  { provider, record, block }: Pick<Subject, "provider" | "record" | "block">,
  name: ContractName,
  view: string,
  ...args: readonly unknown[]
): Promise<unknown> {
  const contract = new Contract(record.contracts[name].address, CONTRACTS[name].abi, provider);
  try {
    return await contract.getFunction(view).staticCall(...args, { blockTag: block });
  } catch (error) {
    if (isError(error, "BAD_DATA") || isRevert(error)) return NO_ANSWER;
    throw error;
  }
}

/** Whether a call failed on the chain. Nodes have no common code for it, but all have one of these words. */
function isRevert(error: unknown): boolean {
  return error instanceof Error && /revert|opcode|out of gas/i.test(error.message);
}

/** The events of a contract, in their order. */
export function eventsOf({ record, logs }: Subject, name: ContractName): LogDescription[] {
  const { address } = record.contracts[name];
  const abi: Interface = CONTRACTS[name].createInterface();
  return logs.filter((log) => log.address === address).flatMap((log) => abi.parseLog(log) ?? []);
}

/** The named values of a struct that a view answered with; none where there was no answer. */
export function fieldsOf(answer: unknown): Record<string, unknown> {
  return answer instanceof Result ? answer.toObject() : {};
}

/** An account as people know it, with its address. */
export function nameOf({ contracts, deployer, handover }: DeploymentRecord, address: string): string {
  const contract = Object.entries(contracts).find(([, recorded]) => recorded?.address === address)?.[0];
  const person = address === deployer ? "deployer" : address === handover?.guardian ? "guardian" : undefined;
  const name = contract ?? person;
  return name === undefined ? address : `${name} (${address})`;
}
