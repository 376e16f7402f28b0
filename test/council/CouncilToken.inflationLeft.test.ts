import { expect } from "chai";
import { ACT, type CouncilWorld, openCouncil } from "../fixtures/council.ts";
import {
  atYear,
  burn,
  FIRST_INFLATION,
  inflate,
  LAST_SECOND,
  SUPPLY,
  tokenUnder,
  viewAtYear,
} from "../fixtures/council-years.ts";
import { load } from "../fixtures/protocol.ts";

describe("CouncilToken.inflationLeft", () => {
  let world: CouncilWorld;

  const expectLeft = async (year: bigint, remaining: bigint) =>
    expect(await world.token.inflationLeft()).to.deep.equal([year, remaining]);

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when nothing was minted", () => {
    it("is all of 5 % in year 0", async () => {
      await expectLeft(0n, FIRST_INFLATION);
    });

    it("is the same in the last second of the year", async () => {
      await viewAtYear(world, 0n, LAST_SECOND);
      await expectLeft(0n, FIRST_INFLATION);
    });

    it("is the same in the first second of the next", async () => {
      await viewAtYear(world, 1n);
      await expectLeft(1n, FIRST_INFLATION);
    });

    it("is the same in a year long after", async () => {
      await viewAtYear(world, 100n, LAST_SECOND);
      await expectLeft(100n, FIRST_INFLATION);
    });
  });

  describe("when some was minted", () => {
    it("is less by what was", async () => {
      await inflate(world, ACT(20_000_000));
      await expectLeft(0n, ACT(30_000_000));
    });

    it("is less by all that was", async () => {
      await inflate(world, ACT(20_000_000));
      await inflate(world, ACT(30_000_000));
      await expectLeft(0n, 0n);
    });

    it("is 5 % of the new supply a year later", async () => {
      await inflate(world, ACT(20_000_000));
      await viewAtYear(world, 1n);
      await expectLeft(1n, ACT(51_000_000));
    });

    it("is less by what was minted in a later year", async () => {
      await inflate(world, ACT(20_000_000));
      await atYear(world, 2n);
      await inflate(world, ACT(1_000_000));
      await expectLeft(2n, ACT(50_000_000));
    });
  });

  describe("when some was burnt", () => {
    it("stays the same in the year in which it was", async () => {
      await burn(world, ACT(100_000_000));
      await expectLeft(0n, FIRST_INFLATION);
    });

    it("stays the same in a later year in which it was", async () => {
      await atYear(world, 3n);
      await burn(world, ACT(100_000_000));
      await expectLeft(3n, FIRST_INFLATION);
    });

    it("counts it off a year later", async () => {
      await atYear(world, 3n);
      await burn(world, ACT(100_000_000));
      await viewAtYear(world, 4n);
      await expectLeft(4n, ACT(45_000_000));
    });

    it("is less by what was minted before and since", async () => {
      await inflate(world, ACT(1));
      await burn(world, ACT(100_000_000));
      await inflate(world, ACT(2));
      await expectLeft(0n, ACT(49_999_997));
    });
  });

  describe("when a year may add another share", () => {
    for (const { maxInflationBps, supply, remaining } of [
      { maxInflationBps: 0n, supply: SUPPLY, remaining: 0n },
      { maxInflationBps: 1n, supply: SUPPLY, remaining: ACT(100_000) },
      { maxInflationBps: 250n, supply: SUPPLY, remaining: ACT(25_000_000) },
      // 4.9999 and 5 units
      { maxInflationBps: 1n, supply: 49_999n, remaining: 4n },
      { maxInflationBps: 1n, supply: 50_000n, remaining: 5n },
      { maxInflationBps: 500n, supply: 19n, remaining: 0n },
      { maxInflationBps: 500n, supply: 2n ** 64n - 1n, remaining: 922_337_203_685_477_580n },
    ]) {
      it(`is ${remaining} for ${maxInflationBps} basis points of ${supply}`, async () => {
        world = await tokenUnder(world, { supply, maxInflationBps });
        await expectLeft(0n, remaining);
      });
    }
  });

  describe("when tokens were only sent", () => {
    it("stays the same", async () => {
      await atYear(world, 1n);
      await world.token.connect(world.staker).transfer(world.outsider, ACT(1));
      await expectLeft(1n, FIRST_INFLATION);
    });
  });
});
