import { getAddress } from "ethers";
import type { Check } from "../checks.ts";
import type { Snapshot } from "./books.ts";
import { type Name, personOf } from "./cast.ts";
import { type CouncilEvent, eventsOf } from "./events.ts";
import type { ProposalOutcome, SessionOutcome, StakerOutcome } from "./figures.ts";
import { type ModelGround, ModelYear } from "./model.ts";
import type { SessionKey } from "./motions.ts";
import type { Stage } from "./stage.ts";
import { END } from "./story.ts";

/** What came out on the chain, to be compared with the model. */
export interface Observed {
  readonly stakers: readonly StakerOutcome[];
  readonly proposals: readonly ProposalOutcome[];
  readonly sessions: readonly SessionOutcome[];
  readonly end: Pick<Snapshot, "supply" | "totalStaked" | "totalWeight" | "owed" | "next">;
  readonly events: readonly CouncilEvent[];
}

/** Reads the rules of the contracts, and whom sessions drew: all that the model does not know. */
export async function modelGround(stage: Stage, sessions: readonly SessionOutcome[]): Promise<ModelGround> {
  const { chain, deployment, addresses, start } = stage;
  const { staking, distributor, timelock, chamber } = addresses;
  const members = sessions.map(({ key, members }): [SessionKey, Name[]] => [
    key,
    members.map(({ name }) => name as Name), // only who stakes is an agent
  ]);
  return {
    staking: await deployment.councilStaking.params(),
    rewards: await deployment.rewardsDistributor.params(),
    maxInflationBps: await deployment.councilToken.maxInflationBps(),
    deployedAt: await deployment.councilToken.deployedAt(),
    addresses: { staking: getAddress(staking), distributor: getAddress(distributor) },
    start,
    accountOf: (person) => chain.accountOf(person),
    operator: chain.operator,
    timelock,
    chamber,
    members: new Map(members),
  };
}

/** Lives through the year in the reference model, and compares all that came out to the unit. */
export function modelChecks(observed: Observed, ground: ModelGround): Check[] {
  const year = new ModelYear(ground);
  year.live();
  return [
    ...observed.stakers.flatMap((staker) => stakerChecks(staker, year, ground)),
    ...observed.proposals.flatMap((proposal) => proposalChecks(proposal, year)),
    ...observed.sessions.flatMap((session) => sessionChecks(session, year)),
    ...endChecks(observed, year, ground),
  ];
}

function stakerChecks(staker: StakerOutcome, { council }: ModelYear, ground: ModelGround): Check[] {
  const { name } = staker;
  const now = ground.start + END;
  const user = getAddress(ground.accountOf(personOf(name)));
  const staking = council.stakingAt(now);
  const rewards = council.rewardsAt(now);
  const { staked, power } = staking.account(user);
  const { weight, boosterBps } = rewards.account(user, now);
  const check = (what: string, onChain: bigint, inModel: bigint) => compared(`${name}: ${what}`, onChain, inModel);
  return [
    check("balance", staker.balance, council.token.book.balanceOf(user)),
    check("staked", staker.staked, staked),
    check("power", staker.power, power),
    check("votes", staker.votes, staking.votes.votesOf(user)),
    check("boosters", staker.boosterBps, boosterBps),
    check("weight", staker.weight, weight),
    check("claimable", staker.claimable, rewards.claimable(user, now)),
  ];
}

function proposalChecks({ key, votes, count }: ProposalOutcome, year: ModelYear): Check[] {
  const inModel = year.votes.get(key) ?? [];
  return [
    compared(`${key}: all votes`, count.totalVotes, year.totalVotes.get(key) ?? 0n),
    ...votes.map(({ weight }, index) => compared(`${key}: vote ${index + 1}`, weight, inModel[index] ?? 0n)),
  ];
}

function sessionChecks({ key, sessionId, members, decision, toRewards }: SessionOutcome, year: ModelYear): Check[] {
  const inModel = year.sessions.get(key);
  return [
    compared(`session ${sessionId}: decision`, decision, inModel?.decision ?? -1n),
    compared(`session ${sessionId}: left over`, toRewards, inModel?.toRewards ?? -1n),
    ...members.map(({ name, credited }) => {
      return compared(`session ${sessionId}: ${name}'s share`, credited, inModel?.shares.get(name as Name) ?? 0n);
    }),
  ];
}

function endChecks({ end, events }: Observed, { council }: ModelYear, ground: ModelGround): Check[] {
  const now = ground.start + END;
  const rewards = council.rewardsAt(now);
  const told = council.events.take();
  const periods = told.filter((event) => event.name === "PeriodStarted");
  const claims = told.filter((event) => event.name === "Claimed");
  const compounding = told.filter((event) => event.name === "Compounded");
  const each = (
    what: string,
    onChain: readonly { readonly amount: bigint }[],
    inModel: readonly { readonly facts: { readonly amount: bigint } }[],
  ) => [
    compared(`number of ${what}s`, BigInt(onChain.length), BigInt(inModel.length)),
    ...onChain.map(({ amount }, index) => compared(`${what} ${index + 1}`, amount, inModel[index]?.facts.amount ?? 0n)),
  ];
  return [
    ...each("period", eventsOf(events, "period"), periods),
    ...each("claim", eventsOf(events, "claimed"), claims),
    ...each("compound", eventsOf(events, "compounded"), compounding),
    compared("supply", end.supply, council.token.totalSupply()),
    compared("total staked", end.totalStaked, council.stakingAt(now).totalStaked()),
    compared("total weight", end.totalWeight, rewards.totalWeight()),
    compared("owed", end.owed, rewards.owed(now)),
    compared("next period", end.next, rewards.nextPeriodAmount(now)),
  ];
}

function compared(what: string, onChain: bigint, inModel: bigint): Check {
  return { equation: `${what} = ${what} in the model`, difference: onChain - inModel };
}
