import {
  type ArgumentType,
  isAccountRuntimeValue,
  isContractFuture,
  isFuture,
  isModuleParameterRuntimeValue,
  isNamedContractDeploymentFuture,
  isNamedStaticCallFuture,
  type NamedArtifactContractDeploymentFuture,
} from "@nomicfoundation/ignition-core";
import { Interface, type ParamType, Result } from "ethers";
import type { Artifact } from "hardhat/types/artifacts";
import type { ContractName, DeployableName } from "../contracts.ts";
import localProtocolModule from "../modules/localProtocol.ts";
import protocolModule from "../modules/protocol.ts";
import type { DeploymentRecord, RecordedContract } from "../record.ts";
import { withoutSources } from "./code.ts";
import { compare, type Difference, nameOf, readView, type Subject } from "./subject.ts";

/**
 * Compares the transactions that made the contracts with what the modules make of the record: creation code and every
 * argument of the constructors, so also what no view tells.
 */
export async function checkCreation(subject: Subject): Promise<Difference[]> {
  const { contracts } = subject.record;
  const differences: Difference[] = [];
  for (const future of deploymentsOf(subject.record)) {
    const name = future.contractName as DeployableName;
    const recorded = contracts[name];
    if (recorded !== undefined) differences.push(...(await checkTransaction(subject, name, recorded, future)));
  }
  const { BeliefFactory, BeliefMarket } = contracts;
  return [
    ...differences,
    ...compare("BeliefMarket: block in the record", BeliefFactory.block, BeliefMarket.block),
    ...compare("BeliefMarket: transaction in the record", BeliefFactory.transaction, BeliefMarket.transaction),
  ];
}

type Module = (typeof protocolModule)["submodules"] extends Set<infer M> ? M : never;

/** The deployments of contracts in the modules that a record is of. */
export function deploymentsOf({ contracts }: DeploymentRecord): NamedArtifactContractDeploymentFuture<string>[] {
  const module: Module = contracts.TestUSDC === undefined ? protocolModule : localProtocolModule;
  const found = new Map<string, NamedArtifactContractDeploymentFuture<string>>();
  const collect = ({ futures, submodules }: Module) => {
    for (const submodule of submodules) collect(submodule);
    for (const future of futures) if (isNamedContractDeploymentFuture(future)) found.set(future.id, future);
  };
  collect(module);
  return [...found.values()];
}

async function checkTransaction(
  subject: Subject,
  name: DeployableName,
  recorded: RecordedContract,
  future: NamedArtifactContractDeploymentFuture<string>,
): Promise<Difference[]> {
  const { provider, artifacts, record } = subject;
  const transaction = await provider.getTransaction(recorded.transaction);
  const receipt = await provider.getTransactionReceipt(recorded.transaction);
  if (transaction === null || receipt === null) {
    return compare(`${name}: transaction in the record`, "one that the node knows", recorded.transaction);
  }
  const artifact = await artifacts.readArtifact(name);
  const args = await Promise.all(future.constructorArgs.map((arg) => resolve(subject, arg)));
  return [
    ...compare(`${name}: address that its transaction made`, recorded.address, receipt.contractAddress),
    ...compare(`${name}: block in the record`, receipt.blockNumber, recorded.block),
    ...compare(`${name}: sender of its transaction`, nameOf(record, record.deployer), nameOf(record, transaction.from)),
    ...compareCreation(name, artifact, args, transaction.data),
  ];
}

/** Compares creation code, and its arguments one by one. */
function compareCreation(name: string, artifact: Artifact, args: unknown[], data: string): Difference[] {
  const expected = artifact.bytecode;
  const code = withoutSources(data.slice(0, expected.length));
  if (code !== withoutSources(expected)) {
    return compare(`${name}: creation code`, "the artifact's", "another");
  }
  const abi = new Interface(artifact.abi);
  const { inputs } = abi.deploy;
  const coder = abi.getAbiCoder();
  const intended = decode(() => abi.encodeDeploy(args));
  const given = decode(() => `0x${data.slice(expected.length)}`);
  if (intended instanceof Result && given instanceof Result) {
    return compareValues(`${name}: constructor`, inputs, intended, given);
  }
  return compare(`${name}: constructor`, intended, given);

  /** Words instead of the values where the record lacks a parameter, or the transaction an argument. */
  function decode(encoded: () => string): Result | string {
    try {
      return coder.decode(inputs, encoded());
    } catch (error) {
      return `no arguments (${error instanceof Error ? error.message.split("\n", 1)[0] : error})`;
    }
  }
}

function compareValues(what: string, types: readonly ParamType[], expected: Result, found: Result): Difference[] {
  return types.flatMap((type, index) => {
    const [wanted, given] = [expected[index], found[index]];
    const about = `${what}, ${type.name || index}`;
    if (type.components !== null) return compareValues(about, type.components, wanted, given);
    const inner = type.arrayChildren;
    if (inner?.components === null || inner === null) return compare(about, wanted, given);
    const length = Math.max(wanted.length, given.length);
    return compareValues(about, Array(length).fill(inner), wanted, given);
  });
}

/** What the modules give a contract's constructor in the deployment of a record. */
export async function argumentsOf(subject: Deployed, name: DeployableName): Promise<unknown[]> {
  const future = deploymentsOf(subject.record).find(({ contractName }) => contractName === name);
  return Promise.all((future?.constructorArgs ?? []).map((arg) => resolve(subject, arg)));
}

/** Where a record's contracts answer. */
type Deployed = Pick<Subject, "provider" | "record" | "block">;

/** What an argument in a module stands for in this deployment. */
async function resolve(subject: Deployed, argument: ArgumentType): Promise<unknown> {
  const { contracts, deployer, parameters } = subject.record;
  if (Array.isArray(argument)) return Promise.all(argument.map((inner) => resolve(subject, inner)));
  if (typeof argument !== "object") return argument;
  if (isModuleParameterRuntimeValue(argument)) return parameters[argument.moduleId]?.[argument.name];
  if (isAccountRuntimeValue(argument)) return deployer;
  if (isFuture(argument)) {
    if (isContractFuture(argument)) return contracts[argument.contractName as DeployableName]?.address;
    if (!isNamedStaticCallFuture(argument)) throw new TypeError(`${argument.id} is no argument of a constructor`);
    return readView(subject, argument.contract.contractName as ContractName, argument.functionName);
  }
  const fields = Object.entries(argument).map(async ([name, inner]) => [name, await resolve(subject, inner)]);
  return Object.fromEntries(await Promise.all(fields));
}
