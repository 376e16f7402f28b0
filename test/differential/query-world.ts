import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { dataSlice, getAddress, id, MaxUint256 } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { QueryModel } from "../../sdk/query/model.ts";
import { Role } from "../../sdk/roles.ts";
import { type QueryEscrow, QueryEscrow__factory, type TestACT, type TestUSDC } from "../../typechain-types/index.ts";
import { TIMING } from "../fixtures/amounts.ts";
import { type DollarProtocol, nextAt, now, protocolFixture } from "../fixtures/protocol.ts";
import { type Arguments, type Told, World } from "./world.ts";

/** Enough for 32 answerers, 32 judges, who asks, and others. */
const PEOPLE = 72;

/** The protocol with an escrow on 18 decimals beside its own, and people who let both move all they have. */
export interface QueryStage extends DollarProtocol {
  people: readonly HardhatEthersSigner[];
  /** On the token of 18 decimals. */
  fineEscrow: QueryEscrow;
}

/** The contracts that are compared. */
type Emitter = "escrow" | "registry";

/** The protocol and 72 people, more than the chain has accounts. The deployer sets ranks. */
export async function queryFixture(connection: NetworkConnection): Promise<QueryStage> {
  const protocol = await protocolFixture(connection);
  const { ethers, deployer, authority, rankRegistry, queryEscrow, usdc, act } = protocol;
  const fineEscrow = await new QueryEscrow__factory(deployer).deploy(act, rankRegistry, TIMING, authority);
  const { pauseEntries, unpauseEntries } = fineEscrow;
  const selectors = [pauseEntries, unpauseEntries].map(({ fragment }) => fragment.selector);
  await authority.setTargetFunctionRole(fineEscrow, selectors, Role.Guardian);
  await authority.grantRole(Role.Registrar, deployer, 0);

  const people: HardhatEthersSigner[] = [];
  for (let index = 0; index < PEOPLE; index++) {
    const address = getAddress(dataSlice(id(`person ${index}`), 12));
    const person = await ethers.getImpersonatedSigner(address);
    await connection.networkHelpers.setBalance(address, ethers.parseEther("1000"));
    await usdc.connect(person).approve(queryEscrow, MaxUint256);
    await act.connect(person).approve(fineEscrow, MaxUint256);
    people.push(person);
  }
  return { ...protocol, people, fineEscrow };
}

/** The query escrow, the rank registry and their model, and the people who use them. */
export class QueryWorld extends World<QueryModel, Emitter> {
  /** What is staked. */
  get asset(): TestUSDC | TestACT {
    return this.model.setup.decimals === 6n ? this.protocol.usdc : this.protocol.act;
  }

  /**
   * @param isFine Whether the asset has 18 decimals, and not 6.
   * @param wealth What each of the people gets, in whole tokens.
   */
  static async begin(stage: QueryStage, isFine: boolean, wealth: readonly bigint[]): Promise<QueryWorld> {
    const { people, rankRegistry: registry } = stage;
    const escrow = isFine ? stage.fineEscrow : stage.queryEscrow;
    const token = isFine ? stage.act : stage.usdc;
    const model = new QueryModel({
      chainId: (await stage.ethers.provider.getNetwork()).chainId,
      queryEscrow: await escrow.getAddress(),
      decimals: await token.decimals(),
      defaultTiming: TIMING,
    });
    const startsAt = (await now()) + 1_000n;
    const contracts = { escrow, registry };
    const world = new QueryWorld({ protocol: stage, contracts, token, model, people, startsAt });
    for (const [index, person] of people.entries()) {
      await world.#mint(person, (wealth[index] ?? 0n) * 10n ** model.setup.decimals);
    }
    return world;
  }

  /** Sends a transaction, then does the same on the model. Returns whether it was done. */
  act(
    caller: HardhatEthersSigner,
    on: Emitter,
    method: string,
    args: Arguments,
    onModel: () => unknown,
  ): Promise<boolean> {
    return this.actOn(on, caller, method, args, onModel);
  }

  /** Compares a view with the model. */
  read(on: Emitter, method: string, args: Arguments, onModel: () => unknown): Promise<void> {
    return this.readFrom(on, method, args, onModel);
  }

  /** Compares a balance of the asset. */
  async readBalance(address: string): Promise<void> {
    const expected = this.model.token.balanceOf(address);
    expect(await this.asset.balanceOf(address), `balance of ${address}`).to.equal(expected);
  }

  /** Moves part of the asset from one person to another, on the chain and in the model. */
  async transfer(from: HardhatEthersSigner, to: string, amount: bigint): Promise<void> {
    await nextAt(this.now);
    await this.asset.connect(from).transfer(to, amount);
    this.model.token.transfer(from.address, to, amount);
  }

  protected toldByModel(): Told[] {
    const emitterOf = (name: string): Emitter => (name === "RankSet" ? "registry" : "escrow");
    return this.model.events.take().map((event) => ({ emitter: emitterOf(event.name), ...event }));
  }

  async #mint(to: HardhatEthersSigner, amount: bigint): Promise<void> {
    await nextAt(this.now);
    await this.asset.mint(to, amount);
    this.model.token.mint(to.address, amount);
  }
}
