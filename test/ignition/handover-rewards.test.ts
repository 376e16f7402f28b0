import { expect } from "chai";
import hre from "hardhat";
import { ProposalKind } from "../../sdk/council/governance.ts";
import { ACT } from "../fixtures/council.ts";
import { decide, seatTeam } from "../roles/decide.ts";
import { type HandedOver, handedOver } from "../roles/handed-over.ts";

/** What the council feeds each of the two that pay rewards. */
const FEED = ACT(1_000_000);

describe("the rewards after the handover", () => {
  let scene: HandedOver;

  before(async () => {
    const connection = await hre.network.create();
    scene = await handedOver(connection);
    const { councilToken: token, rewardsDistributor, argumentStaking, timelock } = scene;
    await seatTeam(scene);

    const [rewards, reserve] = await Promise.all([rewardsDistributor.getAddress(), argumentStaking.getAddress()]);
    const inflation: [string, bigint] = [await timelock.getAddress(), 2n * FEED];
    await decide(connection, scene, {
      kind: ProposalKind.TreasurySpending,
      description: "Feed the rewards of the council and those of arguments out of the year's inflation",
      deeds: [
        [token, token.interface.encodeFunctionData("mintInflation", inflation)],
        [token, token.interface.encodeFunctionData("approve", [rewards, FEED])],
        [rewardsDistributor, rewardsDistributor.interface.encodeFunctionData("fund", [FEED])],
        [token, token.interface.encodeFunctionData("approve", [reserve, FEED])],
        [argumentStaking, argumentStaking.interface.encodeFunctionData("fundRewards", [FEED])],
      ],
    });
  });

  it("fund the council's next period", async () => {
    expect(await scene.rewardsDistributor.nextPeriodAmount()).to.equal(FEED);
  });

  it("fund the reserve of arguments, which are staked in the same token", async () => {
    const { argumentStaking, councilToken } = scene;
    expect(await argumentStaking.token()).to.equal(await councilToken.getAddress());
    expect((await argumentStaking.rewardReserve()).free).to.equal(FEED);
  });
});
