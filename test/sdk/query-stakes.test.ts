import { expect } from "chai";
import { stakesFor } from "../../sdk/query/stakes.ts";
import { act, usdc } from "../fixtures/amounts.ts";
import { expectQueryRevert } from "./query-fixtures.ts";

describe("query stakes", () => {
  it("of rank 0 and 7 answers are 35, 3.5 and 2.1 tokens", () => {
    expect(stakesFor(0n, 7n, 18n)).to.deep.equal({
      submitStake: act(35),
      answerStake: act("3.5"),
      judgeStake: act("2.1"),
    });
  });

  // 1.1^10 = 2.5937424601, exactly
  it("of rank 10 and 7 answers are exact with 18 decimals", () => {
    expect(stakesFor(10n, 7n, 18n)).to.deep.equal({
      submitStake: act("90.7809861035"),
      answerStake: act("9.07809861035"),
      judgeStake: act("5.44685916621"),
    });
  });

  it("of rank 10 and 7 answers are each rounded down to the unit of 6 decimals", () => {
    expect(stakesFor(10n, 7n, 6n)).to.deep.equal({
      submitStake: usdc("90.780986"),
      answerStake: usdc("9.078098"),
      judgeStake: usdc("5.446859"),
    });
  });

  // 5 * 1.1^5 * 29 = 233.52395, of which 0.06 are 14.011437; of 233 they would be 13.98
  it("of rank 5 and 29 answers are whole tokens of an asset without decimals, none computed from a rounded one", () => {
    expect(stakesFor(5n, 29n, 0n)).to.deep.equal({ submitStake: 233n, answerStake: 5n, judgeStake: 14n });
  });

  it("of an answerer do not depend on how many answers are wanted", () => {
    expect(stakesFor(42n, 32n, 6n).answerStake).to.equal(stakesFor(42n, 7n, 6n).answerStake);
  });

  it("grow by a tenth from rank to rank", () => {
    const [lower, higher] = [stakesFor(0n, 10n, 18n), stakesFor(1n, 10n, 18n)];
    expect(10n * higher.submitStake).to.equal(11n * lower.submitStake);
  });

  it("reverts when the rank is above 42", () => {
    expectQueryRevert(() => stakesFor(43n, 7n, 6n), "RankOutOfRange", [43n, 42n]);
  });

  it("reverts when fewer than 7 answers are wanted", () => {
    expectQueryRevert(() => stakesFor(0n, 6n, 6n), "AnswersOutOfRange", [6n, 7n, 32n]);
  });

  it("reverts when more than 32 answers are wanted", () => {
    expectQueryRevert(() => stakesFor(0n, 33n, 6n), "AnswersOutOfRange", [33n, 7n, 32n]);
  });

  it("reverts when the asset has more than 18 decimals", () => {
    expectQueryRevert(() => stakesFor(0n, 7n, 19n), "DecimalsTooMany", [19n, 18n]);
  });
});
