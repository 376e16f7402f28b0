import { expect } from "chai";
import { act, CLAIM, DAY, HOUR, YEAR } from "../fixtures/amounts.ts";
import {
  type ActWorld,
  argue,
  endow,
  fund,
  openForum,
  setRules,
  slash,
  textOf,
  upvote,
} from "../fixtures/arguments.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { anyMagnitude, extraSeeds, pick, type Random, randomFrom } from "../fixtures/random.ts";
import { mineBlock } from "../fixtures/stake.ts";

// A seed that ever failed stays in the list for good. CREDENCE_SEEDS adds others: `CREDENCE_SEEDS=100-149 npm test`.
const SEEDS = [1, 2, 3];

/** What the author stakes in a history, and how often the period changes: the queue takes 16 eras. */
const STAKES = 70;
const PERIOD_CHANGES = 15;

/** A stake of the author's, as the test remembers it. */
interface Memory {
  /** The argument of a creator's stake; `undefined` for an upvote. */
  argumentId?: bigint;
  amount: bigint;
  createdAt: bigint;
  endsAt: bigint;
  isGone: boolean;
}

/** A random history of the author's stakes, with all of them remembered one by one. */
class StakeMemory {
  readonly world: ActWorld;
  readonly random: Random;
  readonly stakes: Memory[] = [];
  /** Arguments of another's that the author has not upvoted. */
  readonly others: bigint[] = [];
  rules = { creationStake: act(50), upvoteStake: act(10), period: 7n * DAY, stakeLimitWindow: 7n * DAY };
  changesLeft = PERIOD_CHANGES;

  constructor(world: ActWorld, random: Random) {
    this.world = world;
    this.random = random;
  }

  /** Another writes what the author can upvote, and nothing limits the author but what they have. */
  async begin(): Promise<void> {
    const { world } = this;
    await fund(world, act(1_000_000));
    for (const user of [world.author, world.supporter]) await endow(world, user, act(10_000_000));
    await setRules(world, { maxArgumentsPerClaim: 100n, stakeLimitBps: 10_000n, jailPeriod: HOUR });
    const speech = { by: world.supporter, claimId: CLAIM, body: textOf(25) };
    for (let count = 0; count < STAKES; count++) this.others.push(await argue(world, speech));
  }

  async step(): Promise<void> {
    const steps = [this.argue, this.argue, this.upvote, this.upvote, this.pass, this.pass, this.passToEdge];
    await pick(this.random, [...steps, this.delete, this.slash, this.process, this.govern, this.govern]).call(this);
  }

  /** Running stakes at the moment, one by one, and those of them that are younger than `window` seconds. */
  async naive(window: bigint): Promise<bigint> {
    const instant = await now();
    return this.stakes
      .filter(({ isGone, createdAt, endsAt }) => !isGone && instant < endsAt && instant < createdAt + window)
      .reduce((sum, { amount }) => sum + amount, 0n);
  }

  private async remember(amount: bigint, argumentId?: bigint): Promise<void> {
    const createdAt = await now();
    const stake = { amount, createdAt, endsAt: createdAt + this.rules.period, isGone: false };
    this.stakes.push(argumentId === undefined ? stake : { ...stake, argumentId });
  }

  private async argue(): Promise<void> {
    const { argumentStaking, author } = this.world;
    const { jailedUntil } = await argumentStaking.account(author);
    if (jailedUntil > (await now())) await nextAt(jailedUntil);
    await this.remember(this.rules.creationStake, await argue(this.world));
  }

  private async upvote(): Promise<void> {
    const argumentId = this.others.pop();
    if (argumentId === undefined) return this.argue();
    await upvote(this.world, argumentId, this.world.author);
    await this.remember(this.rules.upvoteStake);
  }

  /** Some creator's stake that runs; `undefined` where there is none. */
  private async someRunning(): Promise<(Memory & { argumentId: bigint }) | undefined> {
    // The clock goes on between transactions.
    const instant = (await now()) + 60n;
    const running = this.stakes.filter(
      (stake): stake is Memory & { argumentId: bigint } =>
        stake.argumentId !== undefined && !stake.isGone && instant < stake.endsAt,
    );
    return running.length === 0 ? undefined : pick(this.random, running);
  }

  private async delete(): Promise<void> {
    const stake = await this.someRunning();
    if (stake === undefined) return;
    await this.world.argumentStaking.connect(this.world.author).deleteArgument(stake.argumentId);
    stake.isGone = true;
  }

  private async slash(): Promise<void> {
    const stake = await this.someRunning();
    if (stake === undefined) return;
    await this.world.argumentStaking.processExpired(1_000n);
    await slash(this.world, stake.argumentId);
    stake.isGone = true;
  }

  private async process(): Promise<void> {
    await this.world.argumentStaking.processExpired(this.random(1n, 20n));
  }

  private async pass(): Promise<void> {
    await nextAt((await now()) + anyMagnitude(this.random, 1n, 4n * DAY));
    await mineBlock();
  }

  /** Goes to the end of a stake or of its time in the window, or to the second before. */
  private async passToEdge(): Promise<void> {
    if (this.stakes.length === 0) return;
    const { createdAt, endsAt } = pick(this.random, this.stakes);
    const edge = pick(this.random, [endsAt, createdAt + this.rules.stakeLimitWindow]) - this.random(0n, 1n);
    if (edge <= (await now())) return;
    await nextAt(edge);
    await mineBlock();
  }

  /** New amounts at every change, so that no two sums are alike by chance. */
  private async govern(): Promise<void> {
    this.rules.creationStake = this.random(1n, act(1_000));
    this.rules.upvoteStake = this.random(1n, act(100));
    if (this.random(1n, 3n) === 1n) this.rules.stakeLimitWindow = this.span();
    if (this.changesLeft > 0 && this.random(1n, 2n) === 1n) {
      this.rules.period = this.span();
      this.changesLeft -= 1;
    }
    await setRules(this.world, this.rules);
  }

  /** An hour to a year, and most often days. */
  private span(): bigint {
    return this.random(1n, 6n) === 1n ? anyMagnitude(this.random, HOUR, YEAR) : this.random(HOUR, 20n * DAY);
  }
}

describe("ArgumentStaking.stakeLimit, against a naive sum", () => {
  for (const seed of [...SEEDS, ...extraSeeds(process.env.CREDENCE_SEEDS)]) {
    it(`shows the stakes that run, to the unit, through ${STAKES} stakes from seed ${seed}`, async () => {
      const world = await load(openForum);
      const { argumentStaking, author, token } = world;
      const memory = new StakeMemory(world, randomFrom(seed));
      await memory.begin();
      while (memory.stakes.length < STAKES) {
        await memory.step();
        const staked = await memory.naive(memory.rules.stakeLimitWindow);
        const { credited } = await argumentStaking.account(author);
        const total = (await token.balanceOf(author)) + credited + staked;
        const shown = [...(await argumentStaking.stakeLimit(author)), await argumentStaking.runningStake(author)];
        expect(shown, `after ${memory.stakes.length} stakes`).to.deep.equal([staked, total, await memory.naive(YEAR)]);
      }
    }).timeout(60_000);
  }
});
