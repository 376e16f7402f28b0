import { expect } from "chai";
import { AbiCoder, keccak256 } from "ethers";
import { netOf } from "../../scripts/demo/arguments/accounts.ts";
import { DebateFileError, readDebate } from "../../scripts/demo/arguments/debate.ts";
import { eventsOf } from "../../scripts/demo/arguments/events.ts";
import type { ArgumentOutcome } from "../../scripts/demo/arguments/figures.ts";
import { type ReplayResult, replayDebate } from "../../scripts/demo/arguments/replay.ts";
import { debateJson, debateReport } from "../../scripts/demo/arguments/report.ts";
import { readAnswersFile } from "../../scripts/demo/csv.ts";
import { actUnits } from "../../scripts/demo/format.ts";
import { interestDown } from "../../sdk/argument/interest.ts";
import { ArgumentStatus, UnhelpfulReason } from "../../sdk/argument/state.ts";
import { DAY, HOUR } from "../fixtures/amounts.ts";
import { ACT_RULES } from "./arguments-fixtures.ts";
import { answer, silently } from "./fixtures.ts";

/** Wide enough for the report, and for the thread in it. */
const COLUMNS = 130;
const THREAD_COLUMNS = 100;

/** What stakes of the two sizes earn in a week: 50 x 0.25 x 7/365 and 10 x 0.25 x 7/365, rounded down. */
const OWN_INTEREST = 239_726_027n;
const UPVOTE_INTEREST = 47_945_205n;

