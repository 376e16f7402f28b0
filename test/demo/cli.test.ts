import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { DemoTransactionError } from "../../scripts/demo/chain.ts";
import { type Demonstrate, runDemo } from "../../scripts/demo/cli.ts";
import { Collector, HEADER } from "./fixtures.ts";

describe("the demo's command line", () => {
  let folder: string;
  let file: string;
  let badFile: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "credence-"));
    file = join(folder, "good.csv");
    badFile = join(folder, "bad.csv");
    await writeFile(file, [HEADER, "Alaska,Juneau,ann,1,0.6,0.75,1", "Nevada,Reno,ann,1,0.6,0.75,0", ""].join("\n"));
    await writeFile(badFile, [HEADER, "Alaska,Juneau,ann,1,0.6,75,1", ""].join("\n"));
  });
  after(() => rm(folder, { recursive: true }));

  /** Shows how many claims it was given. */
  const show: Demonstrate = async ({ answers }) => {
    const claims = new Set(answers.map((answer) => answer.claim)).size;
    return { report: `report of ${claims}`, json: { claims }, isConserved: true };
  };

  async function run(args: string[], market: Demonstrate = show) {
    const [stdout, stderr] = [new Collector(), new Collector()];
    const exitCode = await runDemo(args, { stdout, stderr }, { market });
    return { exitCode, stdout: stdout.text, stderr: stderr.text };
  }

  it("shows every mechanism by default", async () => {
    expect(await run(["--csv", file])).to.deep.equal({ exitCode: 0, stdout: "report of 2\n", stderr: "" });
  });

  it("shows the mechanism that is asked for", async () => {
    expect(await run(["market", "--csv", file])).to.include({ exitCode: 0, stdout: "report of 2\n" });
  });

  it("replays the first claims only with --claims", async () => {
    expect(await run(["--csv", file, "--claims", "1"])).to.include({ exitCode: 0, stdout: "report of 1\n" });
  });

  it("prints JSON alone, by mechanism, with --json", async () => {
    const { stdout, stderr } = await run(["--csv", file, "--json"]);
    expect(JSON.parse(stdout)).to.deep.equal({ market: { claims: 2 } });
    expect(stderr).to.equal("");
  });

  it("explains itself with --help", async () => {
    const { exitCode, stdout } = await run(["--help"]);
    expect(exitCode).to.equal(0);
    for (const word of ["Usage: npm run demo --", "--claims", "--csv", "--json", HEADER])
      expect(stdout).to.include(word);
  });

  it("ends with 1 and says so where the totals do not add up", async () => {
    const lossy: Demonstrate = async (...given) => ({ ...(await show(...given)), isConserved: false });
    expect(await run(["--csv", file], lossy)).to.deep.equal({
      exitCode: 1,
      stdout: "report of 2\n",
      stderr: "The totals do not add up: tokens were lost or made.\n",
    });
  });

  it("ends with 1 and the contract's words where a step is refused", async () => {
    const refused: Demonstrate = async () => {
      throw new DemoTransactionError("a transaction failed: StakeOutOfRange(1, 2, 3)");
    };
    const stderr = "a transaction failed: StakeOutOfRange(1, 2, 3)\n";
    expect(await run(["--csv", file], refused)).to.deep.equal({ exitCode: 1, stdout: "", stderr });
  });

  for (const value of ["0", "-1", "1.5", "x", ""]) {
    it(`refuses --claims "${value}"`, async () => {
      expect(await run([`--claims=${value}`])).to.deep.equal({
        exitCode: 2,
        stdout: "",
        stderr: `error: option '--claims <number>' argument '${value}' is invalid. It must be a whole number from 1.\n`,
      });
    });
  }

  it("refuses more claims than the file holds", async () => {
    const stderr = `--claims 3: ${file} holds 2 claims, ask for at most that many\n`;
    expect(await run(["--csv", file, "--claims", "3"])).to.deep.equal({ exitCode: 2, stdout: "", stderr });
  });

  it("refuses a mechanism that there is not", async () => {
    const { exitCode, stderr } = await run(["magic"]);
    expect(exitCode).to.equal(2);
    expect(stderr).to.equal(
      "error: command-argument value 'magic' is invalid for argument 'mechanism'. Allowed choices are market.\n",
    );
  });

  it("knows every mechanism that there is", async () => {
    const stderr = new Collector();
    await runDemo(["magic"], { stdout: new Collector(), stderr });
    expect(stderr.text).to.include("Allowed choices are market, stake, arguments, queries, council.\n");
  });

  it("ends its process with 2 and no stack trace where the file is malformed", () => {
    const main = fileURLToPath(new URL("../../scripts/demo/main.ts", import.meta.url));
    const child = spawnSync(process.execPath, ["--import", "tsx", main, "--csv", badFile], { encoding: "utf8" });
    expect([child.status, child.stdout, child.stderr]).to.deep.equal([
      2,
      "",
      `${badFile}: 1 problem found\n  line 2, column confidence: must be a number from 0.5 to 1, not "75"\n`,
    ]);
  });
});
