import { expect } from "chai";
import type { Mutant } from "../../mutation/mutant.ts";
import { mutantsOf } from "../../mutation/mutate.ts";
import { FILE, PURSE } from "./sources.ts";

describe("mutantsOf", () => {
  let mutants: readonly Mutant[];

  before(() => {
    mutants = mutantsOf([FILE], PURSE);
  });

  /** What a kind of change does in a function. */
  const changesOf = (where: string, operator: string) =>
    mutants
      .filter((mutant) => mutant.where === `Purse.${where}` && mutant.operator === operator)
      .map(({ original, replacement }) => [original, replacement]);

  for (const [operator, where, changes] of [
    ["arithmetic", "put", [["held + amount", "held - amount"]]],
    ["arithmetic", "double", [["x * 2", "x / 2"]]],
    ["comparison", "put", [["sum > MOST", "sum >= MOST"]]],
    ["comparison", "isFull", [["held == MOST", "held != MOST"]]],
    [
      "logic",
      "put",
      [
        ["sum > MOST && !isFull()", "sum > MOST || !isFull()"],
        ["sum > MOST && !isFull()", "sum > MOST"],
        ["sum > MOST && !isFull()", "!isFull()"],
        ["!isFull()", "isFull()"],
      ],
    ],
    [
      "condition",
      "whileOpen",
      [
        ["phase != Phase.Open", "true"],
        ["phase != Phase.Open", "false"],
      ],
    ],
    [
      "literal",
      "double",
      [
        ["2", "(2 + 1)"],
        ["2", "(2 - 1)"],
      ],
    ],
    ["constant", "isFull", [["MOST", "(MOST + 1)"]]],
    ["member", "shut", [["Phase.Shut", "Phase.Open"]]],
    ["pair", "put", [["Math.min(sum, MOST)", "Math.max(sum, MOST)"]]],
    ["arguments", "put", [["emit Moved(held, sum);", "emit Moved(sum, held);"]]],
    [
      "assignment",
      "take",
      [
        ["held -= amount;", "held += amount;"],
        ["held -= amount;", "held = amount;"],
      ],
    ],
    [
      "statement",
      "put",
      [
        ["sum = Math.min(sum, MOST);", ""],
        ["emit Moved(held, sum);", ""],
        ["held = sum;", ""],
      ],
    ],
    ["modifier", "put", [["whileOpen", ""]]],
  ] as const) {
    it(`changes by ${operator} in ${where}`, () => {
      expect(changesOf(where, operator)).to.deep.equal(changes);
    });
  }

  it("says where the change is", () => {
    expect(mutants.find(({ original }) => original === "x * 2")?.line).to.equal(44);
  });

  it("names every change differently", () => {
    expect(new Set(mutants.map(({ id }) => id)).size).to.equal(mutants.length);
  });

  it("names a change as before when other functions change", () => {
    const source = PURSE.get(FILE)?.replace("held = sum;", "held = sum + 0;") ?? "";
    const ids = mutantsOf([FILE], new Map([[FILE, source]]))
      .filter(({ where }) => where === "Purse.take")
      .map(({ id }) => id);
    expect(ids).to.deep.equal(mutants.filter(({ where }) => where === "Purse.take").map(({ id }) => id));
  });
});
