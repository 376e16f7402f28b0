import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { type CouncilToken, CouncilToken__factory } from "../../typechain-types/index.ts";
import { MAX_UINT96 } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, openCouncil, TOKEN_RULES } from "../fixtures/council.ts";
import { SUPPLY } from "../fixtures/council-years.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";

/** Who gets the first supply, and how much of it. */
const SHARES = {
  community: ACT(400_000_000),
  team: ACT(200_000_000),
  treasury: ACT(200_000_000),
  liquidity: ACT(100_000_000),
  partners: ACT(100_000_000),
};

type Recipient = keyof typeof SHARES;

type TokenRules = Record<keyof typeof TOKEN_RULES, bigint>;

/** The largest first supply. */
const MAX_SUPPLY = 2n ** 64n - 1n;

/** Shares of nobody, to be replaced by those of a test. */
const NO_SHARES = { communityBps: 0n, teamBps: 0n, treasuryBps: 0n, liquidityBps: 0n, partnersBps: 0n };

/** What each of the five gets of other supplies, and by other shares. */
const SPLITS = [
  { name: "there is a single unit", rules: { supply: 1n }, balances: [0n, 0n, 0n, 0n, 1n] },
  { name: "there are 9 units", rules: { supply: 9n }, balances: [3n, 1n, 1n, 0n, 4n] },
  {
    // 10 % of it ends in a half: liquidity's is rounded down, and partners get the unit
    name: "there is as much as can be",
    rules: { supply: MAX_SUPPLY },
    balances: [
      7_378_697_629_483_820_646n,
      3_689_348_814_741_910_323n,
      3_689_348_814_741_910_323n,
      1_844_674_407_370_955_161n,
      1_844_674_407_370_955_162n,
    ],
  },
  {
    name: "one of the five has all",
    rules: { ...NO_SHARES, supply: 7n, treasuryBps: 10_000n },
    balances: [0n, 0n, 7n, 0n, 0n],
  },
  {
    name: "partners have no share, and thirds leave a unit",
    rules: { ...NO_SHARES, supply: 10_001n, communityBps: 3_333n, teamBps: 3_333n, treasuryBps: 3_334n },
    balances: [3_333n, 3_333n, 3_334n, 0n, 1n],
  },
] satisfies { name: string; rules: Partial<TokenRules> & { supply: bigint }; balances: bigint[] }[];

/** Shares that are not 10,000 together, though all the others stay as they are. */
const BROKEN_SHARES = [
  { sum: 9_999n, rules: { communityBps: 3_999n } },
  { sum: 10_001n, rules: { partnersBps: 1_001n } },
  { sum: 0n, rules: NO_SHARES },
  { sum: 327_675n, rules: Object.fromEntries(Object.keys(NO_SHARES).map((name) => [name, 65_535n])) },
  // no sum wraps to 10,000
  { sum: 75_536n, rules: { ...NO_SHARES, communityBps: 65_535n, teamBps: 10_001n } },
] satisfies { sum: bigint; rules: Partial<TokenRules> }[];

