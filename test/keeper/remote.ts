import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { id } from "ethers";
import { runKeeper } from "../../keeper/main.ts";
import { VoteType } from "../../sdk/council/governance.ts";
import { TestACT__factory } from "../../typechain-types/index.ts";
import { Collector } from "../demo/fixtures.ts";
import { WEALTH } from "../fixtures/amounts.ts";
import { argue, endow, FORTUNE, fund, RESERVE, upvote } from "../fixtures/arguments.ts";
import { ACT, PLEDGE } from "../fixtures/council.ts";
import { QUESTION, USUAL } from "../fixtures/queries.ts";
import { connectTo, startChain } from "../ignition/chains.ts";
import { type CrowdWorld, openedCrowd } from "./crowd.ts";

/** A chain behind JSON-RPC with a crowd on it, and a folder for what a keeper of it reads and writes. */
export interface RemoteCrowd {
  readonly world: CrowdWorld;
  readonly folder: string;
  /** Ignition's journal of the deployment. */
  readonly deployment: string;
  /** What a keeper's command line needs in order to find chain and deployment. */
  readonly args: readonly string[];
  close(): Promise<void>;
}

/** Starts a chain on which epoch 0 has ended and its beliefs are opened: `openedCrowd`. */
export async function startRemoteCrowd(): Promise<RemoteCrowd> {
  const folder = await mkdtemp(join(tmpdir(), "keeper-"));
  const chain = await startChain();
  const world = await openedCrowd(await connectTo(chain.url, folder));
  const deployment = join(folder, "deployments", "chain-31337");
  const args = ["--network", "localhost", "--url", chain.url, "--deployment", deployment];
  const close = async () => {
    await world.connection.close();
    await chain.close();
    await rm(folder, { recursive: true });
  };
  return { world, folder, deployment, args: [...args, "--state", join(folder, "state.json")], close };
}

/** What a run of the keeper in this process left behind. */
export interface Run {
  readonly code: number;
  /** The log. */
  readonly stdout: Collector;
  readonly stderr: string;
}

/** Runs the keeper in this process. */
export async function keep(
  args: readonly string[],
  signal = new AbortController().signal,
  stdout = new Collector(),
): Promise<Run> {
  const stderr = new Collector();
  const code = await runKeeper(args, { env: {}, stdout, stderr, signal });
  return { code, stdout, stderr: stderr.text };
}

/* WHAT BECOMES DUE */

/** The author argues, the supporter upvotes it, and the time comes for both stakes and for epoch 0. */
export async function expireStakes(world: CrowdWorld): Promise<void> {
  await world.connection.networkHelpers.time.increaseTo(await stakeOnArgument(world));
}

/** The author argues, and the supporter upvotes it; returns when both stakes have ended. */
export async function stakeOnArgument(world: CrowdWorld): Promise<bigint> {
  const { argumentStaking, deployer, outsider } = world;
  const token = TestACT__factory.connect(await argumentStaking.token(), deployer);
  const forum = { ...world, token, curator: outsider, slasher: outsider, crowd: [] };
  for (const user of [world.author, world.supporter]) await endow(forum, user, FORTUNE);
  await fund(forum, RESERVE);
  await argue(forum);
  return (await argumentStaking.stake(await upvote(forum, 1n, world.supporter))).endsAt;
}

/** The author asks and nobody answers, so that query 1 is due after `expireStakes`. */
export async function askInVain({ queryEscrow, token, author }: CrowdWorld): Promise<void> {
  const { contentHash, uri } = QUESTION;
  await token.connect(author).approve(await queryEscrow.getAddress(), WEALTH);
  await queryEscrow.connect(author).ask(contentHash, uri, 0n, 7n, 7n, USUAL);
}

/** The deployer pays for rewards: a period can begin. */
export async function payRewards({ councilToken, rewardsDistributor, deployer }: CrowdWorld): Promise<void> {
  await councilToken.connect(deployer).approve(rewardsDistributor, REWARDS);
  await rewardsDistributor.connect(deployer).fund(REWARDS);
}

/**
 * The deployer stakes, proposes that the timelock pay what it does not have, and votes for it: after `expireStakes`
 * voting is over, and the position a week old.
 */
export async function approveProposal(world: CrowdWorld): Promise<bigint> {
  const { councilToken, councilStaking, councilGovernor, deployer, connection } = world;
  await councilToken.connect(deployer).approve(councilStaking, PLEDGE);
  await councilStaking.connect(deployer).stake(PLEDGE, 0n);
  const data = councilToken.interface.encodeFunctionData("transfer", [deployer.address, PLEDGE]);
  const key = [[await councilToken.getAddress()], [0n], [data]] as const;
  await councilGovernor.connect(deployer).propose([...key[0]], [...key[1]], [...key[2]], PROPOSAL);
  const proposalId = await councilGovernor.hashProposal([...key[0]], [...key[1]], [...key[2]], id(PROPOSAL));
  await connection.networkHelpers.time.increaseTo((await councilGovernor.proposalSnapshot(proposalId)) + 1n);
  await councilGovernor.connect(deployer).castVote(proposalId, VoteType.For);
  return proposalId;
}

const REWARDS = ACT(700);
const PROPOSAL = "Pay the deployer";

/* OLDER DEPLOYMENTS */

/** Contracts that older deployments lack, as a journal calls them. */
export const ARGUMENTS = "Argument#ArgumentStaking";
export const QUERIES = "Query#QueryEscrow";
export const STAKING = "Council#CouncilStaking";
export const GOVERNOR = "Council#CouncilGovernor";

/** A journal of the deployment without some of its contracts. */
export async function olderJournal(remote: RemoteCrowd, ...lacking: readonly string[]): Promise<string> {
  const older = join(remote.folder, "older");
  await mkdir(older, { recursive: true });
  const addresses = JSON.parse(await readFile(join(remote.deployment, "deployed_addresses.json"), "utf8"));
  for (const contract of lacking) delete addresses[contract];
  await writeFile(join(older, "deployed_addresses.json"), JSON.stringify(addresses));
  return older;
}
