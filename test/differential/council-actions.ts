import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { ZeroAddress } from "ethers";
import { longTermDays, tierAt } from "../../sdk/council/tiers.ts";
import { anyMagnitude, pick } from "../fixtures/random.ts";
import type { Scope } from "./council-comparison.ts";
import { type CouncilDraws, LARGEST } from "./council-draws.ts";
import type { CouncilWorld } from "./council-world.ts";
import type { Magnitude } from "./draws.ts";

/** What people do in a council, on the contracts and on the model. */
export class CouncilActions {
  readonly #world: CouncilWorld;
  readonly #draws: CouncilDraws;
  readonly #magnitude: Magnitude;

  constructor(draws: CouncilDraws, magnitude: Magnitude) {
    this.#world = draws.world;
    this.#draws = draws;
    this.#magnitude = magnitude;
  }

  /* STAKE */

  async stake(): Promise<Scope> {
    const { model, now } = this.#world;
    const { minStake } = model.setup.staking;
    const person = this.#draws.personWho((address) => model.token.book.balanceOf(address) >= minStake);
    const [amount, lockDays] = [this.#draws.stakeOf(person.address), this.#draws.lockDays()];
    await this.#world.act(person, "staking", "stake", [amount, lockDays], () =>
      model.stakingAt(now).stake(person.address, amount, lockDays, now),
    );
    return this.#draws.scope(person.address, ...model.stakingAt(now).positionsOf(person.address).slice(-1));
  }

