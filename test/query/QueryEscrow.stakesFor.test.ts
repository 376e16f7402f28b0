import { expect } from "chai";
import { usdc } from "../fixtures/amounts.ts";
import { type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";

/** Stakes of asker, answerer and judge in units of a millionth dollar. */
type Vector = [minRank: bigint, minAnswers: bigint, submitStake: bigint, answerStake: bigint, judgeStake: bigint];

const VECTORS: readonly Vector[] = [
  [0n, 7n, usdc(35), usdc("3.5"), usdc("2.1")],
  [0n, 32n, usdc(160), usdc("3.5"), usdc("9.6")],
  [1n, 7n, usdc("38.5"), usdc("3.85"), usdc("2.31")],
  [2n, 10n, usdc("60.5"), usdc("4.235"), usdc("3.63")],
  // 35 * 1.1^10 = 90.7809861035, a tenth of it, and 0.06 times it: 5.44685916621
  [10n, 7n, 90_780_986n, 9_078_098n, 5_446_859n],
  // 0.3 * 1.1^8 * 14 = 9.003073002, where 0.06 of the floored 150.051216 would be 9.00307296
  [8n, 14n, 150_051_216n, 7_502_560n, 9_003_073n],
  // 3.5 * 1.1^38 = 130.915202..., where 0.7 of the floored 1496.173737, by 8, would be 130.91520198...
  [38n, 8n, 1_496_173_737n, 130_915_202n, 89_770_424n],
  // 35 * 1.1^42 = 1916.729473312251...
  [42n, 7n, 1_916_729_473n, 191_672_947n, 115_003_768n],
  [42n, 32n, 8_762_191_877n, 191_672_947n, 525_731_512n],
];

describe("QueryEscrow.stakesFor", () => {
  let protocol: DollarProtocol;

  beforeEach(async () => {
    protocol = await load(protocolFixture);
  });

  describe("when rank and answers are in range", () => {
    for (const [minRank, minAnswers, ...stakes] of VECTORS) {
      it(`says ${stakes.join(", ")} units for rank ${minRank} and ${minAnswers} answers`, async () => {
        expect(await protocol.queryEscrow.stakesFor(minRank, minAnswers)).to.deep.equal(stakes);
      });
    }

    it("floors each stake once, from the exact one: every judge's, over all ranks", async () => {
      const { queryEscrow } = protocol;
      const ranks = Array.from({ length: 43 }, (_, rank) => BigInt(rank));
      const exact = ranks.map((rank) => (3n * 11n ** rank * 14n * usdc(1)) / 10n ** (rank + 1n));
      const judgeStakes = await Promise.all(ranks.map(async (rank) => (await queryEscrow.stakesFor(rank, 14n))[2]));
      expect(judgeStakes).to.deep.equal(exact);
    });

    it("asks the same of an answerer whatever the number of answers", async () => {
      const { queryEscrow } = protocol;
      const answerStakes = await Promise.all(
        [7n, 8n, 31n, 32n].map(async (n) => (await queryEscrow.stakesFor(5n, n))[1]),
      );
      // 3.5 * 1.61051 = 5.636785
      expect(answerStakes).to.deep.equal([5_636_785n, 5_636_785n, 5_636_785n, 5_636_785n]);
    });
  });

  describe("when the rank is out of range", () => {
    for (const rank of [43n, 255n]) {
      it(`reverts when it is ${rank}`, async () => {
        await expect(protocol.queryEscrow.stakesFor(rank, 7n))
          .to.be.revertedWithCustomError(protocol.queryEscrow, "RankOutOfRange")
          .withArgs(rank, 42n);
      });
    }

    it("reverts with the same error when the number of answers is as well", async () => {
      await expect(protocol.queryEscrow.stakesFor(43n, 6n))
        .to.be.revertedWithCustomError(protocol.queryEscrow, "RankOutOfRange")
        .withArgs(43n, 42n);
    });
  });

  describe("when the number of answers is out of range", () => {
    for (const answers of [0n, 6n, 33n, 255n]) {
      it(`reverts when it is ${answers}`, async () => {
        await expect(protocol.queryEscrow.stakesFor(0n, answers))
          .to.be.revertedWithCustomError(protocol.queryEscrow, "AnswersOutOfRange")
          .withArgs(answers, 7n, 32n);
      });
    }
  });
});
