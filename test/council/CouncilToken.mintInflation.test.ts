import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { HOUR } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, openCouncil } from "../fixtures/council.ts";
import { atYear, burn, FIRST_INFLATION, inflate, LAST_SECOND, SUPPLY, tokenUnder } from "../fixtures/council-years.ts";
import { load } from "../fixtures/protocol.ts";

describe("CouncilToken.mintInflation", () => {
  let world: CouncilWorld;

  const expectExceeded = (sent: Promise<unknown>, amount: bigint, remaining: bigint) =>
    expect(sent).to.be.revertedWithCustomError(world.token, "InflationExceeded").withArgs(amount, remaining);

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when the amount is within the year's inflation", () => {
    it("emits InflationMinted", async () => {
      await expect(inflate(world, ACT(7)))
        .to.emit(world.token, "InflationMinted")
        .withArgs(world.outsider, ACT(7), 0n);
    });

    it("emits InflationMinted with the year", async () => {
      await atYear(world, 12n, LAST_SECOND);
      await expect(inflate(world, 1n)).to.emit(world.token, "InflationMinted").withArgs(world.outsider, 1n, 12n);
    });

    it("emits Transfer from nobody", async () => {
      await expect(inflate(world, ACT(7)))
        .to.emit(world.token, "Transfer")
        .withArgs(ZeroAddress, world.outsider, ACT(7));
    });

    it("pays whom it is for", async () => {
      await expect(inflate(world, ACT(7))).to.changeTokenBalance(world.ethers, world.token, world.outsider, ACT(7));
    });

    it("updates the supply", async () => {
      await inflate(world, ACT(7));
      expect(await world.token.totalSupply()).to.equal(SUPPLY + ACT(7));
    });

    it("emits InflationMinted when the amount is 0", async () => {
      await expect(inflate(world, 0n)).to.emit(world.token, "InflationMinted").withArgs(world.outsider, 0n, 0n);
    });
  });

  describe("when the amount is at the bound", () => {
    it("emits InflationMinted for exactly 5 %", async () => {
      await expect(inflate(world, FIRST_INFLATION))
        .to.emit(world.token, "InflationMinted")
        .withArgs(world.outsider, FIRST_INFLATION, 0n);
    });

    it("reverts when it is a unit more", async () => {
      await expectExceeded(inflate(world, FIRST_INFLATION + 1n), FIRST_INFLATION + 1n, FIRST_INFLATION);
    });

    it("reverts when it is the largest number", async () => {
      await expectExceeded(inflate(world, 2n ** 256n - 1n), 2n ** 256n - 1n, FIRST_INFLATION);
    });

    it("reverts when several together are a unit more", async () => {
      await inflate(world, ACT(20_000_000));
      await inflate(world, ACT(29_999_999));
      await expectExceeded(inflate(world, ACT(1) + 1n), ACT(1) + 1n, ACT(1));
    });

    it("emits InflationMinted for the last unit", async () => {
      await inflate(world, FIRST_INFLATION - 1n);
      await expect(inflate(world, 1n)).to.emit(world.token, "InflationMinted").withArgs(world.outsider, 1n, 0n);
    });

    it("reverts when nothing is left", async () => {
      await inflate(world, FIRST_INFLATION);
      await expectExceeded(inflate(world, 1n), 1n, 0n);
    });

    it("reverts in the last second of a year of which nothing is left", async () => {
      await inflate(world, FIRST_INFLATION);
      await atYear(world, 0n, LAST_SECOND);
      await expectExceeded(inflate(world, 1n), 1n, 0n);
    });
  });

  describe("when another year begins", () => {
    it("counts 5 % of the supply that it begins with", async () => {
      await inflate(world, FIRST_INFLATION);
      await atYear(world, 1n);
      await expectExceeded(inflate(world, ACT(52_500_000) + 1n), ACT(52_500_000) + 1n, ACT(52_500_000));
    });

    it("emits InflationMinted in its first second", async () => {
      await inflate(world, FIRST_INFLATION);
      await atYear(world, 1n);
      await expect(inflate(world, ACT(52_500_000)))
        .to.emit(world.token, "InflationMinted")
        .withArgs(world.outsider, ACT(52_500_000), 1n);
    });

    it("counts the supply as it began, when minted from several times", async () => {
      await atYear(world, 1n);
      await inflate(world, ACT(40_000_000));
      await expectExceeded(inflate(world, ACT(10_000_001)), ACT(10_000_001), ACT(10_000_000));
    });

    it("loses what the year before did not use", async () => {
      await inflate(world, 1n);
      await atYear(world, 1n);
      await expectExceeded(inflate(world, FIRST_INFLATION + 1n), FIRST_INFLATION + 1n, FIRST_INFLATION);
    });

    it("loses what several years did not use", async () => {
      await atYear(world, 10n);
      await expectExceeded(inflate(world, FIRST_INFLATION + 1n), FIRST_INFLATION + 1n, FIRST_INFLATION);
    });

    it("compounds over years", async () => {
      for (const [year, amount] of [50_000_000n, 52_500_000n, 55_125_000n].entries()) {
        await atYear(world, BigInt(year), HOUR);
        await inflate(world, ACT(amount));
      }
      await atYear(world, 3n);
      await expectExceeded(inflate(world, ACT(57_881_251)), ACT(57_881_251), ACT(57_881_250));
    });
  });

  describe("when the first mint comes late in a year", () => {
    it("reverts when it is more than that year's", async () => {
      await atYear(world, 4n, LAST_SECOND);
      await expectExceeded(inflate(world, FIRST_INFLATION + 1n), FIRST_INFLATION + 1n, FIRST_INFLATION);
    });

    it("counts the next year anew, a second later", async () => {
      await atYear(world, 4n, LAST_SECOND);
      await inflate(world, FIRST_INFLATION);
      await atYear(world, 5n);
      await expect(inflate(world, ACT(52_500_000)))
        .to.emit(world.token, "InflationMinted")
        .withArgs(world.outsider, ACT(52_500_000), 5n);
    });
  });

  describe("when tokens were burnt", () => {
    it("counts the year's supply before they were", async () => {
      await atYear(world, 1n);
      await burn(world, ACT(100_000_000));
      await expect(inflate(world, FIRST_INFLATION))
        .to.emit(world.token, "InflationMinted")
        .withArgs(world.outsider, FIRST_INFLATION, 1n);
    });

    it("counts the year's supply before another burnt them", async () => {
      const { token, deployer, outsider } = world;
      await token.connect(deployer).approve(outsider, ACT(100_000_000));
      await atYear(world, 1n);
      await token.connect(outsider).burnFrom(deployer, ACT(100_000_000));
      await expectExceeded(inflate(world, FIRST_INFLATION + 1n), FIRST_INFLATION + 1n, FIRST_INFLATION);
    });

    it("counts them off the next year", async () => {
      await burn(world, ACT(100_000_000));
      await atYear(world, 1n);
      await expectExceeded(inflate(world, ACT(45_000_001)), ACT(45_000_001), ACT(45_000_000));
    });

    it("counts nothing for them that was minted in the same year", async () => {
      await inflate(world, FIRST_INFLATION);
      await burn(world, FIRST_INFLATION);
      await expectExceeded(inflate(world, 1n), 1n, 0n);
    });

    it("rounds 5 % of a supply of 10^18 - 1 units down", async () => {
      await burn(world, 1n);
      await atYear(world, 1n);
      await expectExceeded(inflate(world, FIRST_INFLATION), FIRST_INFLATION, FIRST_INFLATION - 1n);
    });
  });

  describe("when a year may add another share", () => {
    it("reverts at a single unit when that is nothing", async () => {
      world = await tokenUnder(world, { maxInflationBps: 0n });
      await expectExceeded(inflate(world, 1n), 1n, 0n);
    });

    it("emits InflationMinted for exactly 1 %", async () => {
      world = await tokenUnder(world, { maxInflationBps: 100n });
      await expect(inflate(world, ACT(10_000_000)))
        .to.emit(world.token, "InflationMinted")
        .withArgs(world.outsider, ACT(10_000_000), 0n);
    });

    it("reverts at a unit more than 1 %", async () => {
      world = await tokenUnder(world, { maxInflationBps: 100n });
      await expectExceeded(inflate(world, ACT(10_000_000) + 1n), ACT(10_000_000) + 1n, ACT(10_000_000));
    });

    it("counts 1 % of the supply that the next year begins with", async () => {
      world = await tokenUnder(world, { maxInflationBps: 100n });
      await inflate(world, ACT(10_000_000));
      await atYear(world, 1n);
      await expectExceeded(inflate(world, ACT(10_100_000) + 1n), ACT(10_100_000) + 1n, ACT(10_100_000));
    });

    it("emits InflationMinted for 5 % of as much as the first supply can be", async () => {
      world = await tokenUnder(world, { supply: 2n ** 64n - 1n });
      const { remaining } = await world.token.inflationLeft();
      await expect(inflate(world, remaining))
        .to.emit(world.token, "InflationMinted")
        .withArgs(world.outsider, remaining, 0n);
    });
  });

  describe("when the mint is refused", () => {
    for (const name of ["guardian", "outsider", "staker"] as const) {
      it(`reverts when the ${name} calls`, async () => {
        const { token, outsider, [name]: caller } = world;
        await expect(token.connect(caller).mintInflation(outsider, 1n))
          .to.be.revertedWithCustomError(token, "AccessManagedUnauthorized")
          .withArgs(caller);
      });
    }

    it("reverts when it is for nobody", async () => {
      const { token, deployer } = world;
      await expect(token.connect(deployer).mintInflation(ZeroAddress, 1n))
        .to.be.revertedWithCustomError(token, "ERC20InvalidReceiver")
        .withArgs(ZeroAddress);
    });
  });
});
