import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { type BaseContract, MaxUint256, type TransactionRequest } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { Role } from "../../sdk/roles.ts";
import { act, CLAIM, usdc } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld, openCouncil, PLEDGE, stake } from "../fixtures/council.ts";
import { openSession } from "../fixtures/council-acts.ts";
import { type DollarProtocol, load, protocolFixture } from "../fixtures/protocol.ts";
import { ask, type DollarQueries } from "../fixtures/queries.ts";

/** What a call is refused with: the contract whose error it is, the error, and its arguments. */
interface Refusal {
  name: string;
  call: () => Promise<TransactionRequest>;
  refusal: () => Promise<[contract: BaseContract, error: string, ...args: unknown[]]>;
}

interface Escrows {
  protocol: DollarProtocol;
  council: CouncilWorld;
  /** The timelock as an account, with every role of the protocol. */
  governance: HardhatEthersSigner;
  positionId: bigint;
}

/** Somebody's money is in council staking, the stake vault, the query escrow and the chamber. */
async function openEscrows(connection: NetworkConnection): Promise<Escrows> {
  const protocol = await protocolFixture(connection);
  const council = await openCouncil(connection);
  const { stakeVault, queryEscrow, usdc: dollars, author } = protocol;
  const governance = await connection.ethers.getImpersonatedSigner(await council.timelock.getAddress());
  await connection.networkHelpers.setBalance(governance.address, act(1));
  for (const { authority } of [protocol, council]) {
    for (const role of Object.values(Role)) await authority.grantRole(role, governance, 0n);
  }
  for (const spender of [stakeVault, queryEscrow]) await dollars.connect(author).approve(spender, MaxUint256);
  await stakeVault.connect(author).deposit(usdc(100));
  await ask({ ...protocol, token: dollars, asker: author } as unknown as DollarQueries);
  const positionId = await stake(council);
  await openSession(council);
  return { protocol, council, governance, positionId };
}

