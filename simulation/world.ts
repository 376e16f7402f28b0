import { getAddress, type Interface, MaxUint256, Result } from "ethers";
import { min } from "../sdk/math.ts";
import { ModelError } from "../sdk/model-error.ts";
import { valuesOf } from "../test/differential/compare.ts";
import type { Log, Mined, Sent, SimulatedChain } from "./chain.ts";
import { type Call, type Contract, type Figure, inWords, type Told } from "./contract.ts";
import { Difference } from "./difference.ts";
import type { AssetPart } from "./parts/assets.ts";
import type { Done, Part, Refusal } from "./parts/part.ts";

/** Calls that pull tokens of whoever calls, by kind of contract and method with a dot between. */
const PULLING = new Set([
  "factory.createMarket",
  "factory.createMarketWithParams",
  "market.commit",
  "vault.deposit",
  "venue.buy",
  "escrow.ask",
  "escrow.joinAnswer",
  "escrow.joinJudge",
  "arguments.createArgument",
  "arguments.upvote",
  "arguments.fundRewards",
  "staking.stake",
  "distributor.fund",
  "chamber.openSession",
  "chamber.fundSession",
]);

/** Views that are asked for at once. */
const READ_AT_ONCE = 250;

/** An error by another name: what tokens of no standard call it. */
const ALIASES: Readonly<Record<string, string>> = { BalanceTooSmall: "ERC20InsufficientBalance" };

/** The contracts and their models, on one clock. */
export class World {
  readonly chain: SimulatedChain;
  readonly parts: readonly Part[];
  /** How often each call succeeded, by contract kind and method, and whatever else is counted. */
  readonly done: Record<string, number> = {};
  /** How often each error was met. */
  readonly refused: Record<string, number> = {};
  /** How many views were compared. */
  figures = 0;
  readonly #assets: readonly AssetPart[];
  /** What each contract pulls. */
  readonly #pulls: (on: Contract) => Contract;
  readonly #contracts = new Map<string, { readonly contract: Contract; readonly part: Part }>();
  readonly #allowed = new Set<string>();
  /** Time of the latest block. */
  #minedAt = 0n;

  constructor(chain: SimulatedChain, parts: readonly Part[], assets: readonly AssetPart[], pulls: World["pullOf"]) {
    this.chain = chain;
    this.parts = parts;
    this.#assets = assets;
    this.#pulls = pulls;
  }

  /** The token that a contract pulls. */
  get pullOf(): (on: Contract) => Contract {
    return this.#pulls;
  }

  /** Instant of whatever happens next, in unix seconds. */
  get now(): bigint {
    return this.chain.now;
  }

  /** Notes that something happened. */
  count(what: string, times = 1): void {
    this.done[what] = (this.done[what] ?? 0) + times;
  }

  /** Somebody calls a method; contract and models must do the same. Returns whether it was done. */
  async perform(call: Call): Promise<boolean> {
    if (PULLING.has(`${call.on.kind}.${call.method}`)) await this.#allow(call);
    const data = call.on.interface.encodeFunctionData(call.method, call.args);
    const sent = await this.chain.send({ from: call.from, to: call.on.address, data });
    return this.follow(call, sent, this.now);
  }

