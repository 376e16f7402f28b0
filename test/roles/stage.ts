import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { MaxUint256 } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import {
  type AccessManager,
  AccessManager__factory,
  type BeliefMarket,
  BeliefMarket__factory,
  type TestUSDC,
  TestUSDC__factory,
} from "../../typechain-types/index.ts";
import { act, CLAIM, usdc } from "../fixtures/amounts.ts";
import { ACT } from "../fixtures/council.ts";
import { type HandedOver, handedOver } from "./handed-over.ts";

/** What everybody on the stage has of dollars, and of the council's tokens. */
const DOLLARS = usdc(1_000_000);
const TOKENS = ACT(1_000_000);

/** The protocol, handed over, and people who do what the page tells of; nobody has done anything yet. */
export interface Stage extends HandedOver {
  connection: NetworkConnection;
  usdc: TestUSDC;
  /** A market on `CLAIM`, by the outsider, without a position. */
  market: BeliefMarket;
  /** Has no role, and does what takes two. */
  partner: HardhatEthersSigner;
  /** Others without a role; the first seven answer, the next two judge. */
  crowd: readonly HardhatEthersSigner[];
  /** An `AccessManager` that knows nobody but the timelock. */
  foreign: AccessManager;
  /** The account of a contract, or of anybody, that acts as it never could by itself. */
  as(address: { getAddress(): Promise<string> }): Promise<HardhatEthersSigner>;
}

/** Sets the stage on a new chain. */
export async function setStage(): Promise<Stage> {
  const connection = await hre.network.create();
  const protocol = await handedOver(connection);
  const [partner, ...crowd] = (await connection.ethers.getSigners()).slice(4);
  if (partner === undefined) throw new RangeError("the chain has too few accounts");
  const usdcToken = TestUSDC__factory.connect(protocol.asset, protocol.outsider);
  const people = [protocol.outsider, partner, ...crowd.slice(0, 9)];
  await protocol.beliefFactory.connect(protocol.outsider).createMarket(CLAIM, 0n);
  const market = BeliefMarket__factory.connect(await protocol.beliefFactory.marketOf(CLAIM), protocol.outsider);
  const foreign = await new AccessManager__factory(protocol.outsider).deploy(protocol.timelock);
  const stage = { ...protocol, connection, usdc: usdcToken, market, partner, crowd, foreign };
  for (const person of people) await endow(stage, person);
  await allowAll(stage, protocol.team);
  return {
    ...stage,
    async as(contract) {
      const address = await contract.getAddress();
      await connection.networkHelpers.impersonateAccount(address);
      await connection.networkHelpers.setBalance(address, act(1));
      return connection.ethers.getSigner(address);
    },
  };
}

type Setting = Omit<Stage, "as">;

/** Gives somebody `DOLLARS` and `TOKENS`, and lets the contracts take of both. */
async function endow(stage: Setting, person: HardhatEthersSigner): Promise<void> {
  await stage.usdc.connect(person).mint(person, DOLLARS);
  await stage.councilToken.connect(stage.team).transfer(person, TOKENS);
  await allowAll(stage, person);
}

async function allowAll(stage: Setting, person: HardhatEthersSigner): Promise<void> {
  const { beliefFactory, market, stakeVault, convictionMarket, queryEscrow } = stage;
  const { argumentStaking, councilStaking, rewardsDistributor, councilChamber } = stage;
  for (const spender of [beliefFactory, market, stakeVault, convictionMarket, queryEscrow]) {
    await stage.usdc.connect(person).approve(spender, MaxUint256);
  }
  for (const spender of [argumentStaking, councilStaking, rewardsDistributor, councilChamber]) {
    await stage.councilToken.connect(person).approve(spender, MaxUint256);
  }
}
