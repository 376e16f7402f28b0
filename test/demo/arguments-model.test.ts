import { expect } from "chai";
import { Interface, id } from "ethers";
import { type Lived, modelChecks } from "../../scripts/demo/arguments/model.ts";
import { actUnits } from "../../scripts/demo/format.ts";
import { interestDown } from "../../sdk/argument/interest.ts";
import { ArgumentStatus } from "../../sdk/argument/state.ts";
import { Side } from "../../sdk/market/side.ts";
import { CLAIM, DAY } from "../fixtures/amounts.ts";
import { ACT_RULES } from "./arguments-fixtures.ts";

const rules = ACT_RULES;
const { creationStake: amount } = rules;
const interest = interestDown(amount, rules);
const draft = { claimId: CLAIM, side: Side.Support, summary: "s".repeat(25), body: "b".repeat(25) };
const none = { ownInterest: 0n, creatorInterest: 0n, upvoterInterest: 0n, freed: 0n, slashed: 0n, curatorRewards: 0n };
const counters = { upvotes: 0n, upvotedStake: 0n, totalStake: amount };
const errors = new Interface(["error RewardReserveTooLow(uint256 free, uint256 needed)"]);
const refusal = (needed: bigint) => {
  return errors.parseError(errors.encodeErrorResult("RewardReserveTooLow", [0n, needed])) as never;
};
const step = { kind: "write", at: 1n, person: 0, argument: 0, refusedWith: "RewardReserveTooLow" } as const;
const where = { transactionHash: id("a transaction") };

/** Ann cannot write, as nothing is in the reserve; she pays 1 ACT into it and writes; a week later she withdraws. */
const LIVED: Lived = {
  rules,
  staking: "the contract",
  people: [{ name: "ann", purse: actUnits("101"), isCrowd: false }],
  users: ["ann"],
  claims: [{ text: "a claim", claimId: CLAIM, actual: null, supporters: 0, opposers: 0 }],
  arguments: [
    {
      ...none,
      id: 1n,
      creator: 0,
      claimId: CLAIM,
      side: Side.Support,
      summary: draft.summary,
      body: draft.body,
      contentHash: id("the text"),
      status: ArgumentStatus.Live,
      marks: 0n,
      promised: interest,
      counters,
      counted: counters,
    },
  ],
  refused: [{ step, argumentId: undefined, draft, error: refusal(interest), at: 1n }],
  events: [
    { ...where, kind: "funded", at: 2n, user: "ann", amount: actUnits("1") },
    { ...where, ...draft, kind: "created", at: 3n, argumentId: 1n, user: "ann", side: 0n, amount, interest },
    {
      ...where,
      kind: "expired",
      at: 3n + 7n * DAY,
      argumentId: 1n,
      user: "ann",
      amount,
      interest,
      creatorInterest: 0n,
    },
    { ...where, kind: "withdrawn", at: 4n + 7n * DAY, user: "ann", amount: amount + interest },
  ],
  purses: [{ before: actUnits("101"), after: actUnits("100") + interest }],
  end: {
    moment: "the end",
    balance: actUnits("1") - interest,
    owed: actUnits("1") - interest,
    running: 0n,
    credited: 0n,
    free: actUnits("1") - interest,
    reserved: 0n,
  },
};

/** Equations that fail with something changed, and by how much. */
function failures(changed: Partial<Lived>): [string, bigint][] {
  return modelChecks({ ...LIVED, ...changed })
    .filter(({ difference }) => difference !== 0n)
    .map(({ equation, difference }) => [equation, difference]);
}

describe("the comparison of the arguments demo with the model", () => {
  it("finds that the same happens in the model", () => {
    expect(modelChecks(LIVED).map(({ difference }) => difference)).to.deep.equal([0n, 0n, 0n, 0n, 0n, 0n]);
  });

  it("notices a unit in a purse", () => {
    expect(failures({ purses: [{ before: actUnits("101"), after: actUnits("100") + interest + 1n }] })).to.deep.equal([
      ["ann: balance = balance in the model", 1n],
    ]);
  });

  it("notices a unit staked", () => {
    const arguments_ = LIVED.arguments.map((each) => ({
      ...each,
      counters: { ...counters, totalStake: counters.totalStake + 1n },
    }));
    expect(failures({ arguments: arguments_ })).to.deep.equal([["#1: totalStake = totalStake in the model", 1n]]);
  });

  for (const part of ["free", "reserved", "owed"] as const) {
    it(`notices a unit ${part}`, () => {
      expect(failures({ end: { ...LIVED.end, [part]: LIVED.end[part] + 1n } })).to.deep.equal([
        [`${part} = ${part} in the model`, 1n],
      ]);
    });
  }

  it("notices a refusal with other facts", () => {
    const refused = LIVED.refused.map((each) => ({ ...each, error: refusal(interest + 1n) }));
    expect(failures({ refused })).to.deep.equal([["RewardReserveTooLow = error in the model", 1n]]);
  });

  it("goes no further where the model refuses what happened", () => {
    const [, ...events] = LIVED.events;
    expect(failures({ events })).to.deep.equal([
      [`created = refused by the model: RewardReserveTooLow (free=0, needed=${interest})`, 1n],
    ]);
  });
});
