import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { Role } from "../../sdk/roles.ts";
import { act, DAY, HOUR, MAX_UINT32, OTHER_CLAIM } from "../fixtures/amounts.ts";
import { changeBy, creditOf, ID, mark, markTimes, OWN, panelForum } from "../fixtures/argument-stories.ts";
import {
  type ActWorld,
  argue,
  atAgeOf,
  atEndOf,
  CREATION_INTEREST,
  openForum,
  Reason,
  Status,
  setRules,
  slash,
  upvote,
} from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

let world: ActWorld;

describe("ArgumentStaking.markUnhelpful, by whom", () => {
  const expectMarked = (by: HardhatEthersSigner) =>
    expect(mark(world, by, { reason: Reason.Spam }))
      .to.emit(world.argumentStaking, "ArgumentMarked")
      .withArgs(ID, by, Reason.Spam, 1n);
  const expectNotCurator = (by: HardhatEthersSigner, staked: bigint, min = act(50)) =>
    expect(mark(world, by))
      .to.be.revertedWithCustomError(world.argumentStaking, "NotCurator")
      .withArgs(by, staked, min);

  beforeEach(async () => {
    world = await load(openForum);
    await argue(world);
  });

  for (const actor of ["curator", "slasher"] as const) {
    describe(`when the caller has the role of the ${actor} and no stake`, () => {
      it("emits ArgumentMarked", async () => {
        await expectMarked(world[actor]);
      });

      it("reverts when the role was revoked", async () => {
        await world.authority.revokeRole(actor === "curator" ? Role.Curator : Role.Slasher, world[actor]);
        await expectNotCurator(world[actor], 0n);
      });
    });
  }

  describe("when the caller has neither role nor stake", () => {
    for (const actor of ["outsider", "guardian", "deployer"] as const) {
      it(`reverts when the ${actor} calls`, async () => {
        await expectNotCurator(world[actor], 0n);
      });
    }
  });

  describe("when exactly as much as makes a curator runs", () => {
    let stakeId: bigint;

    beforeEach(async () => {
      const argumentId = await argue(world, { by: world.supporter, claimId: OTHER_CLAIM });
      stakeId = (await world.argumentStaking.argument(argumentId)).creationStakeId;
    });

    it("emits ArgumentMarked", async () => {
      await expectMarked(world.supporter);
    });

    it("reverts when a unit more makes a curator", async () => {
      await setRules(world, { minCuratorStake: act(50) + 1n });
      await expectNotCurator(world.supporter, act(50), act(50) + 1n);
    });

    it("emits ArgumentMarked a second before the stake ends", async () => {
      await atEndOf(world, stakeId, -1n);
      await expectMarked(world.supporter);
    });

    for (const elapsed of [0n, 1n]) {
      it(`reverts when the stake ended ${elapsed} s before, processed or not`, async () => {
        await atEndOf(world, stakeId, elapsed);
        await expectNotCurator(world.supporter, 0n);
      });
    }

    it("emits ArgumentMarked when the stake is older than the window of the stake limit", async () => {
      await setRules(world, { stakeLimitWindow: HOUR });
      await atAgeOf(world, stakeId, DAY);
      await expectMarked(world.supporter);
    });

    it("reverts when the stake was deleted", async () => {
      await world.argumentStaking.connect(world.supporter).deleteArgument(2n);
      await expectNotCurator(world.supporter, 0n);
    });

    it("reverts when the stake was slashed", async () => {
      await slash(world, 2n);
      await expectNotCurator(world.supporter, 0n);
    });
  });

  describe("when the stakes that make a curator are an argument and an upvote an hour later", () => {
    beforeEach(async () => {
      await setRules(world, { minCuratorStake: act(60) });
      await argue(world, { by: world.supporter });
      await atAgeOf(world, 2n, HOUR);
      await upvote(world, ID, world.supporter);
    });

    it("emits ArgumentMarked while both run", async () => {
      await expectMarked(world.supporter);
    });

    it("reverts when the first of them has ended", async () => {
      await atEndOf(world, 2n);
      await expectNotCurator(world.supporter, act(10), act(60));
    });
  });

  describe("when the caller wrote the argument", () => {
    const expectOwn = () =>
      expect(mark(world, world.author))
        .to.be.revertedWithCustomError(world.argumentStaking, "OwnArgument")
        .withArgs(ID, world.author);

    it("reverts when their stake makes them a curator", async () => {
      await expectOwn();
    });

    for (const role of ["Curator", "Slasher"] as const) {
      it(`reverts when they are a ${role}`, async () => {
        await world.authority.grantRole(Role[role], world.author, 0n);
        await expectOwn();
      });
    }
  });

  describe("when entries are paused", () => {
    it("emits ArgumentMarked", async () => {
      await world.argumentStaking.connect(world.guardian).pauseEntries();
      await expectMarked(world.curator);
    });
  });
});

