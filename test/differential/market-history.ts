import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { ContractTransactionReceipt, ContractTransactionResponse, Result } from "ethers";
import { MarketModel } from "../../sdk/market/model.ts";
import type { MarketParams } from "../../sdk/market/params.ts";
import { Side } from "../../sdk/market/side.ts";
import { ModelError } from "../../sdk/model-error.ts";
import type { BeliefMarket } from "../../typechain-types/index.ts";
import type { DollarProtocol } from "../fixtures/protocol.ts";
import { createMarket, nextAt, now, sharedChain } from "../fixtures/protocol.ts";
import { anyMagnitude, pick, type Random } from "../fixtures/random.ts";
import { expectRefusal } from "./compare.ts";

/** What the contract's events say of one call, by event name; `RewardsDistributed` may come with another. */
type Told = Record<string, Record<string, bigint | string>>;

/** A contract and its model, driven through the same history. */
export class MarketHistory {
  readonly #protocol: DollarProtocol;
  readonly #market: BeliefMarket;
  readonly #model: MarketModel;
  readonly #people: readonly HardhatEthersSigner[];
  readonly #random: Random;
  #now: bigint;
  /** How often each action succeeded and each error was met, to show that a history is not one-sided. */
  readonly done: Record<string, number> = {};

  private constructor(
    protocol: DollarProtocol,
    market: BeliefMarket,
    model: MarketModel,
    people: readonly HardhatEthersSigner[],
    random: Random,
  ) {
    this.#protocol = protocol;
    this.#market = market;
    this.#model = model;
    this.#people = people;
    this.#random = random;
    this.#now = model.createdAt;
  }

  /** Creates a market under `params` with an author's commitment in one of two cases. */
  static async begin(protocol: DollarProtocol, params: MarketParams, random: Random): Promise<MarketHistory> {
    const { author, supporter, challenger, latecomer, usdc, beliefFactory } = protocol;
    const people = [author, supporter, challenger, latecomer];
    for (const person of people) {
      await usdc.mint(person, 2n ** 110n);
      await usdc.connect(person).approve(beliefFactory, 2n ** 256n - 1n);
    }
    const commitment = random(0n, 1n) === 0n ? 0n : anyMagnitude(random, params.minStake, params.maxStake);
    const market = await createMarket(protocol, { commitment, rules: params });
    for (const person of people) await usdc.connect(person).approve(market, 2n ** 256n - 1n);

    const createdAt = await market.createdAt();
    const model = new MarketModel(params, createdAt, author.address);
    if (commitment > 0n) model.commitAuthor(commitment, createdAt);
    const history = new MarketHistory(protocol, market, model, people, random);
    history.#now = await now();
    return history;
  }

