import type { RowSpec, Suite } from "../suite.ts";
import { measureCapacities } from "./stake-capacity.ts";
import { measureStakeEntries } from "./stake-entries.ts";
import { growEpoch } from "./stake-growth.ts";

const BUY = { goal: 190_000n };
const SELL = { goal: 95_000n };
const COMMIT = { goal: 95_000n };
const REVEAL = { goal: 75_000n };
const BATCH = { goal: 16_000_000n };

// Targets: "Speed" of the stake system's specification.
const rows = [
  { task: "deposit, first of a user", entryPoints: ["StakeVault.deposit"] },
  { task: "deposit, again", entryPoints: ["StakeVault.deposit"] },
  { task: "depositWithPermit, first of a user", entryPoints: ["StakeVault.depositWithPermit"] },
  { task: "depositWithPermit, permit sent ahead by another", entryPoints: ["StakeVault.depositWithPermit"] },
  { task: "withdraw, part", entryPoints: ["StakeVault.withdraw"] },
  { task: "withdraw, everything", entryPoints: ["StakeVault.withdraw"] },
  { task: "createPool", entryPoints: ["ConvictionMarket.createPool"] },
  { task: "buy, first of a pool", entryPoints: ["ConvictionMarket.buy"], target: BUY },
  { task: "buy, new position", entryPoints: ["ConvictionMarket.buy"], target: BUY },
  { task: "buy, new position with skim, first of a user", entryPoints: ["ConvictionMarket.buy"], target: BUY },
  { task: "buy, the other side too", entryPoints: ["ConvictionMarket.buy"], target: BUY },
  { task: "buy, again", entryPoints: ["ConvictionMarket.buy"] },
  { task: "buy, again with skim", entryPoints: ["ConvictionMarket.buy"] },
  {
    task: "buyWithPermit, new position with skim, first of a user",
    entryPoints: ["ConvictionMarket.buyWithPermit"],
  },
  { task: "buyWithPermit, permit sent ahead by another", entryPoints: ["ConvictionMarket.buyWithPermit"] },
  { task: "sell, part", entryPoints: ["ConvictionMarket.sell"], target: SELL },
  { task: "sell, all", entryPoints: ["ConvictionMarket.sell"], target: SELL },
  { task: "sell, all with a voice at risk", entryPoints: ["ConvictionMarket.sell"], target: SELL },
  { task: "sell, last of a pool", entryPoints: ["ConvictionMarket.sell"], target: SELL },
  { task: "commitBelief, first of an epoch", entryPoints: ["TruthSerum.commitBelief"], target: COMMIT },
  { task: "commitBelief, new participant", entryPoints: ["TruthSerum.commitBelief"], target: COMMIT },
  { task: "commitBeliefIn, new participant", entryPoints: ["TruthSerum.commitBeliefIn"], target: COMMIT },
  { task: "commitBelief, returning, no voice at risk", entryPoints: ["TruthSerum.commitBelief"], target: COMMIT },
  {
    task: "commitBelief, returning, last epoch's voice at risk",
    entryPoints: ["TruthSerum.commitBelief"],
    target: COMMIT,
  },
  { task: "commitBelief, returning, older voice at risk", entryPoints: ["TruthSerum.commitBelief"], target: COMMIT },
  {
    task: "commitBelief, returning, older voice at risk, larger lock",
    entryPoints: ["TruthSerum.commitBelief"],
    target: COMMIT,
  },
  { task: "commitBelief, replaced, same lock", entryPoints: ["TruthSerum.commitBelief"], target: COMMIT },
  { task: "commitBelief, replaced, larger lock", entryPoints: ["TruthSerum.commitBelief"], target: COMMIT },
  { task: "commitBelief, replaced, smaller lock", entryPoints: ["TruthSerum.commitBelief"], target: COMMIT },
  { task: "revealBelief, first of an epoch", entryPoints: ["TruthSerum.revealBelief"], target: REVEAL },
  { task: "revealBelief", entryPoints: ["TruthSerum.revealBelief"], target: REVEAL },
  {
    task: "settle + distribute, each of 100",
    entryPoints: ["TruthSerum.settle", "TruthSerum.distribute"],
    target: { goal: 45_000n, reach: 30_000n },
  },
  { task: "settle, each of 100", entryPoints: ["TruthSerum.settle"] },
  { task: "distribute, each of 100", entryPoints: ["TruthSerum.distribute"] },
  { task: "distribute, each of 100, next epoch at risk too", entryPoints: ["TruthSerum.distribute"] },
  { task: "distribute, each of 100, two more epochs at risk", entryPoints: ["TruthSerum.distribute"] },
  { task: "distribute, each of 100, locks lowered meanwhile", entryPoints: ["TruthSerum.distribute"] },
  { task: "settle, 100 at once", entryPoints: ["TruthSerum.settle"], target: BATCH },
  { task: "settle, 100 at once, 2 of them opened", entryPoints: ["TruthSerum.settle"], target: BATCH },
  { task: "distribute, 100 at once", entryPoints: ["TruthSerum.distribute"], target: BATCH },
  { task: "distribute, 100 at once, a void epoch", entryPoints: ["TruthSerum.distribute"], target: BATCH },
  { task: "settle, nothing opened", entryPoints: ["TruthSerum.settle"] },
  { task: "settle, settled already", entryPoints: ["TruthSerum.settle"] },
  { task: "distribute, distributed already", entryPoints: ["TruthSerum.distribute"] },
  { task: "claim, a winner", entryPoints: ["TruthSerum.claim"] },
  { task: "claim, a loser", entryPoints: ["TruthSerum.claim"] },
  { task: "claim, last of an epoch", entryPoints: ["TruthSerum.claim"] },
  { task: "pauseEntries", entryPoints: ["ConvictionMarket.pauseEntries"] },
  { task: "unpauseEntries", entryPoints: ["ConvictionMarket.unpauseEntries"] },
  { task: "pauseCommits", entryPoints: ["TruthSerum.pauseCommits"] },
  { task: "unpauseCommits", entryPoints: ["TruthSerum.unpauseCommits"] },
] as const satisfies readonly RowSpec[];

/** A task of this suite; the measurement has to come with every one of them. */
export type StakeTask = (typeof rows)[number]["task"];

const BY_MANAGER = "inherited from OpenZeppelin; only the AccessManager calls it, when it is replaced";
const IN_TRADES = "only the venue calls it: part of buy and sell";
const IN_EPOCHS = "only the serum calls it: part of commitBelief, settle, distribute and claim";

/** The stake system: vault, venue and serum, with the epochs and the asset of a local deployment. */
export const stakeSuite: Suite = {
  name: "stake",
  contracts: ["StakeVault", "ConvictionMarket", "TruthSerum"],
  rows,
  exempt: {
    "StakeVault.setAuthority": BY_MANAGER,
    "ConvictionMarket.setAuthority": BY_MANAGER,
    "TruthSerum.setAuthority": BY_MANAGER,
    "StakeVault.bind": "happens once, in the deployment",
    "StakeVault.setLock": IN_TRADES,
    "StakeVault.setAtRisk": IN_EPOCHS,
    "StakeVault.debit": IN_EPOCHS,
    "StakeVault.credit": IN_EPOCHS,
  },
  measure: measureStakeEntries,
  growth: [
    {
      dimension: "participants of an epoch",
      levels: [10, 100, 1_000],
      checkLevels: [10, 1_000],
      // A user's address is a calldata argument: each byte that is not zero costs 12 gas more than one that is.
      toleranceGas: 50n,
      measure: growEpoch,
    },
  ],
  capacity: { unit: "participants", measure: measureCapacities },
};
