import type { RowSpec, Suite } from "../suite.ts";
import { measureCapacities } from "./query-capacity.ts";
import { measureQueryEntries } from "./query-entries.ts";
import { growQueries } from "./query-growth.ts";

const ASK = { goal: 200_000n };
const JOIN = { goal: 110_000n };
const SUBMIT = { goal: 60_000n };
const OPEN = { goal: 90_000n };
const SETTLE_7_BY_5 = { goal: 550_000n };
const SETTLE_23_BY_9 = { goal: 2_800_000n };
const SETTLE_32_BY_32 = { goal: 11_000_000n };

const QUESTION = ["QueryEscrow.ask"] as const;
const PERMITTED = ["QueryEscrow.askWithPermit"] as const;
const ANSWERER = ["QueryEscrow.joinAnswer"] as const;
const ANSWER = ["QueryEscrow.submitAnswer"] as const;
const OPENING = ["QueryEscrow.openAnswer"] as const;
const JUDGE = ["QueryEscrow.joinJudge"] as const;
const VOTE = ["QueryEscrow.submitVote"] as const;
const REVEAL = ["QueryEscrow.openVote"] as const;
const SETTLE = ["QueryEscrow.settle"] as const;

// Targets: "Speed" of the specification of the query escrow.
const rows = [
  { task: "setRanks, each of 32 without a rank", entryPoints: ["RankRegistry.setRanks"] },
  { task: "setRanks, each of 32 with another rank", entryPoints: ["RankRegistry.setRanks"] },
  { task: "ask, first of all", entryPoints: QUESTION, target: ASK },
  { task: "ask", entryPoints: QUESTION, target: ASK },
  { task: "ask, windows of its own", entryPoints: QUESTION, target: ASK },
  { task: "askWithPermit", entryPoints: PERMITTED },
  { task: "askWithPermit, permit sent ahead by another", entryPoints: PERMITTED },
  { task: "joinAnswer, first of a query", entryPoints: ANSWERER, target: JOIN },
  { task: "joinAnswer, 32nd of a query", entryPoints: ANSWERER, target: JOIN },
  { task: "joinAnswer, of the highest rank, larger finite allowance", entryPoints: ANSWERER, target: JOIN },
  { task: "submitAnswer", entryPoints: ANSWER, target: SUBMIT },
  { task: "submitAnswer, the last ends the window", entryPoints: ANSWER, target: SUBMIT },
  { task: "openAnswer, first of a query", entryPoints: OPENING, target: OPEN },
  { task: "openAnswer, 7th", entryPoints: OPENING, target: OPEN },
  { task: "openAnswer, 7th, no recorder", entryPoints: OPENING, target: OPEN },
  { task: "openAnswer, 7th, by somebody who has staked in the council", entryPoints: OPENING, target: OPEN },
  { task: "openAnswer, 23rd", entryPoints: OPENING, target: OPEN },
  { task: "openAnswer, 32nd", entryPoints: OPENING, target: OPEN },
  { task: "joinJudge, first of a query", entryPoints: JUDGE, target: JOIN },
  { task: "joinJudge, 32nd of a query", entryPoints: JUDGE, target: JOIN },
  { task: "joinJudge, of the highest rank, larger finite allowance", entryPoints: JUDGE, target: JOIN },
  { task: "submitVote", entryPoints: VOTE, target: SUBMIT },
  { task: "openVote, on 7 answers", entryPoints: REVEAL, target: OPEN },
  { task: "openVote, on 7 answers, no recorder", entryPoints: REVEAL, target: OPEN },
  { task: "openVote, on 7 answers, by somebody who has staked in the council", entryPoints: REVEAL, target: OPEN },
  { task: "openVote, on 23 answers", entryPoints: REVEAL, target: OPEN },
  { task: "openVote, on 32 answers", entryPoints: REVEAL, target: OPEN },
  { task: "settle, no answer opened", entryPoints: SETTLE },
  { task: "settle, 1 answer of 7 opened", entryPoints: SETTLE },
  { task: "settle, 7 answers, no vote of 5 opened", entryPoints: SETTLE },
  { task: "settle, 32 answers, no judge", entryPoints: SETTLE },
  { task: "settle, 7 answers and 5 judges", entryPoints: SETTLE, target: SETTLE_7_BY_5 },
  { task: "settle, 7 answers and 5 judges, credited before", entryPoints: SETTLE, target: SETTLE_7_BY_5 },
  { task: "settle, 7 answers and 5 judges, unanimous", entryPoints: SETTLE, target: SETTLE_7_BY_5 },
  { task: "settle, 7 answers and 5 judges, all bad", entryPoints: SETTLE, target: SETTLE_7_BY_5 },
  { task: "settle, 7 answers of 32 opened and 5 votes of 32, unanimous", entryPoints: SETTLE },
  { task: "settle, 23 skaters and 9 judges", entryPoints: SETTLE, target: SETTLE_23_BY_9 },
  { task: "settle, 23 skaters and 9 judges, credited before", entryPoints: SETTLE, target: SETTLE_23_BY_9 },
  { task: "settle, 32 answers and 32 judges", entryPoints: SETTLE, target: SETTLE_32_BY_32 },
  { task: "settle, 32 answers and 32 judges, credited before", entryPoints: SETTLE, target: SETTLE_32_BY_32 },
  { task: "settle, 32 answers and 32 judges of 32 ranks", entryPoints: SETTLE, target: SETTLE_32_BY_32 },
  { task: "settle, 32 answers and 32 judges, unanimous", entryPoints: SETTLE, target: SETTLE_32_BY_32 },
  {
    task: "settle, 32 answers and 32 judges, unanimous, credited before",
    entryPoints: SETTLE,
    target: SETTLE_32_BY_32,
  },
  { task: "settle, 32 answers and 32 judges, all bad", entryPoints: SETTLE, target: SETTLE_32_BY_32 },
  { task: "withdraw", entryPoints: ["QueryEscrow.withdraw"] },
  { task: "setRecorder", entryPoints: ["QueryEscrow.setRecorder"] },
  { task: "pauseEntries", entryPoints: ["QueryEscrow.pauseEntries"] },
  { task: "unpauseEntries", entryPoints: ["QueryEscrow.unpauseEntries"] },
] as const satisfies readonly RowSpec[];

/** A task of this suite; the measurement has to come with every one of them. */
export type QueryTask = (typeof rows)[number]["task"];

const REPLACED = "inherited from OpenZeppelin; only the AccessManager calls it, when it is replaced";

/** The query escrow and its ranks, with the windows and the asset of a local deployment. */
export const querySuite: Suite = {
  name: "query",
  contracts: ["QueryEscrow", "RankRegistry"],
  rows,
  exempt: { "QueryEscrow.setAuthority": REPLACED, "RankRegistry.setAuthority": REPLACED },
  measure: measureQueryEntries,
  growth: [
    {
      dimension: "queries settled before",
      levels: [10, 100, 1_000],
      checkLevels: [10, 1_000],
      // Ids are calldata arguments: each byte that is not zero costs 12 gas more than one that is.
      toleranceGas: 50n,
      measure: growQueries,
    },
  ],
  capacity: { unit: "accounts", measure: measureCapacities },
};
