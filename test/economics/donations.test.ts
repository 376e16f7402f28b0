import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { BaseContract, FunctionFragment } from "ethers";
import { CLAIM, usdc } from "../fixtures/amounts.ts";
import { profitOf } from "../fixtures/attacks.ts";
import { ACT, PLEDGE } from "../fixtures/council.ts";
import { type Escrows, openEscrows } from "../fixtures/escrows.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { leave } from "../fixtures/stake.ts";

/** Every contract of the protocol. */
const contractsOf = ({ forum, market, council }: Escrows): Record<string, BaseContract> => ({
  accessManager: forum.authority,
  beliefFactory: forum.beliefFactory,
  beliefMarket: market,
  stakeVault: forum.stakeVault,
  convictionMarket: forum.convictionMarket,
  truthSerum: forum.truthSerum,
  argumentStaking: forum.argumentStaking,
  rankRegistry: forum.rankRegistry,
  queryEscrow: forum.queryEscrow,
  councilToken: council.token,
  councilStaking: council.councilStaking,
  rewardsDistributor: council.rewardsDistributor,
  councilGovernor: council.councilGovernor,
  councilChamber: council.councilChamber,
});

/** All that a contract says without being asked about something in particular. */
async function figuresOf(contract: BaseContract): Promise<Record<string, string>> {
  const views = contract.interface.fragments.filter(
    (each): each is FunctionFragment => each.type === "function" && (each as FunctionFragment).constant,
  );
  const figures: Record<string, string> = {};
  for (const { name, inputs } of views) {
    if (inputs.length === 0) figures[name] = String(await contract.getFunction(name).staticCall());
  }
  return figures;
}

/** All figures of all contracts, before an act and after it, in the same second. */
async function figuresAround(escrows: Escrows, act: () => Promise<unknown>) {
  const instant = await now();
  const read = async () => {
    const figures = Object.entries(contractsOf(escrows)).map(async ([name, contract]) => [
      name,
      await figuresOf(contract),
    ]);
    return Object.fromEntries(await Promise.all(figures)) as Record<string, Record<string, string>>;
  };
  const before = await read();
  await act();
  expect(await now()).to.equal(instant);
  return { before, after: await read() };
}

/** The next transaction happens in the second of the latest block. */
const atOnce = async () => nextAt(await now());

/** Everybody who can leaves, and says with how much. */
async function leaveAll({ forum, market, council, positionId }: Escrows): Promise<bigint[]> {
  const { author, supporter, convictionMarket } = forum;
  return [
    await profitOf(forum.token, author, () => market.exitEarly(1n)),
    await profitOf(forum.token, supporter, () => leave(forum, supporter)),
    await profitOf(forum.token, supporter, async () => forum.stakeVault.connect(supporter).withdraw(usdc(6))),
    await convictionMarket.pool(CLAIM).then(({ reserve }) => reserve),
    await profitOf(council.token, council.staker, () =>
      council.councilStaking.connect(council.staker).unstake(positionId),
    ),
  ];
}

const LEFT = [usdc(1_000), usdc(300), usdc(6), 0n, PLEDGE];

describe("What somebody sends to contracts unasked", () => {
  let escrows: Escrows;

  beforeEach(async () => {
    escrows = await load(openEscrows);
  });

  describe("of tokens", () => {
    /** 1,000 of every token to every contract. */
    const donate = async () => {
      const { forum, argumentToken, council } = escrows;
      for (const contract of Object.values(contractsOf(escrows))) {
        for (const token of [forum.token, argumentToken]) {
          await atOnce();
          await token.connect(forum.outsider).mint(contract, 10n ** 21n);
        }
        await atOnce();
        await council.token.connect(council.whale).transfer(contract, ACT(1_000));
      }
    };

    it("change 1 figure of 14 contracts: what the next period of rewards streams, by 1,000", async () => {
      const { before, after } = await figuresAround(escrows, donate);
      const changed = Object.keys(after).flatMap((name) =>
        Object.keys(after[name] ?? {})
          .filter((view) => after[name]?.[view] !== before[name]?.[view])
          .map((view) => `${name}.${view}`),
      );
      expect([changed.length, Object.keys(after).length]).to.deep.equal([1, 14]);
      expect(changed).to.deep.equal(["rewardsDistributor.nextPeriodAmount"]);
      const streams = (figures: typeof after) => BigInt(figures.rewardsDistributor?.nextPeriodAmount ?? "0");
      expect(streams(after) - streams(before)).to.equal(ACT(1_000));
    });

    it("keep 0 units from anybody who leaves", async () => {
      await donate();
      expect((await leaveAll(escrows)).map((left, index) => left - (LEFT[index] ?? 0n))).to.deep.equal(
        LEFT.map(() => 0n),
      );
    });
  });

  describe("of ether", () => {
    it("is refused by all 14", async () => {
      const { outsider } = escrows.forum;
      const contracts = Object.entries(contractsOf(escrows));
      for (const [name, contract] of contracts) {
        const sent = outsider.sendTransaction({ to: contract, value: 1n });
        if (name === "councilGovernor") {
          await expect(sent).to.be.revertedWithCustomError(contract, "GovernorDisabledDeposit");
        } else {
          await expect(sent, name).to.be.revertedWithoutReason(escrows.forum.ethers);
        }
      }
      expect(contracts.length).to.equal(14);
    });

    it("is the treasury's where it goes to the timelock: 1 wei is 1 wei", async () => {
      const { ethers, outsider } = escrows.forum;
      await expect(outsider.sendTransaction({ to: escrows.council.timelock, value: 1n })).to.changeEtherBalance(
        ethers,
        escrows.council.timelock,
        1n,
      );
    });

    describe("by a contract that destroys itself in their favour", () => {
      const force = async (from: HardhatEthersSigner, to: BaseContract) => {
        await atOnce();
        await from.sendTransaction({ data: `0x73${(await to.getAddress()).slice(2)}ff`, value: 10n ** 18n });
      };
      const forceAll = async () => {
        for (const contract of Object.values(contractsOf(escrows))) await force(escrows.forum.outsider, contract);
      };

      it("changes 0 figures of 14 contracts", async () => {
        const { before, after } = await figuresAround(escrows, forceAll);
        const { ethers, stakeVault } = escrows.forum;
        expect(await ethers.provider.getBalance(stakeVault)).to.equal(10n ** 18n);
        expect(after).to.deep.equal(before);
      });

      it("keeps 0 units from anybody who leaves", async () => {
        await forceAll();
        expect((await leaveAll(escrows)).map((left, index) => left - (LEFT[index] ?? 0n))).to.deep.equal(
          LEFT.map(() => 0n),
        );
      });
    });
  });
});
