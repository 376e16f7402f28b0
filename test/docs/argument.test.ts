import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { parseUnits } from "ethers";
import hre from "hardhat";
import { deployLocal, type LocalDeployment, readParameters } from "../../ignition/deploy.ts";
import { argumentParamsOf } from "../../ignition/preflight.ts";
import { MAX_HOLDINGS } from "../../sdk/argument/ledger.ts";
import { PROCESSED_BEFORE_SLASH } from "../../sdk/argument/model.ts";
import { ARGUMENT_PARAM_BOUNDS, type ArgumentParams } from "../../sdk/argument/params.ts";
import { MAX_ERAS } from "../../sdk/argument/queue.ts";
import { BPS } from "../../sdk/bounds.ts";
import { ACT } from "../../sdk/council/params.ts";
import { Side } from "../../sdk/market/side.ts";
import { CLAIM, DAY } from "../fixtures/amounts.ts";
import { tableAfter } from "./tables.ts";
import { inOneLine, inWords } from "./words.ts";

const rules = argumentParamsOf(await readParameters("local"));
/** An amount of ACT, which has 9 decimals, in units. */
const act = (amount: string): bigint => parseUnits(amount, 9);

const page = await readFile(new URL("../../docs/argument.md", import.meta.url), "utf8");

/** A number of the tables: digits, a power of two less one, tokens in units, or another rule of `params`. */
function numberOf(text: string, params: ArgumentParams): bigint {
  if (text in params) return params[text as keyof ArgumentParams];
  const power = /^2\^(\d+) - 1$/.exec(text);
  if (power !== null) return 2n ** BigInt(power[1] ?? "") - 1n;
  const tokens = /^([\d,]+) tokens$/.exec(text);
  if (tokens !== null) return act(tokens[1]?.replaceAll(",", "") ?? "");
  return BigInt(text.replaceAll(",", ""));
}

describe("docs/argument.md", () => {
  describe("its numbers", () => {
    const rows = tableAfter(page, "<!-- numbers:");

    it("list every rule in order", () => {
      expect(rows.map(([rule]) => rule)).to.deep.equal(ARGUMENT_PARAM_BOUNDS.map(({ name }) => name));
    });

    for (const network of ["local", "sepolia"]) {
      it(`give the rules deployed to ${network}`, async () => {
        const params = argumentParamsOf(await readParameters(network));
        const written = rows.map(([rule = "", value = ""]) => [rule, numberOf(value, params)]);
        expect(Object.fromEntries(written)).to.deep.equal(params);
      });
    }

    it("give the bounds", async () => {
      const params = argumentParamsOf(await readParameters("local"));
      const written = rows.map(([, , min = "", max = ""]) => [numberOf(min, params), numberOf(max, params)]);
      expect(written).to.deep.equal(ARGUMENT_PARAM_BOUNDS.map(({ min, max }) => [min(params), max(params)]));
    });

    it("give bounds that the contract has", async () => {
      const local = await deployLocal(await hre.network.create());
      const params = argumentParamsOf(await readParameters("local"));
      for (const { name, min, max } of ARGUMENT_PARAM_BOUNDS) {
        const [lowest, highest] = [min(params), max(params)];
        await expect(local.argumentStaking.setParams({ ...params, [name]: highest + 1n }), name)
          .to.be.revertedWithCustomError(local.argumentStaking, "ParameterOutOfBounds")
          .withArgs(name, highest + 1n, lowest, highest);
      }
    });
  });

  describe("its prose", () => {
    const tokens = (amount: bigint) => amount / ACT;
    const days = (span: bigint) => span / DAY;
    const quarters = ["", "a quarter", "half", "three quarters"];
    const share = quarters[Number((rules.curatorShareBps * 4n) / BPS)];
    const spoken = {
      "the arguments of one user": `up to ${inWords(rules.maxArgumentsPerClaim)} arguments a claim`,
      "the limit": `already staked ${Number(rules.stakeLimitBps) / 100} % of what they have`,
      "how far back it looks": `stakes of the last ${inWords(days(rules.stakeLimitWindow))} days`,
      "a curator's stake": `at least ${tokens(rules.minCuratorStake)} tokens in running stakes here`,
      "the threshold": `At ${inWords(rules.unhelpfulThreshold)} marks, or at the first of a slasher`,
      "the curators' share": `is slashed: ${share} is split`,
      jails: `for ${inWords(days(rules.jailPeriod))} days at the first slash, ${inWords(days(2n * rules.jailPeriod))} at the second`,
      "the stakes processed before a slash": `up to ${inWords(PROCESSED_BEFORE_SLASH)} expired stakes`,
      "the periods in the queue": `At most ${MAX_ERAS} periods`,
      "what the books can count": `never owes 2^${(MAX_HOLDINGS + 1n).toString(2).length - 1} units or more`,
      "the price of an end to jail": `the use of ${inWords(tokens(rules.upvoteStake))} tokens for a week`,
      "the price of curators": `${inWords(rules.unhelpfulThreshold)} accounts with ${inWords(tokens(rules.minCuratorStake))} tokens each`,
      "the price of a slash": `without ${tokens(rules.unhelpfulThreshold * rules.minCuratorStake)} tokens for a week can slash any argument, and gets ${share}`,
    };

    for (const [what, sentence] of Object.entries(spoken)) {
      it(`tells ${what} as deployed`, () => {
        expect(inOneLine(page)).to.include(sentence);
      });
    }
  });

  describe("its worked example", () => {
    const rows = tableAfter(page, "<!-- example:").map(
      ([who = "", does = "", stakes = "", interest = "", gets = ""]) => ({
        who,
        does,
        stakes: act(stakes),
        interest: act(interest),
        gets: act(gets),
      }),
    );
    let local: LocalDeployment;

    before(async () => {
      const connection = await hre.network.create();
      local = await deployLocal(connection);
      const { argumentStaking, beliefFactory, councilToken: token } = local;
      await token.approve(argumentStaking, 1_000n * ACT);
      await argumentStaking.fundRewards(1_000n * ACT);
      await beliefFactory.createMarket(CLAIM, 0n);
      const signers = await connection.ethers.getSigners();
      for (const [index, { does }] of rows.entries()) {
        const signer = signers[index + 1];
        if (signer === undefined) throw new RangeError("too few accounts");
        await token.transfer(signer, 100n * ACT);
        await token.connect(signer).approve(argumentStaking, 100n * ACT);
        const staking = argumentStaking.connect(signer);
        if (does === "writes") await staking.createArgument(CLAIM, Side.Support, "s".repeat(25), "b".repeat(25));
        else await staking.upvote(1n);
      }
      await connection.networkHelpers.time.increase(604_800n);
      await argumentStaking.processExpired(rows.length);
    });

    for (const [index, { who, stakes, interest, gets }] of rows.entries()) {
      it(`is what the contract sets aside for the ${who}`, async () => {
        const stake = await local.argumentStaking.stake(BigInt(index) + 1n);
        expect([stake.amount, stake.interest]).to.deep.equal([stakes, interest]);
      });

      it(`is what the contract credits to the ${who}`, async () => {
        const { staker } = await local.argumentStaking.stake(BigInt(index) + 1n);
        expect((await local.argumentStaking.account(staker)).credited).to.equal(gets);
      });
    }
  });
});
