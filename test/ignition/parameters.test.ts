import { expect } from "chai";
import { readParameters } from "../../ignition/deploy.ts";
import { DeploymentError } from "../../ignition/errors.ts";
import { marketParamsOf } from "../../ignition/preflight.ts";
import { MarketModelError } from "../../sdk/market/errors.ts";

async function marketParameters(): Promise<Record<string, number | string>> {
  return { ...(await readParameters("local")).Market } as Record<string, number | string>;
}

describe("ignition/parameters", () => {
  for (const name of ["local", "sepolia"]) {
    it(`${name}.json5 holds rules that the factory accepts`, async () => {
      const rules = marketParamsOf(await readParameters(name));
      expect(rules.lockPeriod).to.equal(2_592_000n);
    });
  }

  it("names the file to write for a network that has none", async () => {
    const error: unknown = await readParameters("nowhere").catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(DeploymentError);
    expect((error as Error).message).to.include("write ignition/parameters/nowhere.json5");
  });

  it("refuses a rule that does not exist", async () => {
    const Market = { ...(await marketParameters()), lockPeriods: 1 };
    expect(() => marketParamsOf({ Market })).to.throw(DeploymentError, "unknown=lockPeriods");
  });

  it("refuses a rule that is missing", async () => {
    const { maxSrpBps: _, ...Market } = await marketParameters();
    expect(() => marketParamsOf({ Market })).to.throw(DeploymentError, "parameter=maxSrpBps, value=missing");
  });

  it("refuses a rule that is no whole number", async () => {
    const Market = { ...(await marketParameters()), minStake: 0.5 };
    expect(() => marketParamsOf({ Market })).to.throw(DeploymentError, "parameter=minStake, value=0.5");
  });

  it("refuses a rule outside its bounds", async () => {
    const Market = { ...(await marketParameters()), maxSrpBps: 10_001 };
    expect(() => marketParamsOf({ Market })).to.throw(
      MarketModelError,
      "ParameterOutOfBounds (parameter=maxSrpBps, value=10001, min=1, max=10000)",
    );
  });
});
