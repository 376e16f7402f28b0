import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256 } from "ethers";
import { MAX_HOLDINGS } from "../../sdk/argument/ledger.ts";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import { UnhelpfulReason } from "../../sdk/argument/state.ts";
import { pick } from "../fixtures/random.ts";
import type { Scope } from "./argument-comparison.ts";
import { type ArgumentDraws, isLive } from "./argument-draws.ts";
import type { ArgumentWorld } from "./argument-world.ts";
import type { Magnitude } from "./draws.ts";

/** What people do with arguments, on the contract and on the model. */
export class ArgumentActions {
  readonly #world: ArgumentWorld;
  readonly #draws: ArgumentDraws;
  readonly #magnitude: Magnitude;

  constructor(draws: ArgumentDraws, magnitude: Magnitude) {
    this.#world = draws.world;
    this.#draws = draws;
    this.#magnitude = magnitude;
  }

  /* ARGUE */

  async create(): Promise<Scope> {
    const { model, now } = this.#world;
    const person = this.#draws.staker(
      model.params().creationStake,
      (address) => model.account(address).jailedUntil <= now,
    );
    return this.#create(person);
  }

  /** Somebody who is in jail tries to write. */
  async createJailed(): Promise<Scope> {
    const { model, now } = this.#world;
    return this.#create(this.#draws.personWho((address) => now < model.account(address).jailedUntil));
  }

  /** An argument that can be upvoted by whoever may stake; often one of somebody who is in jail. */
  async upvote(): Promise<Scope> {
    const { model, now } = this.#world;
    const person = this.#draws.staker(model.params().upvoteStake);
    const isOpen = (argumentId: bigint, creator: string) =>
      creator !== person.address && !model.hasUpvoted(argumentId, person.address);
    const isWrong = this.#draws.oneIn(12n); // their own, or upvoted by them before
    const jailed = this.#draws.written(
      (each) => isLive(each) && isOpen(each.argumentId, each.creator) && now < model.account(each.creator).jailedUntil,
    );
    const argumentId =
      jailed.length > 0 && this.#draws.oneIn(3n)
        ? pick(this.#draws.random, jailed).argumentId
        : this.#draws.argumentWhich((each) => isLive(each) && isOpen(each.argumentId, each.creator) !== isWrong);
    await this.#world.act(person, "upvote", [argumentId], () => model.upvote(person.address, argumentId, now));
    return this.#draws.scope(person.address, argumentId);
  }

  /** Mostly one that nobody upvoted or marked, by its creator. */
  async deleteArgument(): Promise<Scope> {
    const { model, now, people } = this.#world;
    const isWrong = this.#draws.oneIn(6n);
    const argumentId = this.#draws.argumentWhich(
      (each) =>
        isLive(each) &&
        (each.upvotes + each.unhelpfulMarks === 0n) !== isWrong &&
        (this.#draws.oneIn(6n) || now < model.stake(each.creationStakeId).endsAt),
    );
    const [written] = this.#draws.written((each) => each.argumentId === argumentId);
    const creator = people.find(({ address }) => address === written?.creator);
    const person = creator === undefined || this.#draws.oneIn(6n) ? this.#draws.person() : creator;
    await this.#world.act(person, "deleteArgument", [argumentId], () =>
      model.deleteArgument(person.address, argumentId, now),
    );
    return this.#draws.scope(person.address, argumentId);
  }

  /** Somebody without a role, who has an argument that they could take back, marks one and tries to take theirs back. */
  async markAndDelete(): Promise<Scope> {
    const { model, now, people } = this.#world;
    const owners = this.#draws.written(
      (each) =>
        isLive(each) &&
        each.upvotes + each.unhelpfulMarks === 0n &&
        now < model.stake(each.creationStakeId).endsAt &&
        people.slice(2).some(({ address }) => address === each.creator) &&
        model.runningStake(each.creator, now) >= model.params().minCuratorStake,
    );
    if (owners.length === 0) return this.create();
    const { argumentId, creator } = pick(this.#draws.random, owners);
    const person = people.find(({ address }) => address === creator) ?? this.#draws.person();
    await this.#mark(person);
    await this.#world.act(person, "deleteArgument", [argumentId], () => model.deleteArgument(creator, argumentId, now));
    return this.#draws.scope(creator, argumentId);
  }

  async withdraw(): Promise<Scope> {
    const { model } = this.#world;
    return this.#withdraw(this.#draws.personWho((address) => model.account(address).credited > 0n));
  }

  async withdrawAll(): Promise<void> {
    const { model, people } = this.#world;
    for (const person of people) if (model.account(person.address).credited > 0n) await this.#withdraw(person);
  }

  /* CURATE */

  /** Mostly an argument that others marked before, by somebody who may mark it. */
  async mark(): Promise<Scope> {
    const { model, now } = this.#world;
    const [curator, slasher] = this.#world.people.map(({ address }) => address);
    const person = this.#draws.personWho(
      (address) =>
        address === curator ||
        (address === slasher && this.#draws.oneIn(2n)) ||
        model.runningStake(address, now) >= model.params().minCuratorStake,
    );
    return this.#mark(person);
  }

  /** The slasher decides, where an argument is left for them. */
  async markAsSlasher(): Promise<Scope> {
    return this.#mark(this.#world.people[1] ?? this.#draws.person());
  }

  /* UPKEEP */

  async process(maxCount: bigint = this.#draws.maxCount()): Promise<Scope> {
    const { model, now } = this.#world;
    const person = this.#draws.person();
    const before = model.activeStakes().count;
    await this.#world.act(person, "processExpired", [maxCount], () => model.processExpired(maxCount, now));
    if (model.activeStakes().count < before) this.#world.count("processed something");
    return this.#draws.scope(person.address);
  }

  /** A little, a lot, nothing, or more than can be counted. */
  async fund(): Promise<Scope> {
    const { model, now } = this.#world;
    const person = this.#draws.personWho((address) => model.token.balanceOf(address) > 0n);
    const astray = [0n, MAX_HOLDINGS, MAX_HOLDINGS - model.owed() + 1n, MaxUint256];
    const amount = this.#draws.oneIn(6n)
      ? pick(this.#draws.random, astray)
      : this.#draws.part(model.token.balanceOf(person.address)) / this.#draws.random(1n, 20n);
    await this.#world.act(person, "fundRewards", [amount], () => model.fundRewards(person.address, amount, now));
    return this.#draws.scope(person.address);
  }

  /** Somebody whom that makes rich fills the reserve with all that can be counted. */
  async fundToTheBrim(): Promise<Scope> {
    const { model, now } = this.#world;
    const person = this.#draws.person();
    const amount = MAX_HOLDINGS - model.owed();
    await this.#world.mint(person, amount);
    await this.#world.act(person, "fundRewards", [amount], () => model.fundRewards(person.address, amount, now));
    return this.#draws.scope(person.address);
  }

  /** Tokens move from one person to another, or once in a while to the contract. */
  async transfer(): Promise<Scope> {
    const { model } = this.#world;
    const from = this.#draws.personWho((address) => model.token.balanceOf(address) > 0n);
    const to = this.#draws.oneIn(4n) ? model.address : this.#draws.person().address;
    const amount = this.#draws.part(model.token.balanceOf(from.address) / 2n);
    if (amount <= model.token.balanceOf(from.address)) await this.#world.transfer(from, to, amount);
    return this.#draws.scope(from.address);
  }

  /* GOVERN */

  async setParams(params: ArgumentParams = this.#draws.changedRules(this.#magnitude)): Promise<Scope> {
    const { model, protocol } = this.#world;
    await this.#world.act(protocol.deployer, "setParams", [params], () => model.setParams(params));
    return this.#draws.scope(this.#draws.person().address);
  }

  /** The guardian stops entries, or lets them in again. */
  async govern(method: "pauseEntries" | "unpauseEntries"): Promise<Scope> {
    const { model, protocol } = this.#world;
    const { guardian } = protocol;
    await this.#world.act(guardian, method, [], () => model[method](guardian.address));
    return this.#draws.scope(this.#draws.person().address);
  }

  async #create(person: HardhatEthersSigner): Promise<Scope> {
    const { model, now } = this.#world;
    const draft = this.#draws.draft(person.address);
    const { claimId, side, summary, body } = draft;
    await this.#world.act(person, "createArgument", [claimId, side, summary, body], () =>
      model.createArgument(person.address, draft, now),
    );
    const latest = model.userArguments(person.address, 0n, MaxUint256).slice(-1);
    return this.#draws.scope(person.address, ...latest);
  }

  async #mark(person: HardhatEthersSigner): Promise<Scope> {
    const { model, now } = this.#world;
    const isOpen = (each: { argumentId: bigint; creator: string }) =>
      each.creator !== person.address && !model.hasMarked(each.argumentId, person.address);
    const marked = this.#draws.written((each) => isLive(each) && model.hasMarked(each.argumentId, person.address));
    if (marked.length > 0 && this.#draws.oneIn(4n)) {
      return this.#markOne(person, pick(this.#draws.random, marked).argumentId);
    }
    const isWrong = this.#draws.oneIn(12n); // their own, or marked by them before
    const kind = this.#draws.random(0n, 3n);
    const argumentId = this.#draws.argumentWhich((each) => {
      if (!isLive(each) || isOpen(each) === isWrong) return false;
      if (kind === 0n) return each.unhelpfulMarks > 0n || isWrong;
      return kind === 1n || now < model.stake(each.creationStakeId).endsAt;
    });
    return this.#markOne(person, argumentId);
  }

  async #markOne(person: HardhatEthersSigner, argumentId: bigint): Promise<Scope> {
    const { model, now } = this.#world;
    const reason = pick(this.#draws.random, Object.values(UnhelpfulReason));
    const [before] = this.#draws.written((each) => each.argumentId === argumentId);
    const isRunning = before !== undefined && now < model.stake(before.creationStakeId).endsAt;
    const expiredBefore = this.#world.done.StakeExpired ?? 0;
    const isDone = await this.#world.act(person, "markUnhelpful", [argumentId, reason], () =>
      model.markUnhelpful(person.address, argumentId, reason, now),
    );
    if (isDone && !isLive(model.argument(argumentId))) {
      this.#world.count(isRunning ? "slashed a running stake" : "slashed no running stake");
      if ((this.#world.done.StakeExpired ?? 0) > expiredBefore) this.#world.count("slashed amid expiries");
    }
    return this.#draws.scope(person.address, argumentId);
  }

  async #withdraw(person: HardhatEthersSigner): Promise<Scope> {
    const { model, now } = this.#world;
    await this.#world.act(person, "withdraw", [], () => model.withdraw(person.address, now));
    return this.#draws.scope(person.address);
  }
}
