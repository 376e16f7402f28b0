import { readFile } from "node:fs/promises";
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { readParameters } from "../../ignition/deploy.ts";
import { argumentParamsOf, councilParamsOf } from "../../ignition/preflight.ts";
import { COUNCIL_DEFAULTS, COUNCIL_PARAM_BOUNDS, type CouncilParams } from "../../sdk/council/params.ts";
import { DEFAULT_TIERS } from "../../sdk/council/tiers.ts";
import { DAY } from "../fixtures/amounts.ts";
import { ACT, atPeriodEnd, type CouncilWorld, openCouncil, stake, startPeriod } from "../fixtures/council.ts";
import { atSnapshot, propose, vote } from "../fixtures/council-acts.ts";
import { load } from "../fixtures/protocol.ts";
import { tableAfter } from "./tables.ts";
import { inOneLine, inWords } from "./words.ts";

const page = await readFile(new URL("../../docs/council.md", import.meta.url), "utf8");

type Rule = keyof CouncilParams;

/** A number as the table writes it: plain, in tokens, as a power of two less one, or by the rule that it depends on. */
function read(cell: string, { rest }: { rest: bigint }): bigint {
  if (cell === "the rest") return rest;
  const [, rule, more] = /^([a-z]\w+)(?: \+ (\d+))?$/i.exec(cell) ?? [];
  if (rule !== undefined) return COUNCIL_DEFAULTS[rule as Rule] + BigInt(more ?? 0);
  const [, power] = /^2\^(\d+) - 1$/.exec(cell) ?? [];
  if (power !== undefined) return 2n ** BigInt(power) - 1n;
  const [, tokens] = /^([\d,]+) ACT$/.exec(cell) ?? [];
  return tokens === undefined ? BigInt(cell.replaceAll(",", "")) : ACT(tokens.replaceAll(",", ""));
}

