import { expect } from "chai";
import { Role } from "../../sdk/roles.ts";
import { act, DAY, OTHER_CLAIM } from "../fixtures/amounts.ts";
import { ID, mark } from "../fixtures/argument-stories.ts";
import { type ActWorld, argue, atAgeOf, openForum, Reason } from "../fixtures/arguments.ts";
import { load } from "../fixtures/protocol.ts";

let world: ActWorld;

/** The supporter's argument, and the stake on it, which makes them a curator. */
const OWN_ID = 2n;
const OWN_STAKE = 2n;

const takeBack = (argumentId = OWN_ID) => world.argumentStaking.connect(world.supporter).deleteArgument(argumentId);

/** The supporter marks the author's argument when the own stake is `age` seconds old; says the instant. */
async function markAtAge(age: bigint): Promise<bigint> {
  await atAgeOf(world, OWN_STAKE, age);
  await mark(world, world.supporter);
  return (await world.argumentStaking.stake(OWN_STAKE)).createdAt + age;
}

describe("ArgumentStaking.deleteArgument, by a curator", () => {
  beforeEach(async () => {
    world = await load(openForum);
    await argue(world);
    await argue(world, { by: world.supporter, claimId: OTHER_CLAIM });
  });

  describe("who marked an argument on the strength of the stake", () => {
    for (const [when, age] of [
      ["in the second in which it was made", 0n],
      ["a day later", DAY],
    ] as const) {
      it(`reverts when that was ${when}`, async () => {
        const markedAt = await markAtAge(age);
        await expect(takeBack())
          .to.be.revertedWithCustomError(world.argumentStaking, "StakeBacksMark")
          .withArgs(OWN_STAKE, markedAt);
      });
    }

    it("reverts when they have the curator's role since", async () => {
      const markedAt = await markAtAge(DAY);
      await world.authority.grantRole(Role.Curator, world.supporter, 0n);
      await expect(takeBack())
        .to.be.revertedWithCustomError(world.argumentStaking, "StakeBacksMark")
        .withArgs(OWN_STAKE, markedAt);
    });

    it("takes back what was written a second after the mark", async () => {
      await markAtAge(DAY);
      await atAgeOf(world, OWN_STAKE, DAY + 1n);
      const later = await argue(world, { by: world.supporter, claimId: OTHER_CLAIM });
      await expect(takeBack(later)).to.emit(world.argumentStaking, "ArgumentDeleted");
    });

    it("pays the stake when it has expired", async () => {
      await markAtAge(0n);
      await atAgeOf(world, OWN_STAKE, 7n * DAY);
      await world.argumentStaking.processExpired(10n);
      expect((await world.argumentStaking.account(world.supporter)).credited).to.be.greaterThan(act(50));
    });
  });

  it("takes the argument back of one who marked by role", async () => {
    await world.authority.grantRole(Role.Curator, world.supporter, 0n);
    await markAtAge(DAY);
    await expect(takeBack()).to.emit(world.argumentStaking, "ArgumentDeleted");
  });
});

describe("ArgumentStaking.markUnhelpful, by role with an execution delay", () => {
  beforeEach(async () => {
    world = await load(openForum);
    await argue(world);
  });

  for (const [office, role] of [
    ["curator", Role.Curator],
    ["slasher", Role.Slasher],
  ] as const) {
    it(`reverts when the ${office} must schedule what they do`, async () => {
      await world.authority.grantRole(role, world.outsider, 3n * DAY);
      await expect(world.argumentStaking.connect(world.outsider).markUnhelpful(ID, Reason.Other))
        .to.be.revertedWithCustomError(world.argumentStaking, "NotCurator")
        .withArgs(world.outsider, 0n, act(50));
    });
  }
});
