import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { formatUnits, id, parseUnits } from "ethers";
import { readParameters } from "../../ignition/deploy.ts";
import { Side } from "../../sdk/market/side.ts";
import { settleableAt } from "../../sdk/stake/schedule.ts";
import { MAX_PARTICIPANTS } from "../../sdk/stake/serum.ts";
import { load, protocolFixture } from "../fixtures/protocol.ts";
import * as world from "../sdk/stake-fixtures.ts";
import { tableAfter } from "./tables.ts";

const page = await readFile(new URL("../../docs/stake.md", import.meta.url), "utf8");
const numbers = new Map(
  tableAfter(page, "<!-- numbers:").map(([what = "", value = ""]) => [what, BigInt(value.replaceAll(",", ""))]),
);
const people = { supporter: world.ALICE, challenger: world.BOB, latecomer: world.CAROL };
const usdc = (text: string): bigint => parseUnits(text.replaceAll(",", ""), 6);

function number(what: RegExp): bigint {
  const found = [...numbers].find(([name]) => what.test(name));
  if (found === undefined) throw new RangeError(`the table has no ${what}`);
  return found[1];
}

describe("docs/stake.md", () => {
  describe("its numbers", () => {
    it("give the smallest purchase of the contract", async () => {
      const { convictionMarket, outsider } = await load(protocolFixture);
      const smallest = number(/smallest purchase/);
      await expect(convictionMarket.quoteBuy(outsider, id("any"), Side.Support, smallest - 1n))
        .to.be.revertedWithCustomError(convictionMarket, "AmountTooSmall")
        .withArgs(smallest - 1n, smallest);
    });

    it("give the largest encumbrance of the contract", async () => {
      const { stakeVault, outsider } = await load(protocolFixture);
      const largest = number(/encumbered/);
      await expect(stakeVault.previewSkim(outsider, id("any"), Side.Support, largest + 1n))
        .to.be.revertedWithCustomError(stakeVault, "EncumbranceTooLarge")
        .withArgs(largest + 1n, largest);
    });

    it("give the most participants of the model", () => {
      expect(number(/most participants/)).to.equal(MAX_PARTICIPANTS);
    });

    for (const network of ["local", "sepolia"]) {
      it(`give the epochs deployed to ${network}`, async () => {
        const { Stake } = await readParameters(network);
        expect(Stake).to.deep.equal({
          epochLength: Number(number(/epoch length/)),
          revealWindow: Number(number(/reveal window/)),
        });
      });
    }
  });

  describe("its worked example", () => {
    const model = world.stakeWorld();
    const rows = tableAfter(page, "<!-- example:").map((cells) => {
      const [who = "", buys = "", lock = "", skim = "", tokens = "", belief = "", meta = "", score = "", moves = ""] =
        cells;
      const [amount = "", side] = buys.split(" of ");
      const said = { user: people[who as keyof typeof people], belief: Number(belief), meta: Number(meta) };
      return {
        who,
        amount,
        side: side === "LONG" ? Side.Support : Side.Oppose,
        lock,
        skim,
        tokens,
        said,
        score,
        moves,
      };
    });

    before(() => {
      for (const { said, side, amount, lock, skim, tokens } of rows) {
        const bought = model.venue.buy(said.user, world.CLAIM, side, usdc(amount), 0n);
        expect(bought).to.deep.equal({ tokens: usdc(tokens), skim: usdc(skim) });
        expect(model.vault.lockOf(said.user, world.CLAIM, side)).to.equal(usdc(lock));
      }
      world.speak(
        model,
        rows.map(({ said }) => said),
      );
      model.serum.settle(world.CLAIM, 0n, 10n, settleableAt(world.EPOCHS, 0n));
      model.serum.distribute(world.CLAIM, 0n, 10n);
    });

    for (const { who, said, score, moves } of rows) {
      it(`is what the model says of the ${who}`, () => {
        const { score: scored, taken, payout } = model.serum.participant(world.CLAIM, 0n, said.user);
        expect(Number(formatUnits(scored, 18)).toFixed(6)).to.equal(Number(score).toFixed(6));
        expect(payout - taken).to.equal(usdc(moves));
      });
    }

    it("says in prose what the epoch came to", () => {
      const { consensus, meanMeta, isSurprisinglyPopular } = model.serum.epochState(world.CLAIM, 0n);
      const percent = (wad: bigint) => `${Number(formatUnits(wad, 16)).toFixed(1)} %`;
      expect(page.replaceAll("\n  ", " ")).to.include(
        `Consensus is ${percent(consensus)}, the mean meta-prediction ${percent(meanMeta)}`,
      );
      expect(isSurprisinglyPopular).to.equal(false);
      expect(page).to.include(`${formatUnits(model.serum.carriedOf(world.CLAIM), 6)} of rounding is`);
      expect(page).to.include(`after the purchases is ${percent(model.venue.marketBelief(world.CLAIM))}`);
    });
  });

  it("says how far back a voice may be unsettled", () => {
    const model = world.stakeWorld();
    const back = number(/epochs back/);
    world.lock(model, world.ALICE, world.USD);
    const speakIn = (epoch: bigint) => world.commit(model, { user: world.ALICE, belief: 0.5, meta: 0.5, epoch });
    speakIn(0n);
    speakIn(back);
    expect(() => speakIn(back + 1n)).to.throw("EarlierVoiceUnsettled");
  });
});
