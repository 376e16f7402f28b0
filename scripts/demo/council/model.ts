import { getAddress, ZeroAddress } from "ethers";
import { decisionOf, type SessionVote, sessionShares, voteWeightDown } from "../../../sdk/council/chamber.ts";
import { CouncilModel, type CouncilSetup } from "../../../sdk/council/model.ts";
import { FIRST_SUPPLY } from "../../../sdk/council/params.ts";
import { positionIdOf } from "../../../sdk/council/positions.ts";
import { sumOf } from "../checks.ts";
import { DAY } from "../time.ts";
import { type Name, type Party, PEOPLE, STAKERS } from "./cast.ts";
import { GRANT, INFLATION, opinionOf, type ProposalKey, SESSIONS, type SessionKey, WEEKLY } from "./motions.ts";
import { isRefused } from "./run.ts";
import { ALLOCATIONS, TREASURY } from "./stage.ts";
import { STORY, type StoryStep } from "./story.ts";

/** What the model takes from the chain: rules and addresses, when the year began, and whom sessions drew. */
export interface ModelGround extends CouncilSetup {
  /** Unix seconds. */
  readonly start: bigint;
  /** Address of a person by index, of who deploys, of the treasury and of the chamber. */
  readonly accountOf: (person: number) => string;
  readonly operator: string;
  readonly timelock: string;
  readonly chamber: string;
  readonly members: ReadonlyMap<SessionKey, readonly Name[]>;
}

/** What the model paid for a session. Amounts in ACT units. */
export interface ModelSession {
  readonly decision: bigint;
  /** By name of who voted. */
  readonly shares: ReadonlyMap<Name, bigint>;
  readonly toRewards: bigint;
}

/** Lives through the year in the reference model: by the story, without looking at what the chain made of it. */
export class ModelYear {
  readonly council: CouncilModel;
  readonly sessions = new Map<SessionKey, ModelSession>();
  /** Weight of each vote by proposal, in the order of voting. */
  readonly votes = new Map<ProposalKey, bigint[]>();
  /** All votes when voting on a proposal began. */
  readonly totalVotes = new Map<ProposalKey, bigint>();
  readonly #ground: ModelGround;
  readonly #proposedAt = new Map<ProposalKey, bigint>();
  readonly #openedAt = new Map<SessionKey, bigint>();
  readonly #sessionRewards = new Map<SessionKey, bigint>();
  readonly #sessionVotes = new Map<SessionKey, ReadonlyMap<Name, SessionVote>>();
  readonly #squareRootSessions = new Set<SessionKey>();
  readonly #credits = new Map<Name, bigint>();
  #isSquareRoot = false;

