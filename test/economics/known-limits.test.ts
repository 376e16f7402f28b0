import { expect } from "chai";
import { sum } from "../../sdk/math.ts";
import type { TestUSDC } from "../../typechain-types/index.ts";
import { act, CLAIM, DAY, OTHER_CLAIM, usdc } from "../fixtures/amounts.ts";
import { creditOf, mark } from "../fixtures/argument-stories.ts";
import { type ActWorld, argue, atEndOf, jail, openForum, sendArgument, upvote } from "../fixtures/arguments.ts";
import { downTo, sybils } from "../fixtures/attacks.ts";
import { ACT, TREASURY } from "../fixtures/council.ts";
import { atEta, carry, execute, propose } from "../fixtures/council-acts.ts";
import { openFloor } from "../fixtures/council-stories.ts";
import { ALL, belief } from "../fixtures/epochs.ts";
import { load, now } from "../fixtures/protocol.ts";
import { type DollarQueries, openEscrow } from "../fixtures/queries.ts";
import { times, type Verdict, vote } from "../fixtures/query-play.ts";
import { creditsOf, playAndSettle } from "../fixtures/query-settlements.ts";
import { enter, finishEpoch, openPools, playEpoch, type StakeWorld, type Voice } from "../fixtures/stake.ts";

/* ARGUMENT STAKING */

describe("Five accounts with stake enough to be curators", () => {
  let world: ActWorld;

  beforeEach(async () => {
    world = await load(openForum);
  });

  it("slash an argument of 50 for 250 tokens in use for 7 days, and gain 12.5 besides 1.198 of interest", async () => {
    await argue(world);
    const five = world.crowd.slice(0, 5);
    const own = [];
    for (const curator of five) own.push(await argue(world, { by: curator, claimId: OTHER_CLAIM }));
    for (const curator of five) await mark(world, curator);
    const { staked } = await world.argumentStaking.stakeLimit(five[0] ?? "");
    const { creationStakeId } = await world.argumentStaking.argument(own.at(-1) ?? 0n);
    const { createdAt, endsAt } = await world.argumentStaking.stake(creationStakeId);
    await atEndOf(world, creationStakeId);
    await world.argumentStaking.processExpired(10n);
    const credits = sum(await Promise.all(five.map((curator) => creditOf(world, curator))));
    expect([5n * staked, endsAt - createdAt]).to.deep.equal([act(250), 7n * DAY]);
    const interest = credits - act(250) - act("12.5");
    expect(downTo(interest, act("0.001"))).to.equal(act("1.198"));
    expect([await creditOf(world, world.author), await world.argumentStaking.runningStake(world.author)]).to.deep.equal(
      [act(50) - act(50), 0n],
    );
  });

  it("are not needed to end a jail: 1 upvote of 10 by a second account does, and earns what any does", async () => {
    const other = await argue(world);
    await jail(world, world.author);
    await expect(sendArgument(world))
      .to.be.revertedWithCustomError(world.argumentStaking, "CreatorJailed")
      .withArgs(world.author, (await world.argumentStaking.account(world.author)).jailedUntil);
    const stakeId = await upvote(world, other, world.supporter);
    await sendArgument(world);
    expect((await world.argumentStaking.stake(stakeId)).amount).to.equal(act(10));
    expect((await world.argumentStaking.argument(other)).upvotes).to.equal(1n);
  });
});

/* QUERY ESCROW */

describe("Judges who agree on their votes beforehand", () => {
  let world: DollarQueries;

  const HONEST: Verdict = vote([0, 1, 2]);
  const COLLUDING: Verdict = vote([2, 1, 0], []);

  const creditsAfter = async (verdicts: readonly Verdict[]) => {
    await playAndSettle(world, { answers: times(3, "opened"), verdicts });
    return creditsOf(world);
  };

  beforeEach(async () => {
    world = await load(openEscrow);
  });

  it("take 23.1 as two of three: 10.5 of three answerers, 2.1 of the third, and 10.5 of the asker", async () => {
    const { asker, answerers, judges } = await creditsAfter([HONEST, COLLUDING, COLLUDING]);
    const [third, ...two] = judges;
    expect([third, sum(answerers), asker]).to.deep.equal([0n, 0n, usdc(35) - usdc("10.5")]);
    expect([sum(two) - usdc("4.2"), usdc("10.5") + usdc("2.1") + usdc("10.5")]).to.deep.equal([
      usdc("23.1"),
      usdc("23.1"),
    ]);
  });

  it("are never below the cut as two of four, and pay 0 where they are wrong", async () => {
    const { judges } = await creditsAfter([HONEST, HONEST, COLLUDING, COLLUDING]);
    expect(judges.map((credit) => credit >= usdc("2.1"))).to.deep.equal([true, true, true, true]);
  });

  it("take 10.5 of three answerers as the asker's own account, where nobody else judges", async () => {
    const { asker, answerers, judges } = await creditsAfter([COLLUDING]);
    expect(sum(answerers)).to.equal(0n);
    expect(asker + sum(judges) - usdc(35) - usdc("2.1")).to.equal(usdc("10.5"));
  });

  it("lose 2.1 each where as many others judge and one more", async () => {
    const { judges } = await creditsAfter([HONEST, HONEST, HONEST, COLLUDING, COLLUDING]);
    expect(judges.slice(3)).to.deep.equal([0n, 0n]);
    expect((await world.queryEscrow.query(1n)).judgeStake).to.equal(usdc("2.1"));
  });
});

