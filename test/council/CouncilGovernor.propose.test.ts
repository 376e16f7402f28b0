import { expect } from "chai";
import { type AddressLike, type BytesLike, id } from "ethers";
import { ProposalKind, ProposalState } from "../../sdk/council/governance.ts";
import { DAY } from "../fixtures/amounts.ts";
import { type CouncilWorld, GOVERNOR_RULES, openCouncil, PLEDGE, stake } from "../fixtures/council.ts";
import { PAYMENT, propose, sendProposal } from "../fixtures/council-acts.ts";
import { openFloor, soon } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

const DESCRIPTION = "Pay the outsider";

/** How to propose: saying what for, or not. */
const WAYS = [
  { name: "proposeOfKind", kind: ProposalKind.TreasurySpending },
  { name: "propose", kind: ProposalKind.Unspecified },
] as const;

for (const { name, kind } of WAYS) {
  describe(`CouncilGovernor.${name}`, () => {
    let world: CouncilWorld;

    const calls = (): [AddressLike[], bigint[], BytesLike[]] => [
      [world.token],
      [0n],
      [world.token.interface.encodeFunctionData("transfer", [world.outsider.address, PAYMENT])],
    ];
    const send = (by = world.proposer, description = DESCRIPTION, given = calls()) => {
      const governor = world.councilGovernor.connect(by);
      return name === "propose"
        ? governor.propose(...given, description)
        : governor.proposeOfKind(kind, ...given, description);
    };
    const idOf = (description = DESCRIPTION) => world.councilGovernor.hashProposal(...calls(), id(description));

    describe("when the caller has staked exactly as much as it needs", () => {
      beforeEach(async () => {
        world = await load(openFloor);
      });

      it("emits ProposalCreated", async () => {
        const instant = await soon();
        await expect(send())
          .to.emit(world.councilGovernor, "ProposalCreated")
          .withArgs(
            await idOf(),
            world.proposer,
            [await world.token.getAddress()],
            [0n],
            [""],
            calls()[2],
            instant + DAY,
            instant + 8n * DAY,
            DESCRIPTION,
          );
      });

      it("emits ProposalKindRecorded", async () => {
        await expect(send())
          .to.emit(world.councilGovernor, "ProposalKindRecorded")
          .withArgs(await idOf(), kind, 6_600n);
      });

      it("keeps what it is for, and the approval it needs", async () => {
        await send();
        expect(await world.councilGovernor.proposalKind(await idOf())).to.deep.equal([kind, 6_600n]);
      });

      it("says the id", async () => {
        const governor = world.councilGovernor.connect(world.proposer);
        const told =
          name === "propose"
            ? governor.propose.staticCall(...calls(), DESCRIPTION)
            : governor.proposeOfKind.staticCall(kind, ...calls(), DESCRIPTION);
        expect(await told).to.equal(await idOf());
      });

      it("keeps who proposed", async () => {
        await send();
        expect(await world.councilGovernor.proposalProposer(await idOf())).to.equal(world.proposer);
      });

      it("is pending", async () => {
        await send();
        expect(await world.councilGovernor.state(await idOf())).to.equal(ProposalState.Pending);
      });

      it("records no vote of the caller's", async () => {
        await send();
        expect((await world.rewardsDistributor.account(world.proposer)).votedAt).to.equal(0n);
      });

      it("reverts when it was proposed before", async () => {
        await send();
        await expect(send())
          .to.be.revertedWithCustomError(world.councilGovernor, "GovernorUnexpectedProposalState")
          .withArgs(await idOf(), ProposalState.Pending, `0x${"0".repeat(64)}`);
      });

      it("reverts when there is nothing to call", async () => {
        await expect(send(world.proposer, DESCRIPTION, [[], [], []]))
          .to.be.revertedWithCustomError(world.councilGovernor, "GovernorInvalidProposalLength")
          .withArgs(0n, 0n, 0n);
      });

      it("reverts when calls and values are not as many", async () => {
        const [targets, , data] = calls();
        await expect(send(world.proposer, DESCRIPTION, [targets, [], data]))
          .to.be.revertedWithCustomError(world.councilGovernor, "GovernorInvalidProposalLength")
          .withArgs(1n, 1n, 0n);
      });

      it("reverts when the description reserves it for another", async () => {
        await expect(send(world.proposer, `Mine #proposer=${world.whale.address}`))
          .to.be.revertedWithCustomError(world.councilGovernor, "GovernorRestrictedProposer")
          .withArgs(world.proposer);
      });

      it("emits ProposalCreated when the description reserves it for the caller", async () => {
        await expect(send(world.proposer, `Mine #proposer=${world.proposer.address}`)).to.emit(
          world.councilGovernor,
          "ProposalCreated",
        );
      });
    });

    describe("when the caller has not staked as much", () => {
      beforeEach(async () => {
        world = await load(openCouncil);
      });

      it("reverts when they have staked nothing", async () => {
        await expect(send(world.outsider))
          .to.be.revertedWithCustomError(world.councilGovernor, "ProposerStakeTooLow")
          .withArgs(world.outsider, 0n, GOVERNOR_RULES.minProposalStake);
      });

      it("reverts when a unit is missing, whatever the power", async () => {
        const amount = GOVERNOR_RULES.minProposalStake - 1n;
        await stake(world, { by: world.proposer, amount, lockDays: 180n });
        await expect(send())
          .to.be.revertedWithCustomError(world.councilGovernor, "ProposerStakeTooLow")
          .withArgs(world.proposer, amount, GOVERNOR_RULES.minProposalStake);
      });

      it("reverts when others have delegated to them", async () => {
        await stake(world, { by: world.whale, amount: PLEDGE });
        await world.councilStaking.connect(world.whale).delegate(world.proposer);
        await expect(send())
          .to.be.revertedWithCustomError(world.councilGovernor, "ProposerStakeTooLow")
          .withArgs(world.proposer, 0n, GOVERNOR_RULES.minProposalStake);
      });

      it("reverts when they have unstaked", async () => {
        const positionId = await stake(world, { by: world.proposer });
        await world.councilStaking.connect(world.proposer).unstake(positionId);
        await expect(send())
          .to.be.revertedWithCustomError(world.councilGovernor, "ProposerStakeTooLow")
          .withArgs(world.proposer, 0n, GOVERNOR_RULES.minProposalStake);
      });

      it("emits ProposalCreated when they have delegated to somebody else", async () => {
        await stake(world, { by: world.proposer });
        await world.councilStaking.connect(world.proposer).delegate(world.delegate);
        await expect(send()).to.emit(world.councilGovernor, "ProposalCreated");
      });

      it("emits ProposalCreated when two positions make up the stake", async () => {
        const half = { by: world.proposer, amount: GOVERNOR_RULES.minProposalStake / 2n };
        for (const pledge of [half, half]) await stake(world, pledge);
        await expect(send()).to.emit(world.councilGovernor, "ProposalCreated");
      });
    });
  });
}

describe("CouncilGovernor.proposeOfKind, of every kind", () => {
  for (const [name, kind] of Object.entries(ProposalKind)) {
    it(`keeps ${name}`, async () => {
      const world = await load(openFloor);
      const { id: proposalId } = await propose(world, { kind });
      expect((await world.councilGovernor.proposalKind(proposalId)).kind).to.equal(kind);
    });
  }

  it("reverts when there is no such kind", async () => {
    const world = await load(openFloor);
    await expect(sendProposal(world, { kind: 5n })).to.be.revertedWithoutReason(world.ethers);
  });
});
