import type { QueryEscrow__factory, RankRegistry__factory } from "../../../typechain-types/index.ts";
import { counted, countText } from "../format/numbers.ts";
import { spanText } from "../format/times.ts";
import type { OPENZEPPELIN } from "./openzeppelin.ts";
import { moment, named } from "./phrases.ts";
import type { SHARED } from "./shared.ts";
import type { Words } from "./table.ts";

type Errors = Words<(typeof QueryEscrow__factory)["abi"]> & Words<(typeof RankRegistry__factory)["abi"]>;

/** The phases of a query as `Phase` counts them: what it is in, and what somebody wanted. */
const PHASES = [
  "answers are taken",
  "answers are opened",
  "votes are taken",
  "votes are opened",
  "it can be settled",
  "it is settled",
] as const;

/** What queries and the registry of ranks refuse. */
export const QUERY: Omit<Errors, keyof typeof OPENZEPPELIN | keyof typeof SHARED> = {
  RegistryNotContract: ({ registry }) => `There is no registry of ranks at ${named(registry)}.`,
  DecimalsTooMany: ({ decimals, max }) =>
    `The token has ${counted(decimals, "decimal")}; queries work with ${countText(max)} at most.`,
  WindowOutOfRange: ({ window, min, max }) =>
    `The window for ${window === "" ? "this" : window} must be ${spanText(min)} to ${spanText(max)}.`,
  RankOutOfRange: ({ max }) => `Ranks are 0 to ${countText(max)}.`,
  AnswersOutOfRange: ({ min, max }) => `A query wants ${countText(min)} to ${countText(max)} answers.`,
  QueryUnknown: ({ queryId }) => `There is no query ${countText(queryId)}.`,
  WrongPhase: ({ phase, needed }) =>
    `Not now: this can be done while ${PHASES[Number(needed)] ?? "it is its time"}; now ` +
    `${PHASES[Number(phase)] ?? "it is not"}.`,
  RankTooLow: ({ rank, minRank }) => `The query asks for rank ${countText(minRank)}; yours is ${countText(rank)}.`,
  AlreadyInQuery: () => "You are in this query already: nobody is two of asker, answerer and judge.",
  AnswerersFull: ({ max }) => `All ${countText(max)} places for answers are taken.`,
  JudgesFull: ({ max }) => `All ${countText(max)} places for judges are taken.`,
  NotAnswerer: () => "This account has not joined the query as an answerer.",
  NotJudge: () => "This account has not joined the query as a judge.",
  SealZero: () => "The seal is empty: seal it again with another salt.",
  AlreadySubmitted: () => "It is submitted already, and stays.",
  NotSubmitted: () => "Nothing was submitted that could be opened.",
  AlreadyOpened: () => "It is open already.",
  SealMismatch: () => "This content and salt are not what was sealed.",
  NotPermutation: ({ answers }) =>
    `A ranking names each of the ${counted(answers, "opened answer")} once, the best first.`,
  GoodAnswersUnknown: ({ answers }) => `Only the ${counted(answers, "opened answer")} can be called good.`,
  NotSettleable: ({ settleableAt }) => `The query can be settled from ${moment(settleableAt)}.`,
  AlreadySettled: () => "The query is settled already.",
  StrengthsLengthMismatch: ({ given, needed }) =>
    `Settling needs ${counted(needed, "strength")} of answers, and got ${countText(given)}.`,
  StrengthOutOfRange: ({ index }) => `The strength of answer ${countText(index + 1n)} is out of range.`,
  StrengthsRejected: ({ index }) =>
    `The votes do not bear out the strength of answer ${countText(index + 1n)}: compute the strengths again.`,
  LengthMismatch: ({ accounts, ranks }) =>
    `There must be a rank for each account: ${counted(accounts, "account")}, ${counted(ranks, "rank")}.`,
};
