import { expect } from "chai";
import type { Outcome } from "../test/keeper/crowd.ts";
import { stakeOnArgument } from "../test/keeper/remote.ts";
import type { Anvil } from "./anvil.ts";
import type { Keeper } from "./keeper.ts";
import { expectNothingDue, type Live, liveTests } from "./live.ts";
import { chronicleOf, wantedOutcome } from "./story.ts";

/** Gas for about two participants a batch: an epoch takes more of them than are sent before the last keeper begins. */
const SMALL_CAP = ["--gas-cap", "100000"];

/** Milliseconds between two blocks. */
const BLOCK_TIME = 150;

/** How often a keeper is killed, each time with one more batch mined than before. */
const KILLS = 3;

describe("a keeper that is killed in the middle of a batch, again and again", () => {
  const openLive = liveTests();

  /** Starts a keeper, has a batch of it mined, and kills it while the next one waits in the node's pool. */
  async function killAmid(live: Live, args: readonly string[]): Promise<Keeper> {
    const { waiting } = await live.noncesOf(live.accounts[0]);
    const keeper = live.launch(...args);
    // What the one before has left is not mined before this one has come upon it.
    if (waiting > 0) await keeper.says("waiting for a transaction that an earlier run left in flight");
    await live.mineOf(live.accounts[0], waiting + 1);
    await keeper.counts("epochs", { mined: 1 });
    await keeper.kill();
    return keeper;
  }

  const stepsIn = ({ scored, paid }: Outcome) => scored.length + paid.length;

  const lines: [string, (node: Anvil) => string][] = [
    ["HTTP", ({ url }) => url],
    ["a WebSocket", ({ webSocketUrl }) => webSocketUrl],
  ];
  for (const [line, urlOf] of lines) {
    it(`scores and pays each participant and each stake once, as a single run does, over ${line}`, async () => {
      const live = await openLive();
      const args = [...SMALL_CAP, "--url", urlOf(live.node)];
      const { world, accounts } = live;
      await world.connection.networkHelpers.time.increaseTo(await stakeOnArgument(world));
      await live.node.request("evm_setAutomine", false);
      const progress: number[] = [];
      for (let kills = 1; kills <= KILLS; kills++) {
        const keeper = await killAmid(live, args);
        expect(await keeper.ended).to.equal(null);
        // Each has sent two, of which the last waits.
        expect(await live.noncesOf(accounts[0])).to.deep.equal({ mined: 2 * kills - 1, waiting: 1 });
        progress.push(stepsIn((await chronicleOf(world)).epochs));
      }
      const single = await wantedOutcome();
      expect(progress).to.deep.equal([...new Set(progress)]);
      expect(progress.at(-1)).to.be.below(stepsIn(single));

      await live.mineEvery(BLOCK_TIME);
      const last = live.launch(...args);
      await last.says("keeping");
      await last.passes(1);
      const batches = last.lines("settle: done").length + last.lines("distribute: done").length;
      const idle = { queries: {}, rewards: {}, governance: {} };
      await last.comesTo({
        epochs: { due: 2, done: 2, mined: batches },
        arguments: { due: 1, done: 1, mined: last.lines("pay: done").length },
        ...idle,
      });
      expect(await last.end()).to.equal(0);
      expect(await live.noncesOf(accounts[0])).to.deep.equal({ mined: 2 * KILLS + last.hashes.length, waiting: 0 });
      const { epochs, expiredStakes } = await chronicleOf(world);
      expect(epochs).to.deep.equal(single);
      expect(expiredStakes).to.deep.equal([1n, 2n]);
      await expectNothingDue(live, ...args);
    });
  }
});
