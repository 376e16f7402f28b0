import { expect } from "chai";
import { EventLog } from "ethers";
import { gotBy, type QueryRecord, recordsOf, type Told } from "../../dapp/src/pages/queries/records.ts";
import { expectedBy, paymentsOf, settlementOf } from "../../dapp/src/pages/queries/settling.ts";
import { Phase } from "../../sdk/query/state.ts";
import { load } from "../fixtures/protocol.ts";
import {
  answerOf,
  answerSealOf,
  ask,
  type DollarQueries,
  openEscrow,
  QUESTION,
  settle,
  USUAL,
} from "../fixtures/queries.ts";
import { absent, ID, play, type Story, times, vote } from "../fixtures/query-play.ts";
import { withBadText } from "./bad-text.ts";

const DECIMALS = 6n;

/** Two of four answers are good; of four judges one is good no more, one opened nothing. */
const STORY: Story = {
  minRank: 3n,
  answers: ["opened", "opened", "submitted", "opened", "joined"],
  opening: [3, 0, 1],
  verdicts: [vote([0, 1, 2], [0, 1]), vote([1, 0, 2], [0, 1]), vote([2, 1, 0], [2]), absent("submitted", 5n)],
};

/** What the escrow emitted so far, as pages read it. */
async function eventsOf({ queryEscrow }: DollarQueries): Promise<Told[]> {
  const logs = await queryEscrow.queryFilter("*" as never);
  return Promise.all(
    logs
      .filter((log) => log instanceof EventLog)
      .map(async (log) => ({
        name: log.eventName,
        args: log.args,
        time: BigInt((await log.getBlock()).timestamp),
      })),
  );
}

async function recordOf(world: DollarQueries): Promise<QueryRecord> {
  const [record] = recordsOf(await eventsOf(world), DECIMALS);
  if (record === undefined) throw new Error("no query was asked");
  return record;
}

/** What the escrow's views say, with names. */
async function viewsOf({ queryEscrow }: DollarQueries) {
  const [query, answers, judges] = await Promise.all([
    queryEscrow.query(ID),
    queryEscrow.answers(ID),
    queryEscrow.judges(ID),
  ]);
  const named = (struct: unknown) => (struct as { toObject(): object }).toObject();
  return {
    queryId: ID,
    query: named(query),
    answers: answers.map(named),
    judges: judges.map((judge) => ({ ...named(judge), ranking: [...judge.ranking] })),
  };
}

const stateIn = ({ queryId, query, answers, judges }: QueryRecord) => ({ queryId, query, answers, judges });

