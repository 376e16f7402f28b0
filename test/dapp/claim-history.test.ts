import { expect } from "chai";

import { CredenceError } from "../../sdk/errors.ts";
import { replayMarket } from "../../sdk/market/history.ts";
import { beliefAt, buildBeliefCurve } from "../../sdk/market/projection.ts";
import { Side } from "../../sdk/market/side.ts";
import type { BeliefMarket } from "../../typechain-types/index.ts";
import { DAY, RULES } from "../fixtures/amounts.ts";
import { contestedMarket, STORY } from "../fixtures/market.ts";
import { load, now, viewAt } from "../fixtures/protocol.ts";

/** What the dapp reads of a market: every event, with its name, arguments and time. */
async function historyOf(market: BeliefMarket) {
  const { provider } = market.runner ?? {};
  const logs = (await provider?.getLogs({ address: await market.getAddress(), fromBlock: 0 })) ?? [];
  const events = await Promise.all(
    logs.map(async (log) => {
      const { name, args } = market.interface.parseLog(log) ?? { name: "", args: {} };
      const block = await log.getBlock();
      return { name, args: args as Record<string, unknown>, time: BigInt(block.timestamp) };
    }),
  );
  return replayMarket(events);
}

describe("a market's history", () => {
  it("gives the belief of the chain at every instant, whatever moved", async () => {
    const { market, supporter, author, challenger } = await load(contestedMarket);
    const compare = async () => {
      const { changes } = await historyOf(market);
      expect(beliefAt(buildBeliefCurve(changes), await now())).to.equal(await market.belief());
    };
    await compare();
    await viewAt(market, STORY.supportedAt + DAY);
    await compare();
    await market.connect(supporter).exitEarly(STORY.supporterId);
    await compare();
    await viewAt(market, RULES.lockPeriod + STORY.challengedAt);
    await market.connect(author).claimRewards(STORY.authorId);
    await market.connect(challenger).withdraw(STORY.challengerId);
    await compare();
    await viewAt(market, RULES.lockPeriod + STORY.challengedAt + DAY);
    await compare();
  });

  it("knows every position, what it was paid and how it ended", async () => {
    const { market, supporter, author, challenger } = await load(contestedMarket);
    await market.connect(supporter).exitEarly(STORY.supporterId);
    await viewAt(market, RULES.lockPeriod + STORY.challengedAt);
    const reward = await market.pendingRewards(STORY.authorId);
    await market.connect(author).claimRewards(STORY.authorId);
    const due = await market.pendingRewards(STORY.challengerId);
    await market.connect(challenger).withdraw(STORY.challengerId);

    const { positions } = await historyOf(market);
    const [ofAuthor, ofChallenger, ofSupporter] = [...positions.values()];
    expect(ofAuthor).to.include({ owner: author.address, side: Side.Support, principal: STORY.authorPrincipal });
    expect(ofAuthor).to.include({ rewards: reward, closing: undefined });
    expect(ofChallenger).to.include({ side: Side.Oppose, rewards: due });
    expect(ofChallenger?.closing).to.include({ kind: "withdrawn", returned: STORY.challengerPrincipal });
    expect(ofSupporter?.closing).to.include({ kind: "exited" });
    expect(ofSupporter?.rewards).to.equal(0n);
  });

  it("refuses a history that lacks its beginning", () => {
    const args = { positionId: 1n, reward: 0n, principal: 5n };
    expect(() => replayMarket([{ name: "Withdrawn", args, time: 1n }])).to.throw(CredenceError);
  });
});