describe("CouncilGovernor, and money that is not the treasury's", () => {
  let world: Escrows;

  const request = async (
    target: BaseContract,
    data: (abi: BaseContract["interface"]) => string,
  ): Promise<TransactionRequest> => ({ to: await target.getAddress(), data: data(target.interface) });

  const CALLS: readonly Refusal[] = [
    {
      name: "closes a position",
      call: () => request(world.council.councilStaking, (abi) => abi.encodeFunctionData("unstake", [world.positionId])),
      refusal: async () => [
        world.council.councilStaking,
        "NotPositionOwner",
        world.positionId,
        world.governance,
        world.council.staker,
      ],
    },
    {
      name: "closes a position early",
      call: () =>
        request(world.council.councilStaking, (abi) => abi.encodeFunctionData("unstakeEarly", [world.positionId])),
      refusal: async () => [
        world.council.councilStaking,
        "NotPositionOwner",
        world.positionId,
        world.governance,
        world.council.staker,
      ],
    },
    {
      name: "locks a position",
      call: () =>
        request(world.council.councilStaking, (abi) => abi.encodeFunctionData("extendLock", [world.positionId, 180n])),
      refusal: async () => [
        world.council.councilStaking,
        "NotPositionOwner",
        world.positionId,
        world.governance,
        world.council.staker,
      ],
    },
    {
      name: "stakes for itself what others would",
      call: () =>
        request(world.council.councilStaking, (abi) =>
          abi.encodeFunctionData("stakeFor", [world.governance.address, PLEDGE, 0n]),
        ),
      refusal: async () => [world.council.councilStaking, "NotDistributor", world.governance],
    },
    {
      name: "binds the distributor again",
      call: () =>
        request(world.council.rewardsDistributor, (abi) => abi.encodeFunctionData("bind", [world.governance.address])),
      refusal: async () => [world.council.rewardsDistributor, "AlreadyBound", world.council.councilStaking],
    },
    {
      name: "gives itself weight",
      call: () =>
        request(world.council.rewardsDistributor, (abi) =>
          abi.encodeFunctionData("onStakeChanged", [world.governance.address, PLEDGE, true]),
        ),
      refusal: async () => [world.council.rewardsDistributor, "NotStaking", world.governance],
    },
    {
      name: "claims without a stake",
      call: () => request(world.council.rewardsDistributor, (abi) => abi.encodeFunctionData("claim")),
      refusal: async () => [world.council.rewardsDistributor, "RewardTooSmall", world.governance, 0n, ACT(1)],
    },
    {
      name: "moves staked tokens by the token",
      call: async () =>
        request(world.council.token, (abi) =>
          abi.encodeFunctionData("transferFrom", [staking, world.governance.address, PLEDGE]),
        ),
      refusal: async () => [world.council.token, "ERC20InsufficientAllowance", world.governance, 0n, PLEDGE],
    },
    {
      name: "burns staked tokens",
      call: async () => request(world.council.token, (abi) => abi.encodeFunctionData("burnFrom", [staking, PLEDGE])),
      refusal: async () => [world.council.token, "ERC20InsufficientAllowance", world.governance, 0n, PLEDGE],
    },
    {
      name: "takes back a session that is not its own",
      call: () => request(world.council.councilChamber, (abi) => abi.encodeFunctionData("cancelSession", [1n])),
      refusal: async () => [world.council.councilChamber, "NotOpener", 1n, world.governance, world.council.outsider],
    },
    {
      name: "withdraws what the chamber holds",
      call: () => request(world.council.councilChamber, (abi) => abi.encodeFunctionData("withdraw")),
      refusal: async () => [world.council.councilChamber, "CreditZero", world.governance],
    },
    {
      name: "debits the vault, with the role of the serum",
      call: () =>
        request(world.protocol.stakeVault, (abi) =>
          abi.encodeFunctionData("debit", [world.protocol.author.address, usdc(100)]),
        ),
      refusal: async () => [world.protocol.stakeVault, "NotSerum", world.governance, world.protocol.truthSerum],
    },
    {
      name: "locks the vault, with the role of the venue",
      call: () =>
        request(world.protocol.stakeVault, (abi) =>
          abi.encodeFunctionData("setLock", [world.protocol.author.address, CLAIM, 0n, usdc(100)]),
        ),
      refusal: async () => [world.protocol.stakeVault, "NotVenue", world.governance, world.protocol.convictionMarket],
    },
    {
      name: "binds the vault again",
      call: () =>
        request(world.protocol.stakeVault, (abi) =>
          abi.encodeFunctionData("bind", [world.governance.address, world.governance.address]),
        ),
      refusal: async () => [
        world.protocol.stakeVault,
        "AlreadyBound",
        world.protocol.convictionMarket,
        world.protocol.truthSerum,
      ],
    },
    {
      name: "withdraws what others deposited in the vault",
      call: () => request(world.protocol.stakeVault, (abi) => abi.encodeFunctionData("withdraw", [1n])),
      refusal: async () => [world.protocol.stakeVault, "WithdrawableExceeded", 1n, 0n],
    },
    {
      name: "withdraws what the query escrow holds",
      call: () => request(world.protocol.queryEscrow, (abi) => abi.encodeFunctionData("withdraw")),
      refusal: async () => [world.protocol.queryEscrow, "CreditZero", world.governance],
    },
  ];

  let staking = "";

  beforeEach(async () => {
    world = await load(openEscrows);
    staking = await world.council.councilStaking.getAddress();
  });

  describe("when the timelock has every role and calls", () => {
    for (const { name, call, refusal } of CALLS) {
      it(`reverts when it ${name}`, async () => {
        const [contract, error, ...args] = await refusal();
        await expect(world.governance.sendTransaction(await call()))
          .to.be.revertedWithCustomError(contract, error)
          .withArgs(...args);
      });
    }
  });

  describe("when the timelock has called all that only it may", () => {
    /** Every restricted function of the contracts that hold money, but for those above. */
    const callAll = async () => {
      const { council, protocol, governance } = world;
      for (const target of [council.councilStaking, council.councilChamber, protocol.queryEscrow]) {
        await target.connect(governance).pauseEntries();
        await target.connect(governance).unpauseEntries();
      }
      await council.councilChamber.connect(governance).setSquareRoot(true);
      await protocol.queryEscrow.connect(governance).setRecorder(council.rewardsDistributor);
      await council.rewardsDistributor.connect(governance).recordVote(governance);
      await council.rewardsDistributor.connect(governance).recordParticipation(governance);
    };

    it("leaves all balances as they are", async () => {
      const { council, protocol } = world;
      const held = async () => [
        await council.token.balanceOf(council.councilStaking),
        await council.token.balanceOf(council.councilChamber),
        await protocol.usdc.balanceOf(protocol.stakeVault),
        await protocol.usdc.balanceOf(protocol.queryEscrow),
      ];
      const before = await held();
      await callAll();
      expect(await held()).to.deep.equal(before);
    });

    it("lets the staker leave while entries are paused", async () => {
      const { council, governance, positionId } = world;
      await council.councilStaking.connect(governance).pauseEntries();
      await expect(council.councilStaking.connect(council.staker).unstake(positionId)).to.changeTokenBalances(
        council.ethers,
        council.token,
        [council.councilStaking, council.staker],
        [-PLEDGE, PLEDGE],
      );
    });
  });
});
