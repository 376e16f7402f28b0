import { expect } from "chai";
import { MaxUint256 } from "ethers";
import hre from "hardhat";
import { Side } from "../../sdk/market/side.ts";
import { Role } from "../../sdk/roles.ts";
import { CLAIM, DAY } from "../fixtures/amounts.ts";
import { BODY, Reason, Status, SUMMARY } from "../fixtures/arguments.ts";
import { ACT } from "../fixtures/council.ts";
import { decide, seatTeam } from "../roles/decide.ts";
import { type HandedOver, handedOver } from "../roles/handed-over.ts";

/** What the writer has, and what pays the interest on it. */
const PURSE = ACT(1_000);

/** The writer's argument, and their stake on it. */
const ID = 1n;
const STAKE_ID = 1n;

describe("an argument against which the council, after the handover, names itself a slasher at once", () => {
  let scene: HandedOver;
  let executedAt: bigint;

  before(async () => {
    const connection = await hre.network.create({ override: { allowBlocksWithSameTimestamp: true } });
    const { time } = connection.networkHelpers;
    scene = await handedOver(connection);
    const { authority, argumentStaking, beliefFactory, councilToken, timelock, team, outsider: writer } = scene;
    await beliefFactory.connect(writer).createMarket(CLAIM, 0n);
    await councilToken.connect(team).transfer(writer, PURSE);
    for (const user of [team, writer]) await councilToken.connect(user).approve(argumentStaking, MaxUint256);
    await argumentStaking.connect(team).fundRewards(PURSE);
    await seatTeam(scene);

    await time.increase(1n);
    await argumentStaking.connect(writer).createArgument(CLAIM, Side.Support, SUMMARY, BODY);
    await time.setNextBlockTimestamp(await time.latest());
    const slasher: [bigint, string, bigint] = [Role.Slasher, await timelock.getAddress(), 0n];
    await decide(connection, scene, {
      description: "Find the argument unhelpful",
      deeds: [
        [authority, authority.interface.encodeFunctionData("grantRole", slasher)],
        [argumentStaking, argumentStaking.interface.encodeFunctionData("markUnhelpful", [ID, Reason.Other])],
      ],
    });
    executedAt = BigInt(await time.latest());
  });

  it("is found unhelpful 11 days and a second after it was written", async () => {
    const { status, createdAt } = await scene.argumentStaking.argument(ID);
    expect([status, executedAt - createdAt]).to.deep.equal([Status.Unhelpful, 11n * DAY + 1n]);
  });

  it("leaves its writer the stake, which had ended, and all of its interest", async () => {
    const { argumentStaking, outsider: writer } = scene;
    const { amount, interest } = await argumentStaking.stake(STAKE_ID);
    expect((await argumentStaking.account(writer)).credited).to.equal(amount + interest);
  });

  it("leaves the timelock nothing", async () => {
    const { argumentStaking, timelock } = scene;
    expect((await argumentStaking.account(timelock)).credited).to.equal(0n);
  });
});
