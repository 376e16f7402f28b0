import { validateRanking } from "../../../../sdk/query/ranking.ts";
import { indicesBelow } from "../../../../sdk/query/sets.ts";

/** A vote that is not sealed yet. */
export interface VoteDraft {
  /** Indices of all answers, the best first. */
  readonly ranking: readonly number[];
  /** How many of the first are good, where it is chosen. */
  readonly good?: number | undefined;
}

/** A draft as the browser keeps it. */
export function textOfDraft({ ranking, good }: VoteDraft): string {
  return JSON.stringify({ ranking, good });
}

/**
 * The draft that the browser has kept; the answers in their order where it has none, or one that fits no such query.
 *
 * @param answers How many there are to be ranked.
 */
export function draftOf(text: string, answers: bigint): VoteDraft {
  try {
    const { ranking, good } = JSON.parse(text);
    validateRanking(ranking, answers);
    return { ranking, good: indicesBelow(answers + 1n).includes(good) ? good : undefined };
  } catch {
    return { ranking: indicesBelow(answers) };
  }
}
