import { expect } from "chai";
import { CLAIM, DAY, usdc } from "../fixtures/amounts.ts";
import { ACT } from "../fixtures/council.ts";
import { enterEverything, finishEpoch, finishQueries, type Inside, paidTo } from "./inside.ts";
import { closeEverything } from "./siege.ts";
import { type Stage, setStage } from "./stage.ts";

describe("when all is paused, closed to roles, revoked and cut off from the AccessManager", () => {
  let stage: Stage;
  let inside: Inside;
  let restore: () => Promise<void>;

  before(async () => {
    stage = await setStage();
    inside = await enterEverything(stage);
    await closeEverything(stage);
  });

  beforeEach(async () => {
    const snapshot = await stage.connection.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  afterEach(async () => {
    await restore();
  });

  const pass = (seconds: bigint) => stage.connection.networkHelpers.time.increase(seconds);

  describe("a belief market", () => {
    it("pays principal back after the lock", async () => {
      const { market, outsider, usdc: dollars } = stage;
      await pass((await market.params()).lockPeriod);
      const { principal } = await market.position(inside.positions[0]);
      const paid = await paidTo(dollars, outsider, () => market.withdraw(inside.positions[0]));
      expect(paid).to.be.at.least(principal);
    });

    it("pays principal back before, less the penalty", async () => {
      const { market, outsider, usdc: dollars } = stage;
      const { principal } = await market.position(inside.positions[1]);
      const paid = await paidTo(dollars, outsider, () => market.exitEarly(inside.positions[1]));
      expect(paid).to.equal((principal * 9n) / 10n);
    });

    it("pays rewards", async () => {
      const { market, outsider, usdc: dollars } = stage;
      await pass((await market.params()).minRewardDuration);
      await market.exitEarly(inside.positions[1]);
      expect(await paidTo(dollars, outsider, () => market.claimRewards(inside.positions[0]))).to.be.above(usdc(10));
    });
  });

  describe("the stake system", () => {
    const sellAll = async () => {
      const venue = stage.convictionMarket.connect(stage.outsider);
      return venue.sell(CLAIM, 0n, await venue.balanceOf(stage.outsider, CLAIM, 0n), 0n);
    };

    it("buys a holding back", async () => {
      const { convictionMarket, outsider, usdc: dollars } = stage;
      const held = await convictionMarket.balanceOf(outsider, CLAIM, 0n);
      const quoted = await convictionMarket.quoteSell(CLAIM, 0n, held);
      expect(await paidTo(dollars, outsider, sellAll)).to.equal(quoted);
    });

    it("pays free stake out", async () => {
      const { stakeVault, outsider, usdc: dollars } = stage;
      const free = await stakeVault.withdrawable(outsider);
      const paid = await paidTo(dollars, outsider, () => stakeVault.connect(outsider).withdraw(free));
      expect(paid).to.equal(usdc(400));
    });

    it("settles an epoch, and pays out the stake that stood behind it", async () => {
      const { stakeVault, outsider, usdc: dollars } = stage;
      await finishEpoch(stage, inside.epoch);
      await sellAll();
      const stake = await stakeVault.totalStake(outsider);
      const paid = await paidTo(dollars, outsider, () => stakeVault.connect(outsider).withdraw(stake));
      expect(paid).to.equal(usdc(500));
    });
  });

  describe("argument staking", () => {
    it("pays a stake out that is over, with its interest", async () => {
      const { argumentStaking, councilToken, outsider } = stage;
      const { interest } = await argumentStaking.stake(1n);
      await pass(7n * DAY);
      await argumentStaking.processExpired(10n);
      const paid = await paidTo(councilToken, outsider, () => argumentStaking.connect(outsider).withdraw());
      expect(paid).to.be.at.least(ACT(100) + interest);
    });

    it("pays back what was staked on an argument that its creator deletes", async () => {
      const { argumentStaking, councilToken, outsider } = stage;
      await argumentStaking.connect(outsider).deleteArgument(inside.argumentIds[1]);
      const paid = await paidTo(councilToken, outsider, () => argumentStaking.connect(outsider).withdraw());
      expect(paid).to.equal(ACT(50));
    });
  });

  describe("the query escrow", () => {
    beforeEach(async () => {
      await finishQueries(stage, inside.queryIds);
    });

    it("pays the asker back for a query that nobody answered", async () => {
      const { queryEscrow, outsider, usdc: dollars } = stage;
      const paid = await paidTo(dollars, outsider, () => queryEscrow.connect(outsider).withdraw());
      expect(paid).to.be.at.least(usdc(35));
    });

    it("pays who answered and judged", async () => {
      const { queryEscrow, crowd, usdc: dollars } = stage;
      const { answerStake, judgeStake } = await queryEscrow.query(inside.queryIds[0]);
      let paid = 0n;
      for (const person of crowd.slice(0, 9)) {
        if ((await queryEscrow.credited(person)) === 0n) continue;
        paid += await paidTo(dollars, person, () => queryEscrow.connect(person).withdraw());
      }
      expect(paid).to.be.above(7n * answerStake + 2n * judgeStake);
    });
  });

  describe("the council", () => {
    it("pays a stake back without a lock", async () => {
      const { councilStaking, councilToken, outsider } = stage;
      const unstake = () => councilStaking.connect(outsider).unstake(inside.pledges[0]);
      expect(await paidTo(councilToken, outsider, unstake)).to.equal(ACT(1_000));
    });

    it("pays a stake back after its lock", async () => {
      const { councilStaking, councilToken, outsider } = stage;
      await pass(180n * DAY);
      const unstake = () => councilStaking.connect(outsider).unstake(inside.pledges[1]);
      expect(await paidTo(councilToken, outsider, unstake)).to.equal(ACT(1_000));
    });

    it("pays a stake back before, less the penalty", async () => {
      const { councilStaking, councilToken, outsider } = stage;
      const unstake = () => councilStaking.connect(outsider).unstakeEarly(inside.pledges[1]);
      expect(await paidTo(councilToken, outsider, unstake)).to.equal(ACT(900));
    });

    it("pays rewards", async () => {
      const { rewardsDistributor, councilToken, outsider } = stage;
      await pass(7n * DAY);
      const paid = await paidTo(councilToken, outsider, () => rewardsDistributor.connect(outsider).claim());
      expect(paid).to.be.above(ACT(5_000));
    });

    it("pays back the fee of a session for which nobody can be drawn", async () => {
      const { councilChamber, councilToken, outsider } = stage;
      await pass(7n * DAY);
      await councilChamber.connect(outsider).cancelSession(inside.sessionIds[1]);
      const paid = await paidTo(councilToken, outsider, () => councilChamber.connect(outsider).withdraw());
      expect(paid).to.equal(ACT(100));
    });

    it("pays who voted in a session", async () => {
      const { councilChamber, councilToken, partner } = stage;
      const chamber = councilChamber.connect(partner);
      await chamber.castVote(inside.sessionIds[0], 0n);
      await chamber.closeSession(inside.sessionIds[0]);
      expect(await paidTo(councilToken, partner, () => chamber.withdraw())).to.equal(ACT(100));
    });

    it("lets tokens move", async () => {
      const { councilToken, outsider, partner } = stage;
      const sent = () => councilToken.connect(outsider).transfer(partner, ACT(1));
      expect(await paidTo(councilToken, partner, sent)).to.equal(ACT(1));
    });
  });

  it("lets everybody leave, and keeps but what rounding leaves, less than a unit for each of them", async () => {
    await leaveEverything();
    for (const [name, left] of Object.entries(await leftBehind())) expect(left, name).to.be.within(0n, 3n);
  });

  async function leaveEverything(): Promise<void> {
    const { market, convictionMarket, stakeVault, argumentStaking, queryEscrow } = stage;
    const { councilStaking, councilChamber, rewardsDistributor, outsider, partner, crowd } = stage;
    await finishQueries(stage, inside.queryIds);
    await finishEpoch(stage, inside.epoch);
    await councilChamber.connect(partner).castVote(inside.sessionIds[0], 0n);
    await councilChamber.closeSession(inside.sessionIds[0]);
    await pass(180n * DAY);
    await councilChamber.connect(outsider).cancelSession(inside.sessionIds[1]);
    for (const id of inside.positions) await market.withdraw(id);
    await market.connect(partner).withdraw(inside.opposed);
    await argumentStaking.processExpired(10n);
    for (const id of inside.pledges) await councilStaking.connect(outsider).unstake(id);
    await councilStaking.connect(partner).unstake(await councilStaking.positionIdOf(partner, 0n));
    for (const person of [outsider, partner]) {
      const venue = convictionMarket.connect(person);
      await venue.sell(CLAIM, 0n, await venue.balanceOf(person, CLAIM, 0n), 0n);
      await stakeVault.connect(person).withdraw(await stakeVault.totalStake(person));
      await argumentStaking.connect(person).withdraw();
      await rewardsDistributor.connect(person).claim();
      await councilChamber.connect(person).withdraw();
    }
    for (const person of [outsider, ...crowd.slice(0, 9)]) {
      if ((await queryEscrow.credited(person)) > 0n) await queryEscrow.connect(person).withdraw();
    }
  }

  /** What the contracts hold of money that somebody put in. */
  async function leftBehind(): Promise<Record<string, bigint>> {
    const { market, convictionMarket, stakeVault, queryEscrow } = stage;
    const { argumentStaking, councilStaking, councilChamber, rewardsDistributor } = stage;
    const left: Record<string, bigint> = {};
    for (const [name, holder] of Object.entries({ market, convictionMarket, stakeVault, queryEscrow })) {
      left[name] = await stage.usdc.balanceOf(holder);
    }
    for (const [name, holder] of Object.entries({ councilStaking, councilChamber, rewardsDistributor })) {
      left[name] = await stage.councilToken.balanceOf(holder);
    }
    const reserve = (await argumentStaking.rewardReserve()).free; // a gift to who argues, owed to nobody
    return { ...left, argumentStaking: (await stage.councilToken.balanceOf(argumentStaking)) - reserve };
  }
});
