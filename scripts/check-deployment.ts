// npm run check-deployment -- --network <name>
import hre from "hardhat";
import { type Inspection, inspectDeployment } from "../ignition/check/inspect.ts";
import { readParameters } from "../ignition/deploy.ts";
import { chainIdOf, LOCAL_CHAIN_ID } from "../ignition/local-chain.ts";
import { readRecord } from "../ignition/record.ts";
import { print, runCommand } from "./command.ts";
import { progressOn } from "./demo/progress.ts";
import { connectToRead, explain, type NetworkChoice, type NetworkCommand, parseNetwork } from "./network.ts";

/** `npm run check-deployment`. */
export const CHECK_DEPLOYMENT = {
  name: "check-deployment",
  description: "Read a deployment from its chain and compare it with what is documented. Sends nothing.",
  help: "Exit code: 0 all is as documented, 1 something differs or cannot be read, 2 nothing is deployed.",
} satisfies NetworkCommand;

/** What an inspection found, in words. */
export function describeInspection(network: string, { differences, paused, block }: Inspection): string[] {
  const notes = paused.length === 0 ? [] : [`Paused by the guardian, which is no difference: ${paused.join(", ")}.`];
  const asOf = `${network}, as of block ${block}`;
  if (differences.length === 0) {
    return [...notes, `${asOf}: code, wiring, parameters and roles are as documented.`];
  }
  const listed = differences.flatMap(({ what, expected, found }) => [
    `- ${what}`,
    `    expected ${expected}`,
    `    found    ${found}`,
  ]);
  const count = differences.length === 1 ? "one difference" : `${differences.length} differences`;
  return [...listed, ...notes, `${asOf}: ${count} from what is documented.`];
}

/**
 * Inspects what is deployed on a network.
 *
 * @param folder Where records are, by default `deployments/`.
 * @throws NothingToDoError where nothing is deployed there.
 */
export async function inspectNetwork(choice: NetworkChoice, folder?: string): Promise<Inspection> {
  const record = await readRecord(choice.network, folder);
  const connection = await connectToRead(choice);
  const isLocal = (await chainIdOf(connection)) === LOCAL_CHAIN_ID;
  const parameters = await readParameters(isLocal ? "local" : choice.network);
  const inspected = { record, parameters, artifacts: hre.artifacts };
  if (!process.stderr.isTTY) return inspectDeployment(connection, inspected);
  const progress = progressOn(process.stderr, "Events");
  let isStarted = false;
  const onProgress = (done: number, total: number) => {
    if (!isStarted) progress.start(total);
    isStarted = true;
    progress.update(done, "blocks since the deployment");
  };
  try {
    return await inspectDeployment(connection, { ...inspected, onProgress });
  } finally {
    progress.stop();
  }
}

async function main(): Promise<void> {
  const choice = parseNetwork(CHECK_DEPLOYMENT, process.argv.slice(2));
  const inspection = await inspectNetwork(choice);
  for (const line of describeInspection(choice.network, inspection)) print(line);
  if (inspection.differences.length > 0) process.exitCode = 1;
}

if (import.meta.main) await runCommand(main, explain);
