import { expect } from "chai";
import type { Outcome } from "../test/keeper/crowd.ts";
import { stakeOnArgument } from "../test/keeper/remote.ts";
import type { Keeper } from "./keeper.ts";
import { chronicleOf, type Live, liveTests, wantedOutcome } from "./live.ts";

/** Gas for about three participants a batch. */
const SMALL_CAP = "160000";

/** Milliseconds between two blocks. */
const BLOCK_TIME = 150;

/** How often a keeper is killed, each time with one more batch mined than before. */
const KILLS = 3;

describe("a keeper that is killed in the middle of a batch, again and again", () => {
  const openLive = liveTests();

  /** Starts a keeper, has a batch of it mined, and kills it while the next one waits in the node's pool. */
  async function killAmid(live: Live): Promise<Keeper> {
    const { node, accounts } = live;
    const before = await live.noncesOf(accounts[0]);
    const keeper = live.launch("--gas-cap", SMALL_CAP);
    await keeper.until("a batch in flight after one that is mined", async () => {
      const { mined, waiting } = await live.noncesOf(accounts[0]);
      if (waiting === 0) return false;
      if (mined > before.mined + before.waiting) return true;
      await node.request("evm_mine");
      return false;
    });
    await keeper.kill();
    return keeper;
  }

  const stepsIn = ({ scored, paid }: Outcome) => scored.length + paid.length;

  it("scores and pays each participant and each stake once, and leaves every stake as a single run does", async () => {
    const live = await openLive();
    const { world, accounts } = live;
    await world.connection.networkHelpers.time.increaseTo(await stakeOnArgument(world));
    await live.node.request("evm_setAutomine", false);
    const progress: number[] = [];
    for (let kills = 0; kills < KILLS; kills++) {
      const keeper = await killAmid(live);
      expect(await keeper.ended).to.equal(null);
      expect((await live.noncesOf(accounts[0])).waiting).to.equal(1);
      progress.push(stepsIn((await chronicleOf(world)).epochs));
    }
    const single = await wantedOutcome();
    expect(progress).to.deep.equal([...new Set(progress)]);
    expect(progress.at(-1)).to.be.below(stepsIn(single));

    await live.mineEvery(BLOCK_TIME);
    const last = await live.runOnce("--gas-cap", SMALL_CAP);
    expect(await last.ended).to.equal(0);
    const { epochs, expiredStakes } = await chronicleOf(world);
    expect(epochs).to.deep.equal(single);
    expect(expiredStakes).to.deep.equal([1n, 2n]);
    expect((await live.noncesOf(accounts[0])).waiting).to.equal(0);
  });
});
