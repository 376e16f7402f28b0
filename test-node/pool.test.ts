import { expect } from "chai";
import { parseUnits, toQuantity } from "ethers";
import { travelToSettling } from "../test/keeper/crowd.ts";
import type { Figures, Keeper } from "./keeper.ts";
import { expectNothingDue, type Live, liveTests } from "./live.ts";
import { chronicleOf, STORY_FIGURES, wantedOutcome } from "./story.ts";

/** Milliseconds between two blocks, where blocks are made. */
const BLOCK_TIME = 150;

/** Seconds until a transaction counts as stuck: the keeper looks for it four times in between. */
const STUCK_AFTER = "6";

/** Gwei that a unit of gas costs in a spike, and what the operator pays at most. */
const SPIKE = "100";
const MAX_FEE = "10";

describe("a keeper whose transactions do not get through", () => {
  const openLive = liveTests();
  let live: Live;

  beforeEach(async () => {
    live = await openLive();
    await travelToSettling(live.world);
    await live.node.request("evm_setAutomine", false);
  });

  const spike = () => live.node.request("anvil_setNextBlockBaseFeePerGas", toQuantity(parseUnits(SPIKE, "gwei")));
  const mine = () => live.node.request("evm_mine");

  /** Starts one, and waits until its first transaction is in the pool. */
  async function launchIntoPool(): Promise<{ keeper: Keeper; hash: unknown }> {
    const keeper = live.launch("--jobs", "epochs", "--stuck-after", STUCK_AFTER);
    await keeper.says("sent");
    expect(await live.noncesOf(live.accounts[0])).to.deep.equal({ mined: 0, waiting: 1 });
    return { keeper, hash: keeper.lines("sent")[0]?.hash };
  }

  /** All is done, each participant once, and of all that was sent with one nonce one counts. */
  async function expectAllDoneOnce(keeper: Keeper, figures: Figures): Promise<void> {
    await live.mineEvery(BLOCK_TIME);
    await keeper.comesTo({ epochs: { ...STORY_FIGURES.epochs, ...figures } });
    expect(await keeper.end()).to.equal(0);
    expect((await chronicleOf(live.world)).epochs).to.deep.equal(await wantedOutcome());
    const { mined, waiting } = await live.noncesOf(live.accounts[0]);
    expect({ mined, waiting }).to.deep.equal({ mined: keeper.hashes.length, waiting: 0 });
    const nonces = new Set(keeper.lines("sent").map(({ nonce }) => nonce));
    expect([...nonces]).to.deep.equal(Array.from({ length: mined }, (_, nonce) => nonce));
    await expectNothingDue(live, "--jobs", "epochs");
  }

  it("sends one again that the node has dropped", async () => {
    const { keeper, hash } = await launchIntoPool();
    await live.node.request("anvil_dropTransaction", hash);
    await keeper.says("the node forgot a transaction: sending it again");
    await keeper.until("it is there again", async () => (await live.noncesOf(live.accounts[0])).waiting === 1);
    await expectAllDoneOnce(keeper, { forgotten: 1 });
  });

  it("sends one again for more that the node has dropped because the base fee is above it", async () => {
    const { keeper, hash } = await launchIntoPool();
    await spike();
    await mine();
    await keeper.says("the node forgot a transaction: sending it again");
    await keeper.says("sent", 2);
    const again = keeper.lines("sent")[1];
    expect([again?.nonce, Number(again?.maxFeePerGasGwei) > Number(SPIKE)]).to.deep.equal([0, true]);
    await expectAllDoneOnce(keeper, { forgotten: 1 });
    expect(keeper.hashes).not.to.include(hash);
  });

  it("replaces one that no block takes, and never has two", async () => {
    const { keeper, hash } = await launchIntoPool();
    await keeper.says("replacing a stuck transaction with one that pays more");
    await keeper.says("sent", 2);
    const replacement = keeper.lines("sent")[1];
    expect([replacement?.nonce, replacement?.hash === hash]).to.deep.equal([0, false]);
    expect(await live.noncesOf(live.accounts[0])).to.deep.equal({ mined: 0, waiting: 1 });
    await expectAllDoneOnce(keeper, { replaced: 1 });
    expect(keeper.hashes).not.to.include(hash);
  });

  it("waits while gas costs more than it may pay, and goes on when it does not", async () => {
    await spike();
    await mine();
    const once = await live.runOnce("--jobs", "epochs", "--max-fee", MAX_FEE);
    expect([await once.ended, once.lines("sent")]).to.deep.equal([1, []]);
    const keeper = live.launch("--jobs", "epochs", "--max-fee", MAX_FEE);
    await keeper.until("it says why it waits", async () =>
      keeper.output().includes("Gas costs more than --max-fee allows: this waits"),
    );
    expect(keeper.lines("sent")).to.deep.equal([]);
    await live.mineEvery(BLOCK_TIME);
    const { failed = 0 } = await keeper.until("both epochs are done", async () => {
      const figures = await keeper.figures("epochs");
      return figures.done === STORY_FIGURES.epochs.done && figures;
    });
    // Both have failed once at least.
    expect(failed).to.be.at.least(2);
    await expectAllDoneOnce(keeper, { failed, due: STORY_FIGURES.epochs.due + failed });
    for (const { maxFeePerGasGwei } of keeper.lines("sent")) {
      expect(Number(maxFeePerGasGwei)).to.be.at.most(Number(MAX_FEE));
    }
  });
});
