import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { Outcome } from "../../sdk/query/state.ts";
import { load } from "../fixtures/protocol.ts";
import { bitsOf, type DollarQueries, indices, openEscrow, STAKES } from "../fixtures/queries.ts";
import { ID, times, type Verdict, vote } from "../fixtures/query-play.ts";
import { creditsOf, expectAllCredited, playAndSettle } from "../fixtures/query-settlements.ts";
import { type Random, randomFrom } from "../fixtures/random.ts";

/** EIP-7825's limit for a transaction. */
const TRANSACTION_LIMIT = 16_777_216n;

/** The indices from 0 on in any order. */
function shuffled(random: Random, count: number): number[] {
  const order = indices(count);
  for (const place of order.keys()) {
    const other = Number(random(BigInt(place), BigInt(count - 1)));
    [order[place], order[other]] = [order[other] ?? 0, order[place] ?? 0];
  }
  return order;
}

/** Judges of any ranks who rank in any order. */
function anyVerdicts(seed: number, judges: number, answers: number): Verdict[] {
  const random = randomFrom(seed);
  return indices(judges).map(() => ({ ...vote(shuffled(random, answers)), rank: random(0n, 42n) }));
}

/** Judges of one rank who rank alike: the strengths are as far apart as they can be. */
const unanimous = (judges: number, answers: number): Verdict[] => indices(judges).map(() => vote(indices(answers)));

/** A query in which everyone delivers. What settling costs is in docs/gas.md. */
interface Example {
  name: string;
  answers: number;
  verdicts: readonly Verdict[];
}

const EXAMPLES: readonly Example[] = [
  { name: "7 answers and 5 judges", answers: 7, verdicts: anyVerdicts(1, 5, 7) },
  { name: "23 answers and 9 judges", answers: 23, verdicts: anyVerdicts(2, 9, 23) },
  { name: "32 answers and 32 judges", answers: 32, verdicts: anyVerdicts(3, 32, 32) },
  { name: "32 answers and 32 judges who agree", answers: 32, verdicts: unanimous(32, 32) },
  { name: "32 answers and one judge", answers: 32, verdicts: unanimous(1, 32) },
];

describe("QueryEscrow.settle, large queries", () => {
  for (const { name, answers, verdicts } of EXAMPLES) {
    describe(`with ${name}`, () => {
      let world: DollarQueries;
      let settled: ContractTransactionResponse;

      before(async () => {
        world = await load(openEscrow);
        settled = await playAndSettle(world, { answers: times(answers, "opened"), verdicts });
      });

      it("updates the outcome, with no more gas than a transaction can have", async () => {
        const { result } = await world.queryEscrow.outcome(ID);
        expect(settled.gasLimit).to.be.at.most(TRANSACTION_LIMIT);
        expect(result).to.equal(Outcome.Normal);
      });

      it("pays out all that was paid in", async () => {
        await expectAllCredited(world);
      });

      it("pays the stake back to every answerer, and perhaps more", async () => {
        const { answerers } = await creditsOf(world);
        expect(answerers.filter((credit) => credit >= STAKES.answerStake).length).to.equal(answers);
      });

      it("pays the good judges alone", async () => {
        const { goodJudges } = await world.queryEscrow.outcome(ID);
        const { judges } = await creditsOf(world);
        expect(bitsOf(indices(judges.length).filter((place) => judges[place] !== 0n))).to.equal(goodJudges);
      });
    });
  }
});
