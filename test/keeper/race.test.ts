import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { type Run, start } from "../scripts-setup/command-line.ts";
import { type Outcome, outcomeOf, travelToSettling } from "./crowd.ts";
import { keep, type RemoteCrowd, startRemoteCrowd } from "./remote.ts";

/** Milliseconds between two blocks. */
const BLOCK_TIME = 150;

/** Gas for about three participants a batch. */
const SMALL_CAP = "160000";

/** Batches of the keeper that is killed which are mined before; the next one is on its way. */
const MINED_BEFORE_KILL = 1;

describe("two keepers of which one is killed in the middle of a batch", () => {
  let remote: RemoteCrowd;
  let single: Outcome;
  let raced: Outcome;
  let atKill: Outcome & { inFlight: number };
  let codes: Record<"survivor" | "restarted", number | null>;
  const running: Run[] = [];

  before(async () => {
    remote = await startRemoteCrowd();
    const { world, args } = remote;
    const { networkHelpers, provider } = world.connection;
    const snapshot = await networkHelpers.takeSnapshot();
    await travelToSettling(world);
    expect((await keep([...args, "--once"])).code).to.equal(0);
    single = await outcomeOf(world);
    await snapshot.restore();

    const [first, second] = (await world.connection.ethers.getSigners()).slice(-2).map(({ address }) => address);
    const settings = [...args, "--gas-cap", SMALL_CAP, "--interval", "1", "--log-level", "debug"];
    const victim = launch([...settings, "--from", first ?? ""]);
    const survivor = launch([...settings, "--from", second ?? ""]);
    for (const keeper of [victim, survivor]) await says(keeper, "nothing is due");
    await travelToSettling(world);
    await provider.request({ method: "evm_setAutomine", params: [false] });

    const count = (block: string) => world.connection.ethers.provider.getTransactionCount(first ?? "", block);
    while ((await count("latest")) < MINED_BEFORE_KILL || (await count("pending")) === (await count("latest"))) {
      await networkHelpers.mine();
      await sleep(BLOCK_TIME);
    }
    victim.child.kill("SIGKILL");
    await victim.ended;
    atKill = { ...(await outcomeOf(world)), inFlight: (await count("pending")) - (await count("latest")) };
    await provider.request({ method: "evm_setIntervalMining", params: [BLOCK_TIME] });
    const restarted = launch([...settings, "--from", first ?? "", "--once"]);
    codes = { restarted: await restarted.ended, survivor: await stop(survivor) };
    raced = await outcomeOf(world);
  });

  after(async () => {
    for (const { child, ended } of running) {
      child.kill("SIGKILL");
      await ended;
    }
    await remote.close();
  });

  function launch(args: readonly string[]): Run {
    const run = start("../keeper/main.ts", args);
    running.push(run);
    return run;
  }

  async function stop({ child, ended }: Run): Promise<number | null> {
    child.kill("SIGTERM");
    return ended;
  }

  /** Waits until a keeper has said `words`. */
  async function says({ child, output }: Run, words: string): Promise<void> {
    while (!output().includes(words)) {
      if (child.exitCode !== null || child.signalCode !== null) throw new Error(output());
      await sleep(10);
    }
  }

  it("have done a part, and the killed one has a batch in flight", () => {
    expect(atKill.inFlight).to.equal(1);
    expect(atKill.scored.length).to.be.within(1, single.scored.length - 1);
  });

  it("leave every stake as a single keeper does", () => {
    expect(raced.stakes).to.deep.equal(single.stakes);
  });

  it("conserve the vault's assets to the unit", () => {
    expect([raced.pots, raced.surplus]).to.deep.equal([single.pots, 0n]);
  });

  it("score each participant once", () => {
    expect(raced.scored).to.deep.equal(single.scored);
    expect(new Set(raced.scored).size).to.equal(raced.scored.length);
  });

  it("pay each participant once", () => {
    expect(raced.paid).to.deep.equal(single.paid);
  });

  it("both end as a success, the one that survived and the one that was started again", () => {
    expect(codes).to.deep.equal({ survivor: 0, restarted: 0 });
  });
});
