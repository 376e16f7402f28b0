import { AssetBook } from "../assets.ts";
import { CredenceError } from "../errors.ts";
import { EventLog } from "../event-log.ts";
import { phaseOf } from "./clock.ts";
import { revertWith } from "./errors.ts";
import type { QueryEventFacts } from "./events.ts";
import { answererOf, checkIsNew, checkSeal, judgeOf, submit } from "./participants.ts";
import { packRanking, validateRanking } from "./ranking.ts";
import type { QueryRecord, Question } from "./records.ts";
import { sealAnswer, sealVote } from "./seal.ts";
import { payoutsOf } from "./settlement.ts";
import { MAX_PARTICIPANTS, MAX_RANK, validateAnswers } from "./stakes.ts";
import { Outcome, Phase } from "./state.ts";
import { tallyOf } from "./tally.ts";
import { type Timing, validateTiming, WINDOWS } from "./timing.ts";
import { type QuerySetup, QueryViews } from "./views.ts";

/** What `openAnswer` takes. */
export interface AnswerOpening {
  readonly queryId: bigint;
  readonly answerer: string;
  readonly contentHash: string;
  readonly uri: string;
  readonly salt: string;
}

/** What `openVote` takes. */
export interface VoteOpening {
  readonly queryId: bigint;
  readonly judge: string;
  /** Indices of all opened answers, the best first. */
  readonly ranking: readonly number[];
  /** The answers that are good, bit i for index i. */
  readonly goodAnswers: bigint;
  readonly salt: string;
}

/**
 * Reference model of `QueryEscrow` and its `RankRegistry`: the rules written the long way round, to compare the contracts
 * with. It keeps lists of what happened; phases, votes and balances are computed from them each time. Amounts are asset
 * units, instants unix seconds. A violated rule throws a `ModelError` named as the contract's custom error and changes
 * nothing; an instant before the latest action throws a `CredenceError`. Who may govern is not modelled.
 */
export class QueryModel extends QueryViews {
  /** What the contracts would have told. */
  readonly events = new EventLog<QueryEventFacts>();

  #isPaused = false;
  #latestAt = 0n;

  /**
   * Throws `WindowOutOfRange`, `DecimalsTooMany`, in this order.
   *
   * @param token The token that is staked, where other mechanisms share it.
   */
  constructor(setup: QuerySetup, token = new AssetBook()) {
    super(setup, token);
  }

  /* ASK */

