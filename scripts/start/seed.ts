import { fileURLToPath } from "node:url";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";
import type { LocalDeployment } from "../../ignition/deploy.ts";
import { CredenceError } from "../../sdk/errors.ts";
import { withClaimText } from "../../sdk/market/claim-text.ts";
import { Side } from "../../sdk/market/side.ts";
import { type BeliefMarket, BeliefMarket__factory } from "../../typechain-types/index.ts";
import { type Answer, groupByClaim, readAnswersFile } from "../demo/csv.ts";
import { HABITS, type PlannedClaim, planScenario } from "../demo/market/scenario.ts";
import { Clock } from "./clock.ts";
import { DEBATED, seedVoices } from "./voices.ts";

/**
 * How many claims of the file become markets, beside the one that is debated, and how many of its people, each with an
 * account, commit to them.
 */
const SEEDED = { claims: 4, people: 12 } as const;

/**
 * Days that the seeded history takes: the chain starts so long ago, and ends up at the present. Eight of them put the
 * present a day into the second epoch of the stake system, so that there is time to speak in it.
 */
export const SEEDED_DAYS = HABITS.commitDays + 3;

/** A market with commitments on it. */
export interface SeededMarket {
  readonly claim: PlannedClaim;
  readonly market: BeliefMarket;
}

/** What somebody pays for LONG or SHORT of a claim for each unit that they commit to its market, in bps. */
const POOL_SHARE_BPS = 1_000n;

const ANSWERS_FILE = fileURLToPath(new URL("../../data/crowd-states-mit.csv", import.meta.url));

/**
 * Replays how people created and joined the markets of a few claims, over the last days before now, and bought into their
 * pools; then what they say of them, in the council and in a query.
 *
 * @param connection A fresh chain that began `SEEDED_DAYS` ago, with an account for each person after the deployer.
 * @returns The markets, in the order of the file.
 */
export async function seedMarkets(connection: NetworkConnection, deployment: LocalDeployment): Promise<SeededMarket[]> {
  const { beliefFactory, convictionMarket, usdc } = deployment;
  const rules = await beliefFactory.defaultParams();
  const { claims, steps } = planScenario(chooseAnswers(await readAnswersFile(ANSWERS_FILE)), rules);
  const [, ...people] = await connection.ethers.getSigners();
  const clock = await Clock.of(connection);
  const markets: BeliefMarket[] = [];
  const buy = async (person: HardhatEthersSigner, claimId: string, side: Side, committed: bigint): Promise<void> => {
    const amount = (committed * POOL_SHARE_BPS) / 10_000n;
    if (amount === 0n) return;
    await usdc.connect(person).approve(convictionMarket, amount);
    await convictionMarket.connect(person).buy(claimId, side, amount, 0n);
  };

  for (const step of steps) {
    if (step.kind !== "create" && step.kind !== "commit") continue;
    const person = people[step.person];
    const claim = claims[step.claim];
    if (person === undefined || claim === undefined)
      throw new CredenceError("The chain has too few accounts", { ...step });
    if (step.kind === "create") {
      await usdc.connect(person).approve(beliefFactory, claim.authorStake);
      await clock.moveTo(step.at);
      const call = await beliefFactory.createMarket.populateTransaction(claim.claimId, claim.authorStake);
      await person.sendTransaction({ ...call, data: withClaimText(call.data, claim.text) });
      markets[step.claim] = BeliefMarket__factory.connect(await beliefFactory.marketOf(claim.claimId), person);
      await convictionMarket.connect(person).createPool(claim.claimId);
      await buy(person, claim.claimId, Side.Support, claim.authorStake);
    } else {
      const market = markets[step.claim] as BeliefMarket;
      await usdc.connect(person).approve(market, step.amount);
      await clock.moveTo(step.at);
      await market.connect(person).commit(step.side, step.amount, rules.lateEntryFeeMaxBps);
      await buy(person, claim.claimId, step.side, step.amount);
    }
  }
  await seedVoices(deployment, people, clock, SEEDED_DAYS);
  await clock.moveToPresent();
  return claims.map((claim, index) => ({ claim, market: markets[index] as BeliefMarket }));
}

function chooseAnswers(answers: readonly Answer[]): Answer[] {
  const claims = new Set([...[...groupByClaim(answers).keys()].slice(0, SEEDED.claims), DEBATED]);
  const people = new Set([...new Set(answers.map((answer) => answer.subject))].slice(0, SEEDED.people));
  return answers.filter((answer) => claims.has(answer.claim) && people.has(answer.subject));
}
