// A process that compiles changes and runs tests against them, one after the other, for mutation/main.ts.
import { type Bench, type Failure, setUp } from "./bench.ts";
import { type Built, build } from "./build.ts";
import { compile } from "./compiler.ts";
import type { Job, Message, Outcome, Part } from "./messages.ts";

const tell = (message: Message) =>
  new Promise<void>((resolve) => {
    process.send?.(message, undefined, {}, () => resolve());
  });

async function work({ tests, parts }: Job): Promise<void> {
  const bench = await setUp(tests);
  for (const part of parts) await tryPart(part, bench);
}

async function tryPart(part: Part, bench: Bench): Promise<void> {
  let isReady = false;
  for (const { codes, mutants } of build(part)) {
    if (codes === undefined) {
      for (const { mutant } of mutants) {
        await tell({ kind: "ended", id: mutant.id, outcome: { status: "refused" }, milliseconds: 0 });
      }
      continue;
    }
    const isSwitched = mutants.every(({ coinbase }) => coinbase !== undefined);
    if (isSwitched || !isReady) {
      await bench.use(isSwitched ? codes : unchanged(part));
      await tell({ kind: "leftOut", titles: await bench.leaveOutFailing() });
      isReady = true;
    }
    await bench.use(codes);
    const killers = await tryEach(mutants, bench);
    if (isSwitched) await checkUnchanged(mutants, killers, bench);
  }
}

function unchanged({ targets }: Part): ReadonlyMap<string, string> {
  const compiled = compile(targets, new Map());
  if ("codes" in compiled) return compiled.codes;
  throw new Error(compiled.refusals[0]?.message);
}

/** Runs the tests for each change; says which files noticed any. */
async function tryEach(mutants: Built["mutants"], bench: Bench): Promise<ReadonlySet<string>> {
  const killers = new Set<string>();
  for (const { mutant, coinbase } of mutants) {
    await tell({ kind: "started", id: mutant.id });
    const start = performance.now();
    const failure = await bench.run(coinbase ?? 0, mutant.where);
    const milliseconds = Math.round(performance.now() - start);
    if (failure !== undefined) killers.add(failure.file);
    await tell({ kind: "ended", id: mutant.id, outcome: outcomeOf(failure), milliseconds });
  }
  return killers;
}

/** The tests that noticed a change must pass while none is on: or it was not the changes that they noticed. */
async function checkUnchanged(mutants: Built["mutants"], killers: ReadonlySet<string>, bench: Bench): Promise<void> {
  const failure = await bench.run(0, "", killers);
  if (failure === undefined) return;
  const problem = `${failure.file}: ${failure.title}: ${failure.message}`;
  await tell({ kind: "void", ids: mutants.map(({ mutant }) => mutant.id), problem });
}

function outcomeOf(failure: Failure | undefined): Outcome {
  return failure === undefined ? { status: "survived" } : { status: "killed", by: failure.file, title: failure.title };
}

/** How often a worker says that it is there, in milliseconds. */
const PULSE = 10_000;

process.once("message", (job: Job) => {
  setInterval(() => tell({ kind: "alive" }), PULSE);
  work(job)
    .catch((error: unknown) =>
      tell({ kind: "broken", problem: error instanceof Error ? (error.stack ?? "") : String(error) }),
    )
    .finally(() => process.exit());
});
