import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { DAY, HOUR, MINUTE } from "../../sdk/time.ts";
import { ExitCode } from "../../simulation/cli.ts";
import { LEAST_LIFE, LONGEST_PAUSE, USUAL_PACE } from "../../simulation/clock.ts";
import { COMPARE_ALL_EVERY } from "../../simulation/life.ts";
import { DEFAULT_STEPS } from "../../simulation/limits.ts";
import { EPOCHS_BACK } from "../../simulation/parts/stake.ts";
import { CHARACTERS, FOUNDERS } from "../../simulation/people.ts";
import { REPRODUCTION_VERSION } from "../../simulation/reproduction.ts";
import { tableAfter } from "./tables.ts";
import { inOneLine, inWords } from "./words.ts";

const page = await readFile(new URL("../../docs/simulation.md", import.meta.url), "utf8");
const prose = inOneLine(page);

const oneIn = (times: bigint) => (times === 1n ? "always" : `1 in ${times}`);

describe("docs/simulation.md", () => {
  it("lists the characters", () => {
    expect(tableAfter(page, "## What there is")).to.deep.equal(
      CHARACTERS.map(({ name, share, wealth, errs, sloth }) => [
        name,
        String(share),
        wealth.toLocaleString("en-US"),
        oneIn(errs),
        oneIn(sloth),
      ]),
    );
  });

  it("shares them out among twenty", () => {
    expect(CHARACTERS.reduce((total, { share }) => total + share, 0)).to.equal(20);
  });

  for (const sentence of [
    `seed 1, ${DEFAULT_STEPS.toLocaleString("en-US")} steps`,
    `A step stands for ${USUAL_PACE / HOUR} hours and ${(USUAL_PACE % HOUR) / MINUTE} minutes on average`,
    `tries to see ${LEAST_LIFE / DAY} days`,
    `At most ${LONGEST_PAUSE / HOUR} hours pass at once`,
    `The first ${FOUNDERS} are whales`,
    `every ${COMPARE_ALL_EVERY} steps, and when everybody has left`,
    `of epochs, the latest ${inWords(EPOCHS_BACK + 1n)} `,
    `The command ends with exit code ${ExitCode.Failure}`,
    `are refused with exit code ${ExitCode.BadInput}`,
    `version ${REPRODUCTION_VERSION} of the format`,
  ]) {
    it(`says "${sentence}"`, () => {
      expect(prose).to.contain(sentence);
    });
  }
});
