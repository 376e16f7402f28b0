import { expect } from "chai";
import {
  COUNCIL_DEFAULTS,
  type CouncilParams,
  MAX_LOCK_DAYS,
  validateCouncilParams,
} from "../../sdk/council/params.ts";
import { positionIdOf, positionOf } from "../../sdk/council/positions.ts";
import {
  DEFAULT_TIERS,
  earlyExitPenaltyUp,
  isLock,
  lockTiersOf,
  longTermDays,
  nextTierAt,
  powerDown,
  quoteExit,
  tierAt,
  tierOfTime,
  validateLock,
} from "../../sdk/council/tiers.ts";
import { DAY } from "../fixtures/amounts.ts";
import { ALICE, expectCouncilRevert, OTHER_TIERS, START } from "./council-fixtures.ts";
import { expectRefusal } from "./refusals.ts";

/** `OTHER_TIERS`, as staking has them. */
const OTHERS = lockTiersOf({ ...COUNCIL_DEFAULTS, ...OTHER_TIERS });

describe("council tiers", () => {
  it("are earned by whole days", () => {
    const served = [0n, 7n * DAY - 1n, 7n * DAY, 30n * DAY, 90n * DAY, 180n * DAY - 1n, 180n * DAY, 900n * DAY];
    expect(served.map((seconds) => tierOfTime(seconds, DEFAULT_TIERS))).to.deep.equal([
      0n,
      0n,
      7n,
      30n,
      90n,
      90n,
      180n,
      180n,
    ]);
  });

  it("multiply by 1.0, 1.2, 1.5, 2.0 and 3.0, rounded down", () => {
    const powers = [0n, 7n, 30n, 90n, 180n].map((days) => powerDown(9n, days, DEFAULT_TIERS));
    expect(powers).to.deep.equal([9n, 10n, 13n, 18n, 27n]);
  });

  it("are five", () => {
    expectCouncilRevert(() => powerDown(9n, 8n, DEFAULT_TIERS), "LockUnknown", [8n]);
  });

  it("never fall", () => {
    const position = { stakedAt: START, tierDays: 90n };
    expect(
      [START, START + 100n * DAY, START + 180n * DAY].map((now) => tierAt(position, now, DEFAULT_TIERS)),
    ).to.deep.equal([90n, 90n, 180n]);
  });

  it("are told before they are reached", () => {
    const next = nextTierAt({ stakedAt: START, tierDays: 7n }, START + DAY, DEFAULT_TIERS);
    expect(next).to.deep.equal({ at: START + 30n * DAY, tierDays: 30n });
  });

  it("are told where only a poke is missing", () => {
    const next = nextTierAt({ stakedAt: START, tierDays: 0n }, START + 31n * DAY, DEFAULT_TIERS);
    expect(next).to.deep.equal({ at: START + 31n * DAY, tierDays: 30n });
  });

  it("end at 180 days", () => {
    expect(nextTierAt({ stakedAt: START, tierDays: 180n }, START, DEFAULT_TIERS)).to.equal(null);
  });
});

