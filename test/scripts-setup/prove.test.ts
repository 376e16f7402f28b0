import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { isProved, isVacuous, type Proofs, prove } from "../../scripts/prove/check.ts";
import { type Solver, startSolver } from "../../scripts/prove/solver.ts";
import { run } from "./command-line.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A property of its own, which assumes and asserts. */
const propertyOf = (body: string): Proofs => ({
  file: "test/proofs/Sketch.sol",
  source: `pragma solidity 0.8.35;\ncontract Sketch {\n    function prove(uint8 a, uint8 b) external pure {\n        ${body}\n    }\n}\n`,
});

describe("npm run prove", () => {
  let solver: Solver;

  before(() => {
    solver = startSolver(1_000_000);
  });

  after(async () => {
    await solver.close();
  });

  const outcomeOf = (body: string) => prove(ROOT, propertyOf(body), "Sketch", solver);

  it("proves what holds of all numbers, and what cannot overflow", () => {
    expect(outcomeOf("assert(uint256(a) + b <= 510);")).to.deep.equal({ holding: 2, open: [] });
  });

  it("does not prove what fails for one of them", () => {
    const outcome = outcomeOf("assert(a < 255);");
    expect(isProved(outcome)).to.equal(false);
    expect(outcome.open).to.deep.equal(["BMC: Assertion violation might happen here."]);
  });

  it("does not prove that a sum fits where one overflows", () => {
    expect(isProved(outcomeOf("uint8 sum = a + b; assert(sum >= a);"))).to.equal(false);
  });

  it("does not take for proved what asserts nothing", () => {
    expect(isProved(outcomeOf(""))).to.equal(false);
  });

  it("tells assumptions that contradict one another, of which anything is proved", () => {
    const proofs = propertyOf("require(a < b && b < a); assert(a == 7);");
    expect(isProved(prove(ROOT, proofs, "Sketch", solver))).to.equal(true);
    expect(isVacuous(ROOT, proofs, "Sketch", solver)).to.equal(true);
  });

  it("lets assumptions that do not be", () => {
    expect(isVacuous(ROOT, propertyOf("require(a < b); assert(b > 0);"), "Sketch", solver)).to.equal(false);
  });

  it("refuses a property that does not compile", () => {
    expect(() => outcomeOf("assert(c);")).to.throw("Undeclared identifier");
  });

  it("refuses a property that there is not", async () => {
    const { code, output } = await run("prove/main.ts", ["NoSuchProperty"]);
    expect(code).to.equal(1);
    expect(output).to.include("No contract of test/proofs/ is called that (property=NoSuchProperty)");
  });
});
