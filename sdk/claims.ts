import { id } from "ethers";

/**
 * The id under which a claim is known on chain: keccak256 of its text in UTF-8.
 *
 * The text is taken as it is: another spelling, case or space is another claim.
 *
 * @param text The claim as people read it, such as "Juneau is the capital of Alaska".
 * @returns 32 bytes as `0x` and 64 hexadecimal digits, never zero in practice.
 */
export function claimIdOf(text: string): string {
  return id(text);
}
