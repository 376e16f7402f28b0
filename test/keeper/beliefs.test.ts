import { appendFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { id } from "ethers";
import { openDueBeliefs } from "../../keeper/jobs/beliefs.ts";
import { EntrustedBeliefs, parseBelief } from "../../keeper/jobs/entrusted.ts";
import { CLAIM } from "../fixtures/amounts.ts";
import { load } from "../fixtures/protocol.ts";
import { openVoice, SALT, type Voice } from "../fixtures/stake.ts";
import { type CrowdWorld, committedCrowd, crowdToOpen, entryOf, handsOn, travelTo } from "./crowd.ts";
import { linesOf } from "./workshop.ts";

describe("openDueBeliefs", () => {
  let folder: string;
  let file: string;
  let world: CrowdWorld;
  let mine: [Voice, Voice, Voice];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "keeper-"));
    file = join(folder, "beliefs.jsonl");
  });
  beforeEach(async () => {
    world = await load(crowdToOpen);
    mine = world.voices.slice(0, 3) as [Voice, Voice, Voice];
  });
  after(() => rm(folder, { recursive: true }));

  const opened = async () => (await world.truthSerum.epochState(CLAIM, 0n)).opened;

  async function open(path = file, isDryRun = false) {
    const { context, output } = await handsOn(world, { isDryRun });
    return { report: await openDueBeliefs(context, new EntrustedBeliefs(path)), output };
  }

  /** The reasons of failures in a log. */
  function reasonsIn(output: Parameters<typeof linesOf>[0]): unknown[] {
    return linesOf(output, "could not be done, the others go on").map(({ reason }) => reason);
  }

  it("opens the beliefs of a file", async () => {
    await writeFile(file, mine.map(entryOf).join(""));
    expect((await open()).report).to.deep.equal({ due: 3, done: 3, failed: 0, left: 0 });
    const { belief, meta, isOpened } = await world.truthSerum.participant(CLAIM, 0n, mine[1].user);
    expect({ belief, meta, isOpened }).to.deep.equal({ belief: mine[1].belief, meta: mine[1].meta, isOpened: true });
  });

  it("opens the beliefs of all files of a folder that end in .jsonl", async () => {
    const many = join(folder, "many");
    await mkdir(many);
    await writeFile(join(many, "ann.jsonl"), entryOf(mine[0]));
    await writeFile(join(many, "bob.jsonl"), entryOf(mine[1]));
    await writeFile(join(many, "notes.txt"), "not an entry");
    expect((await open(many)).report).to.deep.equal({ due: 2, done: 2, failed: 0, left: 0 });
  });

  it("opens what was added since the last pass", async () => {
    await writeFile(file, entryOf(mine[0]));
    const { context } = await handsOn(world);
    const beliefs = new EntrustedBeliefs(file);
    await openDueBeliefs(context, beliefs);
    await appendFile(file, entryOf(mine[1]));
    expect(await openDueBeliefs(context, beliefs)).to.deep.equal({ due: 1, done: 1, failed: 0, left: 0 });
  });

  it("has nothing to do about a belief that somebody has opened", async () => {
    await writeFile(file, entryOf(mine[0]));
    await openVoice(world, mine[0]);
    expect((await open()).report).to.deep.equal({ due: 0, done: 0, failed: 0, left: 0 });
  });

  it("asks nobody about a belief before its epoch has ended", async () => {
    world = await load(committedCrowd);
    await writeFile(file, mine.map(entryOf).join(""));
    const { context, output } = await handsOn(world);
    Object.assign(context, { stepper: undefined });
    expect(await openDueBeliefs(context, new EntrustedBeliefs(file))).to.include({ due: 0, failed: 0 });
    expect(output.text).to.equal("");
  });

  describe("when the time for opening is over", () => {
    const tooLate = async () => travelTo(world, (await world.truthSerum.scheduleOf(0n)).settleableAt);
    const MISSED = "a belief was not opened in time: its whole weight is lost";
    const NOTHING = { due: 0, done: 0, failed: 0, left: 0 };

    it("warns of a belief that nobody has opened", async () => {
      await writeFile(file, entryOf(mine[0]));
      await tooLate();
      const { report, output } = await open();
      expect(report).to.deep.equal(NOTHING);
      const [warning, ...others] = linesOf(output, MISSED);
      expect(warning).to.include({ level: "warn", user: mine[0].user.address, claimId: CLAIM, epoch: "0" });
      expect(others).to.deep.equal([]);
    });

    it("warns of it once, and counts it once", async () => {
      await writeFile(file, entryOf({ ...mine[0], belief: 1n }) + entryOf(mine[0]));
      await tooLate();
      const { context, output } = await handsOn(world);
      let missed = 0;
      const counting = { ...context, tally: { ...context.tally, missed: () => missed++ } };
      const beliefs = new EntrustedBeliefs(file);
      await openDueBeliefs(counting, beliefs);
      await openDueBeliefs(counting, beliefs);
      expect([missed, linesOf(output, MISSED).length]).to.deep.equal([1, 1]);
    });

    it("says nothing of one that was opened, or never committed", async () => {
      await writeFile(file, entryOf(mine[0]) + entryOf({ ...mine[1], user: world.guardian }));
      await openVoice(world, mine[0]);
      await tooLate();
      const { report, output } = await open();
      expect(report).to.deep.equal(NOTHING);
      expect(output.text).to.equal("");
    });

    it("warns of it though opening it failed before", async () => {
      await writeFile(file, entryOf({ ...mine[0], salt: id("another salt") }));
      const { context, output } = await handsOn(world);
      const beliefs = new EntrustedBeliefs(file);
      expect((await openDueBeliefs(context, beliefs)).failed).to.equal(1);
      await tooLate();
      expect(await openDueBeliefs(context, beliefs)).to.deep.equal(NOTHING);
      expect(linesOf(output, MISSED)).to.have.length(1);
    });

    it("asks again where the node did not tell, and counts no failure", async () => {
      await writeFile(file, entryOf(mine[0]));
      await tooLate();
      const { context, output } = await handsOn(world);
      const beliefs = new EntrustedBeliefs(file);
      const silent = { ...context, serum: { interface: context.serum.interface } as typeof context.serum };
      expect(await openDueBeliefs(silent, beliefs)).to.deep.equal(NOTHING);
      context.breaker.succeeded(`${CLAIM}/0/${mine[0].user.address}, missed`);
      await openDueBeliefs(context, beliefs);
      expect(linesOf(output, MISSED)).to.have.length(1);
    });
  });

  it("opens the others where one is not what was sealed", async () => {
    const forged = { ...mine[0], belief: mine[0].belief + 1n };
    await writeFile(file, [forged, mine[1]].map(entryOf).join(""));
    const { report, output } = await open();
    expect(report).to.deep.equal({ due: 2, done: 1, failed: 1, left: 0 });
    expect(reasonsIn(output)[0]).to.match(/^open is refused: SealMismatch\(/);
  });

  it("sends nothing for a belief that is not what was sealed", async () => {
    await writeFile(file, entryOf({ ...mine[0], salt: id("another salt") }));
    const before = await world.connection.ethers.provider.getBlockNumber();
    await open();
    expect(await world.connection.ethers.provider.getBlockNumber()).to.equal(before);
  });

  it("finds the entry that counts among several of one voice", async () => {
    const earlier = { ...mine[0], belief: 1n };
    await writeFile(file, [earlier, mine[0], earlier].map(entryOf).join(""));
    expect((await open()).report).to.deep.equal({ due: 1, done: 1, failed: 0, left: 0 });
  });

  it("says so where somebody did not commit", async () => {
    await writeFile(file, entryOf({ ...mine[0], user: world.guardian }) + entryOf(mine[1]));
    const { report, output } = await open();
    expect(report).to.deep.equal({ due: 2, done: 1, failed: 1, left: 0 });
    expect(reasonsIn(output)[0]).to.include("open is refused: NotParticipant(");
  });

  it("opens the others where a line cannot be read, and does not repeat it", async () => {
    await writeFile(file, `{"salt":"${SALT}","belief":\n${entryOf(mine[1])}`);
    const { report, output } = await open();
    expect(report).to.deep.equal({ due: 2, done: 1, failed: 1, left: 0 });
    expect(reasonsIn(output)).to.deep.equal([`${file}:1: the line must be JSON`]);
    expect(output.text).not.to.include(SALT.slice(2));
  });

  it("says so where there is no such file", async () => {
    const { report, output } = await open(join(folder, "nowhere"));
    expect(report).to.deep.equal({ due: 1, done: 0, failed: 1, left: 0 });
    expect(reasonsIn(output)[0]).to.include("ENOENT");
  });

  it("sends nothing in a dry run", async () => {
    await writeFile(file, mine.map(entryOf).join(""));
    expect((await open(file, true)).report).to.deep.equal({ due: 3, done: 0, failed: 0, left: 3 });
    expect(await opened()).to.equal(0n);
  });

  it("writes no salt into the log", async () => {
    await writeFile(file, mine.map(entryOf).join(""));
    const { output } = await open();
    expect(linesOf(output, "open: done")).to.have.length(3);
    expect(output.text).not.to.include(SALT.slice(2));
  });
});

