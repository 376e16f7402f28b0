import { expect } from "chai";
import { ACT, type CouncilWorld, MIN_AGENT_STAKE, openCouncil, PLEDGE, stake } from "../fixtures/council.ts";
import { openPanel, PANEL, voterAt } from "../fixtures/council-stories.ts";
import { load } from "../fixtures/protocol.ts";

const URI = "ipfs://agent";

describe("CouncilChamber.registerAgent", () => {
  let world: CouncilWorld;

  const register = (by = world.staker) => world.councilChamber.connect(by).registerAgent(URI);
  const agent = (user = world.staker) => world.councilChamber.agent(user);

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when the caller has staked exactly as much as it needs", () => {
    beforeEach(async () => {
      await stake(world, { amount: MIN_AGENT_STAKE, lockDays: 90n });
    });

    it("emits AgentRegistered", async () => {
      await expect(register())
        .to.emit(world.councilChamber, "AgentRegistered")
        .withArgs(world.staker, 1n, URI, 2n * MIN_AGENT_STAKE);
    });

    it("emits no AgentWeighed", async () => {
      await expect(register()).not.to.emit(world.councilChamber, "AgentWeighed");
    });

    it("keeps the agent with the weight of its votes", async () => {
      await register();
      expect(await agent()).to.deep.equal([true, 1n, 2n * MIN_AGENT_STAKE]);
    });

    it("counts the agent", async () => {
      await register();
      expect(await world.councilChamber.agentCount()).to.equal(1n);
    });

    it("adds to the weight of all", async () => {
      await register();
      expect(await world.councilChamber.totalAgentWeight()).to.equal(2n * MIN_AGENT_STAKE);
    });

    it("weighs what others have delegated", async () => {
      await stake(world, { by: world.whale });
      await world.councilStaking.connect(world.whale).delegate(world.staker);
      await register();
      expect((await agent()).weight).to.equal(2n * MIN_AGENT_STAKE + PLEDGE);
    });

    it("weighs nothing where all is delegated to another", async () => {
      await world.councilStaking.connect(world.staker).delegate(world.delegate);
      await register();
      expect(await agent()).to.deep.equal([true, 1n, 0n]);
    });
  });

  describe("when the caller has not staked as much", () => {
    it("reverts when a unit is missing, whatever the power", async () => {
      await stake(world, { amount: MIN_AGENT_STAKE - 1n, lockDays: 180n });
      await expect(register())
        .to.be.revertedWithCustomError(world.councilChamber, "AgentStakeTooLow")
        .withArgs(world.staker, MIN_AGENT_STAKE - 1n, MIN_AGENT_STAKE);
    });

    it("reverts when they have staked nothing, and others have delegated", async () => {
      await stake(world, { by: world.whale });
      await world.councilStaking.connect(world.whale).delegate(world.staker);
      await expect(register())
        .to.be.revertedWithCustomError(world.councilChamber, "AgentStakeTooLow")
        .withArgs(world.staker, 0n, MIN_AGENT_STAKE);
    });
  });

  describe("when the caller is an agent", () => {
    beforeEach(async () => {
      await stake(world, { amount: MIN_AGENT_STAKE });
      await register();
      await stake(world, { by: world.whale, amount: MIN_AGENT_STAKE });
      await register(world.whale);
    });

    it("emits AgentRegistered with the same number", async () => {
      await expect(register())
        .to.emit(world.councilChamber, "AgentRegistered")
        .withArgs(world.staker, 1n, URI, MIN_AGENT_STAKE);
    });

    it("counts no agent more", async () => {
      await register();
      expect(await world.councilChamber.agentCount()).to.equal(2n);
    });

    it("weighs the votes of now", async () => {
      await stake(world, { amount: PLEDGE });
      await expect(register())
        .to.emit(world.councilChamber, "AgentWeighed")
        .withArgs(world.staker, MIN_AGENT_STAKE + PLEDGE);
    });
  });

  describe("when the caller was an agent", () => {
    beforeEach(async () => {
      await stake(world, { amount: MIN_AGENT_STAKE });
      await register();
      await world.councilChamber.connect(world.staker).unregisterAgent();
    });

    it("keeps the agent with the number of before", async () => {
      await register();
      expect(await agent()).to.deep.equal([true, 1n, MIN_AGENT_STAKE]);
    });

    it("counts no agent more", async () => {
      await register();
      expect(await world.councilChamber.agentCount()).to.equal(1n);
    });

    it("adds to the weight of all again", async () => {
      await register();
      expect(await world.councilChamber.totalAgentWeight()).to.equal(MIN_AGENT_STAKE);
    });
  });
});

