import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { id, MaxUint256 } from "ethers";
import { ArgumentModel } from "../../sdk/argument/model.ts";
import type { ArgumentParams } from "../../sdk/argument/params.ts";
import type { ModelError } from "../../sdk/model-error.ts";
import { Role } from "../../sdk/roles.ts";
import { createMarket, type DollarProtocol, nextAt, now } from "../fixtures/protocol.ts";
import { type Arguments, type Told, World } from "./world.ts";

/** Claims of a history; the last one has no market. */
export const CLAIMS = [id("one claim"), id("two claims"), id("three claims"), id("a claim that nobody made")] as const;

const PEOPLE = 8;
const FIRST_ACCOUNT = 2;

/** Argument staking and its model, and the people who use them: the first is a curator by role, the second a slasher. */
export class ArgumentWorld extends World<ArgumentModel, "argumentStaking"> {
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
    const startsAt = (await now()) + 1_000n;
    const contracts = { argumentStaking };
    const world = new ArgumentWorld({ protocol, contracts, token: act, model, people, startsAt });
    for (const [index, person] of people.entries()) await world.mint(person, wealth[index] ?? 0n);
    return world;
  }

  /** Sends a transaction, then does the same on the model. Returns whether it was done. */
  act(caller: HardhatEthersSigner, method: string, args: Arguments, onModel: () => unknown): Promise<boolean> {
    return this.actOn("argumentStaking", caller, method, args, onModel);
  }

  /** Creates tokens, on the chain and in the model. */
  async mint(to: HardhatEthersSigner, amount: bigint): Promise<void> {
    await nextAt(this.now);
    await this.protocol.act.mint(to, amount);
    this.model.token.mint(to.address, amount);
  }

  /** Moves tokens, on the chain and in the model, to another person or unasked to the contract. */
  async transfer(from: HardhatEthersSigner, to: string, amount: bigint): Promise<void> {
    await nextAt(this.now);
    await this.protocol.act.connect(from).transfer(to, amount);
    if (to === this.model.address) this.model.donate(from.address, amount);
    else this.model.token.transfer(from.address, to, amount);
  }

  /** Compares a view with the model. */
  read(method: string, args: Arguments, onModel: () => unknown): Promise<void> {
    return this.readFrom("argumentStaking", method, args, onModel);
  }

  /** Compares a balance of the token. */
  async readBalance(address: string): Promise<void> {
    const expected = this.model.token.balanceOf(address);
    expect(await this.protocol.act.balanceOf(address), `balance of ${address}`).to.equal(expected);
  }

  protected toldByModel(): Told[] {
    return this.model.events.take().map((event) => ({ emitter: "argumentStaking", ...event }));
  }

  protected override noteRefusal(refusal: ModelError, method: string): void {
    super.noteRefusal(refusal, method);
    if (refusal.facts.nextEndsAt === 0n) this.count("ended early and left");
  }
}