describe("ArgumentStaking.markUnhelpful, of what", () => {
  beforeEach(async () => {
    world = await load(panelForum);
  });

  describe("when the caller has marked it before", () => {
    it("reverts when they mark it again", async () => {
      await mark(world);
      await expect(mark(world, world.curator, { reason: Reason.Abusive }))
        .to.be.revertedWithCustomError(world.argumentStaking, "AlreadyMarked")
        .withArgs(ID, world.curator);
    });

    it("emits ArgumentMarked when it was another argument", async () => {
      await mark(world);
      const argumentId = await argue(world);
      await expect(mark(world, world.curator, { argumentId }))
        .to.emit(world.argumentStaking, "ArgumentMarked")
        .withArgs(argumentId, world.curator, Reason.Other, 1n);
    });
  });

  describe("when it is deleted", () => {
    it("reverts when a curator marks it", async () => {
      await world.argumentStaking.connect(world.author).deleteArgument(ID);
      await expect(mark(world)).to.be.revertedWithCustomError(world.argumentStaking, "ArgumentIsDeleted").withArgs(ID);
    });
  });

  describe("when it is unhelpful", () => {
    beforeEach(async () => {
      await slash(world, ID);
    });

    for (const actor of ["curator", "slasher", "author"] as const) {
      it(`reverts when the ${actor} marks it`, async () => {
        await expect(mark(world, world[actor]))
          .to.be.revertedWithCustomError(world.argumentStaking, "ArgumentIsUnhelpful")
          .withArgs(ID);
      });
    }
  });

  describe("when there is no such argument", () => {
    for (const argumentId of [0n, 2n, MAX_UINT32 + 2n]) {
      it(`reverts when the id is ${argumentId}`, async () => {
        await expect(mark(world, world.curator, { argumentId }))
          .to.be.revertedWithCustomError(world.argumentStaking, "ArgumentUnknown")
          .withArgs(argumentId);
      });
    }
  });

  describe("when its creator's stake has ended", () => {
    it("emits ArgumentMarked", async () => {
      await atEndOf(world, OWN, DAY);
      await expect(mark(world))
        .to.emit(world.argumentStaking, "ArgumentMarked")
        .withArgs(ID, world.curator, Reason.Other, 1n);
    });
  });
});

describe("ArgumentStaking.markUnhelpful, below the threshold", () => {
  beforeEach(async () => {
    world = await load(panelForum);
  });

  it("emits ArgumentMarked with the number of marks", async () => {
    await markTimes(world, 3);
    await expect(mark(world, world.curator, { reason: Reason.Plagiarised }))
      .to.emit(world.argumentStaking, "ArgumentMarked")
      .withArgs(ID, world.curator, Reason.Plagiarised, 4n);
  });

  it("updates the number of marks", async () => {
    await mark(world);
    expect((await world.argumentStaking.argument(ID)).unhelpfulMarks).to.equal(1n);
  });

  it("updates who has marked it", async () => {
    await mark(world);
    expect(await world.argumentStaking.hasMarked(ID, world.curator)).to.equal(true);
  });

  it("leaves it live at four marks", async () => {
    await markTimes(world, 4);
    expect((await world.argumentStaking.argument(ID)).status).to.equal(Status.Live);
  });

  it("leaves the books as they are", async () => {
    const none = { owed: 0n, free: 0n, reserved: 0n, running: 0n, balance: 0n };
    expect(await changeBy(world, () => markTimes(world, 4))).to.deep.equal(none);
  });

  it("leaves the creator's account as it is", async () => {
    await markTimes(world, 4);
    expect(await world.argumentStaking.account(world.author)).to.deep.equal([0n, 0n, 0n, 0n]);
  });

  it("leaves the markers without credit", async () => {
    await mark(world);
    expect(await creditOf(world, world.curator)).to.equal(0n);
  });

  it("leaves expired stakes to others", async () => {
    await atEndOf(world, OWN);
    await expect(mark(world)).not.to.emit(world.argumentStaking, "StakeExpired");
  });

  it("lets its stake earn interest to the end", async () => {
    await markTimes(world, 4);
    await atEndOf(world, OWN);
    await expect(world.argumentStaking.processExpired(1n))
      .to.emit(world.argumentStaking, "StakeExpired")
      .withArgs(OWN, ID, world.author, act(50), CREATION_INTEREST, 0n);
  });
});
