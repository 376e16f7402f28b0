// A process that compiles changes and runs tests against them, one after the other, for mutation/main.ts.

import { type Bench, setUp } from "./bench.ts";
import { build } from "./build.ts";
import type { Job, Message } from "./messages.ts";

const tell = (message: Message) =>
  new Promise<void>((resolve) => {
    process.send?.(message, undefined, {}, () => resolve());
  });

async function work({ targets, mutants, tests }: Job): Promise<void> {
  const bench = await setUp(tests);
  await tell({ kind: "ready" });
  const { built, refused } = build(targets, mutants);
  for (const { id } of refused) await tell({ kind: "ended", id, outcome: { status: "refused" }, milliseconds: 0 });
  for (const { codes, mutants: group } of built) {
    await bench.use(codes);
    const killers = new Set<string>();
    for (const { mutant, coinbase } of group) {
      await tell({ kind: "started", id: mutant.id });
      const start = performance.now();
      const failure = await bench.run(coinbase ?? 0, mutant.where);
      const milliseconds = Math.round(performance.now() - start);
      if (failure !== undefined) killers.add(failure.file);
      const outcome =
        failure === undefined
          ? ({ status: "survived" } as const)
          : ({ status: "killed", by: failure.file, title: failure.title } as const);
      await tell({ kind: "ended", id: mutant.id, outcome, milliseconds });
    }
    if (group.every(({ coinbase }) => coinbase !== undefined)) await checkUnchanged(bench, killers);
  }
  await tell({ kind: "done" });
}

/** The tests that killed must pass while no change is on: or it was not the changes that they noticed. */
async function checkUnchanged(bench: Bench, files: ReadonlySet<string>): Promise<void> {
  const failure = await bench.run(0, "", files);
  if (failure === undefined) return;
  await tell({ kind: "broken", problem: `${failure.file}: ${failure.title}: ${failure.message}` });
}

process.once("message", (job: Job) => {
  work(job)
    .catch((error: unknown) =>
      tell({ kind: "broken", problem: error instanceof Error ? (error.stack ?? "") : String(error) }),
    )
    .finally(() => process.exit());
});
