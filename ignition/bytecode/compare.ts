import { readFile } from "node:fs/promises";
import { concat, dataLength, dataSlice } from "ethers";
import type { ArtifactManager } from "hardhat/types/artifacts";
import { METADATA } from "../check/code.ts";

/** A part of a contract's code that a deployment may differ in by itself. */
export interface Region {
  /** In words: which immutable, or the metadata. */
  readonly what: string;
  /** The first byte. */
  readonly from: number;
  /** The byte after the last. */
  readonly to: number;
}

/** Bytes that are not what they are to be. */
export interface Deviation {
  /** What they are part of, and where they are. */
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

/** Where the immutables and the metadata of a contract are in its runtime code, in their order. */
export async function regionsOf(artifacts: ArtifactManager, name: string): Promise<Region[]> {
  const { immutableReferences = {}, deployedBytecode } = await artifacts.readArtifact(name);
  const names = await variableNames(artifacts, name);
  const immutables = Object.entries(immutableReferences).flatMap(([id, places]) =>
    places.map(({ start, length }) => ({
      what: `immutable ${names.get(Number(id)) ?? id}`,
      from: start,
      to: start + length,
    })),
  );
  const metadata = [...deployedBytecode.matchAll(METADATA)].map(({ index, 0: text }) => ({
    what: "metadata, by which the sources are named",
    from: index / 2 - 1,
    to: (index + text.length) / 2 - 1,
  }));
  return [...immutables, ...metadata].toSorted((a, b) => a.from - b.from);
}

/** Names of the variables of the sources that a contract was compiled with, by their ids. */
async function variableNames(artifacts: ArtifactManager, name: string): Promise<Map<number, string>> {
  const buildId = await artifacts.getBuildInfoId(name);
  const file = buildId === undefined ? undefined : await artifacts.getBuildInfoOutputPath(buildId);
  const names = new Map<number, string>();
  if (file === undefined) return names;
  const { output } = JSON.parse(await readFile(file, "utf8"));
  const look = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { nodeType, id, name: variable } = node as Record<string, unknown>;
    if (nodeType === "VariableDeclaration") names.set(Number(id), String(variable));
    for (const inner of Object.values(node)) look(inner);
  };
  look(output.sources);
  return names;
}

/**
 * What of a code is not as expected: a region as a whole, all else byte by byte, neighbours together.
 *
 * @param regions In their order, none within another.
 */
export function compareCode(expected: string, found: string, regions: readonly Region[]): Deviation[] {
  const [wanted, given] = [dataLength(expected), dataLength(found)];
  if (wanted !== given) return [{ what: "length", expected: `${wanted} bytes`, found: `${given} bytes` }];
  const deviations: Deviation[] = [];
  let at = 0;
  for (const region of [...regions, { what: CODE, from: wanted, to: wanted }]) {
    deviations.push(...runsBetween(expected, found, at, region.from));
    if (slice(expected, region) !== slice(found, region)) deviations.push(deviationAt(expected, found, region));
    at = region.to;
  }
  return deviations;
}

const CODE = "code";

/** The runs of bytes that differ in a stretch that is no region. */
function runsBetween(expected: string, found: string, from: number, to: number): Deviation[] {
  const runs: Deviation[] = [];
  let start: number | undefined;
  for (let at = from; at <= to; at++) {
    const isSame = at === to || slice(expected, byteAt(at)) === slice(found, byteAt(at));
    if (!isSame) start ??= at;
    if (!isSame || start === undefined) continue;
    runs.push(deviationAt(expected, found, { what: CODE, from: start, to: at }));
    start = undefined;
  }
  return runs;
}

const byteAt = (at: number) => ({ from: at, to: at + 1 });

/** Without ethers' checks of the whole text, byte after byte. */
const slice = (code: string, { from, to }: { from: number; to: number }) => code.slice(2 + 2 * from, 2 + 2 * to);

function deviationAt(expected: string, found: string, { what, from, to }: Region): Deviation {
  const where = to === from + 1 ? `byte ${from}` : `bytes ${from} to ${to - 1}`;
  return { what: `${what}, ${where}`, expected: dataSlice(expected, from, to), found: dataSlice(found, from, to) };
}

/** The code of a clone with immutable arguments, up to them: EIP-1167. */
export function clonePrefix(implementation: string): string {
  return concat(["0x363d3d373d3d3d363d73", implementation, "0x5af43d82803e903d91602b57fd5bf3"]).toLowerCase();
}
