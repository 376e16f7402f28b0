import { expect } from "chai";
import { ZeroHash } from "ethers";
import type { QueryState } from "../../dapp/src/pages/queries/records.ts";
import { expectedBy, paymentsOf, settlementOf } from "../../dapp/src/pages/queries/settling.ts";
import { stakesFor } from "../../sdk/query/stakes.ts";
import { Outcome } from "../../sdk/query/state.ts";
import { usdc } from "../fixtures/amounts.ts";

/** Of the worked example in docs/query.md: accounts in the order of joining, and those that open an answer. */
const ANSWERERS = ["anna", "bert", "cleo", "dora"];

/** How somebody votes: the answers' indices, the best first, and the set of good ones. */
type Ballot = readonly [judge: string, ranking: readonly bigint[] | undefined, good: bigint];

function stateWith(opened: number, ballots: readonly Ballot[]): QueryState {
  const answers = ANSWERERS.map((answerer, place) => {
    const isOpened = place < opened;
    return { answerer, isSealed: isOpened, isOpened, index: isOpened ? BigInt(place) : 0n, contentHash: ZeroHash };
  });
  const judges = ballots.map(([judge, ranking, goodAnswers]) => {
    const isOpened = ranking !== undefined;
    return { judge, rank: 0n, isSealed: true, isOpened, ranking: ranking ?? [], goodAnswers };
  });
  const openedVotes = BigInt(judges.filter(({ isOpened }) => isOpened).length);
  const query = {
    ...{ asker: "olga", contentHash: ZeroHash, minRank: 0n, minAnswers: 7n, maxAnswers: 32n },
    ...{ answerers: 4n, sealedAnswers: BigInt(opened), openedAnswers: BigInt(opened) },
    ...{ judges: BigInt(judges.length), sealedVotes: BigInt(judges.length), openedVotes, outcome: Outcome.Pending },
    ...{ answeringEndsAt: 1n, openingEndsAt: 2n, judgingEndsAt: 3n, revealingEndsAt: 4n },
    ...stakesFor(0n, 7n, 6n),
  };
  return { queryId: 1n, query, answers, judges };
}

const EXAMPLE = stateWith(3, [
  ["ada", [0n, 1n, 2n], 0b011n],
  ["ben", [0n, 1n, 2n], 0b011n],
  ["cyd", [2n, 1n, 0n], 0b100n],
]);

const payments = (state: QueryState) =>
  paymentsOf(state, expectedBy(state, settlementOf(state))).map(({ account, paid, gets }) => [account, paid, gets]);

describe("settling a query", () => {
  it("pays what the worked example says", () => {
    const rows = payments(EXAMPLE).map(([account, paid, gets]) => [account, paid, BigInt(gets ?? 0n) / 1_000n]);
    expect(rows).to.deep.equal([
      ["olga", usdc("35"), 0n],
      ["anna", usdc("3.5"), 21_925n],
      ["bert", usdc("3.5"), 16_575n],
      ["cleo", usdc("3.5"), 0n],
      ["dora", usdc("3.5"), 0n],
      ["ada", usdc("2.1"), 8_400n],
      ["ben", usdc("2.1"), 8_400n],
      ["cyd", usdc("2.1"), 0n],
    ]);
  });

  it("pays all that is paid", () => {
    const sum = (column: 1 | 2) => payments(EXAMPLE).reduce((total, row) => total + BigInt(row[column] ?? 0n), 0n);
    expect(sum(2)).to.equal(sum(1));
  });

  it("ranks the answers by their strengths", () => {
    const { ranked } = settlementOf(EXAMPLE);
    expect(ranked.map(({ answerer, isGood }) => [answerer, isGood])).to.deep.equal([
      ["anna", true],
      ["bert", true],
      ["cleo", false],
    ]);
  });

  it("makes the shares of strength one together", () => {
    const total = settlementOf(EXAMPLE).ranked.reduce((sum, { share }) => sum + (share ?? 0n), 0n);
    expect(total).to.be.within(10n ** 18n - 3n, 10n ** 18n);
  });

  it("puts the closest judges first", () => {
    const { voters } = settlementOf(EXAMPLE);
    expect(voters.map(({ judge, closeness, isGood }) => [judge, closeness, isGood])).to.deep.equal([
      ["ada", 10n ** 18n, true],
      ["ben", 10n ** 18n, true],
      ["cyd", 0n, false],
    ]);
  });

  it("leaves tied answers in the order of opening", () => {
    const tied = stateWith(2, [
      ["ada", [1n, 0n], 0b11n],
      ["ben", [0n, 1n], 0b11n],
    ]);
    expect(settlementOf(tied).ranked.map(({ index }) => index)).to.deep.equal([0, 1]);
  });

  describe("when votes do not decide", () => {
    it("brings no strengths where nobody votes", () => {
      const { strengths, payouts, voters, ranked } = settlementOf(stateWith(2, [["ada", undefined, 0n]]));
      expect([strengths, payouts.outcome, voters]).to.deep.equal([[], Outcome.NoVotes, []]);
      expect(ranked.map(({ share, isGood }) => [share, isGood])).to.deep.equal([
        [undefined, true],
        [undefined, true],
      ]);
    });

    it("gives everything back where nobody answers", () => {
      expect(payments(stateWith(0, []))[0]).to.deep.equal(["olga", usdc("35"), usdc("49")]);
    });

    it("pays a single answer", () => {
      const [olga, anna] = payments(stateWith(1, []));
      expect([olga?.[2], anna?.[2]]).to.deep.equal([usdc("10.5"), usdc("38.5")]);
    });
  });

  it("forfeits the stake of a judge who opened no vote", () => {
    const state = stateWith(2, [
      ["ada", [0n, 1n], 0b01n],
      ["ben", undefined, 0n],
    ]);
    expect(payments(state).slice(-2)).to.deep.equal([
      ["ada", usdc("2.1"), usdc("14.7")],
      ["ben", usdc("2.1"), 0n],
    ]);
  });
});
