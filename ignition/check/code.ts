import { id } from "ethers";
import type { Artifact } from "hardhat/types/artifacts";
import { CONTRACT_NAMES, DEPLOYABLE, type DeployableName } from "../contracts.ts";
import { abiHashOf } from "../record.ts";
import { compare, type Difference, type Subject } from "./subject.ts";

/** What the compiler appends to code: a hash of the sources, comments included, and its own version. */
export const METADATA = /(a264697066735822)1220[0-9a-f]{64}(64736f6c6343[0-9a-f]{6}0033)/g;

/** The contracts of a record. */
function recordedNames({ record }: Subject): DeployableName[] {
  return record.contracts.TestUSDC === undefined ? CONTRACT_NAMES : [...CONTRACT_NAMES, "TestUSDC"];
}

/** Code without the hashes of its sources, also of those whose code is within it: comments change nothing. */
export function withoutSources(code: string): string {
  return code.toLowerCase().replace(METADATA, `$1${"0".repeat(68)}$2`);
}

/** Deployed code without what its constructor fixed. */
export function withoutImmutables(code: string, { immutableReferences = {} }: Artifact): string {
  let masked = code;
  for (const { start, length } of Object.values(immutableReferences).flat()) {
    const [from, to] = [2 + 2 * start, 2 + 2 * (start + length)];
    if (masked.length >= to) masked = masked.slice(0, from) + "0".repeat(to - from) + masked.slice(to);
  }
  return masked;
}

/** Compares code and ABI of every contract with what the compiler made of the sources here. */
export async function checkCode(subject: Subject): Promise<Difference[]> {
  const { provider, artifacts, record, block } = subject;
  const differences: Difference[] = [];
  for (const name of recordedNames(subject)) {
    const recorded = record.contracts[name];
    if (recorded === undefined) continue;
    const artifact = await artifacts.readArtifact(name);
    const hashOf = (code: string) => (code === "0x" ? "none" : id(withoutSources(withoutImmutables(code, artifact))));
    const deployed = await provider.getCode(recorded.address, block);
    differences.push(
      ...compare(`${name}: hash of the code`, hashOf(artifact.deployedBytecode), hashOf(deployed)),
      ...compare(`${name}: hash of the ABI in the record`, abiHashOf(DEPLOYABLE[name].abi), recorded.abiHash),
    );
  }
  return differences;
}
