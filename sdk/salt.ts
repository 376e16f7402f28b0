import { hexlify, randomBytes } from "ethers";

/**
 * A salt for a seal: 32 bytes of the platform's cryptographic randomness, in hexadecimal. Keep it: without it what was
 * sealed cannot be opened, and what is not opened counts as not delivered.
 */
export function randomSalt(): string {
  return hexlify(randomBytes(32));
}
