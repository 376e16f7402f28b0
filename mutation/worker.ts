// A process that compiles changes and runs tests against them, one after the other, for mutation/main.ts.
import { type Bench, type Failure, setUp } from "./bench.ts";
import { type Built, build } from "./build.ts";
import type { Job, Message, Outcome } from "./messages.ts";

const tell = (message: Message) =>
  new Promise<void>((resolve) => {
    process.send?.(message, undefined, {}, () => resolve());
  });

async function work({ tests, parts }: Job): Promise<void> {
  const bench = await setUp(tests);
  for (const part of parts) {
    for (const each of build(part)) await tryEach(each, bench);
  }
}

async function tryEach({ codes, mutants }: Built, bench: Bench): Promise<void> {
  if (codes === undefined) {
    for (const { id } of mutants.map(({ mutant }) => mutant)) {
      await tell({ kind: "ended", id, outcome: { status: "refused" }, milliseconds: 0 });
    }
    return;
  }
  await bench.use(codes);
  const killers = new Set<string>();
  for (const { mutant, coinbase } of mutants) {
    await tell({ kind: "started", id: mutant.id });
    const start = performance.now();
    const failure = await bench.run(coinbase ?? 0, mutant.where);
    const milliseconds = Math.round(performance.now() - start);
    if (failure !== undefined) killers.add(failure.file);
    await tell({ kind: "ended", id: mutant.id, outcome: outcomeOf(failure), milliseconds });
  }
  if (mutants.every(({ coinbase }) => coinbase !== undefined)) await checkUnchanged(bench, killers);
}

function outcomeOf(failure: Failure | undefined): Outcome {
  return failure === undefined ? { status: "survived" } : { status: "killed", by: failure.file, title: failure.title };
}

/** The tests that killed must pass while no change is on: or it was not the changes that they noticed. */
async function checkUnchanged(bench: Bench, files: ReadonlySet<string>): Promise<void> {
  const failure = await bench.run(0, "", files);
  if (failure !== undefined) throw new Error(`${failure.file}: ${failure.title}: ${failure.message}`);
}

process.once("message", (job: Job) => {
  work(job)
    .catch((error: unknown) =>
      tell({ kind: "broken", problem: error instanceof Error ? (error.stack ?? "") : String(error) }),
    )
    .finally(() => process.exit());
});
