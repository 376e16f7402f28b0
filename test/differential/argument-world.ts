import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { type ContractTransactionReceipt, type ContractTransactionResponse, id, MaxUint256 } from "ethers";
import { ArgumentModel } from "../../sdk/argument/model.ts";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import { Role } from "../../sdk/roles.ts";
import { createMarket, type DollarProtocol, sharedChain } from "../fixtures/protocol.ts";
import { expectRefusal, valuesOf } from "./compare.ts";

/** Claims of a history; the last one has no market. */
export const CLAIMS = [id("one claim"), id("two claims"), id("three claims"), id("a claim that nobody made")] as const;

const PEOPLE = 8;
const FIRST_ACCOUNT = 2;

/** What one of the methods is called with. */
export type Arguments = readonly unknown[];

/** The contract and its model, on one clock, and the people who use them. */
export class ArgumentWorld {
  readonly protocol: DollarProtocol;
  readonly model: ArgumentModel;
  /** The first is a curator by role, the second a slasher. */
  readonly people: readonly HardhatEthersSigner[];
  /** Instant of the next action, in unix seconds. */
  now: bigint;
  /** How often each action succeeded and each error was met, to show that a history is not one-sided. */
  readonly done: Record<string, number> = {};

  private constructor(
    protocol: DollarProtocol,
    model: ArgumentModel,
    people: readonly HardhatEthersSigner[],
    startsAt: bigint,
  ) {
    this.protocol = protocol;
    this.model = model;
    this.people = people;
    this.now = startsAt;
  }

  /**
   * Three claims with markets, and eight people.
   *
   * @param wealth What each of them gets, in token units.
   */
  static async begin(
    protocol: DollarProtocol,
    params: ArgumentParams,
    wealth: readonly bigint[],
  ): Promise<ArgumentWorld> {
    const { act, argumentStaking, authority, deployer } = protocol;
    const people = (await protocol.ethers.getSigners()).slice(FIRST_ACCOUNT, FIRST_ACCOUNT + PEOPLE);
    for (const claimId of CLAIMS.slice(0, -1)) await createMarket(protocol, { claimId });
    await argumentStaking.connect(deployer).setParams(params);

    const model = new ArgumentModel(params, await argumentStaking.getAddress());
    for (const claimId of CLAIMS.slice(0, -1)) model.addClaim(claimId);
    for (const person of people) {
      await act.connect(person).approve(argumentStaking, MaxUint256);
    }
    for (const [role, person] of [[Role.Curator, people[0]] as const, [Role.Slasher, people[1]] as const]) {
      if (person === undefined) throw new RangeError("the chain has too few accounts");
      await authority.connect(deployer).grantRole(role, person, 0);
      model.grantRole(role, person.address);
    }
    const { networkHelpers } = await sharedChain();
    const startsAt = BigInt(await networkHelpers.time.latest()) + 1_000n;
    const world = new ArgumentWorld(protocol, model, people, startsAt);
    for (const [index, person] of people.entries()) await world.mint(person, wealth[index] ?? 0n);
    return world;
  }

  /**
   * Sends a transaction, then does the same on the model, which must throw the error it was refused with, or return what
   * it returns and tell what it tells. Returns whether it was done.
   */
  async act(caller: HardhatEthersSigner, method: string, args: Arguments, onModel: () => unknown): Promise<boolean> {
    const { networkHelpers } = await sharedChain();
    await networkHelpers.time.setNextBlockTimestamp(this.now);
    const call = this.protocol.argumentStaking.connect(caller).getFunction(method);
    const answers = call.fragment.outputs.length > 0;
    const answer: unknown = answers
      ? await call.staticCall(...args, { blockTag: "pending" }).catch(() => undefined)
      : undefined;
    const sent: Promise<ContractTransactionResponse> = call.send(...args);
    const receipt = await sent.then(
      (response) => response.wait(),
      () => null,
    );

    let expected: unknown;
    try {
      expected = onModel();
    } catch (error) {
      await this.#expectRefusal(sent, method, error);
      return false;
    }
    if (receipt === null) {
      await sent; // throws what the contract said
      throw new Error(`${method} was not mined`);
    }
    this.count(method);
    expect(answer, `${method}: answer`).to.equal(expected);
    this.#compareEvents(receipt, method);
    this.model.checkConservation();
    return true;
  }

  /** Creates tokens, on the chain and in the model. */
  async mint(to: HardhatEthersSigner, amount: bigint): Promise<void> {
    const { networkHelpers } = await sharedChain();
    await networkHelpers.time.setNextBlockTimestamp(this.now);
    await this.protocol.act.mint(to, amount);
    this.model.token.mint(to.address, amount);
  }

  /** Moves tokens, on the chain and in the model, to another person or unasked to the contract. */
  async transfer(from: HardhatEthersSigner, to: string, amount: bigint): Promise<void> {
    const { networkHelpers } = await sharedChain();
    await networkHelpers.time.setNextBlockTimestamp(this.now);
    await this.protocol.act.connect(from).transfer(to, amount);
    if (to === this.model.address) this.model.donate(from.address, amount);
    else this.model.token.transfer(from.address, to, amount);
  }

  /** Calls a view, which must be refused with the error that the model throws, or return what it returns. */
  async read(method: string, args: Arguments, onModel: () => unknown): Promise<void> {
    const answer: Promise<unknown> = this.protocol.argumentStaking.getFunction(method)(...args);
    let expected: unknown;
    try {
      expected = onModel();
    } catch (error) {
      await this.#expectRefusal(answer, method, error);
      return;
    }
    expect(valuesOf(await answer), `${method}(${args.join(", ")})`).to.deep.equal(valuesOf(expected));
  }

  /** Compares a balance of the token. */
  async readBalance(address: string): Promise<void> {
    const expected = this.model.token.balanceOf(address);
    expect(await this.protocol.act.balanceOf(address), `balance of ${address}`).to.equal(expected);
  }

  async #expectRefusal(call: Promise<unknown>, method: string, error: unknown): Promise<void> {
    const { argumentStaking, act } = this.protocol;
    const refusal = await expectRefusal(call, [argumentStaking, act], method, error);
    this.count(`${method} refused`);
    this.count(refusal.name);
    if (refusal.facts.nextEndsAt === 0n) this.count("ended early and left");
  }

  /** The contract must tell the same, in the same order. */
  #compareEvents(receipt: ContractTransactionReceipt, method: string): void {
    const { argumentStaking } = this.protocol;
    const logs = receipt.logs.filter(({ address }) => address === this.model.address);
    const told = logs.map((log) => argumentStaking.interface.parseLog(log));
    const expected = this.model.events.take();
    expect(
      told.map((event) => [event?.name, valuesOf(event?.args)]),
      `${method}: events`,
    ).to.deep.equal(expected.map(({ name, facts }) => [name, valuesOf(facts)]));
    for (const { name } of expected) this.count(name);
  }

  /** Notes that something happened. */
  count(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1;
  }
}
