import { expect } from "chai";
import { getAddress } from "ethers";
import { deployLocal } from "../../ignition/deploy.ts";
import { DemoChain, DemoTransactionError } from "../../scripts/demo/chain.ts";
import { act } from "../../scripts/demo/council/amounts.ts";
import { PEOPLE } from "../../scripts/demo/council/cast.ts";
import { modelChecks, modelGround } from "../../scripts/demo/council/compare.ts";
import { type RefusedStep, tryRefused } from "../../scripts/demo/council/run.ts";
import {
  callsFor,
  motionOf,
  personAt,
  preparationCalls,
  type Stage,
  setStage,
} from "../../scripts/demo/council/stage.ts";
import type { StoryStep } from "../../scripts/demo/council/story.ts";
import { Role } from "../../sdk/roles.ts";
import { DAY } from "../fixtures/amounts.ts";

describe("the stage of the council demo", () => {
  let chain: DemoChain;
  let stage: Stage;
  beforeEach(async () => {
    chain = await DemoChain.start(PEOPLE.length + 2);
    stage = await setStage(chain, await deployLocal(chain.connection));
    await chain.holdBlocks();
    await chain.mineNext(preparationCalls(stage));
  });
  afterEach(() => chain.close());

  /** What is thrown. */
  const failureOf = (attempt: Promise<unknown>) => attempt.then(() => undefined).catch((cause: unknown) => cause);
  const stake: StoryStep = { kind: "stake", who: "xena", amount: act(800), lockDays: 7n, at: DAY };
  const unstake: RefusedStep = {
    kind: "unstake",
    who: "xena",
    position: 0n,
    at: 2n * DAY,
    refusedWith: "PositionLocked",
  };

  it("leaves the timelock as the only admin", async () => {
    const { authority, timelock } = stage.deployment;
    const isAdmin = async (account: string) => (await authority.hasRole(Role.Admin, account)).isMember;
    expect([await isAdmin(await timelock.getAddress()), await isAdmin(chain.operator)]).to.deep.equal([true, false]);
  });

  it("finds a person by any spelling of their address", () => {
    expect(
      [chain.accountOf(2), getAddress(chain.accountOf(2)), chain.operator].map((one) => personAt(chain, one)),
    ).to.deep.equal([2, 2, -1]);
  });

  it("numbers a proposal as the governor does", async () => {
    const { id, targets, values, calldatas, descriptionHash } = motionOf(stage, "inflation");
    const { councilGovernor } = stage.deployment;
    expect(await councilGovernor.hashProposal(targets, values, calldatas, descriptionHash)).to.equal(id);
  });

  it("takes note of the contract's words where it refuses what it should", async () => {
    await chain.mineAt(stage.start + stake.at, callsFor(stage, stake));
    const { args } = await tryRefused(stage, unstake);
    expect(args.toObject().unlocksAt).to.equal(stage.start + 8n * DAY);
  });

  it("stops where the contract refuses a step for another reason than the story says", async () => {
    const error = await failureOf(tryRefused(stage, { ...unstake, refusedWith: "StakeTooLarge" } as RefusedStep));
    expect(error).to.be.instanceOf(DemoTransactionError);
    expect(error).to.have.property("facts").that.deep.equals({ seen: "PositionUnknown", expected: "StakeTooLarge" });
  });

  it("notices where the chain is not as the model has it", async () => {
    const { councilToken } = stage.deployment;
    const ground = await modelGround(stage, []);
    const period = { kind: "period", at: 0n, transactionHash: "", period: 1n, amount: 1n } as const;
    const end = { supply: await councilToken.totalSupply(), totalStaked: 0n, totalWeight: 0n, owed: 0n, next: 0n };
    const observed = { stakers: [], proposals: [], sessions: [], end, events: [period] };
    const failed = modelChecks(observed, ground).filter(({ difference }) => difference !== 0n);
    expect(failed.map(({ equation }) => equation)).to.deep.equal([
      "number of periods = number of periods in the model",
      "period 1 = period 1 in the model",
      "number of claims = number of claims in the model",
      "number of compounds = number of compounds in the model",
      "supply = supply in the model",
      "total staked = total staked in the model",
      "total weight = total weight in the model",
      "owed = owed in the model",
    ]);
  });
});
