import { expect } from "chai";
import { solveStrengths } from "../../sdk/query/solver.ts";
import type { WinMatrix } from "../../sdk/query/weights.ts";
import { usdc } from "../fixtures/amounts.ts";
import { load, sharedChain } from "../fixtures/protocol.ts";
import { type DollarQueries, indices, openEscrow, settle } from "../fixtures/queries.ts";
import { ID, play, times, vote } from "../fixtures/query-play.ts";
import { creditsOf } from "../fixtures/query-settlements.ts";
import { isAccepted, movedAlong, softestDirection } from "../sdk/query-adversary.ts";

describe("Strengths at the edge of what is accepted", () => {
  let world: DollarQueries;
  let strengths: bigint[];
  let matrix: WinMatrix;

  /** Seven answers of rank 42, of which five judges disagree a little; the stakes are the highest there are. */
  beforeEach(async () => {
    world = await load(openEscrow);
    const rankings = [
      [0, 1, 2, 3, 4, 5, 6],
      [1, 0, 2, 3, 4, 6, 5],
      [0, 2, 1, 4, 3, 5, 6],
      [6, 5, 4, 3, 2, 1, 0],
      indices(7),
    ];
    const verdicts = rankings.map((ranking) => vote(ranking));
    await play(world, { minRank: 42n, minAnswers: 32n, answers: times(7, "opened"), verdicts });
    matrix = await world.queryEscrow.winMatrix(ID);
    strengths = solveStrengths(matrix);
  });

  /** Strengths that favour the first answer over the last as far as they are accepted. */
  const favouring = (pair: readonly [number, number]): bigint[] => {
    const direction = softestDirection(matrix, strengths, pair);
    let [within, beyond] = [0, 64];
    for (let step = 0; step < 16; step++) {
      const between = (within + beyond) / 2;
      if (isAccepted(matrix, movedAlong(strengths, direction, between))) within = between;
      else beyond = between;
    }
    expect(within).to.be.greaterThan(0.9);
    return movedAlong(strengths, direction, within);
  };

  /** What the first answerer is credited where these are brought; the query is as before afterwards. */
  const paidBy = async (brought: readonly bigint[]) => {
    const { networkHelpers } = await sharedChain();
    const snapshot = await networkHelpers.takeSnapshot();
    await settle(world, ID, brought);
    const { answerers, judges } = await creditsOf(world);
    await snapshot.restore();
    return { first: answerers[0] ?? 0n, judges };
  };

  it("bring who settles for themselves 0.000005 of 1,939.698927", async () => {
    const [own, fair, against] = [
      await paidBy(favouring([0, 6])),
      await paidBy(strengths),
      await paidBy(favouring([6, 0])),
    ];
    expect(fair.first).to.equal(usdc("1939.698927"));
    expect([own.first - fair.first, fair.first - against.first]).to.deep.equal([usdc("0.000005"), usdc("0.000005")]);
  });

  it("change no judge's payout", async () => {
    expect((await paidBy(favouring([0, 6]))).judges).to.deep.equal((await paidBy(favouring([6, 0]))).judges);
  });
});
