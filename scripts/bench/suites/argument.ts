import type { RowSpec, Suite } from "../suite.ts";
import { measureCapacities } from "./argument-capacity.ts";
import { measureArgumentEntries } from "./argument-entries.ts";
import { growQueue } from "./argument-growth.ts";

const WRITE = { goal: 260_000n };
const UPVOTE = { goal: 190_000n };
const EXPIRE = { goal: 45_000n };

const CREATE = ["ArgumentStaking.createArgument"] as const;
const RAISE = ["ArgumentStaking.upvote"] as const;
const DELETE = ["ArgumentStaking.deleteArgument"] as const;
const MARK = ["ArgumentStaking.markUnhelpful"] as const;
const PROCESS = ["ArgumentStaking.processExpired"] as const;

// Targets: "Speed" of the specification of argument staking.
const rows = [
  { task: "createArgument, newcomer", entryPoints: CREATE, target: WRITE },
  { task: "createArgument, newcomer, opens a slot of the claim's list", entryPoints: CREATE, target: WRITE },
  { task: "createArgument, newcomer, first of a claim", entryPoints: CREATE, target: WRITE },
  { task: "createArgument, returning", entryPoints: CREATE, target: WRITE },
  { task: "createArgument, returning, a body of 1,250 bytes", entryPoints: CREATE },
  { task: "upvote, newcomer", entryPoints: RAISE, target: UPVOTE },
  { task: "upvote, newcomer, first of an argument", entryPoints: RAISE, target: UPVOTE },
  { task: "upvote, newcomer, second of an argument", entryPoints: RAISE, target: UPVOTE },
  { task: "upvote, newcomer, ends a jail", entryPoints: RAISE, target: UPVOTE },
  { task: "upvote, returning, 1 stake runs", entryPoints: RAISE, target: UPVOTE },
  { task: "upvote, returning, 10 stakes run", entryPoints: RAISE, target: UPVOTE },
  { task: "upvote, returning, 63 stakes run", entryPoints: RAISE, target: UPVOTE },
  { task: "upvote, returning, 100 stakes run", entryPoints: RAISE, target: UPVOTE },
  { task: "upvote, returning, 50 of 100 stakes have ended meanwhile", entryPoints: RAISE, target: UPVOTE },
  { task: "upvote, returning, all of 100 stakes have ended meanwhile", entryPoints: RAISE, target: UPVOTE },
  { task: "deleteArgument, nothing credited before", entryPoints: DELETE },
  { task: "deleteArgument, credited before", entryPoints: DELETE },
  { task: "deleteArgument, 63 stakes made since", entryPoints: DELETE },
  { task: "markUnhelpful, by role, first of an argument", entryPoints: MARK },
  { task: "markUnhelpful, by stake, first of an argument", entryPoints: MARK },
  { task: "markUnhelpful, the fifth decides", entryPoints: MARK },
  { task: "markUnhelpful, a slasher decides", entryPoints: MARK },
  { task: "markUnhelpful, a slasher decides, 100 stakes have expired", entryPoints: MARK },
  { task: "processExpired, nothing due", entryPoints: PROCESS },
  { task: "processExpired, 1 own stake, nothing credited before", entryPoints: PROCESS },
  { task: "processExpired, each of 10 own stakes, nothing credited before", entryPoints: PROCESS },
  { task: "processExpired, each of 100 own stakes, nothing credited before", entryPoints: PROCESS, target: EXPIRE },
  { task: "processExpired, 1 own stake, credited before", entryPoints: PROCESS },
  { task: "processExpired, each of 10 own stakes, credited before", entryPoints: PROCESS },
  { task: "processExpired, each of 100 own stakes, credited before", entryPoints: PROCESS, target: EXPIRE },
  { task: "processExpired, 1 upvote, nothing credited before", entryPoints: PROCESS },
  { task: "processExpired, each of 10 upvotes, nothing credited before", entryPoints: PROCESS },
  { task: "processExpired, each of 100 upvotes, nothing credited before", entryPoints: PROCESS, target: EXPIRE },
  { task: "processExpired, 1 upvote, credited before", entryPoints: PROCESS },
  { task: "processExpired, each of 10 upvotes, credited before", entryPoints: PROCESS },
  { task: "processExpired, each of 100 upvotes, credited before", entryPoints: PROCESS, target: EXPIRE },
  { task: "processExpired, each of 100 upvotes, for 16 periods", entryPoints: PROCESS, target: EXPIRE },
  { task: "processExpired, each of 100 upvotes, of 100 arguments", entryPoints: PROCESS, target: EXPIRE },
  {
    task: "processExpired, each of 100 upvotes, of 100 arguments whose creators have withdrawn",
    entryPoints: PROCESS,
    target: EXPIRE,
  },
  { task: "withdraw, first of a user", entryPoints: ["ArgumentStaking.withdraw"] },
  { task: "withdraw, again", entryPoints: ["ArgumentStaking.withdraw"] },
  { task: "fundRewards, first", entryPoints: ["ArgumentStaking.fundRewards"] },
  { task: "fundRewards, again", entryPoints: ["ArgumentStaking.fundRewards"] },
  { task: "setParams, same period", entryPoints: ["ArgumentStaking.setParams"] },
  { task: "setParams, another period", entryPoints: ["ArgumentStaking.setParams"] },
  { task: "createArgument, newcomer, no recorder", entryPoints: CREATE, target: WRITE },
  { task: "createArgument, newcomer who has staked in the council", entryPoints: CREATE, target: WRITE },
  { task: "setRecorder", entryPoints: ["ArgumentStaking.setRecorder"] },
  { task: "pauseEntries", entryPoints: ["ArgumentStaking.pauseEntries"] },
  { task: "unpauseEntries", entryPoints: ["ArgumentStaking.unpauseEntries"] },
] as const satisfies readonly RowSpec[];

/** A task of this suite; the measurement has to come with every one of them. */
export type ArgumentTask = (typeof rows)[number]["task"];

/** Argument staking, with the rules and the token of a local deployment. */
export const argumentSuite: Suite = {
  name: "argument",
  contracts: ["ArgumentStaking"],
  rows,
  exempt: {
    "ArgumentStaking.setAuthority": "inherited from OpenZeppelin; only the AccessManager calls it, when it is replaced",
  },
  measure: measureArgumentEntries,
  growth: [
    {
      dimension: "running stakes of others",
      levels: [10, 100, 1_000],
      checkLevels: [10, 1_000],
      // Ids are calldata arguments: each byte that is not zero costs 12 gas more than one that is.
      toleranceGas: 50n,
      measure: growQueue,
    },
  ],
  capacity: { unit: "stakes", measure: measureCapacities },
};
