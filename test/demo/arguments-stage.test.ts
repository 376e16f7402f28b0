import { expect } from "chai";
import { toQuantity } from "ethers";
import { deployLocal } from "../../ignition/deploy.ts";
import { parseDebate } from "../../scripts/demo/arguments/debate.ts";
import { letKeeperPay } from "../../scripts/demo/arguments/keeper.ts";
import { type PlannedStep, planDebate } from "../../scripts/demo/arguments/plan.ts";
import {
  callFor,
  type PersonalStep,
  preparationCalls,
  type RefusedStep,
  type Stage,
  setStage,
  tryRefused,
} from "../../scripts/demo/arguments/stage.ts";
import type { StoryStep } from "../../scripts/demo/arguments/story.ts";
import { DemoChain, DemoTransactionError } from "../../scripts/demo/chain.ts";
import { DAY } from "../fixtures/amounts.ts";
import { ACT_RULES, DEBATE } from "./arguments-fixtures.ts";

const STORY: readonly StoryStep[] = [
  { kind: "fund", at: 0n },
  { kind: "write", argument: "juneau", at: 1n },
  { kind: "upvote", who: "bob", argument: "juneau", at: 2n },
];

describe("the stage of the arguments demo", () => {
  let stage: Stage;
  let steps: readonly PlannedStep[];
  beforeEach(async () => {
    const debate = parseDebate(JSON.stringify(DEBATE), "debate.json");
    const chain = await DemoChain.start(DEBATE.debaters.length + 3);
    const deployment = await deployLocal(chain.connection);
    const plan = planDebate(debate, STORY, [], ACT_RULES);
    steps = plan.steps;
    await chain.holdBlocks();
    stage = await setStage(chain, deployment, plan, (await chain.now()) + DAY);
    await chain.mineNext(await preparationCalls(stage));
  });
  afterEach(() => stage.chain.close());

  /** What is thrown. */
  const failureOf = (attempt: Promise<unknown>) => attempt.then(() => undefined).catch((cause: unknown) => cause);
  const stepOf = (index: number) => steps[index] as PersonalStep;

  it("has nothing to upvote before it is written", () => {
    expect(() => callFor(stage, stepOf(2))).to.throw(
      DemoTransactionError,
      "nobody has written this argument yet (key=juneau)",
    );
  });

  it("stops where the contract refuses a step for another reason than the story says", async () => {
    const step = { ...stepOf(1), refusedWith: "CreatorJailed" } as RefusedStep;
    const error = await failureOf(tryRefused(stage, step));
    expect(error).to.be.instanceOf(DemoTransactionError);
    expect(error)
      .to.have.property("facts")
      .that.deep.equals({ seen: "RewardReserveTooLow", expected: "CreatorJailed" });
  });

  it("stops where the keeper cannot pay what has expired", async () => {
    const { chain, start, keeper } = stage;
    await chain.mineAt(start, [callFor(stage, stepOf(0)), callFor(stage, stepOf(1))]);
    await chain.connection.provider.request({ method: "hardhat_setBalance", params: [keeper, toQuantity(0n)] });
    const error = await failureOf(letKeeperPay(stage, start + 8n * DAY));
    expect(error).to.be.instanceOf(DemoTransactionError);
    expect(error)
      .to.have.property("message")
      .that.matches(/^the keeper did not pay what has expired\n/);
  });
});
