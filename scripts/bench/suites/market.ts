import type { RowSpec, Suite } from "../suite.ts";
import { measureMarketEntries } from "./market-entries.ts";
import { growEvents, growPositions } from "./market-growth.ts";

const CLAIM_REFERENCE = [78_300n, 95_400n] as const;
const LATER_COMMIT = { reference: 247_200n, goal: 115_000n, floor: 105_000n };

// Targets: "Speed" of the belief market's specification.
const rows = [
  {
    task: "createMarket, no commitment",
    entryPoints: ["BeliefFactory.createMarket"],
    target: { reference: 256_400n, goal: 120_000n },
  },
  {
    task: "createMarket with commitment",
    entryPoints: ["BeliefFactory.createMarket", "BeliefMarket.commitAuthor"],
    target: { reference: 490_300n, goal: 230_000n },
  },
  {
    task: "createMarket with commitment, exact allowance",
    entryPoints: ["BeliefFactory.createMarket", "BeliefMarket.commitAuthor"],
    target: { reference: 490_300n, goal: 230_000n },
  },
  { task: "createMarketWithParams, no commitment", entryPoints: ["BeliefFactory.createMarketWithParams"] },
  { task: "createMarketWithParams with commitment", entryPoints: ["BeliefFactory.createMarketWithParams"] },
  { task: "commit, first stake of an empty market", entryPoints: ["BeliefMarket.commit"] },
  {
    task: "commit, first opposing stake",
    entryPoints: ["BeliefMarket.commit"],
    target: { reference: 315_900n, goal: 130_000n },
  },
  { task: "commit, third stake (Support)", entryPoints: ["BeliefMarket.commit"], target: LATER_COMMIT },
  { task: "commit, fourth stake (Oppose)", entryPoints: ["BeliefMarket.commit"], target: LATER_COMMIT },
  {
    task: "commit, fifth stake (Support), exact allowance",
    entryPoints: ["BeliefMarket.commit"],
    target: LATER_COMMIT,
  },
  { task: "commitWithPermit, later user", entryPoints: ["BeliefMarket.commitWithPermit"] },
  { task: "commitWithPermit, permit sent ahead by another", entryPoints: ["BeliefMarket.commitWithPermit"] },
  { task: "distribute, author's premium", entryPoints: ["BeliefMarket.distribute"] },
  { task: "releaseExcess", entryPoints: ["BeliefMarket.releaseExcess"] },
  {
    task: "exitEarly, penalty shared",
    entryPoints: ["BeliefMarket.exitEarly"],
    target: { reference: 89_600n, goal: 70_000n },
  },
  {
    task: "claimRewards, first of a user",
    entryPoints: ["BeliefMarket.claimRewards"],
    target: { reference: CLAIM_REFERENCE, goal: 65_000n },
  },
  {
    task: "claimRewards, first of the author",
    entryPoints: ["BeliefMarket.claimRewards"],
    target: { reference: CLAIM_REFERENCE, goal: 65_000n },
  },
  {
    task: "claimRewards, again",
    entryPoints: ["BeliefMarket.claimRewards"],
    target: { reference: CLAIM_REFERENCE, goal: 65_000n },
  },
  { task: "claimRewards, nothing due", entryPoints: ["BeliefMarket.claimRewards"] },
  {
    task: "withdraw with reward",
    entryPoints: ["BeliefMarket.withdraw"],
    target: { reference: 87_400n, goal: 60_000n },
  },
  {
    task: "withdraw with reward, the author",
    entryPoints: ["BeliefMarket.withdraw"],
    target: { reference: 87_400n, goal: 60_000n },
  },
  { task: "withdraw, last of the market", entryPoints: ["BeliefMarket.withdraw"] },
  { task: "setDefaultParams", entryPoints: ["BeliefFactory.setDefaultParams"] },
  { task: "pauseCreation", entryPoints: ["BeliefFactory.pauseCreation"] },
  { task: "unpauseCreation", entryPoints: ["BeliefFactory.unpauseCreation"] },
] as const satisfies readonly RowSpec[];

/** A task of this suite; the measurement has to come with every one of them. */
export type MarketTask = (typeof rows)[number]["task"];

// A position's id is a calldata argument: each byte that is not zero costs 12 gas more than one that is.
const GROWTH = { levels: [10, 100, 1_000, 10_000], checkLevels: [10, 1_000], toleranceGas: 50n };

/** The belief market: its factory and its markets, with the rules and the asset of a local deployment. */
export const marketSuite: Suite = {
  name: "market",
  contracts: ["BeliefFactory", "BeliefMarket"],
  rows,
  exempt: {
    "BeliefFactory.setAuthority": "inherited from OpenZeppelin; only the AccessManager calls it, when it is replaced",
  },
  measure: measureMarketEntries,
  growth: [
    { ...GROWTH, dimension: "open positions, each opened with a fee event", measure: growPositions },
    { ...GROWTH, dimension: "fee events, 5 positions open", measure: growEvents },
  ],
};
