import { AbiCoder, id, keccak256, MaxUint256 } from "ethers";
import type { LocalDeployment } from "../../../ignition/deploy.ts";
import { positionIdOf } from "../../../sdk/council/positions.ts";
import { Role } from "../../../sdk/roles.ts";
import {
  AccessManager__factory,
  CouncilChamber__factory,
  CouncilGovernor__factory,
  CouncilStaking__factory,
  CouncilToken__factory,
  RewardsDistributor__factory,
} from "../../../typechain-types/index.ts";
import type { Call, DemoChain } from "../chain.ts";
import { HOUR } from "../time.ts";
import { act } from "./amounts.ts";
import { type Name, type Party, PEOPLE, personOf, STAKERS } from "./cast.ts";
import { opinionOf, PROPOSALS, type ProposalKey, SESSION_KEYS, SESSIONS, type SessionKey, WEEKLY } from "./motions.ts";
import type { StoryAct, StoryStep } from "./story.ts";

/** Everything the year is lived through with. */
export interface Stage {
  readonly chain: DemoChain;
  readonly deployment: LocalDeployment;
  /** Unix seconds that the story's times are counted from. */
  readonly start: bigint;
  readonly addresses: Addresses;
  /** An account without rights, which does what anyone may. */
  readonly keeper: string;
}

interface Addresses {
  readonly authority: string;
  readonly token: string;
  readonly staking: string;
  readonly distributor: string;
  readonly governor: string;
  readonly timelock: string;
  readonly chamber: string;
}

/** A proposal as the governor takes it. */
export interface Motion {
  readonly id: bigint;
  readonly targets: string[];
  readonly values: bigint[];
  readonly calldatas: string[];
  readonly description: string;
  readonly descriptionHash: string;
}

const authorityInterface = AccessManager__factory.createInterface();
const tokenInterface = CouncilToken__factory.createInterface();
const stakingInterface = CouncilStaking__factory.createInterface();
const distributorInterface = RewardsDistributor__factory.createInterface();
const governorInterface = CouncilGovernor__factory.createInterface();
const chamberInterface = CouncilChamber__factory.createInterface();

/** What each of the first allocations is, besides the community's, which the operator keeps: 1,000,000,000 ACT in all. */
export const ALLOCATIONS = { team: act(200_000_000), liquidity: act(100_000_000), partners: act(100_000_000) } as const;

/** What the timelock holds at first. */
export const TREASURY = act(200_000_000);

/** Sets the stage: the story begins half a day into the token's first year, so that it ends in it. */
export async function setStage(chain: DemoChain, deployment: LocalDeployment): Promise<Stage> {
  const { authority, councilToken, councilStaking, rewardsDistributor, councilGovernor, timelock, councilChamber } =
    deployment;
  const addresses = {
    authority: await authority.getAddress(),
    token: await councilToken.getAddress(),
    staking: await councilStaking.getAddress(),
    distributor: await rewardsDistributor.getAddress(),
    governor: await councilGovernor.getAddress(),
    timelock: await timelock.getAddress(),
    chamber: await councilChamber.getAddress(),
  };
  const start = (await councilToken.deployedAt()) + 12n * HOUR;
  return { chain, deployment, start, addresses, keeper: chain.accounts.at(-1) as string };
}

/** Allocations and purses are handed out, all spending is allowed, and the timelock becomes the one admin. */
export function preparationCalls({ chain, addresses }: Stage): Call[] {
  const { authority, token, timelock, staking, distributor, chamber } = addresses;
  const transfer = (to: string, amount: bigint) => ({
    from: chain.operator,
    to: token,
    data: tokenInterface.encodeFunctionData("transfer", [to, amount]),
  });
  const approve = (from: string, spender: string) => ({
    from,
    to: token,
    data: tokenInterface.encodeFunctionData("approve", [spender, MaxUint256]),
  });
  const govern = (data: string) => ({ from: chain.operator, to: authority, data });
  const stakers = STAKERS.map(({ name }) => accountOf(chain, name));
  return [
    transfer(timelock, TREASURY),
    ...Object.entries(ALLOCATIONS).map(([name, amount]) => transfer(accountOf(chain, name as Party), amount)),
    ...STAKERS.map(({ purse }, person) => transfer(chain.accountOf(person), purse)),
    approve(chain.operator, distributor),
    ...stakers.flatMap((account) => [approve(account, staking), approve(account, chamber)]),
    govern(authorityInterface.encodeFunctionData("grantRole", [Role.Admin, timelock, 0n])),
    govern(authorityInterface.encodeFunctionData("renounceRole", [Role.Admin, chain.operator])),
  ];
}

