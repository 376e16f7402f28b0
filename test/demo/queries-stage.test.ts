import { expect } from "chai";
import { toQuantity } from "ethers";
import { deployLocal } from "../../ignition/deploy.ts";
import { DemoChain, DemoTransactionError, type Receipt } from "../../scripts/demo/chain.ts";
import { letKeeperSettle } from "../../scripts/demo/queries/keeper.ts";
import type { PlannedQuery } from "../../scripts/demo/queries/plan.ts";
import { planQueries } from "../../scripts/demo/queries/plan.ts";
import {
  askCall,
  askedId,
  joinCall,
  type LiveQuery,
  preparationCalls,
  rankCalls,
  type Stage,
  setStage,
} from "../../scripts/demo/queries/stage.ts";
import { Role } from "../../sdk/roles.ts";
import { smallSkating } from "./queries-fixtures.ts";

describe("the stage of the queries demo", () => {
  let stage: Stage;
  beforeEach(async () => {
    const plan = planQueries(smallSkating());
    const chain = await DemoChain.start(plan.people.length + 2);
    stage = await setStage(chain, await deployLocal(chain.connection), plan);
    await chain.holdBlocks();
    await chain.mineNext(preparationCalls(stage));
  });
  afterEach(() => stage.chain.close());

  const queryOf = (index: number) => stage.plan.queries[index] as PlannedQuery;
  async function ask(plan: PlannedQuery): Promise<LiveQuery> {
    const [receipt] = (await stage.chain.mineNext([askCall(stage, plan)])) as [Receipt];
    return { plan, queryId: askedId(receipt) };
  }

  it("gives everybody their budget", async () => {
    const { chain, deployment, budgets } = stage;
    const balances = await Promise.all(budgets.map((_, person) => deployment.usdc.balanceOf(chain.accountOf(person))));
    expect(balances).to.deep.equal(budgets);
  });

  it("makes the operator the registrar, whom the deployment does not name", async () => {
    const { isMember } = await stage.deployment.authority.hasRole(Role.Registrar, stage.chain.operator);
    expect(isMember).to.equal(true);
  });

  it("gives no ranks for a query that needs none", () => {
    expect(rankCalls(stage, queryOf(0))).to.deep.equal([]);
  });

  it("tells the ids of queries in the order of asking", async () => {
    const ids = [(await ask(queryOf(0))).queryId, (await ask(queryOf(4))).queryId];
    expect(ids).to.deep.equal([1n, 2n]);
  });

  it("gives the ranks that a query needs", async () => {
    const { chain, deployment } = stage;
    const { ranks } = queryOf(4);
    await chain.mineNext(rankCalls(stage, queryOf(4)));
    for (const [person, rank] of ranks) {
      expect(await deployment.rankRegistry.rankOf(chain.accountOf(person))).to.equal(rank);
    }
  });

  it("has a salt of its own for each part", () => {
    const parts = stage.plan.queries.flatMap(({ answers, votes }) => [...answers, ...votes]);
    expect(new Set(parts.map((part) => stage.salts.get(part)))).to.have.lengthOf(parts.length);
  });

  it("stops where the keeper comes before there is anything to settle", async () => {
    const live = await ask(queryOf(1));
    const error = await letKeeperSettle(stage, live, (await stage.chain.now()) + 1n).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(DemoTransactionError);
    expect(error).to.have.property("message", "the keeper did not settle (query=1)");
  });

  it("stops where the keeper cannot settle, with what it logged", async () => {
    const { chain, deployment, keeper } = stage;
    const live = await ask(queryOf(1));
    await chain.mineNext(live.plan.answers.map((part) => joinCall(stage, live, part)));
    await chain.connection.provider.request({ method: "hardhat_setBalance", params: [keeper, toQuantity(0n)] });
    const { openingEndsAt } = await deployment.queryEscrow.query(live.queryId);
    const error = await letKeeperSettle(stage, live, openingEndsAt).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(DemoTransactionError);
    expect(error)
      .to.have.property("message")
      .that.matches(/^the keeper did not settle\n\{.*"item":"query 1"/);
  });
});
