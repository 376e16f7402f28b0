import type { QueryErrorName } from "../../sdk/query/errors.ts";
import { load } from "../fixtures/protocol.ts";
import { randomFrom } from "../fixtures/random.ts";
import { describeHistories } from "./describe.ts";
import { QueryHistory } from "./query-history.ts";
import { queryFixture } from "./query-world.ts";

const STEPS = 300;

/** What all seeds together must do more often than this: actions, events, and what only the figures tell. */
const OFTEN = {
  ask: 30,
  joinAnswer: 200,
  submitAnswer: 200,
  openAnswer: 120,
  joinJudge: 100,
  submitVote: 100,
  openVote: 80,
  withdraw: 100,
  AnsweringEnded: 0,
  Cancelled: 5,
  SingleAnswer: 1,
  NoVotes: 2,
  AllBad: 4,
  Normal: 5,
  "settled a crowd": 0,
  "nearly tied": 0,
  WrongPhase: 150,
  NotSettleable: 20,
  AlreadySettled: 15,
  SealMismatch: 5,
  StrengthOutOfRange: 2,
  StrengthsLengthMismatch: 4,
  StrengthsRejected: 3,
};

/** Every error of the model that a call can meet. */
const REFUSALS: readonly QueryErrorName[] = [
  "WindowOutOfRange",
  "LengthMismatch",
  "RankOutOfRange",
  "AnswersOutOfRange",
  "QueryUnknown",
  "WrongPhase",
  "RankTooLow",
  "AlreadyInQuery",
  "AnswerersFull",
  "JudgesFull",
  "NotAnswerer",
  "NotJudge",
  "SealZero",
  "AlreadySubmitted",
  "NotSubmitted",
  "AlreadyOpened",
  "SealMismatch",
  "NotPermutation",
  "GoodAnswersUnknown",
  "NotSettleable",
  "AlreadySettled",
  "StrengthsLengthMismatch",
  "StrengthOutOfRange",
  "StrengthsRejected",
  "CreditZero",
  "EnforcedPause",
  "ExpectedPause",
  "ERC20InsufficientBalance",
];

const isFine = (seed: number) => seed % 2 === 0;

describeHistories({
  subject: "query escrow",
  seeds: [1, 2, 3, 4, 5, 6, 7, 8],
  steps: STEPS,
  trait: (seed) => `on an asset of ${isFine(seed) ? 18 : 6} decimals`,
  begin: async (seed) => QueryHistory.begin(await load(queryFixture), isFine(seed), randomFrom(seed)),
  intervene: (history, step, seed) => {
    if (step === 2 && seed % 8 === 0) history.planFull();
    if (step === 2 && seed % 8 === 4) history.planBalance();
    if (step === STEPS - 80) history.close();
  },
  often: OFTEN,
  refusals: REFUSALS,
});
