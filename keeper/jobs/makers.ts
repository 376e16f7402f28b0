import { join, parse } from "node:path";
import type { BaseContract } from "ethers";
import type { z } from "zod/v4";
import { type KeptContracts, missingFrom } from "../addresses.ts";
import type { JobName } from "../config.ts";
import { Discovery, type Search } from "../discovery.ts";
import { SettledQueries } from "../settled.ts";
import { StateFile } from "../state.ts";
import type { Workshop } from "../workshop.ts";
import { argumentsJob } from "./arguments.ts";
import type { EntrustedBeliefs } from "./entrusted.ts";
import { EPOCH_KEY, epochsContext, epochsOf } from "./epoch.ts";
import { epochsJob } from "./epochs.ts";
import { governanceJob } from "./governance.ts";
import type { Job } from "./job.ts";
import { PROPOSAL, proposalsIn } from "./proposals.ts";
import { PAGE, queriesJob } from "./queries.ts";
import { rewardsJob } from "./rewards.ts";
import { rewardsContracts, WATCHED, watchedIn } from "./watched.ts";

/** Milliseconds between two lines about a long search. */
const PROGRESS_INTERVAL = 5_000;

/** Which of the deployment's contracts each job works on, and its name in a journal. */
export const WORKPLACES = {
  epochs: { contract: "truthSerum", name: "TruthSerum" },
  arguments: { contract: "argumentStaking", name: "ArgumentStaking" },
  queries: { contract: "queryEscrow", name: "QueryEscrow" },
  rewards: { contract: "councilStaking", name: "CouncilStaking" },
  governance: { contract: "councilGovernor", name: "CouncilGovernor" },
} as const satisfies Record<JobName, { contract: keyof KeptContracts; name: string }>;

/** What jobs are made of. */
export interface Makings {
  readonly workshop: Workshop;
  readonly contracts: KeptContracts;
  readonly network: string;
  /** Folder of Ignition's journal. */
  readonly journal: string;
  readonly chainId: bigint;
  /** The most blocks of a log query. */
  readonly logSpan: number;
  /** Blocks on top of one that counts as final. */
  readonly confirmations: number;
  /** Where the job `epochs` remembers what it found; other jobs do so beside it. */
  readonly stateFile: string;
  readonly beliefs: EntrustedBeliefs | undefined;
}

/**
 * Makes a job.
 *
 * @throws KeeperConfigError where the deployment lacks its contract.
 */
export async function makeJob(name: JobName, makings: Makings): Promise<Job> {
  return MAKERS[name](makings);
}

const MAKERS: Record<JobName, (makings: Makings) => Promise<Job>> = {
  async epochs(makings) {
    const { workshop, contracts, beliefs, stateFile } = makings;
    const serum = contracts.truthSerum;
    const discovery = await discoveryOf(makings, serum, epochsOf(serum), EPOCH_KEY, stateFile);
    return epochsJob(await epochsContext(workshop, serum), { discovery, beliefs });
  },
  async arguments(makings) {
    return argumentsJob({ ...makings.workshop, staking: contractOf(makings, "arguments") });
  },
  async queries(makings) {
    const { workshop, confirmations } = makings;
    const escrow = contractOf(makings, "queries");
    const settled = new SettledQueries(workshop.chain, escrow, { confirmations, page: PAGE, log: workshop.log });
    return queriesJob({ ...workshop, escrow }, settled);
  },
  async rewards(makings) {
    const { workshop } = makings;
    const staking = contractOf(makings, "rewards");
    // Votes are what earns a booster.
    const governor = contractOf(makings, "governance");
    const found = await rewardsContracts(staking, governor, workshop.chain.provider);
    const search = watchedIn(found);
    const discovery = await discoveryOf(makings, staking, search, WATCHED, fileBeside(makings, "rewards"));
    return rewardsJob({ ...workshop, ...found }, discovery);
  },
  async governance(makings) {
    const governor = contractOf(makings, "governance");
    const search = proposalsIn(governor);
    const discovery = await discoveryOf(makings, governor, search, PROPOSAL, fileBeside(makings, "governance"));
    return governanceJob({ ...makings.workshop, governor }, discovery);
  },
};

function contractOf<N extends JobName>({ contracts, journal, network }: Makings, job: N) {
  const { contract, name } = WORKPLACES[job];
  const found = contracts[contract];
  if (found === undefined) throw missingFrom(journal, name, network);
  return found as NonNullable<KeptContracts[(typeof WORKPLACES)[N]["contract"]]>;
}

async function discoveryOf<T>(
  { workshop, contracts, chainId, logSpan, confirmations }: Makings,
  contract: BaseContract,
  search: Search<T>,
  item: z.ZodType<T>,
  file: string,
): Promise<Discovery<T>> {
  const { chain, log, signal, tally } = workshop;
  return new Discovery(chain, search, {
    startBlock: await contracts.deployedIn(contract),
    span: logSpan,
    confirmations,
    progressInterval: PROGRESS_INTERVAL,
    state: new StateFile(file, { chainId, contract: await contract.getAddress() }, item, log),
    log,
    signal,
    tally,
  });
}

/** `state.rewards.json` beside `state.json`. */
function fileBeside({ stateFile }: Makings, job: JobName): string {
  const { dir, name, ext } = parse(stateFile);
  return join(dir, `${name}.${job}${ext}`);
}