  /** Does on the models what was done on the chain at `at`, and compares what both told. */
  follow(call: Call, sent: Sent, at: bigint): boolean {
    this.#minedAt = at;
    const refusal = sent.isDone || sent.reason === null ? undefined : this.#refusalIn(sent.reason);
    if (refusal !== undefined && this.#isShutOut(refusal)) return this.#countRefusal(refusal.name);
    const events = sent.isDone ? this.#eventsIn(sent.logs) : [];
    const { part } = this.#known(call.on.address);
    const predicted = predictedBy(() => part.run(call, this.#asDone(call, at, events, refusal)));
    if (predicted !== undefined) {
      if (sent.isDone) throw new Difference(inWords(call), "done", predicted.message);
      if (refusal !== undefined) compareRefusals(call, refusal, predicted);
      return this.#countRefusal(predicted.name);
    }
    if (!sent.isDone) {
      throw new Difference(inWords(call), refusal === undefined ? "refused" : wordsOf(refusal), "done");
    }
    this.count(`${call.on.kind}.${call.method}`);
    this.#compareEvents(call, this.#eventsIn(sent.logs)); // a contract that the call made is known by now
    return true;
  }

  /** Follows what somebody else had mined, such as a keeper. */
  followMined({ transaction: { from, to, data }, sent, at }: Mined): boolean {
    return this.follow(this.callOf(getAddress(from), getAddress(to), data), sent, at);
  }

  /** The call that a transaction is. */
  callOf(from: string, to: string, data: string): Call {
    const { contract } = this.#known(getAddress(to));
    const parsed = contract.interface.parseTransaction({ data });
    if (parsed === null) throw new Error(`${contract.name} has no method for ${data.slice(0, 10)}`);
    return { from, on: contract, method: parsed.name, args: [...parsed.args] };
  }

  /** Runs a call on the models alone, as part of another one. */
  runOnModel(call: Call, done: Done): void {
    this.#known(call.on.address).part.run(call, done);
  }

  /** Checks the books of all models, all totals, and what `call` can have touched. */
  async checkAfter(call: Call | undefined): Promise<void> {
    for (const part of this.parts) part.check(this.now);
    const touched = call === undefined ? undefined : this.#known(call.on.address).part;
    const isTouched = (part: Part) => part === touched || part.isAboutCallers;
    await this.compare(this.parts.flatMap((part) => part.totals(this.now, isTouched(part) ? call : undefined)));
  }

  /** Compares everything that there is. */
  async checkAll(people: readonly string[]): Promise<void> {
    await this.checkAfter(undefined);
    await this.compare(this.parts.flatMap((part) => part.everything(this.now, people)));
  }

  /** Each view must return what the models say at this instant. */
  async compare(figures: readonly Figure[]): Promise<void> {
    if (this.#minedAt < this.now) {
      await this.chain.mine();
      this.#minedAt = this.now;
    }
    this.figures += figures.length;
    for (let from = 0; from < figures.length; from += READ_AT_ONCE) {
      await Promise.all(figures.slice(from, from + READ_AT_ONCE).map((figure) => this.#compareOne(figure)));
    }
  }

  /** What a view returns in the latest block. */
  async read(on: Contract, method: string, args: readonly unknown[]): Promise<unknown> {
    const returned = await this.chain.call(on.address, on.interface.encodeFunctionData(method, args));
    const result = on.interface.decodeFunctionResult(method, returned);
    return result.length === 1 ? result[0] : result;
  }

  async #compareOne({ on, method, args, expected }: Figure): Promise<void> {
    const returned = await this.read(on, method, args);
    const [onChain, inModel] = [valuesOf(returned), valuesOf(orderedAs(returned, expected))];
    if (!isSame(onChain, inModel)) throw new Difference(`${on.name}.${method}(${args.join(", ")})`, onChain, inModel);
  }

  async #allow({ from, on }: Call): Promise<void> {
    const token = this.#pulls(on);
    const key = `${from} ${token.address} ${on.address}`;
    if (this.#allowed.has(key)) return;
    this.#allowed.add(key);
    const data = token.interface.encodeFunctionData("approve", [on.address, MaxUint256]);
    const sent = await this.chain.send({ from, to: token.address, data });
    if (!sent.isDone) throw new Error(`${from} cannot allow ${on.name} to pull`);
  }

  #asDone(call: Call, now: bigint, events: readonly Told[], refusal: Refusal | undefined): Done {
    const { interface: abi } = call.on;
    const args = abi.decodeFunctionData(call.method, abi.encodeFunctionData(call.method, call.args));
    return { from: call.from, args, now, events, refusal };
  }

  #known(address: string): { readonly contract: Contract; readonly part: Part } {
    const found = this.#find(address);
    if (found === undefined) throw new Error(`nobody knows the contract at ${address}`);
    return found;
  }

  #find(address: string): { readonly contract: Contract; readonly part: Part } | undefined {
    if (!this.#contracts.has(address)) {
      for (const part of this.parts) {
        for (const contract of part.contracts()) this.#contracts.set(contract.address, { contract, part });
      }
    }
    return this.#contracts.get(address);
  }

  #eventsIn(logs: readonly Log[]): Told[] {
    return logs.flatMap(({ address, topics, data }) => {
      const known = this.#find(getAddress(address));
      if (known === undefined) return [];
      const event = known.contract.interface.parseLog({ topics: [...topics], data });
      return { emitter: known.contract.name, name: event?.name ?? "an unknown event", facts: event?.args };
    });
  }

  #compareEvents(call: Call, events: readonly Told[]): void {
    for (const part of this.parts) {
      const names = new Set(part.contracts().map(({ name }) => name));
      const onChain = listed(part.arranged(events.filter(({ emitter }) => names.has(emitter))));
      const inModel = listed(part.arranged(part.told()));
      if (!isSame(onChain, inModel)) throw new Difference(`events of ${inWords(call)}`, onChain, inModel);
    }
  }

  #refusalIn(data: string): Refusal {
    for (const abi of this.#interfaces()) {
      const error = abi.parseError(data);
      if (error !== null) return { name: ALIASES[error.name] ?? error.name, args: [...error.args] };
    }
    return { name: data === "0x" ? "reverted without a word" : data, args: [] };
  }

  *#interfaces(): Iterable<Interface> {
    for (const part of this.parts) for (const contract of part.contracts()) yield contract.interface;
  }

  /** Whether somebody is refused whom the token shuts out. */
  #isShutOut({ name, args: [account] }: Refusal): boolean {
    return name === "AccountBlacklisted" && this.#assets.some(({ shutOut }) => shutOut.has(String(account)));
  }

  #countRefusal(name: string): false {
    this.refused[name] = (this.refused[name] ?? 0) + 1;
    return false;
  }
}

/** What the model refuses with; `undefined` where it does not. */
function predictedBy(run: () => void): ModelError | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw error;
  }
}

function compareRefusals(call: Call, refusal: Refusal, { name, args }: ModelError): void {
  const saturated = args.map((arg) => (typeof arg === "bigint" ? min(arg, MaxUint256) : arg)); // as sums do
  const expected = [name, ...saturated];
  const actual = [refusal.name, ...refusal.args];
  if (!isSame(valuesOf(actual), valuesOf(expected))) throw new Difference(inWords(call), actual, expected);
}

function wordsOf({ name, args }: Refusal): unknown {
  return [name, ...args];
}

function listed(events: readonly Told[]): unknown[] {
  return events.map(({ emitter, name, facts }) => [emitter, name, valuesOf(facts)]);
}

/** The fields of a struct in the order of the contract's. */
function orderedAs(returned: unknown, expected: unknown): unknown {
  if (!(returned instanceof Result) || typeof expected !== "object" || expected === null) return expected;
  if (Array.isArray(expected)) return expected;
  const fields = new Map<string, unknown>(Object.entries(expected));
  const names = Object.keys(returned.toObject());
  return names.every((name) => fields.has(name)) ? names.map((name) => fields.get(name)) : expected;
}

/** Whether two values are alike all the way down. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((part, index) => isSame(part, b[index]));
  }
  return a === b;
}
