import { expect } from "chai";
import { ExitCode, runMutation } from "../../mutation/cli.ts";
import { Collector } from "../demo/fixtures.ts";

async function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const [stdout, stderr] = [new Collector(), new Collector()];
  const code = await runMutation(args, { stdout, stderr, stopped: new AbortController().signal });
  return { code, stdout: stdout.text, stderr: stderr.text };
}

describe("npm run mutate", () => {
  it("tells how it is used", async () => {
    const { code, stdout } = await command("--help");
    expect([code, stdout.includes("npm run mutate -- --sample 20")]).to.deep.equal([ExitCode.Success, true]);
  });

  for (const [args, problem] of [
    [["--contract", "Purse"], "--contract Purse: there are ArgumentStaking, AccountSlot, "],
    [["--file", "contracts/mocks/TestUSDC.sol"], "--file contracts/mocks/TestUSDC.sol: no file of contracts/"],
    [["--contract", "Draw", "--file", "contracts/council/libraries/Draw.sol"], "Give --contract or --file, not both"],
    [["--update", "--sample", "3"], "--update writes what is known of all contracts: give no other option"],
    [["--sample", "0"], "It must be a whole number from 1 to 1000000."],
    [["--seed", "x"], "It must be a whole number from 0 to 1000000."],
    [["--workers", "1000"], "processors."],
    [["--mutants"], "unknown option '--mutants'"],
    [["Draw"], "too many arguments"],
  ] as const) {
    it(`refuses ${args.join(" ")}`, async () => {
      const { code, stderr } = await command(...args);
      expect([code, stderr.includes(problem)], stderr).to.deep.equal([ExitCode.BadInput, true]);
    });
  }
});