/** Address of somebody. */
export function accountOf(chain: DemoChain, name: Party): string {
  return chain.accountOf(personOf(name));
}

/** Index of the person who has an address, however it is spelled; -1 where nobody of the story does. */
export function personAt(chain: DemoChain, address: string): number {
  return PEOPLE.findIndex((_, person) => chain.accountOf(person).toLowerCase() === address.toLowerCase());
}

/** The proposal of a key, for the contracts of the stage. */
export function motionOf({ chain, addresses }: Stage, key: ProposalKey): Motion {
  const { description, actions } = PROPOSALS[key];
  const taken = actions({ ...addresses, accountOf: (name) => accountOf(chain, name) });
  const targets = taken.map(({ target }) => target);
  const values = taken.map(() => 0n);
  const calldatas = taken.map(({ data }) => data);
  const descriptionHash = id(description);
  const types = ["address[]", "uint256[]", "bytes[]", "bytes32"];
  const encoded = AbiCoder.defaultAbiCoder().encode(types, [targets, values, calldatas, descriptionHash]);
  return { id: BigInt(keccak256(encoded)), targets, values, calldatas, description, descriptionHash };
}

/** The id of a session: they are opened in the order of their keys. */
export function sessionIdOf(key: SessionKey): bigint {
  return BigInt(SESSION_KEYS.indexOf(key) + 1);
}

/** A step that is one person's, or the keeper's, and needs nothing but itself to become transactions. */
export type PlainStep = Exclude<StoryStep, { kind: "count" | "vote in session" | "withdraw" }>;

