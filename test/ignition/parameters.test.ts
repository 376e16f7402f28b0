import { expect } from "chai";
import { ZeroAddress } from "ethers";
import hre from "hardhat";
import { readParameters } from "../../ignition/deploy.ts";
import { DeploymentError } from "../../ignition/errors.ts";
import {
  argumentParamsOf,
  councilParamsOf,
  epochParamsOf,
  marketParamsOf,
  officersOf,
  timingOf,
} from "../../ignition/preflight.ts";
import { ACT, COUNCIL_DEFAULTS, COUNCIL_PARAM_BOUNDS } from "../../sdk/council/params.ts";
import { ModelError } from "../../sdk/model-error.ts";

/** Shares of the first supply. */
const COUNCIL_SHARES = ["communityBps", "teamBps", "treasuryBps", "liquidityBps", "partnersBps"] as const;

async function marketParameters(): Promise<Record<string, number | string>> {
  return { ...(await readParameters("local")).Market } as Record<string, number | string>;
}

describe("ignition/parameters", () => {
  for (const name of ["local", "sepolia", "base-sepolia"]) {
    it(`${name}.json5 holds rules that the factory accepts`, async () => {
      const rules = marketParamsOf(await readParameters(name));
      expect(rules.lockPeriod).to.equal(2_592_000n);
    });
  }

  for (const [name, usdc] of [
    ["sepolia", "0x1c7D4B196Cb0C7B01d743Fbc6116a902379C7238"],
    ["base-sepolia", "0x036CbD53842c5426634e7929541eC2318f3dCF7e"],
  ] as const) {
    it(`${name}.json5 names the USDC that Circle issues there`, async () => {
      expect((await readParameters(name)).Market?.asset).to.equal(usdc);
    });

    it(`${name}.json5 has the rules of local chains, but for the asset`, async () => {
      const { Market, ...others } = await readParameters(name);
      const { asset: _, ...rules } = Market ?? {};
      expect({ Market: rules, ...others }).to.deep.equal(await readParameters("local"));
    });
  }

  for (const [name, chainId] of [
    ["sepolia", 11_155_111],
    ["base-sepolia", 84_532],
  ] as const) {
    it(`are for the chain ${chainId} under the name of ${name}`, () => {
      expect(hre.config.networks[name]?.chainId).to.equal(chainId);
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
    expect(() => marketParamsOf({ Market })).to.throw(DeploymentError, "parameter=Market.maxSrpBps, value=missing");
  });

  it("refuses a rule that is no whole number", async () => {
    const Market = { ...(await marketParameters()), minStake: 0.5 };
    expect(() => marketParamsOf({ Market })).to.throw(DeploymentError, "parameter=Market.minStake, value=0.5");
  });

  it("refuses a rule outside its bounds", async () => {
    const Market = { ...(await marketParameters()), maxSrpBps: 10_001 };
    expect(() => marketParamsOf({ Market })).to.throw(
      ModelError,
      "ParameterOutOfBounds (parameter=maxSrpBps, value=10001, min=1, max=10000)",
    );
  });

  for (const name of ["local", "sepolia", "base-sepolia"]) {
    it(`${name}.json5 holds rules of argument staking that the contract accepts, in units of ACT`, async () => {
      const { creationStake, upvoteStake } = argumentParamsOf(await readParameters(name));
      expect({ creationStake, upvoteStake }).to.deep.equal({ creationStake: 50n * ACT, upvoteStake: 10n * ACT });
    });

    it(`${name}.json5 holds the defaults of the council`, async () => {
      expect(councilParamsOf(await readParameters(name))).to.deep.equal(COUNCIL_DEFAULTS);
    });
  }

  it("refuses a rule of argument staking that does not exist", async () => {
    const Argument = { ...(await readParameters("local")).Argument, periods: 1 };
    expect(() => argumentParamsOf({ Argument })).to.throw(DeploymentError, "unknown=periods");
  });

  it("refuses a rule of argument staking outside its bounds", async () => {
    const Argument = { ...(await readParameters("local")).Argument, unhelpfulThreshold: 26 };
    expect(() => argumentParamsOf({ Argument })).to.throw(
      ModelError,
      "ParameterOutOfBounds (parameter=unhelpfulThreshold, value=26, min=1, max=25)",
    );
  });

  it("refuses a parameter of the council that does not exist", async () => {
    const Council = { ...(await readParameters("local")).Council, votingPeriods: 1 };
    expect(() => councilParamsOf({ Council })).to.throw(DeploymentError, "unknown=votingPeriods");
  });

  it("refuses a council without a parameter", async () => {
    const { quorumPercent: _, ...Council } = (await readParameters("local")).Council ?? {};
    const missing = "parameter=Council.quorumPercent, value=missing";
    expect(() => councilParamsOf({ Council })).to.throw(DeploymentError, missing);
  });

  const isShare = (name: string) => COUNCIL_SHARES.some((share) => share === name);
  for (const { name, min, max } of COUNCIL_PARAM_BOUNDS.filter((bound) => !isShare(bound.name))) {
    const facts = (value: bigint) =>
      `ParameterOutOfBounds (parameter=${name}, value=${value}, min=${min(COUNCIL_DEFAULTS)}, max=${max(COUNCIL_DEFAULTS)})`;

    for (const [where, value] of [
      ["below", min(COUNCIL_DEFAULTS) - 1n],
      ["above", max(COUNCIL_DEFAULTS) + 1n],
    ] as const) {
      it(`refuses a ${name} of the council ${where} its bounds`, () => {
        const Council = { ...COUNCIL_DEFAULTS, [name]: value };
        expect(() => councilParamsOf({ Council })).to.throw(ModelError, facts(value));
      });
    }
  }

  for (const share of COUNCIL_SHARES) {
    for (const [what, more] of [
      ["more", 1n],
      ["less", -1n],
    ] as const) {
      it(`refuses a ${share} with which all shares are ${what} than a whole`, () => {
        const Council = { ...COUNCIL_DEFAULTS, [share]: COUNCIL_DEFAULTS[share] + more };
        const problem = `must add up to 10000 basis points: ${COUNCIL_SHARES.join(", ")} (sum=${10_000n + more})`;
        expect(() => councilParamsOf({ Council })).to.throw(DeploymentError, problem);
      });
    }
  }

  it("refuses a share below 0 where all shares are a whole", () => {
    const Council = { ...COUNCIL_DEFAULTS, communityBps: -1n, partnersBps: 5_001n };
    const facts = "ParameterOutOfBounds (parameter=communityBps, value=-1, min=0, max=10000)";
    expect(() => councilParamsOf({ Council })).to.throw(ModelError, facts);
  });

  it("refuses a recipient that is no address", async () => {
    const Council = { ...COUNCIL_DEFAULTS, team: "nobody" };
    expect(() => councilParamsOf({ Council })).to.throw(DeploymentError, "parameter=Council.team, value=nobody");
  });

  it("refuses the recipient that nobody is", async () => {
    const Council = { ...COUNCIL_DEFAULTS, partners: ZeroAddress };
    const facts = `parameter=Council.partners, value=${ZeroAddress}`;
    expect(() => councilParamsOf({ Council })).to.throw(DeploymentError, facts);
  });

  it("takes officers one by one and in lists", () => {
    const [one, other] = [1, 2].map((digit) => `0x${String(digit).repeat(40)}`);
    const Offices = { Registrar: one ?? "", Curator: [one ?? "", other ?? ""] };
    expect(officersOf({ Offices })).to.deep.equal({ Registrar: [one], Curator: [one, other] });
  });

  it("refuses an office that is not given by hand", () => {
    const Offices = { Guardian: [`0x${"1".repeat(40)}`] };
    const problem = "none of Curator, Slasher, Registrar (office=Guardian)";
    expect(() => officersOf({ Offices })).to.throw(DeploymentError, problem);
  });

  it("refuses an officer who is no address", () => {
    const Offices = { Registrar: ["somebody"] };
    expect(() => officersOf({ Offices })).to.throw(DeploymentError, "parameter=Offices.Registrar, value=somebody");
  });

  it("refuses a window of queries that does not exist", async () => {
    const Query = { ...(await readParameters("local")).Query, voting: 100 };
    expect(() => timingOf({ Query })).to.throw(DeploymentError, "unknown=voting");
  });

  it("refuses queries without a window", async () => {
    const { opening: _, ...Query } = (await readParameters("local")).Query ?? {};
    expect(() => timingOf({ Query })).to.throw(DeploymentError, "parameter=Query.opening, value=missing");
  });

  it("refuses a window of queries outside its bounds", async () => {
    const Query = { ...(await readParameters("local")).Query, judging: 59 };
    expect(() => timingOf({ Query })).to.throw(
      ModelError,
      "WindowOutOfRange (window=judging, duration=59, min=60, max=2592000)",
    );
  });

  it("refuses a length of the stake system that does not exist", () => {
    const Stake = { epochLength: 100, revealWindow: 10, revealWindows: 10 };
    expect(() => epochParamsOf({ Stake })).to.throw(DeploymentError, "unknown=revealWindows");
  });

  it("refuses epochs without a length", () => {
    const missing = "parameter=Stake.epochLength, value=missing";
    expect(() => epochParamsOf({ Stake: { revealWindow: 10 } })).to.throw(DeploymentError, missing);
  });

  for (const [epochLength, revealWindow] of [
    [100, 0],
    [100, 101],
    [2 ** 32, 1],
  ]) {
    it(`refuses epochs of ${epochLength} s with a reveal window of ${revealWindow} s`, () => {
      const Stake = { epochLength: epochLength ?? 0, revealWindow: revealWindow ?? 0 };
      const facts = `(epochLength=${epochLength}, revealWindow=${revealWindow})`;
      expect(() => epochParamsOf({ Stake })).to.throw(DeploymentError, facts);
    });
  }
});
