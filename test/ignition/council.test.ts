import { expect } from "chai";
import { ZeroAddress } from "ethers";
import hre from "hardhat";
import { deployLocal, deployProtocol, type LocalDeployment, readParameters } from "../../ignition/deploy.ts";
import { FIRST_SUPPLY } from "../../sdk/council/params.ts";
import { Role, TimelockRole } from "../../sdk/roles.ts";
import { deploymentWithGuardian, parametersOn } from "./deployments.ts";

/** Parameters that the defaults do not have. */
const OTHER_RULES = {
  supply: 1_000_000_007n,
  communityBps: 5_000n,
  teamBps: 2_500n,
  treasuryBps: 1_250n,
  liquidityBps: 1_249n,
  partnersBps: 1n,
  maxInflationBps: 0n,
  multiplier1Bps: 10_000n,
  lock1Days: 1n,
  lock2Days: 2n,
  lock3Days: 3n,
  lock4Days: 4n,
  multiplier4Bps: 40_000n,
};

describe("the deployment", () => {
  describe("of the council", () => {
    let local: LocalDeployment;

    before(async () => {
      local = await deployLocal(await hre.network.create());
    });

    it("binds the rewards to staking", async () => {
      expect(await local.rewardsDistributor.staking()).to.equal(await local.councilStaking.getAddress());
    });

    it("gives the deployer all of the token", async () => {
      expect(await local.councilToken.balanceOf(local.deployer)).to.equal(FIRST_SUPPLY);
    });

    it("lets the governor, the chamber, arguments and queries record activity, and nobody else", async () => {
      const { authority, argumentStaking, councilChamber, councilGovernor, queryEscrow } = local;
      const granted = await authority.queryFilter(authority.filters.RoleGranted(Role.Activity));
      const recorders = [argumentStaking, councilChamber, councilGovernor, queryEscrow];
      const addresses = await Promise.all(recorders.map((recorder) => recorder.getAddress()));
      expect(granted.map(({ args }) => args.account)).to.have.members(addresses);
    });

    it("labels the role of those who record", async () => {
      const labels = await local.authority.queryFilter(local.authority.filters.RoleLabel(Role.Activity));
      expect(labels.map(({ args }) => args.label)).to.deep.equal(["ACTIVITY"]);
    });

    for (const [doing, role] of [
      ["proposes", TimelockRole.Proposer],
      ["cancels", TimelockRole.Canceller],
    ] as const) {
      it(`makes the governor the only one who ${doing} in the timelock`, async () => {
        const granted = await local.timelock.queryFilter(local.timelock.filters.RoleGranted(role));
        expect(granted.map(({ args }) => args.account)).to.deep.equal([await local.councilGovernor.getAddress()]);
      });
    }

    it("lets anyone execute in the timelock", async () => {
      expect(await local.timelock.hasRole(TimelockRole.Executor, ZeroAddress)).to.equal(true);
    });

    it("makes the timelock its own admin", async () => {
      expect(await local.timelock.hasRole(TimelockRole.Admin, local.timelock)).to.equal(true);
    });

    it("leaves the deployer nothing in the timelock", async () => {
      for (const [name, role] of Object.entries(TimelockRole))
        expect(await local.timelock.hasRole(role, local.deployer), name).to.equal(false);
    });

    it("gives the timelock treasury and community rewards where the chain is not a local one", async () => {
      const connection = await hre.network.create();
      const { asset } = await deployLocal(connection);
      const { councilToken, timelock } = await deployProtocol(connection, await parametersOn(asset));
      expect(await councilToken.balanceOf(timelock)).to.equal((FIRST_SUPPLY * 60n) / 100n);
    });

    it("gives team, liquidity and partners what is theirs", async () => {
      const connection = await hre.network.create();
      const [, team, liquidity, partners] = (await connection.ethers.getSigners()).map(({ address }) => address);
      if (team === undefined || liquidity === undefined || partners === undefined) throw new Error("too few accounts");
      const parameters = await readParameters("local");
      const Council = { ...parameters.Council, team, liquidity, partners };
      const { councilToken } = await deployLocal(connection, { ...parameters, Council });
      const balances = await Promise.all([team, liquidity, partners].map((account) => councilToken.balanceOf(account)));
      expect(balances).to.deep.equal([20n, 10n, 10n].map((percent) => (FIRST_SUPPLY * percent) / 100n));
    });
  });

  describe("of a council with other rules", () => {
    let local: LocalDeployment;

    before(async () => {
      const parameters = await readParameters("local");
      local = await deployLocal(await hre.network.create(), {
        ...parameters,
        Council: { ...parameters.Council, ...OTHER_RULES },
      });
    });

    it("mints another supply in other shares, of which partners get what rounding leaves", async () => {
      const { councilToken } = local;
      const minted = await councilToken.queryFilter(councilToken.filters.Transfer(ZeroAddress));
      const values = minted.map(({ args }) => args.value);
      expect(values).to.deep.equal([500_000_003n, 250_000_001n, 125_000_000n, 124_900_000n, 100_003n]);
    });

    it("allows another inflation", async () => {
      expect(await local.councilToken.maxInflationBps()).to.equal(0n);
    });

    it("counts other locks", async () => {
      const { tiers } = await local.councilStaking.params();
      expect(tiers.map(({ lockDays, multiplierBps }) => [lockDays, multiplierBps])).to.deep.equal([
        [0n, 10_000n],
        [1n, 10_000n],
        [2n, 15_000n],
        [3n, 20_000n],
        [4n, 40_000n],
      ]);
    });
  });

  for (const what of ["councilStaking", "councilChamber"] as const) {
    describe(`of the guardian at ${what}`, () => {
      let scene: Awaited<ReturnType<typeof deploymentWithGuardian>>;

      beforeEach(async () => {
        scene = await deploymentWithGuardian();
      });

      it("lets the guardian pause entries", async () => {
        await scene.deployment[what].connect(scene.guardian).pauseEntries();
        expect(await scene.deployment[what].paused()).to.equal(true);
      });

      it("lets the guardian unpause entries", async () => {
        await scene.deployment[what].connect(scene.guardian).pauseEntries();
        await scene.deployment[what].connect(scene.guardian).unpauseEntries();
        expect(await scene.deployment[what].paused()).to.equal(false);
      });
    });
  }
});
