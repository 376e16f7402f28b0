import { id } from "ethers";
import { max } from "../../sdk/math.ts";
import type { AnswerOpening, VoteOpening } from "../../sdk/query/model.ts";
import { sealAnswer, sealVote } from "../../sdk/query/seal.ts";
import { doVotesDecide } from "../../sdk/query/settlement.ts";
import { solveStrengths } from "../../sdk/query/solver.ts";
import { MAX_PARTICIPANTS, MAX_RANK, MIN_ANSWERS } from "../../sdk/query/stakes.ts";
import { Phase } from "../../sdk/query/state.ts";
import { HOUR } from "../../sdk/time.ts";
import { Course, type Due } from "../../test/differential/query-course.ts";
import { misranked, PRAISES, praisedBy, rankingOf, shuffled, TASTES } from "../../test/differential/query-votes.ts";
import type { Call } from "../contract.ts";
import type { Person } from "../people.ts";
import { callBy, type Scene } from "../scene.ts";
import type { Zone } from "../zone.ts";

/** Queries of a zone that are open at once, at most. */
const MOST_OPEN = 3;

/** What is due in a query. */
export interface QueryDue {
  readonly zone: Zone;
  readonly course: Course;
  readonly due: Due;
}

/** Somebody asks; who attacks, something that cannot be asked. */
export function ask(scene: Scene, zone: Zone, person: Person): Call | undefined {
  const { queries } = zone;
  if (openCourses(scene, zone).length >= MOST_OPEN) return undefined;
  const minAnswers = scene.errs(person) ? MIN_ANSWERS - 1n : scene.random(MIN_ANSWERS, 9n);
  const maxAnswers = scene.oneIn(2n) ? minAnswers : scene.random(minAnswers, MAX_PARTICIPANTS);
  const text = `question ${queries.model.queryCount + 1n} of ${zone.name}`;
  const minRank = scene.oneIn(3n) ? scene.random(0n, 12n) : 0n;
  const short = scene.random(16n, 60n) * HOUR;
  const timing = { answering: 0n, opening: 0n, judging: 0n, revealing: 0n };
  const asked = scene.oneIn(2n) ? timing : { ...timing, answering: short, judging: short };
  return callBy(
    person,
    queries.setup.escrow,
    "ask",
    id(text),
    `ipfs://${text}`,
    minRank,
    minAnswers,
    maxAnswers,
    asked,
  );
}

/** A query was asked: what becomes of it, as far as people decide it. */
export function beginCourse(scene: Scene, zone: Zone): void {
  const { queryCount } = zone.queries.model;
  const sloth = scene.pick([4n, 10n, 30n]);
  const cast = {
    answerers: scene.pick([0n, 1n, 2n, 3n, 5n, 7n, 9n, 12n]),
    judges: scene.pick([0n, 2n, 3n, 5n, 7n]),
    sloth,
    isCareful: false,
    taste: scene.pick(TASTES),
    praise: scene.pick(PRAISES),
  };
  scene.courses[zone.name].set(queryCount, new Course(queryCount, cast));
}

/** All that people have to do in queries now. */
export function dueInQueries(scene: Scene): QueryDue[] {
  const { usdc, hostile } = scene.stage;
  return [usdc, hostile].flatMap((zone) =>
    openCourses(scene, zone).flatMap((course) =>
      course.due({ model: zone.queries.model, now: scene.now }).map((due) => ({ zone, course, due })),
    ),
  );
}

/** Somebody does what is due in a query; `undefined` where nobody is there who could. */
export function takePart(scene: Scene, { zone, course, due: { step, account } }: QueryDue): Call | undefined {
  const { escrow } = zone.queries.setup;
  const { queryId } = course;
  const owner = scene.people.find(({ address }) => address === account);
  switch (step) {
    case "joinAnswer":
    case "joinJudge": {
      course.tried[step]++;
      const person = newcomer(scene, zone, course, step === "joinAnswer");
      return person === undefined ? undefined : callBy(person, escrow, step, queryId);
    }
    case "settle":
      return callBy(scene.person(), escrow, "settle", queryId, strengthsOf(scene, zone, queryId));
    default:
      if (owner === undefined) return undefined;
      if (scene.oneIn(owner.character.sloth)) course.idle.add(owner.address);
      return ownStep(scene, zone, course, step, owner);
  }
}

/** What settles a query by the votes that were opened. */
export function rightStrengths({ queries: { model } }: Zone, queryId: bigint): bigint[] {
  const { openedAnswers, openedVotes } = model.query(queryId);
  return doVotesDecide(openedAnswers, openedVotes) ? solveStrengths(model.winMatrix(queryId)) : [];
}