/* STAKE SYSTEM */

describe("A small crowd of the truth serum", () => {
  let world: StakeWorld<TestUSDC>;

  const stakes = (voices: readonly Voice[]) => Promise.all(voices.map(({ user }) => world.stakeVault.totalStake(user)));

  beforeEach(async () => {
    world = await load(openPools);
  });

  it("of three loses all 20 of the one of whom two agree what to say, and gain 10 each", async () => {
    const voices = [
      { user: world.author, ...belief(70n, 60n) },
      { user: world.supporter, ...belief(1n, 36n) },
      { user: world.challenger, ...belief(1n, 36n) },
    ];
    for (const { user } of voices) await enter(world, user, { lock: usdc(20) });
    await playEpoch(world, voices);
    await finishEpoch(world);
    expect(await stakes(voices)).to.deep.equal([usdc(20) - usdc(20), usdc(20) + usdc(10), usdc(20) + usdc(10)]);
  });

  it("of eight with as much each costs those two 15.237074 of 40 instead", async () => {
    const six = await sybils(world, 6, usdc(2_000), [world.stakeVault, world.convictionMarket]);
    const honest = six.map((user, index) => ({ user, ...belief(65n + 2n * BigInt(index), 50n) }));
    const two = [world.supporter, world.challenger].map((user) => ({ user, ...belief(1n, 36n) }));
    for (const { user } of [...honest, ...two]) await enter(world, user, { lock: usdc(20) });
    await playEpoch(world, [...honest, ...two]);
    await finishEpoch(world);
    expect(usdc(40) - sum(await stakes(two))).to.equal(usdc("15.237074"));
  });

  it("hears a voice of 20 with 0 behind it, after two epochs in which 40 went to own accounts", async () => {
    const { author, supporter, challenger, latecomer, outsider } = world;
    await world.stakeVault.connect(author).deposit(usdc(40));
    await enter(world, author, { lock: usdc(20), stake: 0n });
    await enter(world, author, { claimId: OTHER_CLAIM, lock: usdc(20), stake: 0n });
    const own = [
      { user: supporter, ...belief(75n, 50n) },
      { user: challenger, ...belief(80n, 55n) },
    ];
    for (const { user } of own) await enter(world, user, { claimId: OTHER_CLAIM, lock: usdc(20) });
    for (const epoch of [0n, 1n]) {
      const where = { claimId: OTHER_CLAIM, epoch };
      const silent = [{ user: author, ...belief(50n, 50n), ...where }];
      await playEpoch(
        world,
        own.map((voice) => ({ ...voice, ...where })),
        { silent },
      );
      await finishEpoch(world, where);
    }
    expect([await world.stakeVault.totalStake(author), sum(await stakes(own)) - usdc(40)]).to.deep.equal([
      0n,
      usdc(40),
    ]);

    const others = [latecomer, outsider].map((user) => ({ user, ...belief(70n, 60n), epoch: 2n }));
    for (const { user } of others) await enter(world, user, { lock: usdc(20) });
    await playEpoch(world, [...others, { user: author, ...belief(1n, 1n), epoch: 2n }]);
    await world.truthSerum.settle(CLAIM, 2n, ALL);
    const { weight, taken, score } = await world.truthSerum.participant(CLAIM, 2n, author);
    expect([weight, taken, score < 0n]).to.deep.equal([usdc(20), 0n, true]);
  });
});

/* COUNCIL */

describe("A council in which nobody has staked", () => {
  it("loses its treasury of 1,000,000 to 10,000 ACT that are staked for 11 days", async () => {
    const world = await load(openFloor);
    const begun = await now();
    const { token, proposer, timelock } = world;
    const data = token.interface.encodeFunctionData("transfer", [proposer.address, TREASURY]);
    const proposal = await propose(world, { deeds: [{ target: token, data }] });
    await carry(world, proposal, [proposer]);
    await atEta(world, proposal);
    await expect(execute(world, proposal)).to.changeTokenBalances(
      world.ethers,
      token,
      [timelock, proposer],
      [-ACT(1_000_000), ACT(1_000_000)],
    );
    expect(await world.councilStaking.totalStaked()).to.equal(ACT(10_000));
    expect(((await now()) - begun) / DAY).to.equal(11n);
  });
});