  /**
   * Returns the query's id. Throws `EnforcedPause`, `RankOutOfRange`, `AnswersOutOfRange`, `WindowOutOfRange`,
   * `ERC20InsufficientBalance`, in this order.
   */
  ask(asker: string, question: Question, now: bigint): bigint {
    this.#advanceTo(now);
    if (this.#isPaused) revertWith("EnforcedPause", {});
    const { contentHash, uri, minRank, minAnswers, maxAnswers } = question;
    const stakes = this.stakesFor(minRank, minAnswers);
    validateAnswers(maxAnswers, minAnswers);
    const timing = this.#completed(question.timing);
    validateTiming(timing);
    this.#take(asker, stakes.submitStake);

    const queryId = this.queryCount + 1n;
    const lists = { answerers: [], opened: [], judges: [], payouts: null };
    this.queries.push({ id: queryId, asker, question: { ...question, timing }, stakes, askedAt: now, ...lists });
    const { submitStake } = stakes;
    const facts = { queryId, asker, contentHash, uri, minRank, minAnswers, maxAnswers, timing, submitStake };
    this.events.emit("QueryAsked", facts);
    return queryId;
  }

  /* ANSWER */

  /**
   * Throws `QueryUnknown`, `WrongPhase`, `RankTooLow`, `AnswerersFull`, `AlreadyInQuery`, `ERC20InsufficientBalance`, in
   * this order.
   */
  joinAnswer(account: string, queryId: bigint, now: bigint): void {
    const query = this.#inPhase(queryId, Phase.Answering, now);
    const { answerers, stakes } = query;
    const { minRank, maxAnswers: max } = query.question;
    const rank = this.rankOf(account);
    if (rank < minRank) revertWith("RankTooLow", { account, rank, minRank });
    if (BigInt(answerers.length) === max) revertWith("AnswerersFull", { queryId, max });
    checkIsNew(query, account);
    this.#take(account, stakes.answerStake);

    answerers.push({ account, submission: null, contentHash: null });
    this.events.emit("AnswererJoined", { queryId, answerer: account, stake: stakes.answerStake });
  }

  /** Throws `QueryUnknown`, `WrongPhase`, `NotAnswerer`, `SealZero`, `AlreadySubmitted`, in this order. */
  submitAnswer(account: string, queryId: bigint, sealedAnswer: string, now: bigint): void {
    const query = this.#inPhase(queryId, Phase.Answering, now);
    submit(query, answererOf(query, account), sealedAnswer, now);
    this.events.emit("AnswerSealed", { queryId, answerer: account, sealedAnswer });
    const { sealedAnswers, maxAnswers, answeringEndsAt } = this.query(queryId);
    if (sealedAnswers === maxAnswers) this.events.emit("AnsweringEnded", { queryId, endedAt: answeringEndsAt });
  }

  /**
   * Anyone may. Throws `QueryUnknown`, `WrongPhase`, `NotAnswerer`, `AlreadyOpened`, `NotSubmitted`, `SealMismatch`, in
   * this order.
   */
  openAnswer(opening: AnswerOpening, now: bigint): void {
    const { queryId, answerer: account, contentHash, uri } = opening;
    const query = this.#inPhase(queryId, Phase.Opening, now);
    const answerer = answererOf(query, account);
    if (query.opened.includes(answerer)) revertWith("AlreadyOpened", { queryId, account });
    checkSeal(query, answerer, sealAnswer({ ...this.setup, ...opening, account }));

    answerer.contentHash = contentHash;
    const index = BigInt(query.opened.push(answerer)) - 1n;
    this.events.emit("AnswerOpened", { queryId, answerer: account, index, contentHash, uri });
  }

  /* JUDGE */

  /**
   * Throws `QueryUnknown`, `WrongPhase`, `JudgesFull`, `AlreadyInQuery`, `ERC20InsufficientBalance`, in this order.
   */
  joinJudge(account: string, queryId: bigint, now: bigint): void {
    const query = this.#inPhase(queryId, Phase.Judging, now);
    const { judges, stakes } = query;
    const max = MAX_PARTICIPANTS;
    if (BigInt(judges.length) === max) revertWith("JudgesFull", { queryId, max });
    checkIsNew(query, account);
    this.#take(account, stakes.judgeStake);

    const rank = this.rankOf(account);
    judges.push({ account, rank, submission: null, vote: null });
    this.events.emit("JudgeJoined", { queryId, judge: account, rank, stake: stakes.judgeStake });
  }

  /** Throws `QueryUnknown`, `WrongPhase`, `NotJudge`, `SealZero`, `AlreadySubmitted`, in this order. */
  submitVote(account: string, queryId: bigint, sealedVote: string, now: bigint): void {
    const query = this.#inPhase(queryId, Phase.Judging, now);
    submit(query, judgeOf(query, account), sealedVote, now);
    this.events.emit("VoteSealed", { queryId, judge: account, sealedVote });
  }

  /**
   * Anyone may. Throws `QueryUnknown`, `WrongPhase`, `NotJudge`, `AlreadyOpened`, `NotPermutation`, `GoodAnswersUnknown`,
   * `NotSubmitted`, `SealMismatch`, in this order.
   */
  openVote(opening: VoteOpening, now: bigint): void {
    const { queryId, judge: account, ranking, goodAnswers } = opening;
    const query = this.#inPhase(queryId, Phase.Revealing, now);
    const judge = judgeOf(query, account);
    if (judge.vote !== null) revertWith("AlreadyOpened", { queryId, account });
    const answers = BigInt(query.opened.length);
    validateRanking(ranking, answers);
    if (goodAnswers >= 2n ** answers) revertWith("GoodAnswersUnknown", { goodAnswers, answers });
    checkSeal(query, judge, sealVote({ ...this.setup, ...opening, account }));

    judge.vote = { ranking, goodAnswers };
    this.events.emit("VoteOpened", { queryId, judge: account, ranking: packRanking(ranking), goodAnswers });
  }

  /* SETTLE */

  /**
   * Anyone may. Throws `QueryUnknown`, `AlreadySettled`, `NotSettleable`, `StrengthsLengthMismatch`,
   * `StrengthOutOfRange`, `StrengthsRejected`, in this order.
   */
  settle(queryId: bigint, strengths: readonly bigint[], now: bigint): void {
    this.#advanceTo(now);
    const record = this.queryAt(queryId);
    const query = this.query(queryId);
    if (query.outcome !== Outcome.Pending) revertWith("AlreadySettled", { queryId });
    if (phaseOf(query, now) !== Phase.Settleable) {
      revertWith("NotSettleable", { queryId, settleableAt: query.revealingEndsAt });
    }
    const payouts = payoutsOf(tallyOf(query, this.judges(queryId)), strengths);

    record.payouts = payouts;
    const { asker, opened, answerers, judges } = record;
    const voters = judges.filter(({ vote }) => vote !== null);
    this.#credit(queryId, asker, payouts.asker);
    for (const answerer of answerers) {
      this.#credit(queryId, answerer.account, payouts.answerers[opened.indexOf(answerer)] ?? 0n);
    }
    for (const [place, { account }] of voters.entries()) this.#credit(queryId, account, payouts.judges[place] ?? 0n);
    const { outcome, goodAnswers, goodJudges } = payouts;
    this.events.emit("QuerySettled", { queryId, outcome, goodAnswers, goodJudges });
  }

  /** Returns what was paid. Throws `CreditZero`. */
  withdraw(account: string): bigint {
    const amount = this.credited(account);
    if (amount === 0n) revertWith("CreditZero", { account });
    this.token.transfer(this.setup.queryEscrow, account, amount);
    this.credits.push({ account, amount: -amount });
    this.events.emit("Withdrawn", { account, amount });
    return amount;
  }

  /* GOVERN */

  /** The registrar sets ranks. Throws `LengthMismatch`, `RankOutOfRange`, in this order. */
  setRanks(accounts: readonly string[], ranks: readonly bigint[]): void {
    const lengths = { accounts: BigInt(accounts.length), ranks: BigInt(ranks.length) };
    if (lengths.accounts !== lengths.ranks) revertWith("LengthMismatch", lengths);
    for (const rank of ranks) if (rank > MAX_RANK) revertWith("RankOutOfRange", { rank, max: MAX_RANK });
    for (const [place, account] of accounts.entries()) {
      const rank = ranks[place] ?? 0n;
      this.ranks.set(account, rank);
      this.events.emit("RankSet", { account, rank });
    }
  }

  /** The guardian stops new queries. Throws `EnforcedPause`. */
  pauseEntries(account: string): void {
    if (this.#isPaused) revertWith("EnforcedPause", {});
    this.#isPaused = true;
    this.events.emit("Paused", { account });
  }

  /** The guardian lets new queries in again. Throws `ExpectedPause`. */
  unpauseEntries(account: string): void {
    if (!this.#isPaused) revertWith("ExpectedPause", {});
    this.#isPaused = false;
    this.events.emit("Unpaused", { account });
  }

  /* INTERNAL */

  #inPhase(queryId: bigint, needed: Phase, now: bigint): QueryRecord {
    this.#advanceTo(now);
    const record = this.queryAt(queryId);
    const phase = this.phase(queryId, now);
    if (phase !== needed) revertWith("WrongPhase", { queryId, phase, needed });
    return record;
  }

  /** The default's windows in place of those that are 0. */
  #completed(timing: Timing): Timing {
    const completed = { ...timing };
    for (const window of WINDOWS) {
      if (timing[window] === 0n) completed[window] = this.setup.defaultTiming[window];
    }
    return completed;
  }

  #take(from: string, stake: bigint): void {
    this.token.transfer(from, this.setup.queryEscrow, stake);
  }

  #credit(queryId: bigint, account: string, amount: bigint): void {
    if (amount === 0n) return;
    this.credits.push({ account, amount });
    this.events.emit("Credited", { queryId, account, amount });
  }

  #advanceTo(now: bigint): void {
    if (now < this.#latestAt) {
      throw new CredenceError("the model takes no action before its latest one", { now, latestAt: this.#latestAt });
    }
    this.#latestAt = now;
  }
}
