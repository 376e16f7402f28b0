import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ExitCode, runSimulation } from "../../simulation/cli.ts";
import type { Life } from "../../simulation/life.ts";
import { MAX_SEED, MAX_STEPS } from "../../simulation/limits.ts";
import { REPRODUCTION_VERSION, type Reproduction } from "../../simulation/reproduction.ts";
import { type Outcome, type RunOptions, simulate } from "../../simulation/simulate.ts";
import { Collector } from "../demo/fixtures.ts";
import { usdc } from "../fixtures/amounts.ts";

const folder = join(tmpdir(), `simulation-${randomUUID()}`);

/** What the command did. */
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function command(args: readonly string[], run: (options: RunOptions) => Promise<Outcome>): Promise<Ended> {
  const [stdout, stderr] = [new Collector(), new Collector()];
  const code = await runSimulation(args, { stdout, stderr, folder, run });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

const runNothing = async (): Promise<Outcome> => {
  throw new Error("nothing was to be run");
};

const GOOD: Reproduction = {
  version: REPRODUCTION_VERSION,
  seed: 9,
  steps: 40,
  failedAt: 12,
  doing: "comparing everything",
  what: "usdc vault.stakes()",
  onChain: '"1"',
  inModel: '"2"',
};

/** Nothing happened, and nothing was wrong. */
const UNEVENTFUL: Outcome = {
  summary: {
    lived: 0n,
    hostileToken: "blacklist",
    people: {},
    calls: {},
    refusals: {},
    keepers: {},
    complaints: {},
    affairs: {},
    figures: 0,
  },
  failure: undefined,
  holdings: [],
};

async function fileOf(content: unknown): Promise<string> {
  const path = join(folder, `${randomUUID()}.json`);
  await mkdir(folder, { recursive: true });
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

describe("npm run simulate", () => {
  after(() => rm(folder, { recursive: true, force: true }));

  describe("when the command line is wrong", () => {
    for (const [option, value] of [
      ["--seed", "many"],
      ["--seed", "-1"],
      ["--seed", "1.5"],
      ["--seed", String(MAX_SEED + 1)],
      ["--lives", "0"],
      ["--steps", "0"],
      ["--steps", "1e3"],
      ["--steps", String(MAX_STEPS + 1)],
    ] as const) {
      it(`refuses ${option} ${value}`, async () => {
        const { code, stderr } = await command([option, value], runNothing);
        expect(code).to.equal(ExitCode.BadInput);
        expect(stderr).to.contain(
          `option '${option} <number>' argument '${value}' is invalid. It must be a whole number`,
        );
      });
    }

    it("refuses what it does not know", async () => {
      const { code, stderr } = await command(["--sed", "1"], runNothing);
      expect(code).to.equal(ExitCode.BadInput);
      expect(stderr).to.contain("unknown option '--sed'");
    });

    it("refuses a seed beside a file", async () => {
      const { code, stderr } = await command(["--replay", await fileOf(GOOD), "--seed", "1"], runNothing);
      expect(code).to.equal(ExitCode.BadInput);
      expect(stderr).to.contain("leave --seed, --steps and --lives out");
    });
  });

  describe("when the file is wrong", () => {
    for (const [what, content, complaint] of [
      ["is of another version", { ...GOOD, version: 2 }, "the file is of version 2, and version 1 is needed"],
      ["is of no version", { seed: 1 }, "the file is of version undefined"],
      ["is broken JSON", '{"version": 1, "seed"', "the file is not JSON"],
      ["is a list", [], "the file is of version undefined"],
      ["has no seed", { ...GOOD, seed: undefined }, "seed: "],
      ["has a step that cannot be", { ...GOOD, failedAt: -1 }, "failedAt: "],
      ["has what nobody knows", { ...GOOD, more: 1 }, "the file: Unrecognized key"],
    ] as const) {
      it(`refuses one that ${what}`, async () => {
        const path = await fileOf(content);
        const { code, stderr } = await command(["--replay", path], runNothing);
        expect(code).to.equal(ExitCode.BadInput);
        expect(stderr).to.contain(`--replay ${path}: ${complaint}`);
      });
    }

    it("refuses one that is not there", async () => {
      const { code, stderr } = await command(["--replay", join(folder, "nothing.json")], runNothing);
      expect(code).to.equal(ExitCode.BadInput);
      expect(stderr).to.contain("the file cannot be read");
    });
  });

  it("says how it is used", async () => {
    const { code, stdout } = await command(["--help"], runNothing);
    expect(code).to.equal(ExitCode.Success);
    expect(stdout).to.contain("npm run simulate -- --seed 7 --steps 500");
  });

  describe("when something is wrong with a contract", () => {
    const STEPS = 25;
    const SPOILED = 10;
    let failed: Ended;
    let written: Reproduction;
    let path: string;

    /** Units that nobody deposited appear in the vault. */
    const spoil = async ({ scene }: Life, step: number) => {
      if (step !== SPOILED) return;
      const { usdc: zone, officers, world } = scene.stage;
      const { token } = zone.asset;
      const data = token.interface.encodeFunctionData("mint", [zone.stake.setup.contracts.vault.address, usdc(1)]);
      await world.chain.send({ from: officers.team, to: token.address, data });
    };
    const spoiled = (options: RunOptions) => simulate({ ...options, before: spoil });

    before(async () => {
      failed = await command(["--seed", "3", "--steps", String(STEPS)], spoiled);
      const [name = ""] = await readdir(folder).then((names) => names.filter((each) => each.startsWith("seed-3")));
      path = join(folder, name);
      written = JSON.parse(await readFile(path, "utf8"));
    });

    it("ends with a failure at that step", () => {
      expect(failed.code).to.equal(ExitCode.Failure);
      expect(failed.stderr).to.contain(`At step ${SPOILED}, `);
    });

    it("says how to fail again", () => {
      expect(failed.stderr).to.contain(`npm run simulate -- --replay ${path}`);
    });

    it("writes down seed, steps, the step and what differed", () => {
      const { version, seed, steps, failedAt, what, onChain, inModel } = written;
      expect([version, seed, steps, failedAt]).to.deep.equal([REPRODUCTION_VERSION, 3, STEPS, SPOILED]);
      expect(what).to.match(/^usdc token\.balanceOf\(/);
      expect(BigInt(JSON.parse(onChain ?? "")) - BigInt(JSON.parse(inModel ?? ""))).to.equal(usdc(1));
    });

    it("fails in the same way when it is replayed", async () => {
      const { code, stderr } = await command(["--replay", path], spoiled);
      expect(code).to.equal(ExitCode.Failure);
      expect(stderr).to.contain("The same failure again.");
    });
  });

  it("refuses lives beyond the largest seed", async () => {
    const { code, stderr } = await command(["--seed", String(MAX_SEED), "--lives", "2"], runNothing);
    expect(code).to.equal(ExitCode.BadInput);
    expect(stderr).to.contain(`the last seed would be above ${MAX_SEED}`);
  });

  describe("when nothing is wrong", () => {
    it("says of a replay that it fails no more", async () => {
      const { code, stdout } = await command(["--replay", await fileOf(GOOD)], async () => UNEVENTFUL);
      expect(code).to.equal(ExitCode.Success);
      expect(stdout).to.contain("Step 12 of seed 9 with 40 steps does not fail any more.");
    });

    it("lives one seed after the other, with a line for each", async () => {
      const lived: unknown[] = [];
      const run = async ({ seed, steps }: RunOptions) => {
        lived.push([seed, steps]);
        return UNEVENTFUL;
      };
      const { stdout } = await command(["--seed", "5", "--steps", "7", "--lives", "2"], run);
      expect(lived).to.deep.equal([
        [5, 7],
        [6, 7],
      ]);
      expect(stdout.trim().split("\n")).to.have.length(2);
    });

    it("ends with the table of what is left", async () => {
      const remainder = { name: "rounding of shares", amount: 3n, bound: 12n, because: "a unit for each who staked" };
      const holdings = [{ holder: "distributor", token: "ACT", held: 3n, remainders: [remainder] }];
      const { stdout } = await command(["--seed", "5"], async () => ({ ...UNEVENTFUL, holdings }));
      expect(stdout).to.match(/distributor +ACT +3 +rounding of shares +3 +12 +a unit for each who staked\n$/);
    });
  });
});
