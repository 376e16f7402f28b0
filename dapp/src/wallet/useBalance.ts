import type { AddressLike } from "ethers";
import { useRead } from "../chain/read.ts";
import { useWallet } from "./WalletContext.tsx";

/** A token that says what an account has of it. */
interface Token {
  readonly target: unknown;
  balanceOf(account: AddressLike): Promise<bigint>;
}

/** What the connected account has of a token, in units; `undefined` where none is connected, or it is not known yet. */
export function useBalance(token: Token): bigint | undefined {
  const { account } = useWallet();
  const key = ["balance", String(token.target), account];
  return useRead(key, () => token.balanceOf(account ?? ""), account !== undefined).data;
}