  /** Mostly a position whose tier rises, one in three just for nothing. */
  async poke(): Promise<Scope> {
    const { model, now } = this.#world;
    const { tiers } = model.setup.staking;
    const person = this.#draws.person();
    const positionId = this.#draws.positionWhich(
      (each) => this.#draws.oneIn(3n) || tierAt(each, now, tiers) > each.tierDays,
    );
    await this.#world.act(person, "staking", "poke", [positionId], () => model.stakingAt(now).poke(positionId, now));
    return this.#draws.scope(person.address, positionId);
  }

  async extendLock(): Promise<Scope> {
    const { model, now } = this.#world;
    const longTerm = longTermDays(model.setup.staking.tiers);
    const positionId = this.#draws.positionWhich((each) => each.tierDays < longTerm || this.#draws.oneIn(4n));
    const person = this.#draws.ownerOf(positionId);
    const lockDays = this.#draws.lockDays();
    const risenBefore = this.#world.done.TierReached ?? 0;
    const isDone = await this.#world.act(person, "staking", "extendLock", [positionId, lockDays], () =>
      model.stakingAt(now).extendLock(person.address, positionId, lockDays, now),
    );
    if (isDone && (this.#world.done.TierReached ?? 0) === risenBefore) this.#world.count("extended within a tier");
    return this.#draws.scope(person.address, positionId);
  }

  async unstake(): Promise<Scope> {
    const { model, now } = this.#world;
    const positionId = this.#draws.positionWhich((each) => each.unlocksAt <= now);
    const person = this.#draws.ownerOf(positionId);
    await this.#world.act(person, "staking", "unstake", [positionId], () =>
      model.stakingAt(now).unstake(person.address, positionId, now),
    );
    return this.#draws.scope(person.address, positionId);
  }

  async unstakeEarly(): Promise<Scope> {
    const { model, now } = this.#world;
    const positionId = this.#draws.positionWhich((each) => now < each.unlocksAt);
    const person = this.#draws.ownerOf(positionId);
    await this.#world.act(person, "staking", "unstakeEarly", [positionId], () =>
      model.stakingAt(now).unstakeEarly(person.address, positionId, now),
    );
    return this.#draws.scope(person.address, positionId);
  }

  /** To somebody else, to oneself, or to nobody. */
  async delegate(): Promise<Scope> {
    const { model, now } = this.#world;
    const person = this.#draws.personWho((address) => model.stakingAt(now).account(address).power > 0n);
    const to = pick(this.#draws.random, [this.#draws.person().address, person.address, ZeroAddress]);
    await this.#world.act(person, "staking", "delegate", [to], () =>
      model.stakingAt(now).delegate(person.address, to, now),
    );
    const { users, ...scope } = this.#draws.scope(person.address);
    return { ...scope, users: [...users, to] };
  }

  /* REWARDS */

  async fund(): Promise<Scope> {
    const { model } = this.#world;
    const person = this.#draws.personWho((address) => model.token.book.balanceOf(address) > 0n);
    const amount = this.#draws.oneIn(8n)
      ? 0n
      : this.#draws.part(model.token.book.balanceOf(person.address)) / this.#draws.random(1n, 20n);
    await this.#world.act(person, "distributor", "fund", [amount], () =>
      model.rewardsAt(this.#world.now).fund(person.address, amount),
    );
    return this.#draws.scope(person.address);
  }

  /** Somebody sends the distributor tokens unasked. */
  async donate(): Promise<Scope> {
    const { model } = this.#world;
    const person = this.#draws.person();
    await this.#world.donate(
      person,
      anyMagnitude(this.#draws.random, 0n, model.token.book.balanceOf(person.address) / 9n),
    );
    this.#world.count("donated");
    return this.#draws.scope(person.address);
  }

  async startPeriod(): Promise<Scope> {
    const { model, now } = this.#world;
    const person = this.#draws.person();
    const isShared = model.rewardsAt(now).totalWeight() > 0n;
    const isDone = await this.#world.act(person, "distributor", "startPeriod", [], () =>
      model.rewardsAt(now).startPeriod(now),
    );
    if (isDone && !isShared) this.#world.count("began without stakers");
    return this.#draws.scope(person.address);
  }

  async claim(): Promise<Scope> {
    const person = this.#rewarded();
    await this.#claimOf(person);
    return this.#draws.scope(person.address);
  }

  async compound(): Promise<Scope> {
    const { model, now } = this.#world;
    const person = this.#rewarded(model.setup.staking.minStake);
    const lockDays = this.#draws.lockDays();
    await this.#world.act(person, "distributor", "compound", [lockDays], () =>
      model.compound(person.address, lockDays, now),
    );
    return this.#draws.scope(person.address, ...model.stakingAt(now).positionsOf(person.address).slice(-1));
  }

  /** Mostly somebody whose boosters have changed. */
  async pokeAccount(): Promise<Scope> {
    const { model, now } = this.#world;
    const rewards = model.rewardsAt(now);
    const person = this.#draws.person();
    const { address } = this.#draws.personWho((user) => {
      const { boosterBps, currentBoosterBps } = rewards.account(user, now);
      return boosterBps !== currentBoosterBps;
    });
    await this.#world.act(person, "distributor", "poke", [address], () => rewards.poke(address, now));
    return this.#draws.scope(address);
  }

  /** A contract where people take part records it; here that is the admin. */
  async record(method: "recordParticipation" | "recordVote"): Promise<Scope> {
    const { model, now, protocol } = this.#world;
    const { address } = this.#draws.person();
    const { deployer } = protocol;
    const rewards = model.rewardsAt(now);
    if (rewards.account(address, now).power === 0n) this.#world.count(`${method} without power`);
    await this.#world.act(deployer, "distributor", method, [address], () => {
      if (method === "recordVote") rewards.recordVote(address, now);
      else rewards.recordParticipation(address, deployer.address, now);
    });
    return this.#draws.scope(address);
  }

  /* GOVERN */

  async govern(method: "pauseEntries" | "unpauseEntries"): Promise<Scope> {
    const { model, now, protocol } = this.#world;
    const { deployer } = protocol;
    await this.#world.act(deployer, "staking", method, [], () => model.stakingAt(now)[method](deployer.address));
    return this.#draws.scope(this.#draws.person().address);
  }

  /** For somebody or for rewards: a little, all that the year has left, or a unit more. */
  async mintInflation(): Promise<Scope> {
    const { model, now, protocol } = this.#world;
    const person = this.#draws.person();
    const to = this.#draws.oneIn(2n) ? model.setup.addresses.distributor : person.address;
    const { remaining } = model.token.inflationLeft(now);
    const amount = pick(this.#draws.random, [remaining, remaining + 1n, this.#draws.part(remaining) / 2n]);
    await this.#world.act(protocol.deployer, "token", "mintInflation", [to, amount], () =>
      model.mintInflation(to, amount, now),
    );
    return this.#draws.scope(person.address);
  }

  async burn(): Promise<Scope> {
    const { model, now } = this.#world;
    const person = this.#draws.person();
    const amount = this.#draws.part(model.token.book.balanceOf(person.address)) / this.#draws.random(1n, 9n);
    await this.#world.act(person, "token", "burn", [amount], () => model.token.burn(person.address, amount, now));
    return this.#draws.scope(person.address);
  }

  /* LEAVE */

  /** Everybody takes what they can, and closes every position: nobody shares any more. */
  async leave(): Promise<void> {
    const { model, people, now } = this.#world;
    for (const { positionId, owner } of this.#draws.held()) {
      const person = people.find(({ address }) => address === owner) ?? this.#draws.person();
      await this.#world.act(person, "staking", "unstake", [positionId], () =>
        model.stakingAt(now).unstake(owner, positionId, now),
      );
    }
    for (const person of people) await this.#claimOf(person);
  }

  async #claimOf(person: HardhatEthersSigner): Promise<void> {
    const { model, now } = this.#world;
    const rewards = model.rewardsAt(now);
    const isLittle = rewards.claimable(person.address, now) < model.setup.rewards.minClaim;
    const isDone = await this.#world.act(person, "distributor", "claim", [], () => rewards.claim(person.address, now));
    if (isDone && isLittle) this.#world.count("claimed less than the least");
  }

  /** Mostly somebody who can take a reward, of `least` units where there is such a one. */
  #rewarded(least = 1n) {
    const { model, now } = this.#world;
    const { minClaim } = model.setup.rewards;
    const needed = least > minClaim ? least : minClaim;
    return this.#draws.personWho((address) => {
      const reward = model.rewardsAt(now).claimable(address, now);
      return reward >= needed && reward > 0n && reward <= LARGEST[this.#magnitude];
    });
  }
}