describe("CouncilToken.constructor", () => {
  let world: CouncilWorld;
  let token: CouncilToken;

  const recipients = () => {
    const { staker, whale, delegate, proposer, outsider } = world;
    return { community: staker, team: whale, treasury: delegate, liquidity: proposer, partners: outsider };
  };
  const deploy = (changed: Partial<Record<Recipient, string>> = {}, rules: Partial<TokenRules> = {}) =>
    new CouncilToken__factory(world.deployer).deploy(
      { ...recipients(), ...changed },
      { ...TOKEN_RULES, ...rules },
      world.authority,
    );

  beforeEach(async () => {
    world = await load(openCouncil);
  });

  describe("when five have a share", () => {
    beforeEach(async () => {
      token = await deploy();
    });

    for (const [recipient, share] of Object.entries(SHARES) as [Recipient, bigint][]) {
      it(`gives ${recipient} ${share / ACT(1_000_000)} million`, async () => {
        expect(await token.balanceOf(recipients()[recipient])).to.equal(share);
      });
    }

    it("emits Transfer for each of the shares", async () => {
      const transfers = await token.queryFilter(token.filters.Transfer());
      expect(transfers.map(({ args: { from, to, value } }) => [from, to, value])).to.deep.equal(
        Object.entries(SHARES).map(([name, share]) => [ZeroAddress, recipients()[name as Recipient].address, share]),
      );
    });

    it("has a supply of 1,000,000,000 tokens of 10^9 units", async () => {
      expect(await token.totalSupply()).to.equal(10n ** 18n);
    });

    it("leaves nothing to the deployer", async () => {
      expect(await token.balanceOf(world.deployer)).to.equal(0n);
    });

    it("keeps what a year may add", async () => {
      expect(await token.maxInflationBps()).to.equal(500n);
    });
  });

  describe("when supply and shares are others", () => {
    for (const { name, rules, balances } of SPLITS) {
      describe(`when ${name}`, () => {
        beforeEach(async () => {
          token = await deploy({}, rules);
        });

        it("gives everyone their share, and partners what rounding leaves", async () => {
          const held = await Promise.all(Object.values(recipients()).map((user) => token.balanceOf(user)));
          expect(held).to.deep.equal(balances);
        });

        it("has the supply", async () => {
          expect(await token.totalSupply()).to.equal(rules.supply);
        });
      });
    }
  });

  describe("when what a year may add is another", () => {
    for (const maxInflationBps of [0n, 1n, 499n, 500n]) {
      it(`keeps ${maxInflationBps} basis points`, async () => {
        token = await deploy({}, { maxInflationBps });
        expect(await token.maxInflationBps()).to.equal(maxInflationBps);
      });
    }
  });

  describe("when a rule is out of its bounds", () => {
    for (const { name, value, min, max } of [
      { name: "supply", value: 0n, min: 1n, max: MAX_SUPPLY },
      { name: "supply", value: MAX_SUPPLY + 1n, min: 1n, max: MAX_SUPPLY },
      { name: "supply", value: MAX_UINT96, min: 1n, max: MAX_SUPPLY },
      { name: "maxInflationBps", value: 501n, min: 0n, max: 500n },
      { name: "maxInflationBps", value: 65_535n, min: 0n, max: 500n },
    ] as const) {
      it(`reverts when ${name} is ${value}`, async () => {
        await expect(deploy({}, { [name]: value }))
          .to.be.revertedWithCustomError(world.token, "ParameterOutOfBounds")
          .withArgs(name, value, min, max);
      });
    }
  });

  describe("when the shares are not 10,000 together", () => {
    for (const { sum, rules } of BROKEN_SHARES) {
      it(`reverts when they are ${sum}`, async () => {
        await expect(deploy({}, rules)).to.be.revertedWithCustomError(world.token, "SharesNotWhole").withArgs(sum);
      });
    }
  });

  describe("when one has all shares", () => {
    it("gives them the whole supply", async () => {
      const all = world.outsider.address;
      token = await deploy({ community: all, team: all, treasury: all, liquidity: all, partners: all });
      expect(await token.balanceOf(all)).to.equal(SUPPLY);
    });
  });

  describe("when a share is nobody's", () => {
    it("reverts when the share is nothing", async () => {
      await expect(deploy({ team: ZeroAddress }, { teamBps: 0n, partnersBps: 3_000n }))
        .to.be.revertedWithCustomError(world.token, "ERC20InvalidReceiver")
        .withArgs(ZeroAddress);
    });

    for (const recipient of Object.keys(SHARES) as Recipient[]) {
      it(`reverts when it is that of ${recipient}`, async () => {
        await expect(deploy({ [recipient]: ZeroAddress }))
          .to.be.revertedWithCustomError(world.token, "ERC20InvalidReceiver")
          .withArgs(ZeroAddress);
      });
    }
  });

  describe("when it says what it is", () => {
    it("is called AI Council Token", async () => {
      expect(await world.token.name()).to.equal("AI Council Token");
    });

    it("has the symbol ACT", async () => {
      expect(await world.token.symbol()).to.equal("ACT");
    });

    it("has 9 decimals", async () => {
      expect(await world.token.decimals()).to.equal(9n);
    });

    it("signs permits as AI Council Token, version 1", async () => {
      const { name, version, chainId, verifyingContract } = await world.token.eip712Domain();
      expect([name, version, chainId, verifyingContract]).to.deep.equal([
        "AI Council Token",
        "1",
        31_337n,
        await world.token.getAddress(),
      ]);
    });

    it("keeps the authority", async () => {
      expect(await world.token.authority()).to.equal(world.authority);
    });

    it("keeps when it was deployed", async () => {
      const deployedAt = (await now()) + 1_000n;
      await nextAt(deployedAt);
      expect(await (await deploy()).deployedAt()).to.equal(deployedAt);
    });
  });
});
