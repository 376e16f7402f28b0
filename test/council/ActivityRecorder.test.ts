import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { Role } from "../../sdk/roles.ts";
import { soon, unstakeFirst } from "../fixtures/council-stories.ts";
import { load, type Protocol } from "../fixtures/protocol.ts";
import { openEscrow } from "../fixtures/queries.ts";
import {
  type Act,
  answering,
  debating,
  type FreeAct,
  governing,
  judging,
  measure,
  setCode,
  writing,
} from "../fixtures/recorded-acts.ts";

/** What a record may use of gas, and what is enough for an act to hand over as much. */
const RECORD_GAS = 150_000n;
const ENOUGH = 153_000n;

/** Code of recorders that fail, and of one that does nothing. */
const FAILURES = [
  { name: "reverts", code: "0x5f5ffd" },
  { name: "reverts with 50,000 bytes", code: "0x61c3505ffd" },
  { name: "is invalid", code: "0xfe" },
  { name: "never ends", code: "0x5b5f56" },
] as const;
const REVERTING = FAILURES[0].code;
const ENDLESS = FAILURES[3].code;
const IDLE = "0x00";

/** When the act was recorded, in unix seconds; 0 where it was not. */
async function recordedAt({ world, by }: Act): Promise<bigint> {
  const { participatedAt, votedAt } = await world.rewardsDistributor.account(by);
  return participatedAt + votedAt;
}

for (const fixture of [writing, answering, judging, debating]) {
  describe(`ActivityRecorder, when somebody is ${fixture.name}`, () => {
    let act: Act;

    const account = () => act.world.rewardsDistributor.account(act.by);

    beforeEach(async () => {
      act = await load<Act>(fixture);
    });

    describe("when they have a stake", () => {
      it("emits ParticipationRecorded", async () => {
        await expect(act.send())
          .to.emit(act.world.rewardsDistributor, "ParticipationRecorded")
          .withArgs(act.by, act.recording);
      });

      it("notes the time", async () => {
        const instant = await soon();
        await act.send();
        expect((await account()).participatedAt).to.equal(instant);
      });

      it("leaves their weight as it is until the next touch", async () => {
        const { weight } = await account();
        await act.send();
        expect((await account()).weight).to.equal(weight);
      });

      it("counts the booster of taking part from the next touch on", async () => {
        const { weight } = await account();
        await act.send();
        await act.world.rewardsDistributor.poke(act.by);
        expect((await account()).weight).to.equal((weight * 11n) / 10n);
      });
    });

    describe("when they have no stake any more", () => {
      beforeEach(async () => {
        await unstakeFirst(act.world, act.by);
      });

      it("happens all the same", async () => {
        await expect(act.send()).to.emit(act.recording, act.event);
      });

      it("emits no ParticipationRecorded", async () => {
        await expect(act.send()).not.to.emit(act.world.rewardsDistributor, "ParticipationRecorded");
      });

      it("notes no time", async () => {
        await act.send();
        expect((await account()).participatedAt).to.equal(0n);
      });
    });

    describe("when the contract may not record", () => {
      beforeEach(async () => {
        await act.world.authority.connect(act.world.deployer).revokeRole(Role.Activity, act.recording);
      });

      it("happens all the same", async () => {
        await expect(act.send()).to.emit(act.recording, act.event);
      });

      it("emits no ParticipationRecorded", async () => {
        await expect(act.send()).not.to.emit(act.world.rewardsDistributor, "ParticipationRecorded");
      });
    });
  });
}

for (const fixture of [writing, answering, judging]) {
  describe(`ActivityRecorder, when somebody is ${fixture.name} and there is no recorder`, () => {
    let act: FreeAct;

    beforeEach(async () => {
      act = await load(fixture);
    });

    const unset = () => act.recording.connect(act.world.deployer).setRecorder(ZeroAddress);

    it("happens all the same", async () => {
      await unset();
      await expect(act.send()).to.emit(act.recording, act.event);
    });

    it("emits no ParticipationRecorded", async () => {
      await unset();
      await expect(act.send()).not.to.emit(act.world.rewardsDistributor, "ParticipationRecorded");
    });

    it("happens when the recorder's code has gone", async () => {
      await setCode(act, "0x");
      await expect(act.send()).to.emit(act.recording, act.event);
    });
  });
}

