import { expect } from "chai";
import { id, MaxUint256 } from "ethers";
import hre from "hardhat";
import { ProposalKind } from "../../sdk/council/governance.ts";
import { COUNCIL_DEFAULTS } from "../../sdk/council/params.ts";
import { ACT } from "../fixtures/council.ts";
import { type HandedOver, handedOver } from "../roles/handed-over.ts";

/** What the council feeds each of the two that pay rewards. */
const FEED = ACT(1_000_000);

const DESCRIPTION = "Feed the rewards of the council and those of arguments out of the year's inflation";

describe("the rewards after the handover", () => {
  let scene: HandedOver;

  before(async () => {
    const connection = await hre.network.create();
    const { time } = connection.networkHelpers;
    scene = await handedOver(connection);
    const { councilToken: token, councilStaking, councilGovernor: governor, timelock, team } = scene;
    const { rewardsDistributor, argumentStaking } = scene;
    await token.connect(team).approve(councilStaking, MaxUint256);
    await councilStaking.connect(team).stake(COUNCIL_DEFAULTS.maxStake, 0n);

    const [rewards, reserve] = await Promise.all([rewardsDistributor.getAddress(), argumentStaking.getAddress()]);
    const inflation: [string, bigint] = [await timelock.getAddress(), 2n * FEED];
    const deeds = [
      [token, token.interface.encodeFunctionData("mintInflation", inflation)],
      [token, token.interface.encodeFunctionData("approve", [rewards, FEED])],
      [rewardsDistributor, rewardsDistributor.interface.encodeFunctionData("fund", [FEED])],
      [token, token.interface.encodeFunctionData("approve", [reserve, FEED])],
      [argumentStaking, argumentStaking.interface.encodeFunctionData("fundRewards", [FEED])],
    ] as const;
    const targets = deeds.map(([target]) => target);
    const calls = deeds.map(([, data]) => data);
    const nothing = deeds.map(() => 0n);
    await governor.connect(team).proposeOfKind(ProposalKind.TreasurySpending, targets, nothing, calls, DESCRIPTION);
    const proposalId = await governor.getProposalId(targets, nothing, calls, id(DESCRIPTION));
    await time.increaseTo((await governor.proposalSnapshot(proposalId)) + 1n);
    await governor.connect(team).castVote(proposalId, 1n);
    await time.increaseTo((await governor.proposalDeadline(proposalId)) + 1n);
    await governor.queue(targets, nothing, calls, id(DESCRIPTION));
    await time.increaseTo(await governor.proposalEta(proposalId));
    await governor.execute(targets, nothing, calls, id(DESCRIPTION));
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
