import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { formatUnits, id, parseUnits } from "ethers";
import { readParameters } from "../../ignition/deploy.ts";
import { MarketModel } from "../../sdk/market/model.ts";
import { type MarketParams, PARAM_BOUNDS } from "../../sdk/market/params.ts";
import { Side } from "../../sdk/market/side.ts";
import { BeliefFactory__factory } from "../../typechain-types/index.ts";
import { DAY, NO_LIMIT } from "../fixtures/amounts.ts";
import { load, protocolFixture } from "../fixtures/protocol.ts";
import { tableAfter } from "./tables.ts";

type Rule = keyof MarketParams;

interface RuleRow {
  readonly rule: Rule;
  readonly least: string;
  readonly most: string;
  readonly default: bigint;
}

const page = await readFile(new URL("../../docs/market.md", import.meta.url), "utf8");
const rules = tableAfter(page, "<!-- parameters:").map(([rule = "", least = "", most = "", standard = ""]): RuleRow => {
  return { rule: rule.replaceAll("`", "") as Rule, least, most, default: count(standard) };
});
const defaults = Object.fromEntries(rules.map(({ rule, default: value }) => [rule, value])) as unknown as MarketParams;

const namesInContract = BeliefFactory__factory.createInterface()
  .getFunction("setDefaultParams")
  .inputs[0]?.components?.map(({ name }) => name);

describe("docs/market.md", () => {
  describe("its table of rules", () => {
    it("names every rule once, in the order of the contract", () => {
      expect(rules.map(({ rule }) => rule)).to.deep.equal(namesInContract);
    });

    for (const { rule, least, most } of rules) {
      it(`gives the bounds of ${rule} in the model`, () => {
        const bound = PARAM_BOUNDS.find(({ name }) => name === rule);
        expect([bound?.min(defaults), bound?.max(defaults)]).to.deep.equal([boundOf(least), boundOf(most)]);
      });
    }

    for (const { rule, least, most } of rules) {
      // A bound that fills the type of the rule has nothing beyond it.
      if (!hasBeyond(most)) continue;
      it(`gives the bounds of ${rule} in the contract`, async () => {
        const { beliefFactory } = await load(protocolFixture);
        const beyond = boundOf(most) + 1n;
        await expect(beliefFactory.createMarketWithParams(id(rule), 0n, { ...defaults, [rule]: beyond }))
          .to.be.revertedWithCustomError(beliefFactory, "ParameterOutOfBounds")
          .withArgs(rule, beyond, boundOf(least), boundOf(most));
      });
    }

    for (const network of ["local", "sepolia"]) {
      it(`gives the defaults deployed to ${network}`, async () => {
        const { asset: _, ...deployed } = (await readParameters(network)).Market ?? {};
        expect(
          Object.fromEntries(Object.entries(deployed).map(([rule, value]) => [rule, BigInt(value as number)])),
        ).to.deep.equal(defaults);
      });
    }
  });

  describe("its worked example", () => {
    const model = new MarketModel(defaults, 0n, "author");
    const ids = new Map<string, bigint>();
    const beliefs = new Map<bigint, bigint>();
    const earned = new Map<string, bigint>();

    for (const [day = "", who = "", does = "", fee = "", principal = "", shared = "", undistributed = ""] of tableAfter(
      page,
      "<!-- example:",
    )) {
      it(`is what the model says of the ${who} who ${does}`, () => {
        const at = BigInt(day) * DAY;
        beliefs.set(BigInt(day), model.belief(at));
        const [charged, held, sharedAtOnce] = replay(who, does, at);
        expect([charged, held, sharedAtOnce, model.state(at).undistributed].map(dollars)).to.deep.equal(
          [fee, principal, shared, undistributed].map((amount) => dollars(parseUnits(amount, 6))),
        );
      });
    }

    it("says in prose what happened", () => {
      expect(page).to.include(
        `before the exit, belief is ${Number(formatUnits(beliefs.get(10n) ?? 0n, 16)).toFixed(2)} %`,
      );
      expect(page).to.include(`challenger earned ${dollars(earned.get("challenger") ?? 0n)}`);
      expect(page).to.include(`by weight ${(950 * 3).toLocaleString("en")} : ${398 * 2}`);
    });

    /** Does on the model what a row says; returns fee or penalty, principal, and what was shared at once. */
    function replay(who: string, does: string, at: bigint): [bigint, bigint, bigint] {
      const commits = /^commits ([\d,]+) on (Support|Oppose)$/.exec(does);
      const withdraws = /^withdraws ([\d.]+) and ([\d.]+) of rewards$/.exec(does);
      if (commits !== null) {
        const [, amount = "", side] = commits;
        const done =
          ids.size === 0
            ? model.commitAuthor(count(amount) * 10n ** 6n, at)
            : model.commit(who, Side[side as keyof typeof Side], count(amount) * 10n ** 6n, NO_LIMIT, at);
        ids.set(who, done.positionId);
        return [done.fee, done.principal, done.shared?.amount ?? 0n];
      }
      const positionId = ids.get(who) ?? 0n;
      if (withdraws !== null) {
        const done = model.withdraw(who, positionId, at);
        earned.set(who, done.reward + done.excess);
        expect([done.principal, done.reward].map(dollars)).to.deep.equal(
          withdraws.slice(1).map((amount) => dollars(parseUnits(amount, 6))),
        );
        return [0n, done.principal, 0n];
      }
      expect(does).to.equal("exits early");
      const done = model.exitEarly(who, positionId, at);
      return [done.penalty, done.penalty + done.returned, done.shared?.amount ?? 0n];
    }
  });
});

function count(text: string): bigint {
  return BigInt(text.replaceAll(",", ""));
}

/** A bound: a number, or the default of the rule it names. */
function boundOf(text: string): bigint {
  return /^\d/.test(text) ? count(text) : defaults[text as Rule];
}

function hasBeyond(most: string): boolean {
  return !/^\d/.test(most) || ![32n, 96n].some((bits) => boundOf(most) === 2n ** bits - 1n);
}

function dollars(amount: bigint): string {
  return formatUnits(amount, 6);
}
