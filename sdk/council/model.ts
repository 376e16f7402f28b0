import { CredenceError } from "../errors.ts";
import { EventLog } from "../event-log.ts";
import type { CouncilEventFacts } from "./events.ts";
import { RewardsModel } from "./rewards.ts";
import type { RewardParams, StakingParams } from "./rules.ts";
import { StakingModel } from "./staking.ts";
import { CouncilTokenModel } from "./token.ts";

/** What a council begins with. */
export interface CouncilSetup {
  readonly staking: StakingParams;
  readonly rewards: RewardParams;
  /** What a year may add, of the supply at its start. */
  readonly maxInflationBps: bigint;
  /** When the token was deployed, in unix seconds. */
  readonly deployedAt: bigint;
  /** Where the contracts hold their tokens. */
  readonly addresses: { readonly staking: string; readonly distributor: string };
}

/**
 * Reference model of `CouncilToken`, `CouncilStaking` and `RewardsDistributor`: the rules written the long way round, to
 * compare the contracts with. It keeps lists of what happened; sums, votes and rewards are computed from them each time.
 * Amounts are token units, instants unix seconds. A violated rule throws a `ModelError` named as the contract's custom
 * error and changes nothing; an instant before the latest action throws a `CredenceError`. Who may govern is not
 * modelled, nor what ACT never reaches: `WeightTooLarge`.
 */
export class CouncilModel {
  readonly setup: CouncilSetup;
  readonly events = new EventLog<CouncilEventFacts>();
  readonly token: CouncilTokenModel;
  readonly #staking: StakingModel;
  readonly #rewards: RewardsModel;
  #latestAt = 0n;

  constructor(setup: CouncilSetup) {
    const { addresses, deployedAt } = setup;
    const { events } = this;
    this.setup = setup;
    this.token = new CouncilTokenModel(deployedAt, setup.maxInflationBps);
    const { token } = this;
    this.#rewards = new RewardsModel({ params: setup.rewards, token, events, address: addresses.distributor });
    this.#staking = new StakingModel({
      params: setup.staking,
      token,
      events,
      address: addresses.staking,
      distributor: addresses.distributor,
      onStakeChanged: (account, now) => {
        const { power, longTermPositions } = this.#staking.account(account);
        this.#rewards.onStakeChanged(account, power, longTermPositions > 0n, now);
      },
    });
  }

  /** Staking at `now`; every action is to be taken through here. */
  stakingAt(now: bigint): StakingModel {
    this.#advanceTo(now);
    return this.#staking;
  }

  /** Rewards at `now`; every action is to be taken through here. */
  rewardsAt(now: bigint): RewardsModel {
    this.#advanceTo(now);
    return this.#rewards;
  }

  /**
   * Stakes a reward: the same as claiming and staking it. Returns what was staked, and the new position.
   * Throws `RewardTooSmall`, and as `StakingModel.stake` does.
   */
  compound(account: string, lockDays: bigint, now: bigint): { amount: bigint; positionId: bigint } {
    const { distributor } = this.setup.addresses;
    const rewards = this.rewardsAt(now);
    const amount = rewards.checkedReward(account, now);
    this.#staking.checkStake(account, amount, lockDays);
    rewards.takeFrom(account, now);
    const positionId = this.#staking.stake(account, amount, lockDays, now, distributor);
    this.events.emit("Compounded", { account, amount, positionId });
    return { amount, positionId };
  }

  /** Creates tokens. Throws `InflationExceeded`. */
  mintInflation(to: string, amount: bigint, now: bigint): void {
    this.#advanceTo(now);
    const year = this.token.mintInflation(to, amount, now);
    this.events.emit("InflationMinted", { to, amount, year });
  }

  /**
   * Throws a `CredenceError` where a unit is missing or too many: what staking holds is the sum of positions, voting
   * power that of their power, what the distributor holds covers what it owes, and that is what was shared.
   */
  checkConservation(): void {
    const { addresses } = this.setup;
    const staking = this.#staking;
    const books = {
      staked: this.token.book.balanceOf(addresses.staking) - staking.totalStaked(),
      power: staking.votes.total() - staking.totalPower(),
    };
    if (Object.values(books).some((difference) => difference !== 0n)) {
      throw new CredenceError("the books do not add up", books);
    }
    this.#rewards.checkConservation(this.#latestAt);
  }

  #advanceTo(now: bigint): void {
    if (now < this.#latestAt) {
      throw new CredenceError("the model takes no action before its latest one", { now, latestAt: this.#latestAt });
    }
    this.#latestAt = now;
  }
}
