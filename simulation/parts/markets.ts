import { ZeroHash } from "ethers";
import { marketAddress } from "../../sdk/market/address.ts";
import { MarketModel } from "../../sdk/market/model.ts";
import { type MarketParams, validateParams } from "../../sdk/market/params.ts";
import { quoteCommit } from "../../sdk/market/quote.ts";
import { Side } from "../../sdk/market/side.ts";
import { ModelError } from "../../sdk/model-error.ts";
import { BeliefMarket__factory } from "../../typechain-types/index.ts";
import type { Call, Contract, Figure, Told } from "../contract.ts";
import { Difference } from "../difference.ts";
import type { AssetPart } from "./assets.ts";
import { byKind, type Done, type OnModel, Part, requireRole } from "./part.ts";

const SIDES = [Side.Support, Side.Oppose];

/** A market, and the model that it is compared with. */
export interface Market {
  readonly contract: Contract;
  readonly claimId: string;
  readonly model: MarketModel;
  /** Fees and penalties that were paid in so far, in asset units. */
  fees: bigint;
}

/** What the belief markets on an asset begin with. */
export interface MarketsSetup {
  readonly asset: AssetPart;
  readonly factory: Contract;
  readonly implementation: string;
  readonly defaults: MarketParams;
  readonly guardian: string;
  /** Who may change the default rules. */
  readonly admin: string;
}

/** The belief markets of a factory. */
export class MarketsPart extends Part {
  readonly setup: MarketsSetup;
  readonly byClaim = new Map<string, Market>();
  /** Told of each claim that gets a market. */
  readonly onClaim: ((claimId: string) => void)[] = [];
  readonly #byAddress = new Map<string, Market>();
  readonly #told: Told[] = [];
  #defaults: MarketParams;
  #isPaused = false;

  constructor(setup: MarketsSetup) {
    super();
    this.setup = setup;
    this.#defaults = setup.defaults;
  }

  protected readonly methods: Readonly<Record<string, OnModel>> = {
    "factory.createMarket": (done) => this.#create(done, this.#defaults, false),
    "factory.createMarketWithParams": (done) => this.#create(done, done.args.params.toObject(), true),
    "factory.setDefaultParams": ({ from, args: [rules] }) => {
      requireRole(this.setup.admin, from);
      const params: MarketParams = rules.toObject();
      validateParams(params);
      this.#defaults = params;
      this.#tell(this.setup.factory, "DefaultParamsSet", { params });
    },
    "factory.pauseCreation": ({ from }) => this.#pause(from, true),
    "factory.unpauseCreation": ({ from }) => this.#pause(from, false),
  };

  override run({ on, method }: Pick<Call, "on" | "method">, done: Done): void {
    const market = this.#byAddress.get(on.address);
    if (market === undefined) super.run({ on, method }, done);
    else this.#act(market, method, done);
  }

  /** The rules of markets that are created without others. */
  get defaults(): MarketParams {
    return this.#defaults;
  }

  contracts(): Contract[] {
    return [this.setup.factory, ...[...this.byClaim.values()].map(({ contract }) => contract)];
  }

  told(): Told[] {
    return this.#told.splice(0);
  }

  override arranged(events: readonly Told[]): Told[] {
    return byKind(events);
  }

  /** Every unit that a market holds is principal or reward. */
  check(now: bigint): void {
    for (const { contract, model } of this.byClaim.values()) this.#checkOne(contract, model, now);
  }

  totals(now: bigint, call: Call | undefined): Figure[] {
    const touched = call === undefined ? undefined : this.#byAddress.get(call.on.address);
    return touched === undefined ? [] : this.#figures(touched, now);
  }

