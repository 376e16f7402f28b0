import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { BaseContract, ContractTransactionReceipt, ContractTransactionResponse } from "ethers";
import type { ModelError } from "../../sdk/model-error.ts";
import { type DollarProtocol, nextAt } from "../fixtures/protocol.ts";
import { expectRefusal, valuesOf } from "./compare.ts";

/** What one of the methods is called with. */
export type Arguments = readonly unknown[];

/** An event, as a contract or a model told it. */
export interface Told {
  readonly emitter: string;
  readonly name: string;
  /** Its arguments, in ABI order. */
  readonly facts: unknown;
}

/** What a world needs of a model. */
export interface CheckedModel {
  /** Throws where a unit is missing or too many. */
  checkConservation(): void;
}

/** What a world begins with. */
export interface Surroundings<M extends CheckedModel, E extends string> {
  readonly protocol: DollarProtocol;
  /** Contracts that are compared with the model, by the names that its events give them. */
  readonly contracts: Readonly<Record<E, BaseContract>>;
  /** The token whose errors calls can meet. */
  readonly token: BaseContract;
  readonly model: M;
  readonly people: readonly HardhatEthersSigner[];
  /** Instant of the first action, in unix seconds. */
  readonly startsAt: bigint;
}

/** Contracts and their model, on one clock, and the people who use them. */
export abstract class World<M extends CheckedModel = CheckedModel, E extends string = string> {
  readonly contracts: Readonly<Record<E, BaseContract>>;
  readonly protocol: DollarProtocol;
  readonly model: M;
  readonly people: readonly HardhatEthersSigner[];
  /** Instant of the next action, in unix seconds. */
  now: bigint;
  /** How often each action succeeded and each error was met, to show that a history is not one-sided. */
  readonly done: Record<string, number> = {};
  readonly #token: BaseContract;

  protected constructor({ protocol, contracts, token, model, people, startsAt }: Surroundings<M, E>) {
    this.protocol = protocol;
    this.contracts = contracts;
    this.model = model;
    this.people = people;
    this.now = startsAt;
    this.#token = token;
  }

  /** Notes that something happened. */
  count(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1;
  }

  /**
   * Sends a transaction, then does the same on the model, which must throw the error it was refused with, or return what
   * it returns and tell what it tells. Returns whether it was done.
   *
   * @param onModel Receives the receipt; null where the contract refused.
   */
  protected async actOn(
    on: E,
    caller: HardhatEthersSigner,
    method: string,
    args: Arguments,
    onModel: (receipt: ContractTransactionReceipt | null) => unknown,
  ): Promise<boolean> {
    await nextAt(this.now);
    const call = this.contracts[on].connect(caller).getFunction(method);
    const isAnswering = call.fragment.outputs.length > 0;
    const answer: unknown = isAnswering
      ? await call.staticCall(...args, { blockTag: "pending" }).catch(() => undefined)
      : undefined;
    const sent: Promise<ContractTransactionResponse> = call.send(...args);
    const receipt = await sent.then(
      (response) => response.wait(),
      () => null,
    );

    let expected: unknown;
    try {
      expected = onModel(receipt);
    } catch (error) {
      await this.#expectRefusal(sent, method, error);
      return false;
    }
    if (receipt === null) {
      await sent; // throws what the contract said
      throw new Error(`${method} was not mined`);
    }
    this.count(method);
    expect(valuesOf(answer), `${method}: answer`).to.deep.equal(valuesOf(expected));
    this.#compareEvents(receipt, method);
    this.model.checkConservation();
    return true;
  }

  /** Calls a view, which must be refused with the error that the model throws, or return what it returns. */
  protected async readFrom(on: E, method: string, args: Arguments, onModel: () => unknown): Promise<void> {
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

  /** What the model told since the last call. */
  protected abstract toldByModel(): readonly Told[];

  /** Of all that was told, what is compared, in the order in which it is. */
  protected arranged(events: readonly Told[]): readonly Told[] {
    return events;
  }

  /** Notes what is to be known of a refusal. */
  protected noteRefusal(refusal: ModelError, method: string): void {
    this.count(`${method} refused`);
    this.count(refusal.name);
  }

  async #expectRefusal(call: Promise<unknown>, method: string, error: unknown): Promise<void> {
    const contracts = [...Object.values<BaseContract>(this.contracts), this.#token];
    this.noteRefusal(await expectRefusal(call, contracts, method, error), method);
  }

  #compareEvents(receipt: ContractTransactionReceipt, method: string): void {
    const expected = this.toldByModel();
    expect(this.#listed(this.#toldBy(receipt)), `${method}: events`).to.deep.equal(this.#listed(expected));
    for (const { name } of expected) this.count(name);
  }

  #toldBy({ logs }: ContractTransactionReceipt): Told[] {
    return logs.flatMap((log) => {
      const emitters = Object.entries<BaseContract>(this.contracts).filter(([, { target }]) => target === log.address);
      return emitters.map(([emitter, contract]) => {
        const event = contract.interface.parseLog(log);
        return { emitter, name: event?.name ?? "an unknown event", facts: event?.args };
      });
    });
  }

  #listed(events: readonly Told[]): unknown[] {
    return this.arranged(events).map(({ emitter, name, facts }) => [emitter, name, valuesOf(facts)]);
  }
}
