import { expect } from "chai";

import { happeningsOf, type PlacedEvent } from "../../dapp/src/pages/claim/market/activity.ts";
import { amountIn, amountProblem, draftProblem, outlookOf } from "../../dapp/src/pages/claim/market/commitment.ts";
import { datesOf, openPositions, positionsOf, secondsLeft } from "../../dapp/src/pages/claim/market/positions.ts";
import { rulesInWords, timesText, weightInDays, weightUnit } from "../../dapp/src/pages/claim/market/words.ts";
import { replayMarket } from "../../sdk/market/history.ts";
import { Side } from "../../sdk/market/side.ts";
import { DAY, RULES, usdc, WAD } from "../fixtures/amounts.ts";

const USDC = { symbol: "USDC", decimals: 6 } as const;

/** Events as the dapp reads them; each in a block and a transaction of its own, unless it says `with` the one before. */
function eventsOf(...told: readonly (readonly [string, Record<string, unknown>, "with"?])[]): PlacedEvent[] {
  let block = 0;
  return told.map(([name, args, joined], index) => {
    if (joined === undefined) block++;
    return { name, args, time: BigInt(block), block, transaction: `0x${block}`, index };
  });
}

const committed = (positionId: bigint, owner: string, side: Side, principal: bigint, fee: bigint) =>
  ["Committed", { positionId, owner, side: BigInt(side), principal, fee }] as const;

describe("a commitment", () => {
  const context = { rules: RULES, unit: USDC, balance: usdc(2_000) };

  it("needs a side and an amount within the rules and the purse", () => {
    expect(draftProblem({ side: undefined, typed: "100" }, context)).to.equal("Choose a side.");
    expect(draftProblem({ side: Side.Support, typed: "" }, context)).to.equal("Enter an amount.");
    expect(amountProblem(RULES.minStake - 1n, context)).to.match(/^A commitment is /);
    expect(amountProblem(RULES.maxStake + 1n, context)).to.match(/^A commitment is /);
    expect(amountProblem(usdc(2_001), context)).to.equal("You have 2,000 USDC.");
    expect(amountProblem(usdc(2_001), { ...context, balance: undefined })).to.equal(undefined);
    expect(draftProblem({ side: Side.Oppose, typed: "1,000" }, context)).to.equal(undefined);
    expect(amountIn({ typed: "12.5" }, USDC)).to.equal(usdc("12.5"));
    expect(amountIn({ typed: "twelve" }, USDC)).to.equal(undefined);
  });

  it("is told with its fee, its lock, its cap, and belief when the lock ends", () => {
    const state = {
      ...{ supportPrincipal: usdc(1_000), opposePrincipal: usdc(1_000), srp: 0n },
      ...{ supportWeight: usdc(1_000) * DAY, opposeWeight: usdc(1_000) * DAY },
    };
    const rules = { ...RULES, lateEntryFeeScale: 0n, lateEntryFeeBaseBps: 100n };
    const outlook = outlookOf({ side: Side.Support, amount: usdc(100) }, { state, rules, now: 5n });
    expect(outlook).to.include({ feeBps: 100n, fee: usdc(1), principal: usdc(99), unlocksAt: 5n + rules.lockPeriod });
    expect(outlook.rewardAllowance).to.equal((usdc(1) * rules.maxUserRewardBps) / 10_000n);
    expect(outlook.beliefWithout).to.equal(WAD / 2n);
    expect(outlook.beliefWith > WAD / 2n).to.equal(true);
    const against = outlookOf({ side: Side.Oppose, amount: usdc(100) }, { state, rules, now: 5n });
    expect(against.beliefWith < WAD / 2n).to.equal(true);
  });
});