  everything(now: bigint): Figure[] {
    const { factory, asset } = this.setup;
    const markets = [...this.byClaim.values()];
    return [
      { on: factory, method: "marketCount", args: [], expected: BigInt(markets.length) },
      { on: factory, method: "isCreationPaused", args: [], expected: this.#isPaused },
      { on: factory, method: "defaultParams", args: [], expected: this.#defaults },
      ...markets.flatMap((market) => [
        ...this.#figures(market, now),
        ...this.#positions(market),
        asset.balance(market.contract.address),
      ]),
    ];
  }

  /** Ids of the open positions of a market, of one owner where that is given. */
  openPositions({ model }: Market, owner?: string): bigint[] {
    const ids = Array.from({ length: Number(model.positionCount) }, (_, index) => BigInt(index) + 1n);
    return ids.filter((id) => {
      const found = this.ownerOf(model, id);
      return found !== undefined && (owner === undefined || found === owner);
    });
  }

  /** Who owns a position; `undefined` where it is closed or was never opened. */
  ownerOf(model: MarketModel, positionId: bigint): string | undefined {
    try {
      return model.position(positionId).owner;
    } catch (error) {
      if (error instanceof ModelError) return undefined;
      throw error;
    }
  }

  /* CREATE */

  #create({ from, args, now }: Done, params: MarketParams, isCustom: boolean): void {
    const { factory, implementation, asset } = this.setup;
    const { claimId, initialCommitment } = args;
    if (this.#isPaused) throw new ModelError("CreationIsPaused", {});
    if (claimId === ZeroHash) throw new ModelError("ClaimIdZero", {});
    const existing = this.byClaim.get(claimId);
    if (existing !== undefined) {
      throw new ModelError("MarketAlreadyExists", { claimId, market: existing.contract.address });
    }
    const model = new MarketModel(params, now, from);
    const identity = { factory: factory.address, implementation, claimId, author: from, createdAt: now, params };
    const address = marketAddress(identity);
    const name = factory.name.replace("factory", `market ${this.byClaim.size + 1}`);
    const contract = { name, kind: "market", address, interface: BeliefMarket__factory.createInterface() };
    const committed = initialCommitment === 0n ? undefined : model.commitAuthor(initialCommitment, now);
    asset.book.transfer(from, address, initialCommitment);

    const market = { contract, claimId, model, fees: committed?.fee ?? 0n };
    this.byClaim.set(claimId, market);
    this.#byAddress.set(address, market);
    asset.keepApart(contract);
    for (const tell of this.onClaim) tell(claimId);
    if (isCustom) this.#tell(factory, "CustomParamsSet", { market: address, params });
    this.#tell(factory, "MarketCreated", { claimId, market: address, author: from });
    if (committed === undefined) return;
    const { positionId, principal, fee, shared } = committed;
    if (shared !== null) this.#tell(contract, "RewardsDistributed", { amount: shared.amount });
    this.#tell(contract, "Committed", { positionId, owner: from, side: Side.Support, principal, fee });
  }

  #pause(account: string, isPaused: boolean): void {
    requireRole(this.setup.guardian, account);
    if (this.#isPaused === isPaused) throw new ModelError(isPaused ? "CreationIsPaused" : "CreationIsNotPaused", {});
    this.#isPaused = isPaused;
    this.#tell(this.setup.factory, isPaused ? "CreationPaused" : "CreationUnpaused", { account });
  }

  /* IN A MARKET */

  #act(market: Market, method: string, { from, args, now }: Done): void {
    const { contract, model } = market;
    const { book } = this.setup.asset;
    const owner = from;
    const tellShared = (shared: { readonly amount: bigint } | null) => {
      if (shared !== null) this.#tell(contract, "RewardsDistributed", { amount: shared.amount });
    };
    const positionId: bigint = args.positionId;
    switch (method) {
      case "commit":
        this.#commit(market, { from, args, now });
        return;
      case "claimRewards": {
        const { reward, excess } = model.claimRewards(from, positionId, now);
        book.transfer(contract.address, from, reward);
        this.#tell(contract, "RewardsClaimed", { positionId, owner, reward, excess });
        return;
      }
      case "withdraw": {
        const { principal, reward, excess } = model.withdraw(from, positionId, now);
        book.transfer(contract.address, from, principal + reward);
        this.#tell(contract, "Withdrawn", { positionId, owner, principal, reward, excess });
        return;
      }
      case "exitEarly": {
        const { returned, penalty, forfeited, shared } = model.exitEarly(from, positionId, now);
        book.transfer(contract.address, from, returned);
        market.fees += penalty;
        tellShared(shared);
        this.#tell(contract, "ExitedEarly", { positionId, owner, returned, penalty, forfeited });
        return;
      }
      case "distribute":
        tellShared(model.distribute(now).shared);
        return;
      case "releaseExcess": {
        const { amount } = model.releaseExcess(positionId, now);
        if (amount > 0n) this.#tell(contract, "ExcessReleased", { positionId, amount });
        return;
      }
      default:
        throw new Error(`nobody knows what ${contract.name}.${method} does`);
    }
  }

  #commit(market: Market, { from, args, now }: Pick<Done, "from" | "args" | "now">): void {
    const { contract, model } = market;
    const { side: sideIndex, amount, maxFeeBps } = args;
    const side = Number(sideIndex) as Side;
    this.#checkFunds(market, from, amount, maxFeeBps, now);
    const { positionId, principal, fee, shared } = model.commit(from, side, amount, maxFeeBps, now);
    this.setup.asset.book.transfer(from, contract.address, amount);
    market.fees += fee;
    if (shared !== null) this.#tell(contract, "RewardsDistributed", { amount: shared.amount });
    this.#tell(contract, "Committed", { positionId, owner: from, side, principal, fee });
  }

  /** Whoever cannot pay is told so after all that the market itself refuses. */
  #checkFunds({ model }: Market, from: string, amount: bigint, maxFeeBps: bigint, now: bigint): void {
    const { book } = this.setup.asset;
    if (book.balanceOf(from) >= amount) return;
    const { minStake, maxStake } = model.params;
    if (amount < minStake || amount > maxStake) return;
    if (quoteCommit({ params: model.params, state: model.state(now), amount }).feeBps > maxFeeBps) return;
    book.transfer(from, this.setup.factory.address, amount); // throws
  }

  #checkOne(contract: Contract, model: MarketModel, now: bigint): void {
    const { supportPrincipal, opposePrincipal, srp } = model.state(now);
    const held = this.setup.asset.book.balanceOf(contract.address);
    const owed = supportPrincipal + opposePrincipal + srp;
    if (held !== owed) throw new Difference(`${contract.name}: what it holds is principal and rewards`, held, owed);
  }

  #figures({ contract, model }: Market, now: bigint): Figure[] {
    const on = contract;
    return [
      { on, method: "state", args: [], expected: model.state(now) },
      { on, method: "belief", args: [], expected: model.belief(now) },
      { on, method: "entryFeeBps", args: [], expected: model.entryFeeBps() },
      ...SIDES.map((side) => ({ on, method: "weight", args: [side], expected: model.weight(side, now) })),
    ];
  }

  #positions(market: Market): Figure[] {
    const { contract: on, model } = market;
    return this.openPositions(market).flatMap((id) => [
      { on, method: "position", args: [id], expected: model.position(id) },
      { on, method: "pendingRewards", args: [id], expected: model.pendingRewards(id) },
    ]);
  }

  #tell({ name: emitter }: Contract, name: string, facts: unknown): void {
    this.#told.push({ emitter, name, facts });
  }
}
