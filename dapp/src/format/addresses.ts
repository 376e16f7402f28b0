import { getAddress, isAddress } from "ethers";

/**
 * An address as it was typed, with its checksum; `undefined` where it is none. ethers also takes 40 digits without 0x,
 * and ICAP: whoever uses what was typed as it is fails on those.
 */
export function typedAddress(text: string): string | undefined {
  const typed = text.trim();
  return isAddress(typed) ? getAddress(typed) : undefined;
}
