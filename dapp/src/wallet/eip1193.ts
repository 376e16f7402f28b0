import { isError } from "ethers";

/** What EIP-1193, EIP-1474 and EIP-3326 say of a request that did not succeed. */
export const WalletError = {
  UserRejected: 4001,
  Unsupported: 4200,
  ChainUnknown: 4902,
  MethodUnknown: -32_601,
} as const;

/** A wallet, as EIP-1193 describes it. */
export interface Wallet {
  request(request: { method: string; params?: unknown[] | Record<string, unknown> }): Promise<unknown>;
  on?(event: string, listener: (...args: never[]) => void): unknown;
  removeListener?(event: string, listener: (...args: never[]) => void): unknown;
}

/** Whether a wallet's user said no. */
export function isRejection(error: unknown): boolean {
  return isError(error, "ACTION_REJECTED") || codesOf(error).includes(WalletError.UserRejected);
}

/** Whether a wallet does not know what it was asked for. */
export function isUnsupported(error: unknown): boolean {
  const codes = codesOf(error);
  return codes.includes(WalletError.Unsupported) || codes.includes(WalletError.MethodUnknown);
}

/** The codes of an error and of what is behind it. */
export function codesOf(error: unknown): unknown[] {
  const codes: unknown[] = [];
  for (let cause = error; typeof cause === "object" && cause !== null; cause = nextOf(cause)) {
    codes.push((cause as { code?: unknown }).code);
  }
  return codes;
}

function nextOf(error: object): unknown {
  const { error: inner, info, data, cause } = error as Record<string, unknown>;
  const ofInfo = (info as { error?: unknown } | undefined)?.error;
  const original = (data as { originalError?: unknown } | undefined)?.originalError;
  return inner ?? ofInfo ?? original ?? cause;
}
