import { expect } from "chai";
import { Phase } from "../../sdk/query/state.ts";
import { QueryEscrow__factory } from "../../typechain-types/index.ts";
import { act, TIMING } from "../fixtures/amounts.ts";
import { setOneWord } from "../fixtures/one-word.ts";
import { load } from "../fixtures/protocol.ts";
import {
  type DollarQueries,
  openEscrow,
  openEscrowOnTokens,
  QUESTION,
  type QueryWorld,
  sendQuestion,
  settle,
} from "../fixtures/queries.ts";
import { memberOf } from "../fixtures/query-play.ts";
import { booksOf, creditedTo, queryWith } from "../fixtures/query-stories.ts";

/** Where a token of any decimals is put. */
const TOKEN = "0x00000000000000000000000000000000000D0117";

describe("QueryEscrow, on a token of any decimals", () => {
  let world: DollarQueries;

  const deployOn = async (decimals: number) => {
    const { rankRegistry, authority, deployer } = world;
    await setOneWord(TOKEN, decimals);
    return new QueryEscrow__factory(deployer).deploy(TOKEN, rankRegistry, TIMING, authority);
  };

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  describe("when it has more than 18", () => {
    for (const decimals of [19, 255]) {
      it(`reverts when it has ${decimals}`, async () => {
        await expect(deployOn(decimals))
          .to.be.revertedWithCustomError(world.queryEscrow, "DecimalsTooMany")
          .withArgs(decimals, 18n);
      });
    }

    it("reverts with WindowOutOfRange when a window is out of range as well", async () => {
      const { rankRegistry, authority, deployer, queryEscrow } = world;
      await setOneWord(TOKEN, 19);
      const timing = { ...TIMING, judging: 1n };
      await expect(new QueryEscrow__factory(deployer).deploy(TOKEN, rankRegistry, timing, authority))
        .to.be.revertedWithCustomError(queryEscrow, "WindowOutOfRange")
        .withArgs("judging", 1n, 60n, 2_592_000n);
    });
  });

  describe("when it has 18 or fewer", () => {
    // 5 * 1.1^42 * 32 = 8762.191877998864269620..., 3.5 * 1.1^42 = 191.67..., 0.3 * 1.1^42 * 32 = 525.73...
    for (const [decimals, ...stakes] of [
      [18, 8_762_191_877_998_864_269_620n, 191_672_947_331_225_155_897n, 525_731_512_679_931_856_177n],
      [2, 876_219n, 19_167n, 52_573n],
      [0, 8_762n, 191n, 525n],
    ] as const) {
      it(`says ${stakes.join(", ")} units for rank 42 and 32 answers at ${decimals}`, async () => {
        const queryEscrow = await deployOn(decimals);
        expect(await queryEscrow.stakesFor(42n, 32n)).to.deep.equal(stakes);
      });
    }
  });

  describe("when it has none", () => {
    let whole: QueryWorld;

    beforeEach(async () => {
      whole = { ...world, queryEscrow: await deployOn(0) };
      await setOneWord(TOKEN, 1); // from here on, every transfer succeeds
    });

    it("emits QueryAsked with 35 tokens", async () => {
      const { contentHash, uri } = QUESTION;
      await expect(sendQuestion(whole))
        .to.emit(whole.queryEscrow, "QueryAsked")
        .withArgs(1n, whole.asker, contentHash, uri, 0n, 7n, 32n, Object.values(TIMING), 35n);
    });

    it("emits AnswererJoined with 3 of 3.5 tokens", async () => {
      const { queryId } = await queryWith(whole, { until: Phase.Answering });
      const answerer = memberOf(whole.answerers, 0);
      await expect(whole.queryEscrow.connect(answerer).joinAnswer(queryId))
        .to.emit(whole.queryEscrow, "AnswererJoined")
        .withArgs(queryId, answerer, 3n);
    });

    it("emits JudgeJoined with 2 of 2.1 tokens", async () => {
      const { queryId } = await queryWith(whole, { until: Phase.Judging, answers: 2 });
      const judge = memberOf(whole.judges, 0);
      await expect(whole.queryEscrow.connect(judge).joinJudge(queryId))
        .to.emit(whole.queryEscrow, "JudgeJoined")
        .withArgs(queryId, judge, 0n, 2n);
    });

    it("credits 24 of 24.5 tokens and the stake to a single answer, and 11 to the asker", async () => {
      const { queryId, answered } = await queryWith(whole, { answers: 1 });
      await settle(whole, queryId);
      expect(await creditedTo(whole, [whole.asker, ...answered])).to.deep.equal([11n, 27n]);
    });
  });

  describe("when it has 18, and people hold it", () => {
    it("pays the credit of a single answer out", async () => {
      const tokens = await load(openEscrowOnTokens);
      const { queryId, answered } = await queryWith(tokens, { answers: 1, idleAnswerers: 1 });
      await settle(tokens, queryId);
      const answerer = memberOf(answered, 0);
      await expect(tokens.queryEscrow.connect(answerer).withdraw()).to.changeTokenBalances(
        tokens.ethers,
        tokens.token,
        [answerer, tokens.queryEscrow],
        [act("31.5"), -act("31.5")],
      );
    });

    it("balances the books to the unit at a rank that leaves fractions", async () => {
      const tokens = await load(openEscrowOnTokens);
      const users = tokens.answerers.slice(0, 3).map(({ address }) => address);
      await tokens.rankRegistry.connect(tokens.registrar).setRanks(users, [42n, 42n, 42n]);
      const { queryId } = await queryWith(tokens, { minRank: 42n, answers: 2, idleAnswerers: 1 });
      await settle(tokens, queryId);
      const { balance, credits } = await booksOf(tokens);
      expect(balance).to.equal(credits);
    });
  });
});

/* SET-UP */
