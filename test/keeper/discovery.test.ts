import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { NetworkConnection } from "hardhat/types/network";
import { Discovery, type DiscoveryOptions } from "../../keeper/discovery.ts";
import { NodeError, StepError } from "../../keeper/errors.ts";
import { EPOCH_KEY, type EpochKey, epochsOf } from "../../keeper/jobs/epoch.ts";
import { openLog } from "../../keeper/log.ts";
import { StateFile } from "../../keeper/state.ts";
import { type ITruthSerum, ITruthSerum__factory } from "../../typechain-types/index.ts";
import { Collector } from "../demo/fixtures.ts";
import { CLAIM } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { commitVoice, finishEpoch } from "../fixtures/stake.ts";
import { BOTH, type CrowdWorld, committedCrowd, crowdToSettle } from "./crowd.ts";
import { chainOf, linesOf } from "./workshop.ts";

const REFUSED = "the node refuses log queries of so many blocks: asking for half as many";
const NEXT: EpochKey = { claimId: CLAIM, epoch: 1n };

describe("Discovery of epochs", () => {
  let folder: string;
  let file: string;
  let world: CrowdWorld;
  let output: Collector;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "keeper-"));
    file = join(folder, "deeper", "state.json");
  });
  beforeEach(() => {
    output = new Collector();
  });
  afterEach(() => rm(join(folder, "deeper"), { recursive: true, force: true }));
  after(() => rm(folder, { recursive: true }));

  /** Makes a fixture the world of a test. */
  const standing = (fixture: (connection: NetworkConnection) => Promise<CrowdWorld>) => async () => {
    world = await load(fixture);
  };

  interface Options {
    span?: number;
    confirmations?: number;
    startBlock?: number;
    /** The most blocks that the node takes in a query. */
    limit?: number;
    /** What it says about more. */
    refusal?: string | Error;
    tally?: DiscoveryOptions<EpochKey>["tally"];
    progressInterval?: number;
    /** Log queries after which the run is to end. */
    stopAfter?: number;
  }

  /** A discovery as a new process has it, and the ranges of its log queries. */
  async function discover(given: Options = {}) {
    const options = { span: 5_000, confirmations: 0, startBlock: 0, progressInterval: 5_000, ...given };
    const chain = await chainOf(world);
    const truthSerum = await world.truthSerum.getAddress();
    const serum = ITruthSerum__factory.connect(truthSerum, chain.provider);
    const end = new AbortController();
    const ranges = watchQueries(serum, given, (count) => {
      if (count === given.stopAfter) end.abort();
    });
    const log = openLog("debug", output);
    const state = new StateFile(file, { chainId: 31_337n, contract: truthSerum }, EPOCH_KEY, log);
    return { discovery: new Discovery(chain, epochsOf(serum), { ...options, state, log, signal: end.signal }), ranges };
  }

  async function scanned(options: Options = {}) {
    const found = await discover(options);
    await found.discovery.scan();
    return found;
  }

  const head = () => world.connection.ethers.provider.getBlockNumber();
  const remembered = async () => JSON.parse(await readFile(file, "utf8"));
  const mine = (blocks: number) => world.connection.networkHelpers.mine(blocks);

  /** Somebody commits in epoch 1, on `CLAIM`. */
  async function commitLater(): Promise<void> {
    const [voice] = world.voices;
    if (voice === undefined) throw new RangeError("no voices");
    const { startsAt } = await world.truthSerum.scheduleOf(1n);
    await world.connection.networkHelpers.time.increaseTo(startsAt);
    await commitVoice(world, { ...voice, epoch: 1n });
  }

  describe("of a first run", () => {
    beforeEach(standing(committedCrowd));

    it("finds each epoch with a participant once", async () => {
      const { discovery } = await scanned();
      expect(keysOf(discovery)).to.have.deep.members(BOTH);
    });

    for (const span of [1, 7, 10_000]) {
      it(`asks for ${span} blocks at a time, from the deployment to the head`, async () => {
        const { discovery, ranges } = await scanned({ span, startBlock: 3 });
        expect(keysOf(discovery)).to.have.deep.members(BOTH);
        expectToCover(ranges, 3, await head(), span);
      });
    }

    it("says how far a long search is", async () => {
      await scanned({ span: 10, progressInterval: 0 });
      const lines = linesOf(output, "looking for commits");
      expect(lines[0]).to.include({ block: 9, of: await head() });
      expect(lines.at(-1)).to.include({ block: await head(), found: 2 });
    });

    it("remembers how far it came when it is to end, and goes on from there", async () => {
      const before = await scanned({ span: 7, stopAfter: 3 });
      expectToCover(before.ranges, 0, 20, 7);
      const { discovery, ranges } = await scanned({ span: 7 });
      expectToCover(ranges, 21, await head(), 7);
      expect(keysOf(discovery)).to.have.deep.members(BOTH);
    });

    it("asks for fewer blocks where the node refuses so many, and for all of them", async () => {
      const { discovery, ranges } = await scanned({ span: 32, limit: 10, refusal: "exceed maximum block range: 10" });
      expect(keysOf(discovery)).to.have.deep.members(BOTH);
      expectToCover(ranges, 0, await head(), 10);
      expect(linesOf(output, REFUSED).map(({ span }) => span)).to.include.ordered.members([16, 8]);
    });

    it("asks for more again after a while", async () => {
      await mine(200);
      const { ranges } = await scanned({ span: 32, limit: 10, refusal: "exceed maximum block range: 10" });
      const lengths = ranges.map(([from, to]) => to - from + 1);
      expect(lengths.slice(0, 11)).to.deep.equal([...Array(10).fill(8), 10]);
      expectToCover(ranges, 0, await head(), 10);
    });

    it("gives up where the node refuses a single block", async () => {
      const { discovery } = await discover({ span: 4, limit: 0, refusal: "exceed maximum block range: 0" });
      const failure: unknown = await discovery.scan().catch((reason: unknown) => reason);
      expect(failure).to.be.instanceOf(StepError).with.property("message").that.includes("exceed maximum block range");
    });

    it("does not ask for fewer where there was no answer, whatever is said about it", async () => {
      const refusal = new NodeError("The node does not answer: no more than a range of logs");
      const { discovery } = await discover({ span: 32, limit: 10, refusal });
      const failure: unknown = await discovery.scan().catch((reason: unknown) => reason);
      expect(failure).to.be.instanceOf(StepError).with.property("cause", refusal);
    });

    it("tells how many blocks are left", async () => {
      const left: number[] = [];
      await scanned({ span: 20, tally: { unscanned: (blocks) => left.push(blocks) } });
      const blocks = (await head()) + 1;
      expect(left[0]).to.equal(blocks);
      expect(left[1]).to.equal(blocks - 20);
      expect(left.at(-1)).to.equal(0);
    });

    it("names the setting that helps where the node limits queries in words of its own", async () => {
      const { discovery } = await discover({ span: 100, limit: 10, refusal: "this is not done here" });
      const failure: unknown = await discovery.scan().catch((reason: unknown) => reason);
      expect(failure).to.be.instanceOf(StepError).with.property("message").that.includes("--log-span");
    });
  });

  describe("of a later run", () => {
    beforeEach(standing(committedCrowd));

    it("asks for the blocks that came since", async () => {
      await scanned();
      const before = await head();
      await commitLater();
      const { discovery, ranges } = await scanned();
      expectToCover(ranges, before + 1, await head(), 5_000);
      expect(keysOf(discovery)).to.have.deep.members([...BOTH, NEXT]);
    });

    it("asks again for the blocks that were not confirmed", async () => {
      await scanned({ confirmations: 5 });
      const before = await head();
      await mine(1);
      const { ranges } = await scanned({ confirmations: 5 });
      expectToCover(ranges, before - 4, before + 1, 5_000);
    });

    it("finds everything again where the state file was deleted", async () => {
      await scanned();
      await rm(file);
      const { discovery } = await scanned();
      expect(keysOf(discovery)).to.have.deep.members(BOTH);
    });

    for (const [what, content] of [
      ["is cut off", '{"chainId":"31337","contract":'],
      ["lacks a field", '{"chainId":"31337","scannedTo":7}'],
    ] as const) {
      it(`finds everything again where the state file ${what}`, async () => {
        await scanned();
        await writeFile(file, content);
        const { discovery } = await scanned();
        expect(keysOf(discovery)).to.have.deep.members(BOTH);
        expect(linesOf(output, "the state file cannot be read: not used")).to.have.length(1);
      });
    }

    it("finds everything again where the state file is about another deployment", async () => {
      await scanned();
      await writeFile(file, JSON.stringify({ ...(await remembered()), contract: CLAIM.slice(0, 42), items: [] }));
      const { discovery } = await scanned();
      expect(keysOf(discovery)).to.have.deep.members(BOTH);
    });
  });

  describe("of a run that goes on", () => {
    beforeEach(standing(committedCrowd));

    it("finds what was committed meanwhile", async () => {
      const { discovery } = await scanned();
      await commitLater();
      await discovery.scan();
      expect(keysOf(discovery)).to.have.deep.members([...BOTH, NEXT]);
    });

    it("writes the state file again where it was deleted", async () => {
      const { discovery } = await scanned();
      await rm(file);
      await mine(1);
      await discovery.scan();
      expect((await remembered()).items).to.have.length(2);
    });

    it("leaves no drafts beside the state file", async () => {
      const { discovery } = await scanned();
      await mine(1);
      await discovery.scan();
      expect(await readdir(join(folder, "deeper"))).to.deep.equal(["state.json"]);
    });

    it("goes on where the state file cannot be written", async () => {
      await writeFile(join(folder, "deeper"), "a file where a folder should be");
      const { discovery } = await scanned();
      expect(keysOf(discovery)).to.have.deep.members(BOTH);
      expect(linesOf(output, "the state file cannot be written")).to.have.length(1);
    });
  });

  describe("after a reorganisation", () => {
    beforeEach(standing(committedCrowd));

    it("finds a commit that moved to a later block, at a depth that was confirmed", async () => {
      const fork = await world.connection.networkHelpers.takeSnapshot();
      await mine(30);
      const { discovery } = await scanned({ confirmations: 5 });
      await fork.restore();
      await commitLater();
      await mine(40);
      await discovery.scan();
      expect(keysOf(discovery)).to.have.deep.members([...BOTH, NEXT]);
      expect(linesOf(output, "the chain was reorganised: looking through it again")).to.have.length(1);
    });

    it("begins again where the chain is shorter than what was remembered", async () => {
      const fork = await world.connection.networkHelpers.takeSnapshot();
      await mine(30);
      await scanned();
      await fork.restore();
      await commitLater();
      const { discovery } = await scanned();
      expect(keysOf(discovery)).to.have.deep.members([...BOTH, NEXT]);
    });
  });

  describe("of epochs that are distributed", () => {
    beforeEach(async () => {
      world = await load(crowdToSettle);
      await finishEpoch(world, BOTH[0]);
    });

    it("forgets them when a confirmed block says so", async () => {
      await mine(5);
      const { discovery } = await scanned({ confirmations: 5 });
      await discovery.review([BOTH[0]]);
      expect(keysOf(discovery)).to.deep.equal([BOTH[1]]);
      expect((await remembered()).items).to.deep.equal([{ claimId: BOTH[1].claimId, epoch: "0" }]);
    });

    it("keeps them while only later blocks do", async () => {
      await mine(4);
      const { discovery } = await scanned({ confirmations: 5 });
      await discovery.review([BOTH[0]]);
      expect(keysOf(discovery)).to.have.deep.members(BOTH);
    });

    it("keeps them while what was looked through ends before they were distributed", async () => {
      const { discovery } = await scanned({ confirmations: 5 });
      await mine(100);
      await discovery.review([BOTH[0]]);
      expect(keysOf(discovery)).to.have.deep.members(BOTH);
    });

    it("finds them again where a reorganisation took the distribution back", async () => {
      world = await load(crowdToSettle);
      const fork = await world.connection.networkHelpers.takeSnapshot();
      await finishEpoch(world, BOTH[0]);
      await mine(5);
      const { discovery } = await scanned({ confirmations: 5 });
      await discovery.review([BOTH[0]]);
      await fork.restore();
      expect(keysOf((await scanned({ confirmations: 5 })).discovery)).to.have.deep.members(BOTH);
    });

    it("does not look for them again in a later run", async () => {
      const { discovery } = await scanned();
      await discovery.review([BOTH[0]]);
      expect(keysOf((await scanned()).discovery)).to.deep.equal([BOTH[1]]);
    });
  });
});