describe("docs/council.md", () => {
  describe("its numbers", () => {
    const { communityBps, teamBps, treasuryBps, liquidityBps } = COUNCIL_DEFAULTS;
    const rest = 10_000n - communityBps - teamBps - treasuryBps - liquidityBps;
    const rows = tableAfter(page, "<!-- numbers:").map(([name = "", ...cells]) => ({
      name: name.replace(" *", "") as Rule,
      isSet: name.endsWith(" *"),
      numbers: cells.map((cell) => read(cell, { rest })),
    }));

    it("are those of the sdk, with their bounds and in their order", () => {
      expect(rows.map(({ name, numbers }) => [name, ...numbers])).to.deep.equal(
        COUNCIL_PARAM_BOUNDS.map(({ name, min, max }) => [
          name,
          COUNCIL_DEFAULTS[name],
          min(COUNCIL_DEFAULTS),
          max(COUNCIL_DEFAULTS),
        ]),
      );
    });

    for (const network of ["local", "sepolia"]) {
      it(`are deployed to ${network}`, async () => {
        const written = rows.map(({ name, numbers: [value] }) => [name, value]);
        expect(Object.fromEntries(written)).to.deep.equal(councilParamsOf(await readParameters(network)));
      });
    }

    it("are marked where a proposal can set them", () => {
      expect(rows.filter(({ isSet }) => isSet).map(({ name }) => name)).to.deep.equal([
        "votingDelay",
        "votingPeriod",
        "minProposalStake",
        "minVotingStake",
        "quorumPercent",
        "approvalBps",
        "maxVoteShareBps",
        "timelockDelay",
      ]);
    });
  });

  describe("its prose", () => {
    const text = inOneLine(page);
    const { period, activityWindow, quorumPercent, approvalBps, votingPeriod, timelockDelay } = COUNCIL_DEFAULTS;
    const { minProposalStake, minVotingStake, minAgentStake, minClaim, earlyExitPenaltyBps } = COUNCIL_DEFAULTS;
    const { participationBps, governanceBps, longTermBps, maxInflationBps, votingDelay } = COUNCIL_DEFAULTS;
    const tokens = (amount: bigint) => `${(amount / ACT(1)).toLocaleString("en")} ACT`;
    const written = (whole: bigint) => whole.toLocaleString("en");
    const lockDays = DEFAULT_TIERS.map(({ lockDays: days }) => String(days));
    const multipliers = DEFAULT_TIERS.map(({ multiplierBps }) => (Number(multiplierBps) / 10_000).toFixed(1));
    const listed = (items: readonly string[]) => `${items.slice(0, -1).join(", ")} or ${items.at(-1)}`;
    const highest = DEFAULT_TIERS[4].lockDays;

    for (const [what, sentence] of [
      ["the locks", `a lock of ${listed(lockDays)} days`],
      ["the multipliers", `the amount times ${listed(multipliers)}, by`],
      ["the penalty", `Before, it costs a ${inWords(10_000n / earlyExitPenaltyBps)}th, rounded up`],
      ["the penalty's formula", `| \`a x ${written(earlyExitPenaltyBps)} / 10,000\` |`],
      ["the period", `over periods of ${period / DAY} days`],
      ["the window", `in the last ${activityWindow / DAY} days`],
      [
        "participation",
        `| participation | a vote in a session, an argument, an answer or a judgement in the last ${activityWindow / DAY} days | ${participationBps / 100n} % |`,
      ],
      [
        "voting",
        `| governance | a vote on a proposal in the last ${activityWindow / DAY} days | ${governanceBps / 100n} % |`,
      ],
      ["long-term staking", `| long term | a position at the tier of ${highest} days | ${longTermBps / 100n} % |`],
      ["the least claim", `\`claim\` pays from ${tokens(minClaim)} on`],
      ["who proposes", `Who has ${tokens(minProposalStake)} staked proposes`],
      ["how long is voted", `for ${votingPeriod / DAY} days; who has ${tokens(minVotingStake)} staked votes`],
      ["the quorum", `passes with ${quorumPercent} % of all voting power for it or abstaining`],
      ["the quorum's formula", `\`all power x ${quorumPercent} / 100\``],
      ["the approval", `and with ${approvalBps / 100n} % of for and against`],
      ["the approval's formula", `>= (for + against) x ${written(approvalBps)}\``],
      ["the timelock", `executes it ${timelockDelay / DAY} days later`],
      ["the inflation's formula", `x ${maxInflationBps} / 10,000\` less what was minted`],
      ["who is an agent", `Who has ${tokens(minAgentStake)} staked registers as an agent`],
      [
        "how long a proposal shows itself",
        `a day before its votes are counted, and ${inWords((votingPeriod + timelockDelay) / DAY)} days before`,
      ],
    ] as const) {
      it(`tells ${what}`, () => {
        expect(text).to.include(sentence);
      });
    }

    it("tells how long a proposal takes, and that no stake on an argument runs as long", async () => {
      const { period: ofArguments } = argumentParamsOf(await readParameters("sepolia"));
      const days = (votingDelay + votingPeriod + timelockDelay) / DAY;
      const sentence = `to its execution it is ${days} days, and a stake on an argument runs for ${ofArguments / DAY}.`;
      expect(text).to.include(sentence);
      expect(text).to.include(`a first proposal takes ${days} days`);
      expect(ofArguments / DAY < days).to.equal(true);
    });

    it("says that votes are counted a day after the proposal", () => {
      expect(votingDelay).to.equal(DAY);
      expect(text).to.include("A day later the votes are counted as of that second");
    });
  });

  describe("its worked example", () => {
    const rows = tableAfter(page, "<!-- example:");
    const claimed: bigint[][] = [];
    const weights: bigint[][] = [];
    const returned: (bigint | string)[] = [];
    let world: CouncilWorld;
    let people: HardhatEthersSigner[];
    let powers: bigint[];

    const weightOf = async (who: HardhatEthersSigner) => (await world.rewardsDistributor.account(who)).weight;
    /** A week of rewards, at the end of which all claim. */
    const week = async (amount: bigint, meanwhile: () => Promise<void> = async () => {}) => {
      await startPeriod(world, amount);
      weights.push(await Promise.all(people.map(weightOf)));
      await meanwhile();
      await atPeriodEnd(world);
      const paid: bigint[] = [];
      for (const who of people) {
        const before = await world.token.balanceOf(who);
        await world.rewardsDistributor.connect(who).claim();
        paid.push((await world.token.balanceOf(who)) - before);
      }
      claimed.push(paid);
    };

    before(async () => {
      world = await load(openCouncil);
      const { proposer, staker, whale } = world;
      people = [proposer, staker, whale];
      const positions = [
        await stake(world, { by: proposer, amount: ACT(10_000) }),
        await stake(world, { by: staker, amount: ACT(1_000), lockDays: 30n }),
        await stake(world, { by: whale, amount: ACT(1_000), lockDays: 180n }),
      ];
      powers = await Promise.all(people.map((who) => world.councilStaking.getVotes(who)));
      await week(ACT(15_100), async () => {
        const proposal = await propose(world, { by: proposer });
        await atSnapshot(world, proposal, 1n);
        await vote(world, proposal, proposer);
      });
      await week(ACT(16_600));
      const [open = 0n, early = 0n] = positions;
      const { councilStaking } = world;
      returned.push(await councilStaking.connect(proposer).unstake.staticCall(open));
      returned.push(await councilStaking.connect(staker).unstakeEarly.staticCall(early));
      returned.push("locked");
      await councilStaking.connect(staker).unstakeEarly(early);
    });

    for (const [index, [who = "", power = "", ...cells]] of rows.entries()) {
      const tokens = (cell = "") => ACT(cell.replaceAll(",", ""));

      it(`gives ${who}'s power`, () => {
        expect(powers[index]).to.equal(tokens(power));
      });

      it(`gives ${who}'s weights and weeks`, () => {
        const [first, second] = [0, 1].map((at) => [weights[at]?.[index], claimed[at]?.[index]]);
        expect([...(first ?? []), ...(second ?? [])]).to.deep.equal(cells.slice(0, 4).map(tokens));
      });

      it(`gives what ${who}'s position returns`, () => {
        const cell = cells[4] ?? "";
        expect(returned[index]).to.equal(cell === "locked" ? cell : tokens(cell));
      });
    }

    it("leaves the penalty to the third week", async () => {
      const [, penalty = ""] = /Ben's penalty of ([\d,]+) ACT/.exec(page) ?? [];
      expect(await world.rewardsDistributor.nextPeriodAmount()).to.equal(ACT(penalty));
    });
  });
});