/** Somebody takes what a query gave them. */
export function withdrawCredit(scene: Scene, { queries }: Zone, person: Person): Call | undefined {
  if (queries.model.credited(person.address) === 0n && !scene.trespasses(person)) return undefined;
  return callBy(person, queries.setup.escrow, "withdraw");
}

/** The registrar ranks some of those who are there. */
export function setRanks(scene: Scene, { queries }: Zone): Call | undefined {
  if (queries.registrar === undefined) return undefined;
  const accounts = scene.people.filter(() => scene.oneIn(6n)).map(({ address }) => address);
  const ranks = accounts.map(() => scene.random(0n, MAX_RANK));
  if (scene.oneIn(10n)) ranks.push(1n);
  return callBy({ address: queries.registrar }, queries.setup.registry, "setRanks", accounts, ranks);
}

function openCourses(scene: Scene, zone: Zone): Course[] {
  const { model } = zone.queries;
  const courses = [...scene.courses[zone.name].values()];
  return courses.filter(({ queryId }) => model.phase(queryId, scene.now) !== Phase.Settled);
}

/** Mostly somebody of the rank who has no part in the query and can pay. */
function newcomer(scene: Scene, zone: Zone, { queryId }: Course, isRanked: boolean): Person | undefined {
  const { model } = zone.queries;
  const { asker, minRank, answerStake } = model.query(queryId);
  const answerers = model.answers(queryId).map(({ answerer }) => answerer);
  const members = new Set([asker, ...answerers, ...model.judges(queryId).map(({ judge }) => judge)]);
  return scene.personWho(
    (person) =>
      scene.errs(person) ||
      (!members.has(person.address) &&
        (!isRanked || model.rankOf(person.address) >= minRank) &&
        scene.balance(zone, person) >= answerStake),
  );
}

function ownStep(scene: Scene, zone: Zone, course: Course, step: Due["step"], person: Person): Call {
  const { setup, model } = zone.queries;
  const { address: account } = person;
  const { queryId } = course;
  switch (step) {
    case "submitAnswer": {
      const text = `answer of ${account} to ${queryId}`;
      const answer: AnswerOpening = {
        queryId,
        answerer: account,
        contentHash: id(text),
        uri: text,
        salt: scene.salt(),
      };
      course.answers.set(account, answer);
      return callBy(person, setup.escrow, step, queryId, sealAnswer({ ...model.setup, ...answer, account }));
    }
    case "openAnswer": {
      const { contentHash, uri, salt } = course.answers.get(account) ?? { contentHash: id(""), uri: "", salt: id("") };
      const told = scene.errs(person) ? id("another salt") : salt;
      return callBy(person, setup.escrow, step, queryId, account, contentHash, uri, told);
    }
    case "submitVote": {
      const vote = voteOf(scene, zone, course, account);
      course.votes.set(account, vote);
      return callBy(person, setup.escrow, step, queryId, sealVote({ ...model.setup, ...vote, account }));
    }
    default: {
      const sealed = course.votes.get(account) ?? voteOf(scene, zone, course, account);
      const { goodAnswers, salt } = sealed;
      const opened = Number(model.query(queryId).openedAnswers);
      const ranking = scene.errs(person) ? misranked(scene.random, opened) : [...sealed.ranking];
      return callBy(person, setup.escrow, "openVote", queryId, account, ranking, goodAnswers, salt);
    }
  }
}

function voteOf(scene: Scene, zone: Zone, course: Course, judge: string): VoteOpening {
  const { model } = zone.queries;
  const { queryId, cast } = course;
  const opened = Number(model.query(queryId).openedAnswers);
  const judges = model.judges(queryId);
  if (course.order.length !== opened) course.order = shuffled(scene.random, opened);
  const place = Math.max(judges.map((each) => each.judge).indexOf(judge), 0);
  const isHighest = judges[place]?.rank === max(...judges.map(({ rank }) => rank));
  const ranking = rankingOf(scene.random, cast.taste, course.order, place, isHighest);
  return { queryId, judge, ranking, goodAnswers: praisedBy(scene.random, cast.praise, ranking), salt: scene.salt() };
}

/** Mostly what settles it. */
function strengthsOf(scene: Scene, zone: Zone, queryId: bigint): bigint[] {
  const right = rightStrengths(zone, queryId);
  return scene.oneIn(4n) ? [...right, 1n] : right;
}