function keysOf({ items }: Discovery<EpochKey>): EpochKey[] {
  return [...items];
}

/** Notes the ranges of a contract's log queries, and refuses those of more than `limit` blocks. */
function watchQueries(
  serum: ITruthSerum,
  { limit = Number.POSITIVE_INFINITY, refusal = "" }: { limit?: number; refusal?: string | Error },
  onQuery: (count: number) => void,
): [number, number][] {
  const ranges: [number, number][] = [];
  const query = serum.queryFilter.bind(serum);
  Object.assign(serum, {
    queryFilter: async (filter: typeof serum.filters.BeliefCommitted, from: number, to: number) => {
      if (to - from >= limit) throw refusal instanceof Error ? refusal : new Error(refusal);
      onQuery(ranges.push([from, to]));
      return query(filter, from, to);
    },
  });
  return ranges;
}

/** Checks that ranges follow one another without a gap, none of them longer than `span`. */
function expectToCover(ranges: readonly [number, number][], first: number, last: number, span: number): void {
  expect([ranges[0]?.[0], ranges.at(-1)?.[1]]).to.deep.equal([first, last]);
  for (const [index, [from, to]] of ranges.entries()) {
    expect(to - from + 1).to.be.within(1, span);
    expect(from).to.equal(index === 0 ? first : (ranges[index - 1]?.[1] ?? 0) + 1);
  }
}