describe("parseBelief", () => {
  const entry = {
    user: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
    claimId: CLAIM,
    epoch: 7,
    belief: "600000000000000000",
    meta: "1000000000000000000",
    salt: SALT,
  };
  const parse = (changes: object) => parseBelief(JSON.stringify({ ...entry, ...changes }), "file:1");

  it("reads an entry", () => {
    const numbers = { epoch: 7n, belief: 6n * 10n ** 17n, meta: 10n ** 18n };
    expect(parse({})).to.deep.equal({ ...entry, ...numbers });
  });

  const wrong: [string, object, string][] = [
    ["an address that is none", { user: "0x12" }, "user must be an address"],
    ["a claim that is not 32 bytes", { claimId: "0x12" }, "claimId must be 32 bytes in hex"],
    ["a salt that is missing", { salt: undefined }, "salt must be 32 bytes in hex"],
    [
      "a number that JSON rounds",
      { belief: 600_000_000_000_000_000 },
      "belief must be a whole number, from 2^53 on as a string",
    ],
    ["an epoch below zero", { epoch: -1 }, "epoch must be a whole number, from 2^53 on as a string"],
    ["a probability above one", { meta: "1000000000000000001" }, "meta must be a probability in wad, at most 1e18"],
  ];
  for (const [what, changes, problem] of wrong) {
    it(`refuses ${what}`, () => {
      expect(() => parse(changes)).to.throw(`file:1: ${problem}`);
    });
  }

  it("refuses a line that is not an object", () => {
    expect(() => parseBelief("7", "file:1")).to.throw("file:1: the line must be an object");
  });
});
