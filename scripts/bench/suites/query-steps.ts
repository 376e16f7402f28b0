import { answerSealOf, SALT, type Vote, voteSealOf } from "./query-crowd.ts";
import { CONTENT_HASH, type QueryStage, URI } from "./query-stage.ts";
import type { Cast } from "./stage.ts";

/** A step of one of the cast in a query, at some second. */
interface Act {
  readonly who: keyof Cast;
  readonly queryId: bigint;
  /** In unix seconds. */
  readonly at: bigint;
}

/** Gas of joining. */
export function join(stage: QueryStage, how: "joinAnswer" | "joinJudge", { who, queryId, at }: Act): Promise<bigint> {
  return stage.send(at, () => stage.queryEscrow.connect(stage.cast[who])[how](queryId));
}

/** Gas of submitting an answer. */
export function submitAnswer(stage: QueryStage, { who, queryId, at }: Act): Promise<bigint> {
  const person = stage.cast[who];
  const seal = answerSealOf(stage, queryId, person.address);
  return stage.send(at, () => stage.queryEscrow.connect(person).submitAnswer(queryId, seal));
}

/** Gas of opening one's answer. */
export function openAnswer({ cast, queryEscrow, send }: QueryStage, { who, queryId, at }: Act): Promise<bigint> {
  const person = cast[who];
  return send(at, () => queryEscrow.connect(person).openAnswer(queryId, person, CONTENT_HASH, URI, SALT));
}

/** Gas of submitting a vote. */
export function submitVote(stage: QueryStage, { who, queryId, at }: Act, vote: Vote): Promise<bigint> {
  const person = stage.cast[who];
  const seal = voteSealOf(stage, queryId, person.address, vote);
  return stage.send(at, () => stage.queryEscrow.connect(person).submitVote(queryId, seal));
}

/** Gas of opening one's vote. */
export function openVote(
  { cast, queryEscrow, send }: QueryStage,
  { who, queryId, at }: Act,
  { ranking, goodAnswers }: Vote,
): Promise<bigint> {
  const person = cast[who];
  return send(at, () => queryEscrow.connect(person).openVote(queryId, person, [...ranking], goodAnswers, SALT));
}

/** Gas of taking all that is credited. */
export function withdraw({ cast, queryEscrow, send }: QueryStage, who: keyof Cast, at: bigint): Promise<bigint> {
  return send(at, () => queryEscrow.connect(cast[who]).withdraw());
}
