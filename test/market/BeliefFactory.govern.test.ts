import { expect } from "chai";
import type { MarketParams } from "../../sdk/market/params.ts";
import { Side } from "../../sdk/market/side.ts";
import { Role } from "../../sdk/roles.ts";
import type { BeliefFactory } from "../../typechain-types/index.ts";
import { CLAIM, NO_LIMIT, OTHER_CLAIM, RULES, STAKE } from "../fixtures/amounts.ts";
import { contestedMarket, STORY } from "../fixtures/market.ts";
import { at, createMarket, type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";
import { fieldsOf } from "../fixtures/structs.ts";

describe("BeliefFactory, governed by the AccessManager", () => {
  const CHANGED: MarketParams = { ...RULES, lockPeriod: 7_200n, minRewardDuration: 60n, maxStake: STAKE };
  let protocol: DollarProtocol;
  let factory: BeliefFactory;

  beforeEach(async () => {
    protocol = await load(protocolFixture);
    factory = protocol.beliefFactory;
  });

  describe("setDefaultParams", () => {
    describe("when the admin calls", () => {
      it("emits DefaultParamsSet with the rules", async () => {
        await expect(factory.setDefaultParams(CHANGED))
          .to.emit(factory, "DefaultParamsSet")
          .withArgs(Object.values(CHANGED));
      });

      it("updates defaultParams", async () => {
        await factory.setDefaultParams(CHANGED);
        expect(fieldsOf(await factory.defaultParams())).to.deep.equal(CHANGED);
      });

      it("updates the rules of markets created from then on", async () => {
        await factory.setDefaultParams(CHANGED);
        const market = await createMarket(protocol);
        expect(fieldsOf(await market.params())).to.deep.equal(CHANGED);
      });

      it("leaves marketCount as it is", async () => {
        await createMarket(protocol);
        await factory.setDefaultParams(CHANGED);
        expect(await factory.marketCount()).to.equal(1n);
      });

      it("leaves creation paused", async () => {
        await factory.connect(protocol.guardian).pauseCreation();
        await factory.setDefaultParams(CHANGED);
        expect(await factory.isCreationPaused()).to.equal(true);
      });

      it("reverts when a rule is out of bounds", async () => {
        await expect(factory.setDefaultParams({ ...CHANGED, maxSrpBps: 10_001n }))
          .to.be.revertedWithCustomError(factory, "ParameterOutOfBounds")
          .withArgs("maxSrpBps", 10_001n, 1n, 10_000n);
      });
    });

    describe("when anyone else calls", () => {
      for (const actor of ["guardian", "author", "outsider"] as const) {
        it(`reverts when it is the ${actor}`, async () => {
          await expect(factory.connect(protocol[actor]).setDefaultParams(CHANGED))
            .to.be.revertedWithCustomError(factory, "AccessManagedUnauthorized")
            .withArgs(protocol[actor]);
        });
      }
    });
  });

  describe("pauseCreation", () => {
    describe("when the guardian calls", () => {
      it("emits CreationPaused with the guardian", async () => {
        await expect(factory.connect(protocol.guardian).pauseCreation())
          .to.emit(factory, "CreationPaused")
          .withArgs(protocol.guardian);
      });

      it("updates isCreationPaused", async () => {
        await factory.connect(protocol.guardian).pauseCreation();
        expect(await factory.isCreationPaused()).to.equal(true);
      });

      it("leaves the default rules as they are", async () => {
        await factory.connect(protocol.guardian).pauseCreation();
        expect(fieldsOf(await factory.defaultParams())).to.deep.equal(RULES);
      });

      it("reverts when creation is already paused", async () => {
        await factory.connect(protocol.guardian).pauseCreation();
        await expect(factory.connect(protocol.guardian).pauseCreation())
          .to.be.revertedWithCustomError(factory, "CreationIsPaused")
          .withArgs();
      });
    });

    describe("when anyone else calls", () => {
      for (const actor of ["deployer", "author", "outsider"] as const) {
        it(`reverts when it is the ${actor}`, async () => {
          await expect(factory.connect(protocol[actor]).pauseCreation())
            .to.be.revertedWithCustomError(factory, "AccessManagedUnauthorized")
            .withArgs(protocol[actor]);
        });
      }

      it("reverts when it is a guardian whose role was revoked", async () => {
        await protocol.authority.revokeRole(Role.Guardian, protocol.guardian);
        await expect(factory.connect(protocol.guardian).pauseCreation())
          .to.be.revertedWithCustomError(factory, "AccessManagedUnauthorized")
          .withArgs(protocol.guardian);
      });
    });
  });

  describe("unpauseCreation", () => {
    describe("when creation is paused", () => {
      beforeEach(async () => {
        await factory.connect(protocol.guardian).pauseCreation();
      });

      it("emits CreationUnpaused with the guardian", async () => {
        await expect(factory.connect(protocol.guardian).unpauseCreation())
          .to.emit(factory, "CreationUnpaused")
          .withArgs(protocol.guardian);
      });

      it("updates isCreationPaused", async () => {
        await factory.connect(protocol.guardian).unpauseCreation();
        expect(await factory.isCreationPaused()).to.equal(false);
      });

      it("lets markets be created again", async () => {
        await factory.connect(protocol.guardian).unpauseCreation();
        await expect(factory.connect(protocol.author).createMarket(CLAIM, 0n)).to.emit(factory, "MarketCreated");
      });

      it("reverts when it is not the guardian", async () => {
        await expect(factory.connect(protocol.outsider).unpauseCreation())
          .to.be.revertedWithCustomError(factory, "AccessManagedUnauthorized")
          .withArgs(protocol.outsider);
      });
    });

    describe("when creation is not paused", () => {
      it("reverts when the guardian calls", async () => {
        await expect(factory.connect(protocol.guardian).unpauseCreation())
          .to.be.revertedWithCustomError(factory, "CreationIsNotPaused")
          .withArgs();
      });
    });
  });

  describe("when creation is paused while a market exists", () => {
    it("lets people commit to it", async () => {
      const { market, beliefFactory, guardian, latecomer } = await load(contestedMarket);
      await beliefFactory.connect(guardian).pauseCreation();
      await expect(market.connect(latecomer).commit(Side.Oppose, STAKE, NO_LIMIT)).to.emit(market, "Committed");
    });

    it("lets people exit early from it", async () => {
      const { market, beliefFactory, guardian, supporter } = await load(contestedMarket);
      await beliefFactory.connect(guardian).pauseCreation();
      await expect(market.connect(supporter).exitEarly(STORY.supporterId)).to.emit(market, "ExitedEarly");
    });

    it("lets people withdraw from it", async () => {
      const { market, beliefFactory, guardian } = await load(contestedMarket);
      await beliefFactory.connect(guardian).pauseCreation();
      await at(market, RULES.lockPeriod);
      await expect(market.withdraw(STORY.authorId)).to.emit(market, "Withdrawn");
    });

    it("gives the claim no second market once it is unpaused", async () => {
      const { market, beliefFactory, guardian, author } = await load(contestedMarket);
      await beliefFactory.connect(guardian).pauseCreation();
      await beliefFactory.connect(guardian).unpauseCreation();
      await expect(beliefFactory.connect(author).createMarket(CLAIM, 0n))
        .to.be.revertedWithCustomError(beliefFactory, "MarketAlreadyExists")
        .withArgs(CLAIM, market);
    });
  });

  describe("when the count of markets grows", () => {
    it("updates marketCount with each of them", async () => {
      await createMarket(protocol);
      await createMarket(protocol, { claimId: OTHER_CLAIM });
      expect(await factory.marketCount()).to.equal(2n);
    });
  });
});
