import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { parseUnits } from "ethers";
import { sum } from "../../sdk/math.ts";
import { weightsOf } from "../../sdk/query/weights.ts";
import { usdc, WAD } from "../fixtures/amounts.ts";
import { downTo } from "../fixtures/attacks.ts";
import { belief } from "../fixtures/epochs.ts";
import { load } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow } from "../fixtures/queries.ts";
import { absent, times, vote } from "../fixtures/query-play.ts";
import { creditsOf, playAndSettle } from "../fixtures/query-settlements.ts";
import { enter, finishEpoch, openPools, playEpoch, type StakeWorld, type Voice } from "../fixtures/stake.ts";

describe("A belief that is held back", () => {
  let world: StakeWorld;

  const LOCK = usdc(20);
  const liar = (): Voice => ({ user: world.supporter, ...belief(99n, 1n) });
  const honest = (): Voice => ({ user: world.challenger, ...belief(75n, 50n) });
  const other = (): Voice => ({ user: world.latecomer, ...belief(80n, 55n) });

  /** What a stake of 20 is after an epoch in which all commit, and those who are silent open nothing. */
  const stakeAfter = async (user: HardhatEthersSigner, voices: readonly Voice[], silent: readonly Voice[]) => {
    for (const voice of [...voices, ...silent]) await enter(world, voice.user, { lock: LOCK });
    await playEpoch(world, voices, { silent });
    await finishEpoch(world);
    return world.stakeVault.totalStake(user);
  };

  beforeEach(async () => {
    world = await load(openPools);
  });

  it("costs 0 of two: with one belief opened the epoch is void, and the second to open decides that", async () => {
    const stake = await stakeAfter(world.supporter, [honest()], [liar()]);
    expect(stake - LOCK).to.equal(0n);
  });

  it("costs all 20 of three, where one of the others gains", async () => {
    const stake = await stakeAfter(world.supporter, [honest(), other()], [liar()]);
    expect(LOCK - stake).to.equal(usdc(20));
  });

  it("costs what the worst belief costs that is opened: 20", async () => {
    const stake = await stakeAfter(world.supporter, [honest(), other(), liar()], []);
    expect(LOCK - stake).to.equal(usdc(20));
  });
});

describe("A vote that is held back", () => {
  let world: DollarQueries;

  /** One judge of rank 0 for the first answer, two of rank 1 for the second, and one of rank 42. */
  const judged = async (expert: "opens" | "is silent") => {
    const answers = times(2, "opened");
    const crowd = [vote([0, 1], [0]), { ...vote([1, 0], [1]), rank: 1n }, { ...vote([1, 0], [1]), rank: 1n }];
    const highest = expert === "opens" ? { ...vote([0, 1], [0]), rank: 42n } : absent("submitted", 42n);
    await playAndSettle(world, { answers, verdicts: [...crowd, highest] });
    const { answerers, judges } = await creditsOf(world);
    return { answerers, expert: judges.at(-1) ?? 0n };
  };

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  it("costs a judge of rank 42 the stake of 2.1, and leaves the decision to who weighs 0.017 beside them", async () => {
    const { answerers, expert } = await judged("is silent");
    expect([answerers[0], expert]).to.deep.equal([0n, 0n]);
    expect((await world.queryEscrow.query(1n)).judgeStake).to.equal(usdc("2.1"));
    const [light = 0n] = weightsOf([{ rank: 0n }, { rank: 42n }]);
    expect(downTo(light, WAD / 1_000n)).to.equal(parseUnits("0.017"));
  });

  it("would have brought them 5.25 more than the stake: half of what judges share", async () => {
    const { answerers, expert } = await judged("opens");
    expect([answerers[1], expert - usdc("2.1")]).to.deep.equal([0n, usdc("5.25")]);
  });
});

describe("An answer that is held back", () => {
  it("costs its stake of 3.5, which the other answers share", async () => {
    const world: DollarQueries = await load(openEscrow);
    await playAndSettle(world, { answers: ["opened", "opened", "submitted"], verdicts: [vote([0, 1])] });
    const { answerers } = await creditsOf(world);
    expect(answerers[2]).to.equal(0n);
    expect((answerers[0] ?? 0n) + (answerers[1] ?? 0n)).to.equal(usdc("24.5") + 3n * usdc("3.5"));
  });
});

describe("An opening at a moment of somebody's choice", () => {
  it("brings 45.5 who submits last of 7 where the window is a minute: six others lose 3.5 each", async () => {
    const world: DollarQueries = await load(openEscrow);
    const answers = [...times(1, "opened"), ...times(6, "submitted")];
    await playAndSettle(world, { maxAnswers: 7n, timing: { opening: 60n }, answers });
    const { answerers } = await creditsOf(world);
    const gained = (answerers[0] ?? 0n) - usdc("3.5");
    expect([gained, sum(answerers.slice(1))]).to.deep.equal([usdc("45.5"), 0n]);
  });
});