/** The transactions that carry out a step. */
export function callsFor(stage: Stage, step: PlainStep): Call[] {
  const { chain, addresses, keeper } = stage;
  const by = (name: Party, to: keyof Addresses, data: string): Call[] => [
    { from: accountOf(chain, name), to: addresses[to], data },
  ];
  const byKeeper = (to: keyof Addresses, data: string): Call[] => [{ from: keeper, to: addresses[to], data }];
  const positionId = (owner: Name, position: bigint) => positionIdOf(accountOf(chain, owner), position);
  switch (step.kind) {
    case "stake":
      return by(step.who, "staking", stakingInterface.encodeFunctionData("stake", [step.amount, step.lockDays]));
    case "unstake":
    case "unstake early": {
      const id = positionId(step.who, step.position);
      if (step.kind === "unstake") return by(step.who, "staking", stakingInterface.encodeFunctionData("unstake", [id]));
      return by(step.who, "staking", stakingInterface.encodeFunctionData("unstakeEarly", [id]));
    }
    case "extend lock": {
      const extended = [positionId(step.who, step.position), step.lockDays] as const;
      return by(step.who, "staking", stakingInterface.encodeFunctionData("extendLock", [...extended]));
    }
    case "poke position": {
      const id = positionId(step.of, step.position);
      return by(step.who, "staking", stakingInterface.encodeFunctionData("poke", [id]));
    }
    case "poke rewards": {
      const touched = accountOf(chain, step.of);
      return byKeeper("distributor", distributorInterface.encodeFunctionData("poke", [touched]));
    }
    case "delegate": {
      const to = accountOf(chain, step.to);
      return by(step.who, "staking", stakingInterface.encodeFunctionData("delegate", [to]));
    }
    case "claim":
      return by(step.who, "distributor", distributorInterface.encodeFunctionData("claim"));
    case "compound":
      return by(step.who, "distributor", distributorInterface.encodeFunctionData("compound", [step.lockDays]));
    case "burn":
      return by(step.who, "token", tokenInterface.encodeFunctionData("burn", [step.amount]));
    case "period":
      return [payment(stage, step), ...byKeeper("distributor", distributorInterface.encodeFunctionData("startPeriod"))];
    case "propose": {
      const { targets, values, calldatas, description } = motionOf(stage, step.proposal);
      const proposed = [PROPOSALS[step.proposal].kind, targets, values, calldatas, description] as const;
      return by(step.who, "governor", governorInterface.encodeFunctionData("proposeOfKind", [...proposed]));
    }
    case "vote": {
      const cast = [motionOf(stage, step.proposal).id, step.support] as const;
      return by(step.who, "governor", governorInterface.encodeFunctionData("castVote", [...cast]));
    }
    case "queue":
    case "execute": {
      const { targets, values, calldatas, descriptionHash } = motionOf(stage, step.proposal);
      const decided = [targets, values, calldatas, descriptionHash] as const;
      if (step.kind === "queue")
        return byKeeper("governor", governorInterface.encodeFunctionData("queue", [...decided]));
      return byKeeper("governor", governorInterface.encodeFunctionData("execute", [...decided]));
    }
    case "register agent":
      return by(step.who, "chamber", chamberInterface.encodeFunctionData("registerAgent", [`demo:agent/${step.who}`]));
    case "open session": {
      const { topic, size, options, duration, fee } = SESSIONS[step.session];
      const data = chamberInterface.encodeFunctionData("openSession", [topic, size, [...options], duration, fee]);
      return by(step.who, "chamber", data);
    }
    case "fund session": {
      const paid = [sessionIdOf(step.session), step.amount] as const;
      return by(step.who, "chamber", chamberInterface.encodeFunctionData("fundSession", [...paid]));
    }
    case "draw":
      return byKeeper("chamber", chamberInterface.encodeFunctionData("drawSession", [sessionIdOf(step.session)]));
    case "close session":
      return byKeeper("chamber", chamberInterface.encodeFunctionData("closeSession", [sessionIdOf(step.session)]));
  }
}

/** Each member of a session votes for what is theirs; who has no opinion does not. */
export async function sessionVoteCalls({ chain, deployment, addresses }: Stage, key: SessionKey): Promise<Call[]> {
  const sessionId = sessionIdOf(key);
  const members = await deployment.councilChamber.members(sessionId);
  return members.flatMap(({ agent }) => {
    const person = personAt(chain, agent);
    const option = opinionOf(key, PEOPLE[person] ?? "");
    if (option < 0) return [];
    const data = chamberInterface.encodeFunctionData("castVote", [sessionId, option]);
    return [{ from: chain.accountOf(person), to: addresses.chamber, data }];
  });
}

/** Everybody to whom sessions credited something takes it. */
export async function withdrawCalls({ chain, deployment, addresses }: Stage): Promise<Call[]> {
  const data = chamberInterface.encodeFunctionData("withdraw");
  const calls: Call[] = [];
  for (const person of PEOPLE.keys()) {
    const from = chain.accountOf(person);
    if ((await deployment.councilChamber.credited(from)) > 0n) calls.push({ from, to: addresses.chamber, data });
  }
  return calls;
}

/** Who pays for a period: the community's allocation by `fund`, the treasury through the steward that it allows to. */
function payment({ chain, addresses }: Stage, { payer }: Extract<StoryAct, { kind: "period" }>): Call {
  if (payer === "community") {
    const data = distributorInterface.encodeFunctionData("fund", [WEEKLY.amount]);
    return { from: chain.operator, to: addresses.distributor, data };
  }
  const paid = [addresses.timelock, addresses.distributor, WEEKLY.amount] as const;
  const data = tokenInterface.encodeFunctionData("transferFrom", [...paid]);
  return { from: accountOf(chain, "steward"), to: addresses.token, data };
}
