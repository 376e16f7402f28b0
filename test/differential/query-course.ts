import type { AnswerOpening, VoteOpening } from "../../sdk/query/model.ts";
import type { Answer, Judge } from "../../sdk/query/query.ts";
import { Phase } from "../../sdk/query/state.ts";
import type { Praise, Taste } from "./query-votes.ts";
import type { QueryWorld } from "./query-world.ts";

/** What becomes of a query, as far as people decide it. */
export interface Cast {
  /** How many try to join. */
  readonly answerers: bigint;
  readonly judges: bigint;
  /** Once in so many times somebody who joined or submitted does nothing more. */
  readonly sloth: bigint;
  /** Whether nobody seals or opens what is wrong. */
  readonly isCareful: boolean;
  readonly taste: Taste;
  readonly praise: Praise;
}

/** A step of somebody's part in a query. */
export type Step = "joinAnswer" | "submitAnswer" | "openAnswer" | "joinJudge" | "submitVote" | "openVote" | "settle";

/** A step, and who owes it or is to take it; anybody where that is nobody. */
export interface Due {
  readonly step: Step;
  readonly account?: string;
}

/** The course of a query: what people have in mind, and what they sealed. */
export class Course {
  readonly queryId: bigint;
  readonly cast: Cast;
  /** Attempts to join. */
  readonly tried = { joinAnswer: 0n, joinJudge: 0n };
  /** Who does nothing more. */
  readonly idle = new Set<string>();
  /** What was sealed, by account. */
  readonly answers = new Map<string, AnswerOpening>();
  readonly votes = new Map<string, VoteOpening>();
  /** The answers in the order that the judges' tastes are about; of an earlier moment where their number differs. */
  order: readonly number[] = [];

  constructor(queryId: bigint, cast: Cast) {
    this.queryId = queryId;
    this.cast = cast;
  }

  /** The steps that are due in the phase of the moment. */
  due({ model, now }: Pick<QueryWorld, "model" | "now">): Due[] {
    const { queryId, cast, tried } = this;
    switch (model.phase(queryId, now)) {
      case Phase.Answering: {
        const joins: Due[] = tried.joinAnswer < cast.answerers ? [{ step: "joinAnswer" }] : [];
        return [...joins, ...this.#owing("submitAnswer", model.answers(queryId), isJoined)];
      }
      case Phase.Opening:
        return this.#owing("openAnswer", model.answers(queryId), isUnopened);
      case Phase.Judging: {
        const joins: Due[] = tried.joinJudge < cast.judges ? [{ step: "joinJudge" }] : [];
        return [...joins, ...this.#owing("submitVote", model.judges(queryId), isJoined)];
      }
      case Phase.Revealing:
        return this.#owing("openVote", model.judges(queryId), isUnopened);
      case Phase.Settleable:
        return [{ step: "settle" }];
      default:
        return [];
    }
  }

  #owing<P extends Answer | Judge>(
    step: Step,
    participants: readonly P[],
    isOwing: (participant: P) => boolean,
  ): Due[] {
    const accounts = participants.filter(isOwing).map((each) => ("answerer" in each ? each.answerer : each.judge));
    return accounts.filter((account) => !this.idle.has(account)).map((account) => ({ step, account }));
  }
}

function isJoined({ isSealed }: Answer | Judge): boolean {
  return !isSealed;
}

function isUnopened({ isSealed, isOpened }: Answer | Judge): boolean {
  return isSealed && !isOpened;
}