describe("council tiers, other than the defaults", () => {
  it("are those of the parameters, in order", () => {
    expect(OTHERS).to.deep.equal([
      { lockDays: 0n, multiplierBps: 11_000n },
      { lockDays: 1n, multiplierBps: 11_000n },
      { lockDays: 14n, multiplierBps: 12_345n },
      { lockDays: 60n, multiplierBps: 12_345n },
      { lockDays: 3_650n, multiplierBps: 40_000n },
    ]);
  });

  it("are the defaults where the parameters are", () => {
    expect(lockTiersOf(COUNCIL_DEFAULTS)).to.deep.equal(DEFAULT_TIERS);
  });

  it("are long term at the highest", () => {
    expect([longTermDays(DEFAULT_TIERS), longTermDays(OTHERS)]).to.deep.equal([180n, 3_650n]);
  });

  it("are earned by whole days", () => {
    const served = [0n, DAY - 1n, DAY, 14n * DAY, 60n * DAY - 1n, 60n * DAY, 3_650n * DAY - 1n, 3_650n * DAY];
    expect(served.map((seconds) => tierOfTime(seconds, OTHERS))).to.deep.equal([
      0n,
      0n,
      1n,
      14n,
      14n,
      60n,
      60n,
      3_650n,
    ]);
  });

  it("multiply by their basis points, rounded down", () => {
    const powers = OTHERS.map(({ lockDays }) => powerDown(9n, lockDays, OTHERS));
    // 9.9, 9.9, 11.1105, 11.1105 and 36
    expect(powers).to.deep.equal([9n, 9n, 11n, 11n, 36n]);
  });

  it("are the only locks that can be chosen", () => {
    const days = [0n, 1n, 7n, 14n, 30n, 60n, 90n, 180n, 3_650n];
    expect(days.filter((lockDays) => isLock(lockDays, OTHERS))).to.deep.equal([0n, 1n, 14n, 60n, 3_650n]);
  });

  it("refuse a lock of the defaults", () => {
    expectCouncilRevert(() => validateLock(180n, OTHERS), "LockUnknown", [180n]);
  });

  it("refuse to count a tier of the defaults", () => {
    expectCouncilRevert(() => powerDown(9n, 180n, OTHERS), "LockUnknown", [180n]);
  });

  it("never fall", () => {
    const position = { stakedAt: START, tierDays: 14n };
    const instants = [START, START + 59n * DAY, START + 60n * DAY];
    expect(instants.map((now) => tierAt(position, now, OTHERS))).to.deep.equal([14n, 14n, 60n]);
  });

  it("are told before they are reached, even where they count no more", () => {
    const next = nextTierAt({ stakedAt: START, tierDays: 14n }, START + DAY, OTHERS);
    expect(next).to.deep.equal({ at: START + 60n * DAY, tierDays: 60n });
  });

  it("end at the highest, not at 180 days", () => {
    const next = [60n, 3_650n].map((tierDays) => nextTierAt({ stakedAt: START, tierDays }, START, OTHERS)?.tierDays);
    expect(next).to.deep.equal([3_650n, undefined]);
  });
});

describe("council tiers, as parameters", () => {
  /** Tiers that are refused: what of the defaults they have not, and the facts of the error. */
  const REFUSALS: readonly { changed: Partial<CouncilParams>; facts: readonly [string, bigint, bigint, bigint] }[] = [
    { changed: { multiplier0Bps: 9_999n }, facts: ["multiplier0Bps", 9_999n, 10_000n, 40_000n] },
    { changed: { multiplier0Bps: 12_001n }, facts: ["multiplier1Bps", 12_000n, 12_001n, 40_000n] },
    { changed: { lock1Days: 0n }, facts: ["lock1Days", 0n, 1n, MAX_LOCK_DAYS] },
    { changed: { lock2Days: 7n }, facts: ["lock2Days", 7n, 8n, MAX_LOCK_DAYS] },
    { changed: { lock3Days: 180n }, facts: ["lock4Days", 180n, 181n, MAX_LOCK_DAYS] },
    { changed: { lock4Days: 3_651n }, facts: ["lock4Days", 3_651n, 91n, MAX_LOCK_DAYS] },
    { changed: { multiplier2Bps: 11_999n }, facts: ["multiplier2Bps", 11_999n, 12_000n, 40_000n] },
    { changed: { multiplier4Bps: 40_001n }, facts: ["multiplier4Bps", 40_001n, 20_000n, 40_000n] },
  ];

  for (const { changed, facts } of REFUSALS) {
    it(`are refused when ${Object.entries(changed).flat().join(" is ")}`, () => {
      const refused = () => validateCouncilParams({ ...COUNCIL_DEFAULTS, ...changed });
      expectRefusal(refused, "ParameterOutOfBounds", [...facts]);
    });
  }

  it("are taken within their bounds", () => {
    expect(() => validateCouncilParams({ ...COUNCIL_DEFAULTS, ...OTHER_TIERS })).not.to.throw();
  });
});

describe("council exits", () => {
  it("cost 10 %, rounded up", () => {
    expect([10n, 11n, 1n, 0n].map((amount) => earlyExitPenaltyUp(amount, COUNCIL_DEFAULTS))).to.deep.equal([
      1n,
      2n,
      1n,
      0n,
    ]);
  });

  it("cost nothing from the second on in which the lock is over", () => {
    const position = { amount: 100n, unlocksAt: START };
    expect([START - 1n, START].map((now) => quoteExit(position, COUNCIL_DEFAULTS, now))).to.deep.equal([
      { paid: 90n, penalty: 10n },
      { paid: 100n, penalty: 0n },
    ]);
  });
});

describe("council position ids", () => {
  it("are the owner before 96 bits of index", () => {
    expect(positionIdOf("0x0000000000000000000000000000000000000001", 5n)).to.equal(2n ** 96n + 5n);
  });

  it("tell owner and index", () => {
    expect(positionOf(positionIdOf(ALICE, 7n))).to.deep.equal({ owner: ALICE, index: 7n });
  });
});