describe("positions of a market", () => {
  const { positions } = replayMarket(
    eventsOf(
      committed(1n, "0xA", Side.Support, 90n, 10n),
      committed(2n, "0xB", Side.Oppose, 50n, 0n),
      committed(3n, "0xA", Side.Oppose, 40n, 1n),
      ["Withdrawn", { positionId: 1n, owner: "0xA", principal: 90n, reward: 5n, excess: 0n }],
    ),
  );

  it("are an account's own, open and closed", () => {
    const { open, closed } = positionsOf(positions, "0xA");
    expect(open.map(({ positionId }) => positionId)).to.deep.equal([3n]);
    expect(closed.map(({ positionId }) => positionId)).to.deep.equal([1n]);
    expect(positionsOf(positions, "0xC")).to.deep.equal({ open: [], closed: [] });
  });

  it("that are open stand in the order in which they were opened", () => {
    expect(openPositions(positions).map(({ positionId }) => positionId)).to.deep.equal([2n, 3n]);
  });

  it("have dates that follow from the rules", () => {
    const { unlocksAt, claimableAt } = datesOf({ depositedAt: 7n }, RULES);
    expect([unlocksAt, claimableAt]).to.deep.equal([7n + RULES.lockPeriod, 7n + RULES.minRewardDuration]);
    expect([secondsLeft(10n, 4n), secondsLeft(10n, 10n), secondsLeft(10n, 12n)]).to.deep.equal([6n, 0n, 0n]);
  });
});

describe("the activity of a market", () => {
  const events = eventsOf(
    committed(1n, "0xA", Side.Support, 90n, 10n),
    ["RewardsDistributed", { amount: 2n }],
    [...committed(2n, "0xB", Side.Oppose, 50n, 2n), "with"],
    ["RewardsDistributed", { amount: 7n }],
    ["RewardsClaimed", { positionId: 1n, owner: "0xA", reward: 3n, excess: 0n }],
    ["ExcessReleased", { positionId: 1n, amount: 4n }],
    ["ExitedEarly", { positionId: 2n, owner: "0xB", returned: 45n, penalty: 5n, forfeited: 1n }],
    ["Withdrawn", { positionId: 1n, owner: "0xA", principal: 90n, reward: 6n, excess: 0n }],
    ["Unheard", {}],
  );
  const happenings = happeningsOf(events, replayMarket(events).positions);

  it("tells the newest first, with what was moved in all", () => {
    expect(happenings.map(({ verb, amount }) => [verb, amount])).to.deep.equal([
      ["withdrew", 96n],
      ["left early with", 45n],
      ["Handed back for others:", 4n],
      ["claimed", 3n],
      ["All positions shared", 7n],
      ["committed", 52n],
      ["committed", 100n],
    ]);
  });

  it("tells who, on which side, and what it cost", () => {
    const [withdrawn, exited] = happenings;
    expect(withdrawn).to.include({ who: "0xA", side: Side.Support, cost: undefined });
    expect(exited).to.include({ who: "0xB", side: Side.Oppose });
    expect(exited?.cost).to.deep.equal({ name: "penalty", amount: 5n });
    expect(new Set(happenings.map(({ id }) => id)).size).to.equal(happenings.length);
  });
});

describe("a market in words", () => {
  it("tells every rule", () => {
    const words = new Map(rulesInWords({ ...RULES, maxUserRewardBps: 50_000n, earlyExitPenaltyBps: 1_000n }, USDC));
    expect(words.get("Most a position earns")).to.equal("5 times the fee it paid, or its principal if it paid none");
    expect(words.get("Early exit")).to.match(/^costs 10 % of principal at most/);
    const plain = { ...RULES, earlyExitPenaltyBps: 0n, lateEntryFeeScale: 0n, minRewardDuration: 0n };
    const others = new Map(rulesInWords({ ...plain, lateEntryFeeBaseBps: 50n }, USDC));
    expect(others.get("Early exit")).to.equal("not possible in this market");
    expect(others.get("Entry fee")).to.equal("nothing for the first; then 0.5 %");
    expect(others.get("Rewards")).to.equal("can be claimed at once");
  });

  it("tells multiples and weights", () => {
    expect([10_000n, 5_000n, 25_000n].map(timesText)).to.deep.equal(["once", "0.5 times", "2.5 times"]);
    expect(weightInDays(usdc(3) * DAY)).to.equal(usdc(3));
    expect(weightUnit(USDC)).to.deep.equal({ symbol: "USDC days", decimals: 6 });
  });
});