describe("queries from events", () => {
  for (const [name, phase] of Object.entries(Phase).filter(([, each]) => each !== Phase.Settled)) {
    it(`tell what the views tell, up to the phase ${name}`, async () => {
      const world = await load(openEscrow);
      await play(world, STORY, phase);
      expect(stateIn(await recordOf(world))).to.deep.equal(await viewsOf(world));
    });
  }

  it("tell what the views tell when answering ended early", async () => {
    const world = await load(openEscrow);
    await play(world, { answers: times(7, "opened"), maxAnswers: 7n }, Phase.Opening);
    expect(stateIn(await recordOf(world))).to.deep.equal(await viewsOf(world));
  });

  describe("when the query is settled", () => {
    async function settled(): Promise<DollarQueries> {
      const world = await load(openEscrow);
      await settle(world, await play(world, STORY));
      return world;
    }

    it("tell what the views tell", async () => {
      const world = await settled();
      expect(stateIn(await recordOf(world))).to.deep.equal(await viewsOf(world));
    });

    it("tell what everybody got, which is what was expected", async () => {
      const world = await settled();
      const record = await recordOf(world);
      const payments = paymentsOf(record, expectedBy(record, settlementOf(record)));
      for (const { account, gets } of payments) expect(gotBy(record, account)).to.equal(gets);
      expect(payments).to.have.length(10);
    });

    it("tell the credits that the escrow keeps", async () => {
      const world = await settled();
      const { credits } = await recordOf(world);
      for (const [account, amount] of credits) expect(await world.queryEscrow.credited(account)).to.equal(amount);
    });

    it("take strengths that the pages have computed", async () => {
      const world = await load(openEscrow);
      await play(world, STORY);
      const { strengths } = settlementOf(await recordOf(world));
      await expect(world.queryEscrow.settle(ID, [...strengths])).to.emit(world.queryEscrow, "QuerySettled");
    });
  });

  it("stay there where somebody puts bytes on chain that are no text", async () => {
    const world = await load(openEscrow);
    const { queryEscrow, asker } = world;
    const sent = await queryEscrow.ask.populateTransaction(QUESTION.contentHash, "~~~~", 0n, 7n, 32n, USUAL);
    await asker.sendTransaction({ ...sent, data: withBadText(sent.data) });
    await ask(world);
    const [good, bad] = recordsOf(await eventsOf(world), DECIMALS);
    expect(bad?.question).to.deep.equal({ ...QUESTION, uri: "" });
    expect(good?.question).to.deep.equal({ ...QUESTION });
  });

  it("tell the other answers where one is no text", async () => {
    const world = await load(openEscrow);
    await play(world, { answers: times(2, "submitted") }, Phase.Opening);
    const events = await eventsOf(world);
    const opened = (index: bigint, uri: string): Told => {
      const args = [ID, world.answerers[Number(index)]?.address, index, QUESTION.contentHash, uri];
      const { topics, data } = world.queryEscrow.interface.encodeEventLog("AnswerOpened", args);
      const log = world.queryEscrow.interface.parseLog({ topics, data: uri === "~~~~" ? withBadText(data) : data });
      if (log === null) throw new Error("no event");
      return { name: "AnswerOpened", args: log.args, time: 0n };
    };
    const [record] = recordsOf([...events, opened(0n, "~~~~"), opened(1n, "ipfs://answer")], DECIMALS);
    expect(record?.answerContents.map(({ uri }) => uri)).to.deep.equal(["", "ipfs://answer"]);
  });

  describe("what the views do not know", () => {
    it("is the question", async () => {
      const world = await load(openEscrow);
      await play(world, {}, Phase.Answering);
      expect((await recordOf(world)).question).to.deep.equal({ ...QUESTION });
    });

    it("is where the answers are, in the order of opening", async () => {
      const world = await load(openEscrow);
      await play(world, STORY, Phase.Opening);
      const uris = (await recordOf(world)).answerContents.map(({ uri }) => uri);
      expect(uris).to.deep.equal(
        [3, 0, 1].map((place) => {
          const answerer = world.answerers[place];
          return answerer && answerOf(answerer).uri;
        }),
      );
    });

    it("is what was sealed", async () => {
      const world = await load(openEscrow);
      const [answerer] = world.answerers;
      await play(world, STORY, Phase.Answering);
      if (answerer === undefined) throw new Error("nobody answers");
      expect((await recordOf(world)).seals.get(answerer.address)).to.equal(await answerSealOf(world, ID, answerer));
    });

    it("is not what anybody got before the settlement", async () => {
      const world = await load(openEscrow);
      await play(world, STORY);
      expect(gotBy(await recordOf(world), world.asker.address)).to.equal(undefined);
    });

    it("is nothing of a query whose asking is not known", async () => {
      const world = await load(openEscrow);
      await play(world, STORY, Phase.Answering);
      const [, ...others] = await eventsOf(world);
      expect(
        recordsOf(
          others.filter(({ name }) => name !== "QueryAsked"),
          DECIMALS,
        ),
      ).to.deep.equal([]);
    });
  });

  it("come the newest first", async () => {
    const world = await load(openEscrow);
    await play(world, {}, Phase.Answering);
    await play(world, {}, Phase.Answering);
    expect(recordsOf(await eventsOf(world), DECIMALS).map(({ queryId }) => queryId)).to.deep.equal([2n, 1n]);
  });
});
