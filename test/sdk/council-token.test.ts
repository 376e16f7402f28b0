import { expect } from "chai";
import { FIRST_SUPPLY } from "../../sdk/council/params.ts";
import { YEAR } from "../fixtures/amounts.ts";
import { ALICE, act, councilModel, expectCouncilRevert, START, TREASURY } from "./council-fixtures.ts";

const FIVE_PERCENT = act(50_000_000);

describe("council model: inflation", () => {
  it("is 5 % of the first supply in the first year", () => {
    expect(councilModel().token.inflationLeft(START)).to.deep.equal({ year: 0n, remaining: FIVE_PERCENT });
  });

  it("ends with the last unit of the year", () => {
    const model = councilModel();
    model.mintInflation(ALICE, FIVE_PERCENT, START);
    const refused = () => model.mintInflation(ALICE, 1n, START + YEAR - 1n);
    expectCouncilRevert(refused, "InflationExceeded", [1n, 0n]);
  });

  it("is 5 % of what the supply is when the next year begins", () => {
    const model = councilModel();
    model.mintInflation(ALICE, FIVE_PERCENT, START);
    expect(model.token.inflationLeft(START + YEAR)).to.deep.equal({ year: 1n, remaining: act(52_500_000) });
  });

  it("does not count what is burnt after the year began", () => {
    const model = councilModel();
    model.token.burn(TREASURY, act(100_000_000), START + YEAR);
    expect(model.token.inflationLeft(START + YEAR).remaining).to.equal(FIVE_PERCENT);
  });

  it("counts what was burnt before", () => {
    const model = councilModel();
    model.token.burn(TREASURY, act(100_000_000), START + YEAR - 1n);
    expect(model.token.inflationLeft(START + YEAR).remaining).to.equal(act(45_000_000));
  });

  it("is lost where a year does not use it", () => {
    expect(councilModel().token.inflationLeft(START + 5n * YEAR)).to.deep.equal({ year: 5n, remaining: FIVE_PERCENT });
  });

  it("adds to the supply", () => {
    const model = councilModel();
    model.mintInflation(ALICE, 7n, START);
    expect(model.token.totalSupply()).to.equal(FIRST_SUPPLY + 7n);
  });

  it("is what the parameters let a year add, rounded down", () => {
    const lefts = [0n, 1n, 250n, 500n].map((maxInflationBps) => {
      const model = councilModel({ maxInflationBps });
      model.token.burn(TREASURY, 1n, START);
      return model.token.inflationLeft(START + YEAR).remaining;
    });
    expect(lefts).to.deep.equal([0n, act(100_000) - 1n, act(25_000_000) - 1n, FIVE_PERCENT - 1n]);
  });

  it("refuses a single unit where a year may add nothing", () => {
    const model = councilModel({ maxInflationBps: 0n });
    expectCouncilRevert(() => model.mintInflation(ALICE, 1n, START), "InflationExceeded", [1n, 0n]);
  });
});
