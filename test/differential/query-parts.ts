import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { id } from "ethers";
import { max } from "../../sdk/math.ts";
import type { AnswerOpening, VoteOpening } from "../../sdk/query/model.ts";
import { sealAnswer, sealVote } from "../../sdk/query/seal.ts";
import { pick } from "../fixtures/random.ts";
import type { Scope } from "./query-comparison.ts";
import type { Course } from "./query-course.ts";
import type { QueryDraws } from "./query-draws.ts";
import { misranked, praisedBy, rankingOf, shuffled } from "./query-votes.ts";
import type { QueryWorld } from "./query-world.ts";

/** What answerers and judges do, on the contract and on the model. */
export class PartActions {
  readonly #world: QueryWorld;
  readonly #draws: QueryDraws;

  constructor(draws: QueryDraws) {
    this.#world = draws.world;
    this.#draws = draws;
  }

  /** Unless given, mostly somebody of the rank who has no part in the query. */
  async joinAnswer(course: Course, person = this.#newcomer(course, true)): Promise<Scope> {
    const { model, now } = this.#world;
    const { queryId } = course;
    course.tried.joinAnswer++;
    const isDone = await this.#world.act(person, "escrow", "joinAnswer", [queryId], () =>
      model.joinAnswer(person.address, queryId, now),
    );
    return this.#after(course, person, isDone);
  }

  /** Unless given, mostly somebody who has no part in the query. */
  async joinJudge(course: Course, person = this.#newcomer(course, false)): Promise<Scope> {
    const { model, now } = this.#world;
    const { queryId } = course;
    course.tried.joinJudge++;
    const isDone = await this.#world.act(person, "escrow", "joinJudge", [queryId], () =>
      model.joinJudge(person.address, queryId, now),
    );
    return this.#after(course, person, isDone);
  }

  async submitAnswer(course: Course, person: HardhatEthersSigner): Promise<Scope> {
    const { model, now } = this.#world;
    const { queryId } = course;
    const { address: account } = person;
    const text = `answer ${this.#draws.random(0n, 10n ** 6n)}`;
    const opening = {
      queryId,
      answerer: account,
      contentHash: id(text),
      uri: `ipfs://${text}`,
      salt: id(`salt of ${text}`),
    };
    const seal = this.#draws.seal(sealAnswer({ ...model.setup, ...opening, account }));
    const isDone = await this.#world.act(person, "escrow", "submitAnswer", [queryId, seal], () =>
      model.submitAnswer(account, queryId, seal, now),
    );
    if (isDone) course.answers.set(account, opening);
    return this.#after(course, person, isDone);
  }

  /** Mostly a vote that can be opened. */
  async submitVote(course: Course, person: HardhatEthersSigner): Promise<Scope> {
    const { model, now } = this.#world;
    const { queryId } = course;
    const { address: account } = person;
    const opening = this.#vote(course, account);
    const seal = this.#draws.seal(sealVote({ ...model.setup, ...opening, account }));
    const isDone = await this.#world.act(person, "escrow", "submitVote", [queryId, seal], () =>
      model.submitVote(account, queryId, seal, now),
    );
    if (isDone) course.votes.set(account, opening);
    return this.#after(course, person, isDone);
  }

  /** Anybody opens it, mostly as it was sealed. */
  async openAnswer(course: Course, { address }: HardhatEthersSigner): Promise<Scope> {
    const { model, now } = this.#world;
    const { queryId } = course;
    const unknown: AnswerOpening = { queryId, answerer: address, contentHash: id("?"), uri: "", salt: id("salt") };
    const sealed = course.answers.get(address) ?? unknown;
    const wrong = pick(this.#draws.random, [
      { contentHash: id("another") },
      { uri: "ipfs://" },
      { salt: id("pepper") },
    ]);
    const isWrong = this.#draws.oneIn(12n) && !course.cast.isCareful;
    const opening = isWrong ? { ...sealed, ...wrong } : sealed;
    const { contentHash, uri, salt } = opening;
    const caller = this.#draws.person();
    const isDone = await this.#world.act(
      caller,
      "escrow",
      "openAnswer",
      [queryId, address, contentHash, uri, salt],
      () => model.openAnswer(opening, now),
    );
    return this.#afterOpening(course, address, isDone);
  }

  /** Anybody opens it, mostly as it was sealed. */
  async openVote(course: Course, { address }: HardhatEthersSigner): Promise<Scope> {
    const { model, now } = this.#world;
    const { queryId } = course;
    const sealed = course.votes.get(address) ?? this.#vote(course, address);
    const isWrong = this.#draws.oneIn(8n) && !course.cast.isCareful;
    const opening = isWrong ? this.#wrongly(sealed, this.#partsOf(course).opened) : sealed;
    const { ranking, goodAnswers, salt } = opening;
    const caller = this.#draws.person();
    const isDone = await this.#world.act(
      caller,
      "escrow",
      "openVote",
      [queryId, address, ranking, goodAnswers, salt],
      () => model.openVote(opening, now),
    );
    return this.#afterOpening(course, address, isDone);
  }

  #newcomer(course: Course, isRanked: boolean): HardhatEthersSigner {
    const { model } = this.#world;
    const { minRank, members } = this.#partsOf(course);
    const isRight = (address: string) => !isRanked || model.rankOf(address) >= minRank;
    return this.#draws.personWho((address) => isRight(address) && !members.has(address));
  }

  /** As the query's taste has it; once in a while such as cannot be opened. */
  #vote(course: Course, judge: string): VoteOpening {
    const { random } = this.#draws;
    const { queryId, cast } = course;
    const { opened, judges } = this.#partsOf(course);
    if (course.order.length !== opened) course.order = shuffled(random, opened);
    const place = Math.max(judges.map((each) => each.judge).indexOf(judge), 0);
    const isHighest = judges[place]?.rank === max(...judges.map(({ rank }) => rank));
    const ranking = rankingOf(random, cast.taste, course.order, place, isHighest);
    const goodAnswers = praisedBy(random, cast.praise, ranking);
    const vote = { queryId, judge, ranking, goodAnswers, salt: id(`vote ${random(0n, 10n ** 6n)}`) };
    return this.#draws.oneIn(40n) && !cast.isCareful ? this.#wrongly(vote, opened) : vote;
  }

  #wrongly(vote: VoteOpening, opened: number): VoteOpening {
    const { ranking, goodAnswers } = vote;
    const beyond = opened < 32 ? 2n ** this.#draws.random(BigInt(opened), 31n) : 0n;
    const wrong = [
      { ranking: misranked(this.#draws.random, opened) },
      { ranking: ranking.toReversed() },
      { goodAnswers: goodAnswers ^ 1n },
      { goodAnswers: goodAnswers | beyond },
      { salt: id("pepper") },
    ];
    return { ...vote, ...pick(this.#draws.random, wrong) };
  }

  /** Once in a while somebody does nothing after what they have done. */
  #after({ queryId, cast, idle }: Course, { address }: HardhatEthersSigner, isDone: boolean): Scope {
    if (isDone && this.#draws.oneIn(cast.sloth)) idle.add(address);
    return this.#draws.scope(address, queryId);
  }

  /** What could not be opened is tried again or given up. */
  #afterOpening({ queryId, idle }: Course, account: string, isDone: boolean): Scope {
    if (!isDone && this.#draws.oneIn(3n)) idle.add(account);
    return this.#draws.scope(account, queryId);
  }

  /** Who and what there is in a query; nothing in one that does not exist. */
  #partsOf({ queryId }: Course) {
    const { model } = this.#world;
    if (queryId < 1n || queryId > model.queryCount) {
      return { minRank: 0n, opened: 0, judges: [], members: new Set<string>() };
    }
    const { asker, minRank, openedAnswers } = model.query(queryId);
    const judges = model.judges(queryId);
    const answerers = model.answers(queryId).map(({ answerer }) => answerer);
    const members = new Set([asker, ...answerers, ...judges.map(({ judge }) => judge)]);
    return { minRank, opened: Number(openedAnswers), judges, members };
  }
}
