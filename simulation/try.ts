import { conservationOf } from "./conservation.ts";
import { leaveAll } from "./leaving.ts";
import { Life } from "./life.ts";

const [seed, steps] = process.argv.slice(2).map(Number) as [number, number];
const t0 = performance.now();
const life = await Life.begin(seed, steps);
process.stdout.write(
  `begun ${(performance.now() - t0).toFixed(0)} ms, height ${await life.scene.stage.world.chain.height()}\n`,
);
let n = 0;
try {
  for (n = 1; n <= steps; n++) {
    await life.step(n);
    if (n % 100 === 0)
      process.stdout.write(`${n} ${(performance.now() - t0).toFixed(0)} ms ${life.clock.lived / 86400n} d\n`);
  }
  await leaveAll(life);
  process.stdout.write(`left ${(performance.now() - t0).toFixed(0)} ms\n`);
  for (const h of await conservationOf(life.scene.stage))
    process.stdout.write(
      `${h.holder} ${h.token} ${h.held} ${h.remainders.map((r) => `${r.name} ${r.amount} <= ${r.bound}`).join("; ")}\n`,
    );
} catch (e) {
  process.stdout.write(`step ${n} ${life.doing}\n${(e as Error).stack}\n`);
}
process.stdout.write(
  JSON.stringify(life.scene.stage.world.done, null, 0) +
    "\n" +
    JSON.stringify(life.scene.stage.world.refused) +
    "\n" +
    life.keepers.complaints.slice(0, 5).join("\n") +
    "\n",
);
await life.close();