  constructor(ground: ModelGround) {
    this.#ground = ground;
    this.council = new CouncilModel(ground);
    const { token } = this.council;
    const handedOut = [
      [this.#address(ground.timelock), TREASURY] as const,
      ...Object.entries(ALLOCATIONS).map(([name, amount]) => [this.#of(name as Party), amount] as const),
      ...STAKERS.map(({ name, purse }) => [this.#of(name), purse] as const),
    ];
    for (const [to, amount] of handedOut) token.allocate(to, amount);
    const rest = FIRST_SUPPLY - sumOf(handedOut, ([, amount]) => amount);
    token.allocate(this.#address(ground.operator), rest);
  }

  /** Lives through the story. Throws a `ModelError` where the model refuses what the story does not expect refused. */
  live(story: readonly StoryStep[] = STORY): void {
    for (const step of story) if (!isRefused(step)) this.#take(step, this.#ground.start + step.at);
  }

  #take(step: StoryStep, now: bigint): void {
    const { council } = this;
    const staking = () => council.stakingAt(now);
    const rewards = () => council.rewardsAt(now);
    switch (step.kind) {
      case "stake":
        staking().stake(this.#of(step.who), step.amount, step.lockDays, now);
        break;
      case "unstake":
        staking().unstake(this.#of(step.who), this.#position(step.who, step.position), now);
        break;
      case "unstake early":
        staking().unstakeEarly(this.#of(step.who), this.#position(step.who, step.position), now);
        break;
      case "extend lock":
        staking().extendLock(this.#of(step.who), this.#position(step.who, step.position), step.lockDays, now);
        break;
      case "poke position":
        staking().poke(this.#position(step.of, step.position), now);
        break;
      case "poke rewards":
        rewards().poke(this.#of(step.of), now);
        break;
      case "delegate":
        staking().delegate(this.#of(step.who), this.#of(step.to), now);
        break;
      case "claim":
        rewards().claim(this.#of(step.who), now);
        break;
      case "compound":
        council.compound(this.#of(step.who), step.lockDays, now);
        break;
      case "burn":
        council.token.burn(this.#of(step.who), step.amount, now);
        break;
      case "period":
        this.#period(step.payer, now);
        break;
      case "propose":
        this.#proposedAt.set(step.proposal, now);
        break;
      case "vote":
        this.#vote(step.who, step.proposal, now);
        break;
      case "execute":
        this.#execute(step.proposal, now);
        break;
      case "open session":
        this.#open(step.who, step.session, now);
        break;
      case "fund session":
        this.#pay(step.who, step.session, step.amount);
        break;
      case "vote in session":
        this.#voteInSession(step.session, now);
        break;
      case "close session":
        this.#close(step.session);
        break;
      case "withdraw":
        this.#withdraw();
        break;
      case "count":
      case "queue":
      case "register agent":
      case "draw":
    }
  }

  #period(payer: "community" | "treasury", now: bigint): void {
    const { operator, timelock, addresses } = this.#ground;
    const from = this.#address(payer === "community" ? operator : timelock);
    this.council.token.book.transfer(from, addresses.distributor, WEEKLY.amount);
    this.council.rewardsAt(now).startPeriod(now);
  }

  #vote(who: Name, key: ProposalKey, now: bigint): void {
    const snapshotAt = (this.#proposedAt.get(key) as bigint) + DAY;
    const { votes } = this.council.stakingAt(now);
    const weight = votes.pastVotesOf(this.#of(who), snapshotAt, now);
    this.votes.set(key, [...(this.votes.get(key) ?? []), weight]);
    this.totalVotes.set(key, votes.pastTotal(snapshotAt, now));
    this.council.rewardsAt(now).recordVote(this.#of(who), now);
  }

  #execute(key: ProposalKey, now: bigint): void {
    const timelock = this.#address(this.#ground.timelock);
    if (key === "inflation") this.council.mintInflation(timelock, INFLATION, now);
    if (key === "archive") this.council.token.book.transfer(timelock, this.#of("archive"), GRANT);
    if (key === "square-root-again") this.#isSquareRoot = true;
  }

  #open(who: Name, key: SessionKey, now: bigint): void {
    this.#openedAt.set(key, now);
    if (this.#isSquareRoot) this.#squareRootSessions.add(key);
    this.#pay(who, key, SESSIONS[key].fee);
  }

  #pay(who: Name, key: SessionKey, amount: bigint): void {
    this.council.token.book.transfer(this.#of(who), this.#address(this.#ground.chamber), amount);
    this.#sessionRewards.set(key, (this.#sessionRewards.get(key) ?? 0n) + amount);
  }

  #voteInSession(key: SessionKey, now: bigint): void {
    const openedAt = this.#openedAt.get(key) as bigint;
    const cast = new Map<Name, SessionVote>();
    for (const name of this.#ground.members.get(key) ?? []) {
      const option = opinionOf(key, name);
      if (option < 0) continue;
      const power = this.council.stakingAt(now).votes.pastVotesOf(this.#of(name), openedAt - 1n, now);
      cast.set(name, { option: BigInt(option), weight: voteWeightDown(power, this.#squareRootSessions.has(key)) });
      this.council.rewardsAt(now).recordParticipation(this.#of(name), ZeroAddress, now);
    }
    this.#sessionVotes.set(key, cast);
  }

  #close(key: SessionKey): void {
    const cast = this.#sessionVotes.get(key) ?? new Map<Name, SessionVote>();
    const options = BigInt(SESSIONS[key].options.length);
    const votes = [...cast.values()];
    const { shares, left } = sessionShares(this.#sessionRewards.get(key) ?? 0n, votes, options);
    const byName = new Map([...cast.keys()].map((name, index) => [name, shares[index] as bigint]));
    for (const [name, amount] of byName) this.#credits.set(name, (this.#credits.get(name) ?? 0n) + amount);
    const { chamber, addresses } = this.#ground;
    this.council.token.book.transfer(this.#address(chamber), addresses.distributor, left);
    this.sessions.set(key, { decision: decisionOf(votes, options), shares: byName, toRewards: left });
  }

  #withdraw(): void {
    const chamber = this.#address(this.#ground.chamber);
    for (const [name, amount] of this.#credits) this.council.token.book.transfer(chamber, this.#of(name), amount);
    this.#credits.clear();
  }

  #position(name: Name, index: bigint): bigint {
    return positionIdOf(this.#of(name), index);
  }

  #of(name: Party): string {
    return this.#address(this.#ground.accountOf(PEOPLE.indexOf(name)));
  }

  /** As the model compares them: with a checksum. */
  #address(account: string): string {
    return getAddress(account);
  }
}
