import { type BaseContract, type FunctionFragment, id, type ParamType, ZeroHash } from "ethers";
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

/** Those by which it says that it is paused. */
const PAUSES = new Set(["EnforcedPause", "CreationIsPaused"]);

/** The functions of a contract that can change something. */
export function writesOf({ interface: abi }: BaseContract): FunctionFragment[] {
  const writes: FunctionFragment[] = [];
  abi.forEachFunction((fragment) => {
    if (!fragment.constant) writes.push(fragment);
  });
  return writes;
}

/** What a call was answered with. */
export interface Answer {
  isRefused: boolean;
  isPaused: boolean;
}

/**
 * Calls a function, of which nothing stays, with empty arguments: who may not call it at all is told so first.
 *
 * @param about Whom every address among the arguments is of.
 */
export async function probe(
  { provider }: NetworkConnection,
  contract: BaseContract,
  fragment: FunctionFragment,
  from: string,
  about: string,
): Promise<Answer> {
  const args = fragment.inputs.map((type) => emptyOf(type, about));
  const data = contract.interface.encodeFunctionData(fragment, args);
  const error = await errorOf(provider, contract, { from, to: await contract.getAddress(), data });
  return { isRefused: REFUSALS.has(error), isPaused: PAUSES.has(error) };
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
    if (data === ENFORCED_PAUSE) return "EnforcedPause";
    return data === "0x" ? "" : (contract.interface.parseError(data)?.name ?? "");
  }
}

/** `EnforcedPause()`, which also passes through contracts that do not have it. */
const ENFORCED_PAUSE = id("EnforcedPause()").slice(0, 10);

/** What a call reverted with; of errors that Hardhat cannot name it is one level deeper. */
function revertDataOf(error: unknown): string | undefined {
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
