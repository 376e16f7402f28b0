import { type BaseContract, type FunctionFragment, type ParamType, ZeroHash } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";

/** The custom errors by which a contract says that the caller is not the one who may. */
const REFUSALS = new Set([
  "AccessManagedUnauthorized",
  "AccessManagerUnauthorizedAccount",
  "AccessControlUnauthorizedAccount",
  "TimelockUnauthorizedCaller",
  "GovernorOnlyExecutor",
  "GovernorDisabledDeposit",
  "NotFactory",
  "NotVenue",
  "NotSerum",
  "NotStaking",
  "NotDistributor",
]);

/** The functions of a contract that can change something. */
export function writesOf({ interface: abi }: BaseContract): FunctionFragment[] {
  const writes: FunctionFragment[] = [];
  abi.forEachFunction((fragment) => {
    if (!fragment.constant) writes.push(fragment);
  });
  return writes;
}

/**
 * Calls a function, of which nothing stays, with empty arguments: who may not call it at all is told so first.
 *
 * @returns Whether they were told so.
 *
 * @param about Whom every address among the arguments is of.
 */
export async function probe(
  { provider }: NetworkConnection,
  contract: BaseContract,
  fragment: FunctionFragment,
  from: string,
  about: string,
): Promise<boolean> {
  const args = fragment.inputs.map((type) => emptyOf(type, about));
  const data = contract.interface.encodeFunctionData(fragment, args);
  return REFUSALS.has(await errorOf(provider, contract, { from, to: await contract.getAddress(), data }));
}

/** Name of the custom error that a call ends with; nothing where it succeeds, or ends with something else. */
async function errorOf(
  provider: NetworkConnection["provider"],
  contract: BaseContract,
  call: { from: string; to: string; data: string },
): Promise<string> {
  try {
    await provider.request({ method: "eth_call", params: [call, "latest"] });
    return "";
  } catch (error) {
    const data = revertDataOf(error);
    if (data === undefined) throw error;
    return data === "0x" ? "" : (contract.interface.parseError(data)?.name ?? "");
  }
}

/** What a call reverted with; of errors that Hardhat cannot name it is one level deeper. */
export function revertDataOf(error: unknown): string | undefined {
  const { data } = error as { data?: unknown };
  if (typeof data === "string") return data;
  return typeof data === "object" && data !== null ? revertDataOf(data) : undefined;
}

function emptyOf(type: ParamType, about: string): unknown {
  if (type.arrayChildren !== null) return [];
  if (type.components !== null) return type.components.map((component) => emptyOf(component, about));
  if (type.type === "address") return about;
  if (type.type === "bool") return false;
  if (type.type === "string") return "";
  if (type.type === "bytes") return "0x";
  if (type.type.startsWith("bytes")) return ZeroHash.slice(0, 2 + 2 * Number(type.type.slice(5)));
  return 0n;
}
