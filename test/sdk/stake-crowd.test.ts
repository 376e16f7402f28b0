import { expect } from "chai";
import { getAddress, id, parseUnits, toBeHex } from "ethers";
import { type Answer, groupByClaim, readAnswersFile } from "../../scripts/demo/csv.ts";
import { claimIdOf } from "../../sdk/claims.ts";
import { StakeModel } from "../../sdk/stake/model.ts";
import { endsAt, settleableAt } from "../../sdk/stake/schedule.ts";
import { sealBelief } from "../../sdk/stake/seal.ts";
import type { BeliefOpening } from "../../sdk/stake/serum.ts";
import { ADDRESSES, EPOCHS, expectClose, lock, SALT, USD } from "./stake-fixtures.ts";

const LOCK = 10n * USD;
const MAJORITY = 0.5;
const inWad = (fraction: number): bigint => parseUnits(fraction.toFixed(6), 18);

/** What came of one claim. */
interface Outcome {
  readonly isTrue: boolean;
  readonly hasMoved: boolean;
  /** Whether most answered "true", where not exactly half did. */
  readonly majority: boolean;
  readonly isMeanTrue: boolean;
  readonly isSurprisinglyPopular: boolean;
  /** What each person gained in parts of their lock, with whether they were right. */
  readonly results: readonly { readonly isRight: boolean; readonly gained: number }[];
}

describe("stake model on the answers of 33 people about 50 capitals", () => {
  const outcomes: Outcome[] = [];

  before(async () => {
    const groups = groupByClaim(await readAnswersFile("data/crowd-states-mit.csv"));
    for (const [text, answers] of groups) outcomes.push(outcomeOf(claimIdOf(text), answers));
  });

  const count = (has: (outcome: Outcome) => boolean) => outcomes.filter(has).length;
  const meanGain = (isRight: boolean) => {
    const gains = outcomes.flatMap(({ results }) => results.filter((each) => each.isRight === isRight));
    return gains.reduce((total, { gained }) => total + gained, 0) / gains.length;
  };

  it("moves stake in 49 of 50 epochs", () => {
    expect([outcomes.length, count(({ hasMoved }) => hasMoved)]).to.deep.equal([50, 49]);
  });

  it("gives those who were right 18.65 % of their lock on average", () => {
    expectClose(meanGain(true) * 100, 18.65, 0.005);
  });

  it("takes 30.59 % from those who were wrong", () => {
    expectClose(meanGain(false) * 100, -30.59, 0.005);
  });

  it("finds the truth on 31 claims by majority", () => {
    expect(count(({ majority, isTrue }) => majority === isTrue)).to.equal(31);
  });

  it("finds it on 37 by mean belief", () => {
    expect(count(({ isMeanTrue, isTrue }) => isMeanTrue === isTrue)).to.equal(37);
  });

  it("finds it on 44 by what is surprisingly popular", () => {
    expect(count(({ isSurprisinglyPopular, isTrue }) => isSurprisinglyPopular === isTrue)).to.equal(44);
  });
});

/** One epoch of a claim of its own, in which everybody has the same lock. */
function outcomeOf(claimId: string, answers: readonly Answer[]): Outcome {
  const model = new StakeModel({ ...EPOCHS, chainId: 31_337n, addresses: ADDRESSES });
  model.venue.addClaim(claimId);
  model.venue.createPool(ADDRESSES.serum, claimId);

  const openings = answers.map((answer, index): BeliefOpening => {
    const { own, confidence, meta } = answer;
    const belief = inWad(own ? confidence : 1 - confidence);
    return { user: personAt(index), claimId, epoch: 0n, belief, meta: inWad(meta), salt: SALT };
  });
  for (const opening of openings) {
    model.assets.mint(opening.user, 50n * LOCK);
    lock(model, opening.user, LOCK, claimId);
    const seal = sealBelief({ ...opening, chainId: 31_337n, truthSerum: ADDRESSES.serum });
    model.serum.commitBelief(opening.user, claimId, seal, EPOCHS.startedAt);
  }
  for (const opening of openings) model.serum.revealBelief(opening, endsAt(EPOCHS, 0n));
  model.serum.settle(claimId, 0n, 100n, settleableAt(EPOCHS, 0n));
  model.serum.distribute(claimId, 0n, 100n);
  model.checkConservation();

  const { consensus, isSurprisinglyPopular, isVoid } = model.serum.epochState(claimId, 0n);
  const votes = answers.filter(({ own }) => own).length;
  return {
    isTrue: answers.some(({ actual }) => actual),
    hasMoved: !isVoid,
    majority: votes / answers.length > MAJORITY,
    isMeanTrue: consensus > inWad(MAJORITY),
    isSurprisinglyPopular,
    results: answers.map(({ own, actual }, index) => ({
      isRight: own === actual,
      gained: Number(model.vault.totalStake(personAt(index)) - LOCK) / Number(LOCK),
    })),
  };
}

const personAt = (index: number): string =>
  getAddress(toBeHex((BigInt(id("person")) % 2n ** 128n) + BigInt(index), 20));