  /** One random action at a random time, on both; then every figure is compared. */
  async step(): Promise<void> {
    const random = this.#random;
    // A quarter of the steps share a second with the one before; the others lie up to two lock periods later.
    const pause = random(0n, 3n) === 0n ? 0n : anyMagnitude(random, 1n, 2n * this.#model.params.lockPeriod);
    this.#now += pause;

    const person = pick(random, this.#people);
    const action = Number(random(0n, 10n));
    if (action < 4) await this.#commit(person);
    else if (action < 5) await this.#distribute();
    else if (action > 9) await this.#releaseExcess(person);
    else await this.#move(["claimRewards", "withdraw", "exitEarly"][action % 3] as Move, person);

    await this.#compare();
  }

  /** Everybody leaves once every lock is over; the contract must hold the reward pool and nothing else. */
  async end(): Promise<void> {
    this.#now += this.#model.params.lockPeriod;
    for (let id = 1n; id <= this.#model.positionCount; id++) {
      const owner = this.#ownerOf(id);
      if (owner !== undefined)
        await this.#act(
          "withdraw",
          owner,
          () => this.#model.withdraw(owner.address, id, this.#now),
          (m) => m.withdraw(id),
        );
    }
    await this.#compare();
    const { supportPrincipal, opposePrincipal, srp, undistributed } = this.#model.state(this.#now);
    expect([supportPrincipal, opposePrincipal, srp - undistributed]).to.deep.equal([0n, 0n, 0n]);
  }

  async #commit(person: HardhatEthersSigner): Promise<void> {
    const random = this.#random;
    const { minStake, maxStake } = this.#model.params;
    const isAstray = random(0n, 9n) === 0n;
    const amount = isAstray ? random(0n, 1n) * (maxStake + 1n) : anyMagnitude(random, minStake, maxStake);
    const side = random(0n, 1n) === 0n ? Side.Support : Side.Oppose;
    const maxFeeBps = random(0n, 9n) === 0n ? random(0n, 1_000n) : 1_000n;
    await this.#act(
      "commit",
      person,
      () => this.#model.commit(person.address, side, amount, maxFeeBps, this.#now),
      (market) => market.commit(side, amount, maxFeeBps),
    );
  }

  async #distribute(): Promise<void> {
    await this.#act(
      "distribute",
      pick(this.#random, this.#people),
      () => this.#model.distribute(this.#now),
      (market) => market.distribute(),
    );
  }

  async #releaseExcess(person: HardhatEthersSigner): Promise<void> {
    const id = this.#random(0n, this.#model.positionCount + 1n);
    await this.#act(
      "releaseExcess",
      person,
      () => ({ released: this.#model.releaseExcess(id, this.#now).amount }),
      (market) => market.releaseExcess(id),
    );
  }

  async #move(move: Move, person: HardhatEthersSigner): Promise<void> {
    const random = this.#random;
    const id = random(0n, this.#model.positionCount + 1n);
    const isOwn = random(0n, 9n) > 0n;
    const caller = (isOwn ? this.#ownerOf(id) : undefined) ?? person;
    await this.#act(
      move,
      caller,
      () => this.#model[move](caller.address, id, this.#now),
      (market) => market[move](id),
    );
  }

  /** Runs one action on the model, then on the contract, which must refuse with the same error or tell the same. */
  async #act(
    name: string,
    caller: HardhatEthersSigner,
    onModel: () => object,
    onMarket: (market: BeliefMarket) => Promise<ContractTransactionResponse>,
  ): Promise<void> {
    await nextAt(this.#now);
    const market = this.#market.connect(caller);
    const balanceBefore = await this.#protocol.usdc.balanceOf(caller);

    let result: Outcome;
    try {
      result = onModel();
    } catch (error) {
      const refusal = await expectRefusal(onMarket(market), [this.#market], name, error);
      this.#count(`${name} refused`);
      this.#count(refusal.name);
      return;
    }

    const receipt = await (await onMarket(market)).wait();
    if (receipt === null) throw new Error("the transaction was not mined");
    this.#count(name);
    if ((result.released ?? 0n) > 0n) this.#count("released something");
    const told = this.#toldBy(receipt);
    expect(told.RewardsDistributed?.amount ?? 0n, `${name}: shared`).to.equal(result.shared?.amount ?? 0n);
    expect(told.ExcessReleased?.amount ?? 0n, `${name}: released`).to.equal(result.released ?? 0n);
    const event = told[EVENTS[name as keyof typeof EVENTS]] ?? {};
    for (const [field, value] of Object.entries(event)) {
      if (field in result) expect(value, `${name}: ${field}`).to.equal(result[field as keyof Outcome]);
    }
    const balanceAfter = await this.#protocol.usdc.balanceOf(caller);
    expect(balanceAfter - balanceBefore, `${name}: paid`).to.equal(paidTo(result));
  }

  /** Compares the whole market, every open position, and the tokens held. */
  async #compare(): Promise<void> {
    const { networkHelpers } = await sharedChain();
    await nextAt(this.#now);
    await networkHelpers.mine();
    const [market, model, now] = [this.#market, this.#model, this.#now];
    const expected = model.state(now);

    expect(fieldsOf(await market.state()), "state").to.deep.equal({ ...expected });
    expect(await market.belief(), "belief").to.equal(model.belief(now));
    expect(await market.weight(Side.Support), "support weight").to.equal(expected.supportWeight);
    expect(await market.weight(Side.Oppose), "oppose weight").to.equal(expected.opposeWeight);
    expect(await market.entryFeeBps(), "entry fee").to.equal(model.entryFeeBps());
    for (let id = 1n; id <= model.positionCount; id++) {
      if (this.#ownerOf(id) === undefined) continue;
      expect(fieldsOf(await market.position(id)), `position ${id}`).to.deep.equal({
        ...model.position(id),
        side: BigInt(model.position(id).side),
      });
      expect(await market.pendingRewards(id), `pending ${id}`).to.equal(model.pendingRewards(id));
    }
    const held = await this.#protocol.usdc.balanceOf(market);
    expect(held, "conservation").to.equal(expected.supportPrincipal + expected.opposePrincipal + expected.srp);
  }

  #ownerOf(id: bigint): HardhatEthersSigner | undefined {
    try {
      const { owner } = this.#model.position(id);
      return this.#people.find(({ address }) => address === owner);
    } catch (error) {
      if (error instanceof ModelError) return undefined;
      throw error;
    }
  }

  #toldBy(receipt: ContractTransactionReceipt): Told {
    const told: Told = {};
    for (const log of receipt.logs) {
      const parsed = this.#market.interface.parseLog(log);
      if (parsed !== null) told[parsed.name] = fieldsOf(parsed.args) as Told[string];
    }
    return told;
  }

  #count(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1;
  }
}

type Move = "claimRewards" | "withdraw" | "exitEarly";

/** The fields that results of the model may have, by the names of the contract's events. */
interface Outcome {
  readonly fee?: bigint;
  readonly principal?: bigint;
  readonly reward?: bigint;
  readonly returned?: bigint;
  readonly released?: bigint;
  readonly shared?: { readonly amount: bigint } | null;
}

const EVENTS = {
  commit: "Committed",
  claimRewards: "RewardsClaimed",
  withdraw: "Withdrawn",
  exitEarly: "ExitedEarly",
} as const;

/** What a call moves to its caller: a commitment costs principal and fee, the others pay. */
function paidTo(result: Outcome): bigint {
  if (result.fee !== undefined) return -(result.principal ?? 0n) - result.fee;
  return (result.principal ?? 0n) + (result.reward ?? 0n) + (result.returned ?? 0n);
}

/** A struct that ethers decoded, as a plain object. */
function fieldsOf(struct: unknown): object {
  return (struct as Result).toObject();
}
