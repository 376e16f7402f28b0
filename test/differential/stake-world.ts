import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { type ContractTransactionReceipt, id, MaxUint256 } from "ethers";
import type { Emitter } from "../../sdk/stake/events.ts";
import { StakeModel } from "../../sdk/stake/model.ts";
import { createMarket, type DollarProtocol } from "../fixtures/protocol.ts";
import { type Arguments, type Told, World } from "./world.ts";

/** Claims of a history; the last one has no market, and so no pool. */
export const CLAIMS = [id("the first claim"), id("the second claim"), id("a claim that nobody made")] as const;

/** The contracts of the stake system and their model, and the people who use them. */
export class StakeWorld extends World<StakeModel, Emitter> {
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
    const contracts = { vault: stakeVault, venue: convictionMarket, serum: truthSerum };
    // later than the blocks so far, and the same for every run
    const startsAt = model.setup.startedAt + 1_000n;
    return new StakeWorld({ protocol, contracts, token: usdc, model, people, startsAt });
  }

  /**
   * Sends a transaction, then does the same on the model.
   *
   * @param onModel Receives the receipt's scores by user.
   */
  async act(
    caller: HardhatEthersSigner,
    on: Emitter,
    method: string,
    args: Arguments,
    onModel: (scores: ReadonlyMap<string, bigint>) => unknown,
  ): Promise<void> {
    await this.actOn(on, caller, method, args, (receipt) => onModel(this.#scoresIn(receipt)));
  }

  /** Compares a view with the model. */
  read(on: Emitter, method: string, args: Arguments, onModel: () => unknown): Promise<void> {
    return this.readFrom(on, method, args, onModel);
  }

  protected toldByModel(): Told[] {
    return this.model.events.take();
  }

  /** Events of each kind in their order; how those of different kinds follow one another is not compared. */
  protected override arranged(events: readonly Told[]): Told[] {
    const kindOf = ({ emitter, name }: Told) => `${emitter} ${name}`;
    return events
      .filter(({ name }) => !UNMODELLED.has(name))
      .toSorted((a, b) => (kindOf(a) === kindOf(b) ? 0 : kindOf(a) < kindOf(b) ? -1 : 1));
  }

  #scoresIn(receipt: ContractTransactionReceipt | null): Map<string, bigint> {
    const { truthSerum } = this.protocol;
    const logs = receipt?.logs.map((log) => truthSerum.interface.parseLog(log)) ?? [];
    return new Map(logs.flatMap((log) => (log?.name === "BeliefScored" ? [[log.args.user, log.args.score]] : [])));
  }
}

/** Events of OpenZeppelin's bases. */
const UNMODELLED = new Set(["Paused", "Unpaused"]);
