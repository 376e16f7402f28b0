import { getAddress } from "ethers";
import { deployLocal } from "../../../ignition/deploy.ts";
import { Side } from "../../../sdk/market/side.ts";
import { type Call, DemoChain } from "../chain.ts";
import { type Answer, peopleIn } from "../csv.ts";
import type { Progress } from "../progress.ts";
import { fundingCalls, readPurses } from "../purses.ts";
import { type Audit, audit } from "./accounts.ts";
import { type Epoch, readEpochs, readStakeFlows, type Voice } from "./events.ts";
import { type KeeperWork, letKeeperSettle, readKeeperWork } from "./keeper.ts";
import { type Plan, type PlannedClaim, planStakes } from "./plan.ts";
import { commitCalls, creationCalls, depositCalls, purchaseCalls, revealCalls, type Stage, setStage } from "./stage.ts";

/** How somebody fared in an epoch. */
export interface VoiceOutcome {
  /** The voice as the events tell it. */
  readonly voice: Voice;
  /** Whether their answer is that of the truth, which no contract learns. */
  readonly isRight: boolean;
}

/** What became of one claim. */
export interface ClaimOutcome {
  readonly plan: PlannedClaim;
  readonly epoch: Epoch;
  /** In the order of the file. */
  readonly voices: readonly VoiceOutcome[];
}

/** What happened, all of it read from the chain. */
export interface ReplayResult {
  readonly people: readonly string[];
  readonly claims: readonly ClaimOutcome[];
  /** The rules that the story mentions, in seconds. */
  readonly rules: { readonly epochLength: bigint; readonly revealWindow: bigint };
  readonly keeper: KeeperWork;
  readonly audit: Audit;
}

/**
 * Deploys the protocol on a chain of its own, and lets everybody stake and speak on every claim in one epoch, which the
 * keeper settles. Throws `DemoTransactionError` where the contracts refuse a step.
 */
export async function replayStakes(answers: readonly Answer[], progress: Progress): Promise<ReplayResult> {
  const chain = await DemoChain.start(peopleIn(answers).length + 2); // the first account deploys, the last settles
  try {
    const stage = await setStage(chain, await deployLocal(chain.connection), planStakes(answers));
    await chain.holdBlocks();
    await chain.mineNext(fundingCalls(chain, stage.deployment.asset, stage.plan.budgets));
    const stakesBefore = await run(stage, progress);
    return await conclude(stage, stakesBefore);
  } finally {
    await chain.close();
  }
}

/** Lives through the epoch. Returns the sum of all stakes before the keeper came. */
async function run(stage: Stage, progress: Progress): Promise<bigint> {
  const { chain, plan, startsAt, endsAt, settleableAt } = stage;
  let done = 0;
  const advance = (steps: number, note: string) => {
    done += steps;
    progress.update(done, note);
  };
  const forEachClaim = async (note: string, callsFor: (claim: PlannedClaim) => Promise<Call[]> | Call[]) => {
    for (const claim of plan.claims) {
      const calls = await callsFor(claim);
      await chain.mineNext(calls);
      advance(calls.length, note);
    }
  };
  progress.start(stepsOf(plan));
  try {
    const deposits = await depositCalls(stage);
    await chain.mineAt(startsAt, deposits);
    advance(deposits.length, "depositing");
    await forEachClaim("creating pools", (claim) => creationCalls(stage, claim));
    await forEachClaim("buying", (claim) => purchaseCalls(stage, claim));
    await forEachClaim("sealing beliefs", (claim) => commitCalls(stage, claim));
    await chain.mineAt(endsAt);
    await forEachClaim("opening beliefs", (claim) => revealCalls(stage, claim));
    await chain.mineAt(settleableAt);
    const stakesBefore = await stage.deployment.stakeVault.stakes();
    await letKeeperSettle(stage, () => advance(1, "settling"));
    return stakesBefore;
  } finally {
    progress.stop();
  }
}

/** A deposit for each person, a market and a pool for each claim; each voice buys, seals and opens; settling is one. */
function stepsOf({ people, claims }: Plan): number {
  const voices = claims.reduce((total, claim) => total + claim.voices.length, 0);
  return people.length + 3 * claims.length + 3 * voices;
}

/** What happened, from the events, books and balances of the chain. */
async function conclude(stage: Stage, stakesBefore: bigint): Promise<ReplayResult> {
  const { chain, deployment, plan, epoch, addresses } = stage;
  const { stakeVault: vault, convictionMarket: venue, truthSerum: serum, usdc } = deployment;
  const epochs = await readEpochs(serum, epoch);
  const claims = plan.claims.map((claim) => outcomeOf(chain, claim, epochs.get(claim.claimId) as Epoch));

  const claimAccounts = [];
  let reserves = 0n;
  for (const { plan: claim, epoch } of claims) {
    claimAccounts.push({ claim: claim.text, epoch, carriedOf: await serum.carriedOf(claim.claimId) });
    reserves += (await venue.pool(claim.claimId)).reserve;
  }
  const flowsByUser = await readStakeFlows(vault);
  const personAccounts = [];
  for (const [person, name] of plan.people.entries()) {
    const user = getAddress(chain.accountOf(person));
    const flows = flowsByUser.get(user) ?? { deposited: 0n, skimmed: 0n, debited: 0n, credited: 0n };
    personAccounts.push({ name, flows, stake: await vault.totalStake(user) });
  }
  const holdings = {
    stakesBefore,
    stakesAfter: await vault.stakes(),
    pots: await vault.pots(),
    vaultBalance: await usdc.balanceOf(addresses.vault),
    reserves,
    venueBalance: await usdc.balanceOf(addresses.venue),
  };
  return {
    people: plan.people,
    claims,
    rules: { epochLength: await serum.epochLength(), revealWindow: await serum.revealWindow() },
    keeper: await readKeeperWork(stage),
    audit: audit(claimAccounts, personAccounts, holdings, await readPurses(chain, usdc, plan.budgets)),
  };
}

function outcomeOf(chain: DemoChain, plan: PlannedClaim, epoch: Epoch): ClaimOutcome {
  const voices = plan.voices.map(({ person, side }) => ({
    voice: epoch.voices.get(getAddress(chain.accountOf(person))) as Voice,
    isRight: (side === Side.Support) === plan.actual,
  }));
  return { plan, epoch, voices };
}
