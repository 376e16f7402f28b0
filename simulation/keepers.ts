import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { Chain } from "../keeper/chain.ts";
import { JOB_NAMES } from "../keeper/config.ts";
import { EntrustedBeliefs } from "../keeper/jobs/entrusted.ts";
import type { Job } from "../keeper/jobs/job.ts";
import { makeJob } from "../keeper/jobs/makers.ts";
import { openWorkshop } from "../keeper/workshop.ts";
import {
  CouncilGovernor__factory,
  IArgumentStaking__factory,
  ICouncilStaking__factory,
  IQueryEscrow__factory,
  ITruthSerum__factory,
} from "../typechain-types/index.ts";
import type { Mined, SimulatedChain } from "./chain.ts";
import type { Deployed } from "./deployment.ts";
import type { SealedOpening } from "./scene.ts";

const GAS_CAP = 16_777_216n;
/** Milliseconds that a transaction may take on a chain that mines it at once. */
const STUCK_AFTER = 10_000;
/** Blocks of a log query. */
const LOG_SPAN = 5_000;

/** A keeper: its jobs, as a process has them that has just begun. */
interface Keeper {
  readonly jobs: readonly Job[];
}

/** The project's keepers, at work on the chain with their own transactions. */
export class Keepers {
  readonly #chain: SimulatedChain;
  readonly #deployed: Deployed;
  readonly #folder: string;
  readonly #keepers = new Map<string, Keeper>();
  /** What keepers could not do, in their words. */
  readonly complaints: string[] = [];

  private constructor(chain: SimulatedChain, deployed: Deployed, folder: string) {
    this.#chain = chain;
    this.#deployed = deployed;
    this.#folder = folder;
  }

  /** Nobody works yet. */
  static async open(chain: SimulatedChain, deployed: Deployed): Promise<Keepers> {
    const folder = await mkdtemp(join(tmpdir(), "credence-simulation-"));
    const keepers = new Keepers(chain, deployed, folder);
    await writeFile(keepers.#beliefs, "");
    return keepers;
  }

  /** Lets the keepers open a belief. */
  async entrust({ opening: { user, claimId, epoch, belief, meta, salt } }: SealedOpening): Promise<void> {
    const numbers = { epoch: String(epoch), belief: String(belief), meta: String(meta) };
    await appendFile(this.#beliefs, `${JSON.stringify({ user, claimId, ...numbers, salt })}\n`);
  }

  /** A pass of each job by each of the accounts, all at once. Returns what they had mined, in order. */
  async pass(accounts: readonly string[]): Promise<Mined[]> {
    const height = await this.#chain.height();
    const keepers = await Promise.all(accounts.map((account) => this.#keeper(account)));
    await Promise.all(keepers.map((keeper) => this.#work(keeper)));
    return this.#chain.minedAfter(height);
  }

  /** The process of an account ends; the next one begins with what its files say. */
  restart(account: string): void {
    this.#keepers.delete(account);
  }

  /** Removes what the keepers wrote. */
  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #beliefs(): string {
    return join(this.#folder, "beliefs.jsonl");
  }

  async #work({ jobs }: Keeper): Promise<void> {
    for (const job of jobs) await job.run();
  }

  async #keeper(account: string): Promise<Keeper> {
    const known = this.#keepers.get(account);
    if (known !== undefined) return known;
    const { provider } = this.#chain.connection.ethers;
    const chainId = (await provider.getNetwork()).chainId;
    const { contracts } = this.#deployed;
    const kept = {
      truthSerum: ITruthSerum__factory.connect(await contracts.truthSerum.getAddress(), provider),
      argumentStaking: IArgumentStaking__factory.connect(await contracts.argumentStaking.getAddress(), provider),
      queryEscrow: IQueryEscrow__factory.connect(await contracts.queryEscrow.getAddress(), provider),
      councilStaking: ICouncilStaking__factory.connect(await contracts.councilStaking.getAddress(), provider),
      councilGovernor: CouncilGovernor__factory.connect(await contracts.councilGovernor.getAddress(), provider),
      deployedIn: async () => 0,
    };
    const log = pino({ level: "error" }, { write: (line) => this.complaints.push(line.trim()) });
    const workshop = openWorkshop(new Chain(provider, account, "latest"), {
      limits: { gasCap: GAS_CAP, stuckAfter: STUCK_AFTER, isDryRun: false },
      log,
      signal: new AbortController().signal,
      rest: 0,
    });
    const makings = {
      ...{
        workshop,
        contracts: kept,
        network: "simulation",
        journal: "",
        chainId,
        logSpan: LOG_SPAN,
        confirmations: 0,
      },
      stateFile: join(this.#folder, `${account}.json`),
      beliefs: new EntrustedBeliefs(this.#beliefs),
    };
    const keeper = { jobs: await Promise.all(JOB_NAMES.map((name) => makeJob(name, makings))) };
    this.#keepers.set(account, keeper);
    return keeper;
  }
}
