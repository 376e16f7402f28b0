// npm run check-bytecode -- --network <name>
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import hre from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { ArtifactManager } from "hardhat/types/artifacts";
import type { HardhatUserConfig } from "hardhat/types/config";
import config from "../hardhat.config.ts";
import type { Deviation } from "../ignition/bytecode/compare.ts";
import { type BytecodeReport, inspectBytecode } from "../ignition/bytecode/inspect.ts";
import { DeploymentError } from "../ignition/errors.ts";
import { readRecord } from "../ignition/record.ts";
import { print, runCommand, tableOf } from "./command.ts";
import { connectToRead, explain, type NetworkChoice, type NetworkCommand, parseNetwork } from "./network.ts";

/** `npm run check-bytecode`. */
export const CHECK_BYTECODE = {
  name: "check-bytecode",
  description: "Compile the sources from scratch and compare them with the code of a deployment. Sends nothing.",
  help: "Exit code: 0 all code is the sources', 1 some is not or cannot be read, 2 nothing is deployed.",
} satisfies NetworkCommand;

/**
 * Compiles all contracts into a folder of their own, whatever was compiled before, and lets something be done with
 * what comes of it.
 *
 * @param base The configuration; the project's, unless a test has another.
 * @throws DeploymentError where the sources do not compile; the compiler has told why.
 */
export async function withFreshArtifacts<T>(
  act: (artifacts: ArtifactManager) => Promise<T>,
  base: HardhatUserConfig = config,
  root: string = hre.config.paths.root,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "bytecode-"));
  try {
    const paths = { ...base.paths, artifacts: join(folder, "artifacts"), cache: join(folder, "cache") };
    const afresh = { ...base, paths, typechain: { ...base.typechain, dontOverrideCompile: true } };
    const { artifacts, tasks } = await createHardhatRuntimeEnvironment(afresh, {}, root);
    const build = tasks.getTask("build").run({ force: true, noTests: true, quiet: true });
    await build.catch((cause: unknown) => {
      throw new DeploymentError("The sources here do not compile", {}, { cause });
    });
    return await act(artifacts);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * Compares what is deployed on a network with the sources.
 *
 * @param artifacts What the compiler made of them.
 * @param folder Where records are, by default `deployments/`.
 * @throws NothingToDoError where nothing is deployed there.
 */
export async function compareBytecode(
  choice: NetworkChoice,
  artifacts: ArtifactManager,
  folder?: string,
): Promise<BytecodeReport> {
  const record = await readRecord(choice.network, folder);
  return inspectBytecode(await connectToRead(choice), {
    ...{ record, artifacts },
    createChain: (startsAt) =>
      hre.network.create({
        network: "default",
        override: {
          ...{ chainId: record.chainId, allowBlocksWithSameTimestamp: true },
          initialDate: new Date(startsAt * 1_000),
        },
      }),
  });
}

/** What a comparison found, in words. */
export function describeBytecode(network: string, { contracts, markets, block }: BytecodeReport): string[] {
  const table = tableOf(["contract", "address", "bytes", "code"]);
  for (const { name, address, size, deviations } of contracts) {
    table.push([name, address, size.toLocaleString("en"), size === 0 ? "missing" : verdictOn(deviations)]);
  }
  const wrong = [...contracts, ...markets.map((market) => ({ name: "BeliefMarket's clone", ...market }))].filter(
    ({ deviations }) => deviations.length > 0,
  );
  const listed = wrong.flatMap(({ name, address, deviations }) => [
    `- ${name} (${address})`,
    ...deviations
      .slice(0, MOST_LISTED)
      .flatMap(({ what, expected, found }) => [`    ${what}`, `      expected ${expected}`, `      found    ${found}`]),
    ...(deviations.length > MOST_LISTED ? [`    and at ${deviations.length - MOST_LISTED} more places`] : []),
  ]);
  const all = `${contracts.length} contracts and ${markets.length} belief markets`;
  const sum =
    wrong.length === 0
      ? `the code of ${all} is what the sources here compile to, to the byte.`
      : `of ${all} ${wrong.length} ${wrong.length === 1 ? "has" : "have"} other code than the sources here compile to.`;
  return [...table.toString().split("\n"), ...listed, `${network}, as of block ${block}: ${sum}`];
}

/** Places at which a contract differs that are listed one by one. */
const MOST_LISTED = 10;

const verdictOn = (deviations: readonly Deviation[]) => (deviations.length === 0 ? "same" : "differs");

async function main(): Promise<void> {
  const choice = parseNetwork(CHECK_BYTECODE, process.argv.slice(2));
  await readRecord(choice.network); // before minutes of compiling
  process.stderr.write("Compiling the sources from scratch, which takes a minute or two.\n");
  const report = await withFreshArtifacts((artifacts) => compareBytecode(choice, artifacts));
  for (const line of describeBytecode(choice.network, report)) print(line);
  if ([...report.contracts, ...report.markets].some(({ deviations }) => deviations.length > 0)) process.exitCode = 1;
}

if (import.meta.main) await runCommand(main, explain);
