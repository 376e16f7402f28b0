import { textProblem } from "../../../../sdk/query/content.ts";
import { MAX_PARTICIPANTS, MAX_RANK, MIN_ANSWERS } from "../../../../sdk/query/stakes.ts";
import { MAX_WINDOW, MIN_WINDOW, type Timing, WINDOWS } from "../../../../sdk/query/timing.ts";
import { spanText } from "../../format/times.ts";
import { secondsOf, type TypedSpan, typedSpan } from "./spans.ts";

/** A question as it is typed. */
export interface TypedQuestion {
  readonly text: string;
  readonly minRank: string;
  readonly minAnswers: string;
  readonly maxAnswers: string;
  readonly timing: Readonly<Record<keyof Timing, TypedSpan>>;
}

/** What a typed question asks the escrow for. */
export interface Question {
  readonly text: string;
  readonly minRank: bigint;
  readonly minAnswers: bigint;
  readonly maxAnswers: bigint;
  readonly timing: Timing;
}

/** Below this a window for opening is likely to be missed by somebody: seconds. */
export const SHORT_OPENING = 3_600n;

/** An empty question with the windows that the escrow has for queries that ask for no others. */
export function emptyQuestion(timing: Timing): TypedQuestion {
  const { answering, opening, judging, revealing } = timing;
  return {
    ...{ text: "", minRank: "0", minAnswers: String(MIN_ANSWERS), maxAnswers: String(MAX_PARTICIPANTS) },
    timing: {
      answering: typedSpan(answering),
      opening: typedSpan(opening),
      judging: typedSpan(judging),
      revealing: typedSpan(revealing),
    },
  };
}

/** What somebody typed as a question, or the first thing that is wrong with it. */
export function parseQuestion(typed: TypedQuestion): Question | { readonly problem: string } {
  const text = textProblem(typed.text, "question");
  if (text !== undefined) return { problem: text };
  const [minRank, minAnswers, maxAnswers] = [typed.minRank, typed.minAnswers, typed.maxAnswers].map(wholeNumber);
  if (minRank === undefined || minRank > MAX_RANK) return { problem: `A rank is 0 to ${MAX_RANK}.` };
  const problem = answersProblem(minAnswers, maxAnswers);
  if (problem !== undefined || minAnswers === undefined || maxAnswers === undefined) return { problem: problem ?? "" };
  const windows: Partial<Record<keyof Timing, bigint>> = {};
  for (const window of WINDOWS) {
    const seconds = secondsOf(typed.timing[window]);
    if (seconds === undefined || seconds < MIN_WINDOW || seconds > MAX_WINDOW) {
      return { problem: `${WINDOW_NAMES[window]} takes ${spanText(MIN_WINDOW)} to ${spanText(MAX_WINDOW)}.` };
    }
    windows[window] = seconds;
  }
  return { text: typed.text, minRank, minAnswers, maxAnswers, timing: windows as Timing };
}

function answersProblem(min: bigint | undefined, max: bigint | undefined): string | undefined {
  if (min === undefined || min < MIN_ANSWERS || min > MAX_PARTICIPANTS) {
    return `A query wants ${MIN_ANSWERS} to ${MAX_PARTICIPANTS} answers.`;
  }
  if (max === undefined || max > MAX_PARTICIPANTS) return `${MAX_PARTICIPANTS} may answer at the most.`;
  return max < min ? `You pay for ${min} answers: let at least as many people answer.` : undefined;
}

/** Windows as pages call them. */
export const WINDOW_NAMES: Readonly<Record<keyof Timing, string>> = {
  answering: "Answering",
  opening: "Opening the answers",
  judging: "Judging",
  revealing: "Opening the votes",
};

function wholeNumber(text: string): bigint | undefined {
  return /^\d{1,3}$/.test(text.trim()) ? BigInt(text.trim()) : undefined;
}
