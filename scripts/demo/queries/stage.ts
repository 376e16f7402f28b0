import { id, MaxUint256 } from "ethers";
import type { LocalDeployment } from "../../../ignition/deploy.ts";
import { sealAnswer, sealVote } from "../../../sdk/query/seal.ts";
import { Role } from "../../../sdk/roles.ts";
import { randomSalt } from "../../../sdk/salt.ts";
import {
  AccessManager__factory,
  QueryEscrow__factory,
  RankRegistry__factory,
  TestUSDC__factory,
} from "../../../typechain-types/index.ts";
import type { Call, DemoChain, Receipt } from "../chain.ts";
import { fundingCalls } from "../purses.ts";
import { budgetsOf, type Plan, type PlannedPart, type PlannedQuery, type PlannedVote } from "./plan.ts";

/** Everything the replay acts with. */
export interface Stage {
  readonly chain: DemoChain;
  readonly deployment: LocalDeployment;
  readonly plan: Plan;
  /** What each person stakes, in USDC units. */
  readonly budgets: readonly bigint[];
  readonly addresses: Addresses;
  /** An account without rights, which settles. */
  readonly keeper: string;
  readonly chainId: bigint;
  /** What keeps each seal unguessable until it is opened. */
  readonly salts: ReadonlyMap<PlannedPart, string>;
}

/** A query that was asked. */
export interface LiveQuery {
  readonly plan: PlannedQuery;
  readonly queryId: bigint;
}

interface Addresses {
  readonly authority: string;
  readonly registry: string;
  readonly escrow: string;
}

const authorityInterface = AccessManager__factory.createInterface();
const registryInterface = RankRegistry__factory.createInterface();
const escrowInterface = QueryEscrow__factory.createInterface();
const tokenInterface = TestUSDC__factory.createInterface();
const askedTopic = escrowInterface.getEvent("QueryAsked").topicHash;

/** The windows that the deployment has for queries that ask for none. */
const DEFAULT_TIMING = { answering: 0n, opening: 0n, judging: 0n, revealing: 0n };

/** Sets the stage. The last account of the chain becomes the keeper. */
export async function setStage(chain: DemoChain, deployment: LocalDeployment, plan: Plan): Promise<Stage> {
  const { authority, rankRegistry, queryEscrow } = deployment;
  const addresses = {
    authority: await authority.getAddress(),
    registry: await rankRegistry.getAddress(),
    escrow: await queryEscrow.getAddress(),
  };
  const parts = plan.queries.flatMap(({ answers, votes }) => [...answers, ...votes]);
  const keeper = chain.accounts.at(-1) as string;
  const budgets = budgetsOf(plan);
  const { chainId } = await chain.connection.ethers.provider.getNetwork();
  const salts = new Map(parts.map((part) => [part, randomSalt()]));
  return { chain, deployment, plan, budgets, addresses, keeper, chainId, salts };
}

/** Everybody gets what they will stake and lets the escrow take it; the operator, who may, sets ranks from now on. */
export function preparationCalls({ chain, deployment, budgets, addresses }: Stage): Call[] {
  const { asset } = deployment;
  const approval = tokenInterface.encodeFunctionData("approve", [addresses.escrow, MaxUint256]);
  const grant = authorityInterface.encodeFunctionData("grantRole", [Role.Registrar, chain.operator, 0n]);
  return [
    ...fundingCalls(chain, asset, budgets),
    ...budgets.map((_, person) => ({ from: chain.accountOf(person), to: asset, data: approval })),
    { from: chain.operator, to: addresses.authority, data: grant },
  ];
}

/** The registrar sets the ranks that a query needs, if any. */
export function rankCalls({ chain, addresses }: Stage, { ranks }: PlannedQuery): Call[] {
  if (ranks.length === 0) return [];
  const accounts = ranks.map(([person]) => chain.accountOf(person));
  const data = registryInterface.encodeFunctionData("setRanks", [accounts, ranks.map(([, rank]) => rank)]);
  return [{ from: chain.operator, to: addresses.registry, data }];
}

/** Somebody asks. */
export function askCall(stage: Stage, { title, asker, minRank, minAnswers, maxAnswers }: PlannedQuery): Call {
  const asked = [id(title), `demo:${encodeURI(title)}`, minRank, minAnswers, maxAnswers, DEFAULT_TIMING] as const;
  return escrowCall(stage, asker, escrowInterface.encodeFunctionData("ask", [...asked]));
}

/** The id that a query was given, from the receipt of the transaction that asked it. */
export function askedId({ logs }: Receipt): bigint {
  const asked = logs.find((log) => log.topics[0] === askedTopic);
  return BigInt(asked?.topics[1] ?? 0);
}

/** Somebody joins as an answerer or as a judge. */
export function joinCall(stage: Stage, { queryId }: LiveQuery, part: PlannedPart): Call {
  const data = isVote(part)
    ? escrowInterface.encodeFunctionData("joinJudge", [queryId])
    : escrowInterface.encodeFunctionData("joinAnswer", [queryId]);
  return escrowCall(stage, part.person, data);
}

/** Somebody submits what they sealed. */
export function sealCall(stage: Stage, { queryId }: LiveQuery, part: PlannedPart): Call {
  const { chain, chainId, addresses } = stage;
  const { person } = part;
  const account = chain.accountOf(person);
  const context = { chainId, queryEscrow: addresses.escrow, queryId, account, salt: saltOf(stage, part) };
  const data = isVote(part)
    ? escrowInterface.encodeFunctionData("submitVote", [queryId, sealVote({ ...context, ...part })])
    : escrowInterface.encodeFunctionData("submitAnswer", [
        queryId,
        sealAnswer({ ...context, ...contentOf(stage, person) }),
      ]);
  return escrowCall(stage, person, data);
}

/** Somebody opens what they sealed. */
export function openCall(stage: Stage, { queryId }: LiveQuery, part: PlannedPart): Call {
  const { person } = part;
  const account = stage.chain.accountOf(person);
  const salt = saltOf(stage, part);
  if (isVote(part)) {
    const { ranking, goodAnswers } = part;
    const opened = escrowInterface.encodeFunctionData("openVote", [queryId, account, [...ranking], goodAnswers, salt]);
    return escrowCall(stage, person, opened);
  }
  const { contentHash, uri } = contentOf(stage, person);
  const opened = escrowInterface.encodeFunctionData("openAnswer", [queryId, account, contentHash, uri, salt]);
  return escrowCall(stage, person, opened);
}

/** Somebody takes what was credited to them. */
export function withdrawCall(stage: Stage, person: number): Call {
  return escrowCall(stage, person, escrowInterface.encodeFunctionData("withdraw"));
}

function escrowCall({ chain, addresses }: Stage, person: number, data: string): Call {
  return { from: chain.accountOf(person), to: addresses.escrow, data };
}

function isVote(part: PlannedPart): part is PlannedVote {
  return "ranking" in part;
}

function saltOf({ salts }: Stage, part: PlannedPart): string {
  return salts.get(part) as string;
}

/** What an answer says is not the escrow's business: a hash stands for it, and a place where it might be. */
function contentOf({ plan }: Stage, person: number): { contentHash: string; uri: string } {
  const name = plan.people[person] as string;
  return { contentHash: id(`the free skate of ${name}`), uri: `demo:skater/${name}` };
}