describe("the arguments replay of the demo", () => {
  describe("when 8 debaters argue before 33 people", function () {
    this.timeout(240_000);
    let result: ReplayResult;
    let live: ArgumentOutcome[];
    let deleted: ArgumentOutcome;
    let unhelpful: ArgumentOutcome;
    before(async () => {
      result = await replayDebate(await readDebate(), await readAnswersFile("data/crowd-states-mit.csv"), silently);
      const ofStatus = (status: number) => result.arguments.filter((outcome) => outcome.status === status);
      live = ofStatus(ArgumentStatus.Live);
      [deleted] = ofStatus(ArgumentStatus.Deleted) as [ArgumentOutcome];
      [unhelpful] = ofStatus(ArgumentStatus.Unhelpful) as [ArgumentOutcome];
    });
    const flowsOf = (name: string) => result.flows.find((flows) => flows.name === name);

    it("has 18 arguments: one is taken back, one is found unhelpful", () => {
      expect([result.arguments.length, live.length, deleted.id, unhelpful.id]).to.deep.equal([18, 16, 10n, 17n]);
    });

    it("plans with the interest of the contract", () => {
      const { creationStake, upvoteStake } = result.rules;
      expect([interestDown(creationStake, result.rules), interestDown(upvoteStake, result.rules)]).to.deep.equal([
        OWN_INTEREST,
        UPVOTE_INTEREST,
      ]);
    });

    it("pays the author all the interest of their stake and half of that of upvotes, the odd unit to the upvoter", () => {
      const half = UPVOTE_INTEREST / 2n;
      for (const { id, counters, ownInterest, creatorInterest, upvoterInterest } of live) {
        expect([id, ownInterest, creatorInterest, upvoterInterest]).to.deep.equal([
          id,
          OWN_INTEREST,
          counters.upvotes * half,
          counters.upvotes * (UPVOTE_INTEREST - half),
        ]);
      }
    });

    it("pays nothing on the argument that was taken back", () => {
      const { ownInterest, creatorInterest, upvoterInterest, freed } = deleted;
      expect([ownInterest, creatorInterest, upvoterInterest, freed]).to.deep.equal([0n, 0n, 0n, OWN_INTEREST]);
    });

    it("slashes the unhelpful argument for its curators and the reserve, and frees all its interest", () => {
      const { marks, slashed, curatorRewards, freed, upvoterInterest } = unhelpful;
      expect({ marks, slashed, curatorRewards, freed, upvoterInterest }).to.deep.equal({
        marks: 5n,
        slashed: actUnits("50"),
        curatorRewards: actUnits("12.5"),
        freed: OWN_INTEREST + UPVOTE_INTEREST,
        upvoterInterest: 0n,
      });
    });

    it("gives each of five curators 2.5 ACT for it", () => {
      const rewarded = result.flows.filter(({ curatorRewards }) => curatorRewards > 0n);
      expect(rewarded.map(({ name, curatorRewards }) => [name, curatorRewards])).to.deep.equal(
        ["geographer", "traveller", "teacher", "historian", "clerk"].map((name) => [name, actUnits("2.5")]),
      );
    });

    it("marks it for the reasons of the story", () => {
      const { Spam, Irrelevant, Unsupported } = UnhelpfulReason;
      const reasons = eventsOf(result.events, "marked").map(({ reason }) => Number(reason));
      expect(reasons).to.deep.equal([Spam, Irrelevant, Spam, Unsupported, Spam]);
    });

    it("jails its author for a week, until somebody upvotes an earlier argument of theirs", () => {
      const troll = result.users[result.people.findIndex(({ name }) => name === "troll")];
      const jailed = eventsOf(result.events, "jailed").map(({ user, at, until }) => [user, until - at]);
      const unjailed = eventsOf(result.events, "unjailed").map(({ user, at }) => [user, at - result.start]);
      expect(jailed).to.deep.equal([[troll, 7n * DAY]]);
      expect(unjailed).to.deep.equal([[troll, 4n * DAY + 10n * HOUR]]);
    });

    it("refuses what the limit, the reserve and the jail forbid", () => {
      const troll = result.people.findIndex(({ name }) => name === "troll");
      const inJailUntil = result.start + 10n * DAY + 15n * HOUR;
      expect(result.refused.map(({ error }) => [error.name, ...error.args])).to.deep.equal([
        ["StakeLimitReached", actUnits("100"), actUnits("140"), 6_670n],
        ["RewardReserveTooLow", actUnits("2.5") - 10n * OWN_INTEREST, OWN_INTEREST],
        ["CreatorJailed", result.users[troll], inJailUntil],
      ]);
    });

    it("lets everybody of the crowd upvote on each claim", () => {
      const crowd = result.flows.filter(({ isCrowd }) => isCrowd);
      expect(crowd).to.have.lengthOf(33);
      expect(new Set(crowd.map(({ staked }) => staked))).to.deep.equal(new Set([actUnits("40")]));
    });

    it("ends every stake once", () => {
      const made = eventsOf(result.events, "created").length + eventsOf(result.events, "upvoted").length;
      const paid = eventsOf(result.events, "expired").length;
      expect(made).to.equal(paid + 2); // one was taken back, one slashed
    });

    it("lets the keeper pay on three days, in batches", () => {
      const days = eventsOf(result.events, "expired").map(({ at }) => (at - result.start) / DAY);
      expect(new Set(days)).to.deep.equal(new Set([8n, 10n, 16n]));
      expect(result.keeper.sizes.reduce((sum, size) => sum + size)).to.equal(BigInt(days.length));
      expect(result.keeper.sizes.length).to.be.above(3);
    });

    it("keeps the texts that were written", async () => {
      const written = new Map((await readDebate()).arguments.map(({ summary, body }) => [summary, body]));
      expect(new Map(result.arguments.map(({ summary, body }) => [summary, body]))).to.deep.equal(written);
    });

    it("keeps the hash of each text on chain", () => {
      const hashes = result.arguments.map(({ summary, body }) =>
        keccak256(AbiCoder.defaultAbiCoder().encode(["string", "string"], [summary, body])),
      );
      expect(result.arguments.map(({ contentHash }) => contentHash)).to.deep.equal(hashes);
    });

    it("conserves every unit", () => {
      const { checks, totals, isConserved } = result.audit;
      expect(checks.filter(({ difference }) => difference !== 0n)).to.deep.equal([]);
      expect(checks).to.have.lengthOf(8 * 2 + 18 * 4 + 42 * 2 + 5 + (3 + 42 + 18 + 3));
      expect([isConserved, totals.difference]).to.deep.equal([true, 0n]);
    });

    it("leaves in the reserve what it was given less the interest of all stakes but three", () => {
      const { free, reserved, paid } = result.audit.totals;
      expect(paid).to.equal(16n * OWN_INTEREST + 140n * UPVOTE_INTEREST);
      expect([free, reserved]).to.deep.equal([actUnits("11.5") + actUnits("37.5") - paid, 0n]);
    });

    it("costs the troll what was slashed, less what the others earned them", () => {
      const troll = flowsOf("troll");
      expect(troll && netOf(troll)).to.equal(2n * OWN_INTEREST + 3n * (UPVOTE_INTEREST / 2n) - actUnits("50"));
    });

    it("prints every argument in a thread that fits a terminal", () => {
      const report = debateReport(result, "answers.csv");
      const lines = report.split("\n");
      for (const { id, summary } of result.arguments) {
        const place = lines.findIndex((line) => line.startsWith(`#${id} `));
        expect(lines[place + 1], `#${id}`).to.equal(`    ${summary}`);
      }
      const begin = lines.findIndex((line) => line.startsWith("Chicago is the capital of Illinois ("));
      const thread = lines.slice(begin, lines.indexOf("What happened, in order of time"));
      expect(Math.max(...thread.map((line) => line.length))).to.be.at.most(THREAD_COLUMNS);
      expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(COLUMNS);
    });

    it("prints what happened, who gained, and that nothing was lost", () => {
      const report = debateReport(result, "answers.csv");
      for (const words of [
        "8 debaters wrote 18 arguments about 4 claims of answers.csv. Those who judged a claim there, 33 people,\n",
        "Chicago is the capital of Illinois (false; 19 of 33 people say true)\n",
        "\n#1 Oppose, by the geographer: 12 upvotes, 170 ACT staked, earned 0.5273 ACT\n",
        "\n#10 Support, by the clerk: taken back\n",
        "\n#17 Oppose, by the troll: 1 upvote, 60 ACT staked, unhelpful by 5 marks, lost 50 ACT\n",
        "\nday 0 19:00   student would upvote #1, refused with StakeLimitReached: 100 of 140 ACT are staked,\n",
        "\nday 1 08:00   #10 is taken back: 50 ACT returned, 0.2397 freed\n",
        "\nday 3 15:00   troll is jailed until day 10 15:00\n",
        "\nday 3 16:00   troll would write, refused with CreatorJailed: in jail until day 10 15:00\n",
        "\nday 4 10:00   troll is out of jail\n",
        "\nday 16 12:00  41 people withdraw 2,283.0479 ACT\n",
        "\ntroll         150.0000   0.5513         –         –  50.0000          –  -49.4486\n",
        "Conservation: withdrawn 2,283.047945132 + reserve 38.452054868 = staked 2,310 + funded 11.5 ACT;\n" +
          "difference: 0 units. Checked to the unit of 1e-9 ACT:\n" +
          "243 equations between events, the contract's books, token balances and the reference model, 0 failed.\n",
        "More is staked on the true side of 2 of 4 claims: stake\n",
      ]) {
        expect(report).to.include(words);
      }
    });

    it("says which equation fails where one does", () => {
      const checks = [{ equation: "A = B", difference: -3n }];
      expect(debateReport({ ...result, audit: { ...result.audit, checks } }, "answers.csv")).to.include(
        "1 equation between events, the contract's books, token balances and the reference model, 1 failed.\n  A = B: off by -3 units\n",
      );
    });

    it("gives machines the same figures, amounts as strings of digits", () => {
      const json = JSON.parse(JSON.stringify(debateJson(result, "answers.csv")));
      expect(json.source).to.deep.equal({ csv: "answers.csv", people: 33, claims: 4 });
      const { summary, body, ...first } = json.claims[0].arguments[0];
      expect([summary, body]).to.deep.equal([result.arguments[0]?.summary, result.arguments[0]?.body]);
      expect(first).to.deep.equal({
        id: "1",
        side: "Oppose",
        author: "geographer",
        status: "Live",
        upvotes: "12",
        upvotedStake: String(actUnits("120")),
        totalStake: String(actUnits("170")),
        marks: "0",
        earned: String(OWN_INTEREST + 12n * (UPVOTE_INTEREST / 2n)),
        slashed: "0",
      });
      expect(json.refused[0]).to.deep.equal({
        who: "student",
        what: "upvote",
        error: "StakeLimitReached",
        facts: { staked: String(actUnits("100")), total: String(actUnits("140")), limitBps: "6670" },
      });
      expect(json.gas.write).to.have.lengthOf(18);
      expect(json.totals).to.include({ staked: String(actUnits("2310")), difference: "0" });
      expect(json).to.include({ isConserved: true });
      expect(json.checks).to.have.lengthOf(243);
    });
  });

  describe("when nobody judged a debated claim", function () {
    this.timeout(240_000);
    let result: ReplayResult;
    before(async () => {
      result = await replayDebate(await readDebate(), [answer({ subject: "ann" })], silently);
    });

    it("goes on without a crowd", () => {
      expect(result.people.filter(({ isCrowd }) => isCrowd)).to.deep.equal([]);
      expect(eventsOf(result.events, "upvoted")).to.have.lengthOf(9);
    });

    it("conserves every unit", () => {
      expect(result.audit.isConserved).to.equal(true);
    });

    it("does not know what is true", () => {
      const report = debateReport(result, "answers.csv");
      expect(report).to.include("Chicago is the capital of Illinois (nobody in the file judged it)\n");
      expect(report).to.include("The contract never learns what is true, and nor does the file.");
    });
  });

  it("refuses a debate whose texts do not fit the rules, before anything happens", async () => {
    const debate = await readDebate();
    const [first, ...others] = debate.arguments;
    const long = { ...debate, arguments: [{ ...first, body: "x".repeat(1_251) }, ...others] } as typeof debate;
    const error = await replayDebate(long, [], silently).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(DebateFileError);
    expect(error).to.have.deep.property("problems", [
      `argument "springfield": the body has 1251 bytes, not ${ACT_RULES.minBodyLength} to ${ACT_RULES.maxBodyLength}`,
    ]);
  });
});
