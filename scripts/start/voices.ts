import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { LocalDeployment } from "../../ignition/deploy.ts";
import { claimIdOf } from "../../sdk/claims.ts";
import { ProposalKind, VoteType } from "../../sdk/council/governance.ts";
import { ACT } from "../../sdk/council/params.ts";
import { contentOf } from "../../sdk/query/content.ts";
import { readDebate } from "../demo/arguments/debate.ts";
import { DAY, HOUR } from "../demo/time.ts";
import type { Clock } from "./clock.ts";

/** The claim of the demo's debate on which people argue. */
export const DEBATED = "Chicago is the capital of Illinois";

/** What people stake in the council on the fifth day, and for how many days. The first of them makes the proposal. */
const COUNCIL = [
  { stake: 40_000n, lockDays: 180n },
  { stake: 25_000n, lockDays: 90n },
  { stake: 15_000n, lockDays: 30n },
  { stake: 10_000n, lockDays: 7n },
  { stake: 5_000n, lockDays: 0n },
] as const;

/** What the treasury, which gets twice as much, is asked to spend. */
const GRANT = 5_000n * ACT;

/** Asked an hour ago. */
const QUESTION = "Which of these capitals do people get wrong most often, and why?";

/** An account that has enough of both tokens, and what happens to it. */
type People = readonly HardhatEthersSigner[];

/**
 * What the others say in the days after the markets have their commitments: a debate on a claim, stakes in the council and
 * a proposal that is voted on, and a query that waits for answers.
 *
 * @param days How long the history is.
 */
export async function seedVoices(
  deployment: LocalDeployment,
  people: People,
  clock: Clock,
  days: number,
): Promise<void> {
  const end = BigInt(days) * DAY;
  await stakeInCouncil(deployment, people, clock, end - 3n * DAY);
  await debate(deployment, people, clock, end - 2n * DAY);
  await propose(deployment, people, clock, end - 2n * DAY + HOUR);
  await vote(deployment, people, clock, end - 12n * HOUR);
  await ask(deployment, people, clock, end - HOUR);
}

async function stakeInCouncil(
  { councilStaking, councilToken }: LocalDeployment,
  people: People,
  clock: Clock,
  at: bigint,
): Promise<void> {
  for (const [index, { stake, lockDays }] of COUNCIL.entries()) {
    const person = personOf(people, index);
    await councilToken.connect(person).approve(councilStaking, stake * ACT);
    await clock.moveTo(at);
    await councilStaking.connect(person).stake(stake * ACT, lockDays);
  }
}

async function debate(
  { argumentStaking, councilToken }: LocalDeployment,
  people: People,
  clock: Clock,
  at: bigint,
): Promise<void> {
  const { arguments: written, debaters } = await readDebate();
  const { creationStake, upvoteStake } = await argumentStaking.params();
  const claimId = claimIdOf(DEBATED);
  const names = debaters.map(({ name }) => name);
  for (const { claim, side, author, summary, body } of written) {
    if (claim !== DEBATED) continue;
    const person = personOf(people, names.indexOf(author));
    await councilToken.connect(person).approve(argumentStaking, creationStake);
    await clock.moveTo(at);
    await argumentStaking.connect(person).createArgument(claimId, side, summary, body);
  }
  // Everybody upvotes the argument that the next one of them wrote.
  const ids = await argumentStaking.claimArguments(claimId, 0n, 100n);
  for (const [index, argumentId] of ids.entries()) {
    const { creator } = await argumentStaking.argument(argumentId);
    const person = people.slice(1 + names.length + index).find(({ address }) => address !== creator);
    if (person === undefined) continue;
    await councilToken.connect(person).approve(argumentStaking, upvoteStake);
    await argumentStaking.connect(person).upvote(argumentId);
  }
}

async function propose(
  { councilGovernor, councilToken, timelock }: LocalDeployment,
  people: People,
  clock: Clock,
  at: bigint,
): Promise<void> {
  const proposer = personOf(people, 0);
  await councilToken.transfer(timelock, 2n * GRANT);
  const data = councilToken.interface.encodeFunctionData("transfer", [personOf(people, 5).address, GRANT]);
  await clock.moveTo(at);
  await councilGovernor
    .connect(proposer)
    .proposeOfKind(
      ProposalKind.TreasurySpending,
      [councilToken],
      [0n],
      [data],
      "Grant 5,000 ACT to who keeps the maps",
    );
}

async function vote({ councilGovernor }: LocalDeployment, people: People, clock: Clock, at: bigint): Promise<void> {
  const [created] = await councilGovernor.queryFilter(councilGovernor.filters.ProposalCreated());
  const proposalId = created?.args.proposalId ?? 0n;
  await clock.moveTo(at);
  await councilGovernor.connect(personOf(people, 1)).castVote(proposalId, VoteType.For);
  await councilGovernor.connect(personOf(people, 2)).castVote(proposalId, VoteType.Against);
}

async function ask({ queryEscrow, usdc }: LocalDeployment, people: People, clock: Clock, at: bigint): Promise<void> {
  const asker = personOf(people, 6);
  const [minRank, minAnswers, maxAnswers] = [0n, 7n, 12n];
  const { submitStake } = await queryEscrow.stakesFor(minRank, minAnswers);
  await usdc.connect(asker).approve(queryEscrow, submitStake);
  const usual = { answering: 0n, opening: 0n, judging: 0n, revealing: 0n };
  await clock.moveTo(at);
  const { contentHash, uri } = contentOf(QUESTION);
  await queryEscrow.connect(asker).ask(contentHash, uri, minRank, minAnswers, maxAnswers, usual);
}

/** Somebody; the deployer is nobody of them. */
function personOf(people: People, index: number): HardhatEthersSigner {
  const person = people[index + 1];
  if (person === undefined) throw new RangeError(`the chain has no account for person ${index}`);
  return person;
}
