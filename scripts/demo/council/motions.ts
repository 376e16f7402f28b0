import { ProposalKind } from "../../../sdk/council/governance.ts";
import {
  CouncilChamber__factory,
  CouncilGovernor__factory,
  CouncilToken__factory,
} from "../../../typechain-types/index.ts";
import { DAY } from "../time.ts";
import { act } from "./amounts.ts";
import type { Name, Party } from "./cast.ts";

/** What people call the kinds of proposals, by their numbers. */
export const KIND_NAMES: readonly string[] = [
  "unspecified",
  "a parameter change",
  "treasury spending",
  "a protocol upgrade",
  "a feature activation",
];

/** What a week of rewards costs, who pays, and how many weeks the treasury pays for. */
export const WEEKLY = { amount: act(250_000), firstFromTreasury: 2n, fromTreasury: 50n } as const;

/** The inflation of the year, all of which becomes rewards. */
export const INFLATION = WEEKLY.amount * WEEKLY.fromTreasury;

/** What the archive gets. */
export const GRANT = act(1_500_000);

/** The stake that is needed to vote once "smaller-votes" is executed. */
const SMALLER_STAKE = act(500);

/** Addresses that proposals act on, and pay. */
export interface Targets {
  readonly token: string;
  readonly governor: string;
  readonly timelock: string;
  readonly chamber: string;
  readonly accountOf: (name: Party) => string;
}

/** A proposal: what it is about, and what it does if it passes. */
export interface Proposal {
  readonly kind: ProposalKind;
  readonly description: string;
  readonly actions: (targets: Targets) => readonly { readonly target: string; readonly data: string }[];
}

const token = CouncilToken__factory.createInterface();
const governor = CouncilGovernor__factory.createInterface();
const chamber = CouncilChamber__factory.createInterface();

/** Every vote of a session weighs the square root. */
const squareRoot = (to: Targets) => [{ target: to.chamber, data: chamber.encodeFunctionData("setSquareRoot", [true]) }];

/** What is proposed in the year. */
export const PROPOSALS = {
  inflation: {
    kind: ProposalKind.TreasurySpending,
    description: "Mint 12,500,000 ACT for rewards, to be paid out by the steward, 250,000 a week",
    actions: (to) => [
      { target: to.token, data: token.encodeFunctionData("mintInflation", [to.timelock, INFLATION]) },
      { target: to.token, data: token.encodeFunctionData("approve", [to.accountOf("steward"), INFLATION]) },
    ],
  },
  "smaller-votes": {
    kind: ProposalKind.ParameterChange,
    description: "Let who stakes 500 ACT vote",
    actions: (to) => [{ target: to.governor, data: governor.encodeFunctionData("setMinVotingStake", [SMALLER_STAKE]) }],
  },
  "new-timelock": {
    kind: ProposalKind.ProtocolUpgrade,
    description: "Act through another timelock",
    actions: (to) => [
      { target: to.governor, data: governor.encodeFunctionData("updateTimelock", [to.accountOf("archive")]) },
    ],
  },
  "square-root": {
    kind: ProposalKind.FeatureActivation,
    description: "Weigh votes in sessions by the square root of power",
    actions: squareRoot,
  },
  archive: {
    kind: ProposalKind.TreasurySpending,
    description: "Grant the archive 1,500,000 ACT",
    actions: (to) => [
      { target: to.token, data: token.encodeFunctionData("transfer", [to.accountOf("archive"), GRANT]) },
    ],
  },
  "square-root-again": {
    kind: ProposalKind.FeatureActivation,
    description: "Weigh votes in sessions by the square root of power, once more",
    actions: squareRoot,
  },
} as const satisfies Record<string, Proposal>;

/** Key of a proposal. */
export type ProposalKey = keyof typeof PROPOSALS;

/** All keys, in the order of proposing. */
export const PROPOSAL_KEYS = Object.keys(PROPOSALS) as readonly ProposalKey[];

/** A session of the chamber: its question, and what each agent would vote for; who is not named would not vote. */
export interface Session {
  readonly topic: string;
  readonly size: bigint;
  readonly options: readonly string[];
  readonly duration: bigint;
  readonly fee: bigint;
  /** By option. */
  readonly opinions: readonly (readonly Name[])[];
}

/** What is debated in the year. */
export const SESSIONS = {
  dissent: {
    topic: "Should the council publish dissenting opinions?",
    size: 5n,
    options: ["always", "on request", "never"],
    duration: 3n * DAY,
    fee: act(5_000),
    opinions: [["chen", "ines", "lena", "rosa"], ["emil", "gita", "kofi"], ["vera"]],
  },
  "archive-first": {
    topic: "What should the archive keep first?",
    size: 7n,
    options: ["debates", "votes"],
    duration: 3n * DAY,
    fee: act(3_000),
    opinions: [
      ["chen", "gita", "mira", "rosa"],
      ["emil", "ines", "jun", "kofi", "lena", "vera"],
    ],
  },
} as const satisfies Record<string, Session>;

/** Key of a session. */
export type SessionKey = keyof typeof SESSIONS;

/** What an agent would vote for in a session, as an index; -1 for nothing. */
export function opinionOf(key: SessionKey, agent: string): number {
  const opinions: readonly (readonly string[])[] = SESSIONS[key].opinions;
  return opinions.findIndex((names) => names.includes(agent));
}

/** All keys, in the order of opening: ids are 1 and on. */
export const SESSION_KEYS = Object.keys(SESSIONS) as readonly SessionKey[];