describe("CouncilChamber.unregisterAgent", () => {
  let world: CouncilWorld;

  const unregister = (by = voterAt(world, 1)) => world.councilChamber.connect(by).unregisterAgent();

  beforeEach(async () => {
    world = await load(openPanel);
  });

  it("emits AgentUnregistered", async () => {
    await expect(unregister()).to.emit(world.councilChamber, "AgentUnregistered").withArgs(voterAt(world, 1));
  });

  it("emits AgentWeighed with nothing", async () => {
    await expect(unregister()).to.emit(world.councilChamber, "AgentWeighed").withArgs(voterAt(world, 1), 0n);
  });

  it("leaves the number, and no weight", async () => {
    await unregister();
    expect(await world.councilChamber.agent(voterAt(world, 1))).to.deep.equal([false, 2n, 0n]);
  });

  it("takes from the weight of all", async () => {
    await unregister();
    expect(await world.councilChamber.totalAgentWeight()).to.equal(ACT(20_000) - PANEL[1]);
  });

  it("reverts when the caller never was one", async () => {
    await expect(unregister(world.outsider))
      .to.be.revertedWithCustomError(world.councilChamber, "AgentUnknown")
      .withArgs(world.outsider);
  });

  it("reverts when the caller is none any more", async () => {
    await unregister();
    await expect(unregister())
      .to.be.revertedWithCustomError(world.councilChamber, "AgentUnknown")
      .withArgs(voterAt(world, 1));
  });
});

describe("CouncilChamber.refreshAgent", () => {
  let world: CouncilWorld;

  const agent = () => voterAt(world, 2);
  const refresh = () => world.councilChamber.connect(world.outsider).refreshAgent(agent());
  const firstPosition = () => world.councilStaking.positionIdOf(agent(), 0n);

  beforeEach(async () => {
    world = await load(openPanel);
  });

  describe("when the votes have changed", () => {
    it("emits AgentWeighed when there are more", async () => {
      await stake(world, { by: agent(), amount: ACT(500) });
      await expect(refresh()).to.emit(world.councilChamber, "AgentWeighed").withArgs(agent(), ACT(3_500));
    });

    it("emits AgentWeighed when there are fewer", async () => {
      await stake(world, { by: agent(), amount: MIN_AGENT_STAKE });
      await world.councilStaking.connect(agent()).unstake(await firstPosition());
      await expect(refresh()).to.emit(world.councilChamber, "AgentWeighed").withArgs(agent(), MIN_AGENT_STAKE);
    });

    it("updates the weight of all", async () => {
      await stake(world, { by: agent(), amount: ACT(500) });
      await refresh();
      expect(await world.councilChamber.totalAgentWeight()).to.equal(ACT(20_500));
    });

    it("leaves the weight until somebody does", async () => {
      await stake(world, { by: agent(), amount: ACT(500) });
      expect((await world.councilChamber.agent(agent())).weight).to.equal(PANEL[2]);
    });
  });

  describe("when the stake is too low", () => {
    it("emits AgentWeighed with nothing", async () => {
      await world.councilStaking.connect(agent()).unstake(await firstPosition());
      await expect(refresh()).to.emit(world.councilChamber, "AgentWeighed").withArgs(agent(), 0n);
    });

    it("weighs nothing, whatever others have delegated", async () => {
      await world.councilStaking.connect(agent()).unstake(await firstPosition());
      await world.councilStaking.connect(voterAt(world, 4)).delegate(agent());
      await refresh();
      expect((await world.councilChamber.agent(agent())).weight).to.equal(0n);
    });

    it("leaves it an agent", async () => {
      await world.councilStaking.connect(agent()).unstake(await firstPosition());
      await refresh();
      expect((await world.councilChamber.agent(agent())).isRegistered).to.equal(true);
    });

    it("weighs again once there is stake again", async () => {
      await world.councilStaking.connect(agent()).unstake(await firstPosition());
      await refresh();
      await stake(world, { by: agent(), amount: MIN_AGENT_STAKE });
      await refresh();
      expect((await world.councilChamber.agent(agent())).weight).to.equal(MIN_AGENT_STAKE);
    });
  });

  describe("when nothing has changed", () => {
    it("emits no AgentWeighed", async () => {
      await expect(refresh()).not.to.emit(world.councilChamber, "AgentWeighed");
    });
  });

  describe("when the account is no agent", () => {
    it("reverts when it never was one", async () => {
      await expect(world.councilChamber.refreshAgent(world.outsider))
        .to.be.revertedWithCustomError(world.councilChamber, "AgentUnknown")
        .withArgs(world.outsider);
    });

    it("reverts when it is none any more", async () => {
      await world.councilChamber.connect(agent()).unregisterAgent();
      await expect(refresh()).to.be.revertedWithCustomError(world.councilChamber, "AgentUnknown").withArgs(agent());
    });
  });
});
