import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import {
  type BaseContract,
  type ContractTransactionReceipt,
  type ContractTransactionResponse,
  id,
  MaxUint256,
} from "ethers";
import type { Emitter } from "../../sdk/stake/events.ts";
import { StakeModel } from "../../sdk/stake/model.ts";
import { createMarket, type DollarProtocol, sharedChain } from "../fixtures/protocol.ts";
import { expectRefusal, valuesOf } from "./compare.ts";

/** Claims of a history; the last one has no market, and so no pool. */
export const CLAIMS = [id("the first claim"), id("the second claim"), id("a claim that nobody made")] as const;

/** The contracts of the stake system and their model, on one clock. */
export class StakeWorld {
  readonly contracts: Readonly<Record<Emitter, BaseContract>>;
  readonly protocol: DollarProtocol;
  readonly model: StakeModel;
  readonly people: readonly HardhatEthersSigner[];
  /** Instant of the next action, in unix seconds. */
  now: bigint;
  /** How often each action succeeded and each error was met, to show that a history is not one-sided. */
  readonly done: Record<string, number> = {};

  private constructor(
    protocol: DollarProtocol,
    model: StakeModel,
    people: readonly HardhatEthersSigner[],
    startsAt: bigint,
  ) {
    const { stakeVault, convictionMarket, truthSerum } = protocol;
    this.contracts = { vault: stakeVault, venue: convictionMarket, serum: truthSerum };
    this.protocol = protocol;
    this.model = model;
    this.people = people;
    this.now = startsAt;
  }

  /** Two claims with markets and no pools yet, and five people with `extra` asset units more than usual. */
  static async begin(protocol: DollarProtocol, extra: bigint): Promise<StakeWorld> {
    const { usdc, stakeVault, convictionMarket, truthSerum } = protocol;
    const { author, supporter, challenger, latecomer, outsider } = protocol;
    const people = [author, supporter, challenger, latecomer, outsider];
    for (const claimId of CLAIMS.slice(0, -1)) await createMarket(protocol, { claimId });

    const model = new StakeModel({
      startedAt: await truthSerum.startedAt(),
      epochLength: await truthSerum.epochLength(),
      revealWindow: await truthSerum.revealWindow(),
      chainId: (await protocol.ethers.provider.getNetwork()).chainId,
      addresses: {
        vault: await stakeVault.getAddress(),
        venue: await convictionMarket.getAddress(),
        serum: await truthSerum.getAddress(),
      },
    });
    for (const claimId of CLAIMS.slice(0, -1)) model.venue.addClaim(claimId);
    for (const person of people) {
      await usdc.mint(person, extra);
      model.assets.mint(person.address, await usdc.balanceOf(person));
      for (const spender of [stakeVault, convictionMarket]) await usdc.connect(person).approve(spender, MaxUint256);
    }
    // later than the blocks so far, and the same for every run
    return new StakeWorld(protocol, model, people, model.setup.startedAt + 1_000n);
  }

  /**
   * Sends a transaction, then does the same on the model, which must throw the error it was refused with, or return what
   * it returns and tell what it tells.
   *
   * @param onModel Receives the receipt's scores by user.
   */
  async act(
    caller: HardhatEthersSigner,
    on: Emitter,
    method: string,
    args: readonly unknown[],
    onModel: (scores: ReadonlyMap<string, bigint>) => unknown,
  ): Promise<void> {
    const { networkHelpers } = await sharedChain();
    await networkHelpers.time.setNextBlockTimestamp(this.now);
    const call = this.contracts[on].connect(caller).getFunction(method);
    const answer: unknown = await call.staticCall(...args, { blockTag: "pending" }).catch(() => undefined);
    const sent: Promise<ContractTransactionResponse> = call.send(...args);
    const receipt = await sent.then(
      (response) => response.wait(),
      () => null,
    );

    let expected: unknown;
    try {
      expected = onModel(receipt === null ? new Map() : this.#scoresIn(receipt));
    } catch (error) {
      await this.#expectRefusal(sent, method, error);
      return;
    }
    if (receipt === null) await sent; // throws what the contract said
    this.count(method);
    expect(valuesOf(answer), `${method}: answer`).to.deep.equal(valuesOf(expected));
    if (receipt !== null) this.#compareEvents(receipt, method);
  }

  /** Calls a view, which must be refused with the error that the model throws, or return what it returns. */
  async read(on: Emitter, method: string, args: readonly unknown[], onModel: () => unknown): Promise<void> {
    const answer: Promise<unknown> = this.contracts[on].getFunction(method)(...args);
    let expected: unknown;
    try {
      expected = onModel();
    } catch (error) {
      await this.#expectRefusal(answer, method, error);
      return;
    }
    expect(valuesOf(await answer), `${method}(${args.join(", ")})`).to.deep.equal(valuesOf(expected));
  }

  async #expectRefusal(call: Promise<unknown>, method: string, error: unknown): Promise<void> {
    const contracts = [...Object.values(this.contracts), this.protocol.usdc];
    const refusal = await expectRefusal(call, contracts, method, error);
    this.count(`${method} refused`);
    this.count(refusal.name);
  }

  /** Events of each kind must come in the same order with the same arguments. */
  #compareEvents(receipt: ContractTransactionReceipt, method: string): void {
    const told: Record<string, unknown[]> = {};
    const expected: Record<string, unknown[]> = {};
    for (const { emitter, name, facts } of this.model.events.take()) {
      note(expected, `${emitter} ${name}`, facts);
      this.count(name);
    }
    for (const [emitter, contract] of Object.entries(this.contracts)) {
      for (const log of receipt.logs.filter(({ address }) => address === contract.target)) {
        const parsed = contract.interface.parseLog(log);
        if (parsed !== null && !UNMODELLED.has(parsed.name)) note(told, `${emitter} ${parsed.name}`, parsed.args);
      }
    }
    expect(told, `${method}: events`).to.deep.equal(expected);
  }

  #scoresIn(receipt: ContractTransactionReceipt): Map<string, bigint> {
    const { truthSerum } = this.protocol;
    const logs = receipt.logs.map((log) => truthSerum.interface.parseLog(log));
    return new Map(logs.flatMap((log) => (log?.name === "BeliefScored" ? [[log.args.user, log.args.score]] : [])));
  }

  /** Notes that something happened. */
  count(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1;
  }
}

/** Events of OpenZeppelin's bases. */
const UNMODELLED = new Set(["Paused", "Unpaused"]);

function note(list: Record<string, unknown[]>, name: string, facts: object): void {
  const entries = list[name] ?? [];
  list[name] = entries;
  entries.push(valuesOf(facts));
}