for (const fixture of [writing, answering, judging, debating, governing]) {
  describe(`ActivityRecorder, when the record of ${fixture.name} fails`, () => {
    let act: Act;

    beforeEach(async () => {
      act = await load<Act>(fixture);
    });

    for (const { name, code } of FAILURES) {
      describe(`when the recorder ${name}`, () => {
        it("happens all the same", async () => {
          await setCode(act, code);
          await expect(act.send()).to.emit(act.recording, act.event);
        });

        it("uses no more than 153,000 gas for it", async () => {
          const { gasUsed } = await measure(act, code);
          const idle = await measure(act, IDLE);
          expect(gasUsed - idle.gasUsed).to.be.lessThanOrEqual(ENOUGH);
        });

        it("happens with 153,000 gas more than it needs without", async () => {
          const { gasUsed, sendWith } = await measure(act, IDLE);
          await setCode(act, code);
          await expect(sendWith(gasUsed + ENOUGH)).to.emit(act.recording, act.event);
        });
      });
    }

    describe("when there is too little gas for the record", () => {
      const expectStarved = (sent: Promise<unknown>) =>
        expect(sent).to.be.revertedWithCustomError(act.recording, "RecordStarved").withArgs(RECORD_GAS);

      it("reverts when nothing but the record lacks gas", async () => {
        await setCode(act, REVERTING);
        const { gasUsed, sendWith } = await measure(act);
        await expectStarved(sendWith(gasUsed + 1_000n));
      });

      it("reverts when the recorder had little less than 150,000", async () => {
        const { gasUsed, sendWith } = await measure(act, IDLE);
        await setCode(act, ENDLESS);
        await expectStarved(sendWith(gasUsed + RECORD_GAS));
      });

      it("is recorded by the least gas with which it happens", async () => {
        const { gasUsed, sendWith } = await measure(act, IDLE);
        let gas = gasUsed;
        const happens = () =>
          sendWith(gas).then(
            () => true,
            () => false,
          );
        while (gas < gasUsed + ENOUGH && !(await happens())) gas += 500n;
        expect(await recordedAt(act)).to.be.greaterThan(0n);
      });
    });
  });
}

for (const name of ["argumentStaking", "queryEscrow"] as const) {
  describe(`ActivityRecorder, of ${name}`, () => {
    let protocol: Protocol;

    const contract = () => protocol[name];

    beforeEach(async () => {
      protocol = await load(openEscrow);
    });

    describe("when the admin sets it", () => {
      it("emits RecorderSet", async () => {
        await expect(contract().connect(protocol.deployer).setRecorder(protocol.rewardsDistributor))
          .to.emit(contract(), "RecorderSet")
          .withArgs(protocol.rewardsDistributor);
      });

      it("updates the recorder", async () => {
        await contract().connect(protocol.deployer).setRecorder(protocol.authority);
        expect(await contract().recorder()).to.equal(protocol.authority);
      });

      it("updates it to none", async () => {
        await contract().connect(protocol.deployer).setRecorder(ZeroAddress);
        expect(await contract().recorder()).to.equal(ZeroAddress);
      });

      it("reverts when there is no code", async () => {
        await expect(contract().connect(protocol.deployer).setRecorder(protocol.outsider))
          .to.be.revertedWithCustomError(contract(), "RecorderNotContract")
          .withArgs(protocol.outsider);
      });
    });

    describe("when anyone else sets it", () => {
      for (const actor of ["guardian", "author", "outsider"] as const) {
        it(`reverts when it is the ${actor}`, async () => {
          await expect(contract().connect(protocol[actor]).setRecorder(ZeroAddress))
            .to.be.revertedWithCustomError(contract(), "AccessManagedUnauthorized")
            .withArgs(protocol[actor]);
        });
      }
    });
  });
}
