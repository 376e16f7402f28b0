import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { MaxUint256 } from "ethers";
import { type CouncilEmitter, emitterOf } from "../../sdk/council/events.ts";
import { CouncilModel } from "../../sdk/council/model.ts";
import { FIRST_SUPPLY } from "../../sdk/council/params.ts";
import type { RewardParams, StakingParams } from "../../sdk/council/rules.ts";
import {
  type CouncilStaking,
  CouncilStaking__factory,
  type CouncilToken,
  CouncilToken__factory,
  type RewardsDistributor,
  RewardsDistributor__factory,
} from "../../typechain-types/index.ts";
import { TOKEN_RULES } from "../fixtures/council.ts";
import { type DollarProtocol, nextAt, now } from "../fixtures/protocol.ts";
import { type Arguments, type Surroundings, type Told, World } from "./world.ts";

/** Rules of a council; they are fixed when it is deployed. */
export interface CouncilRules {
  readonly staking: StakingParams;
  readonly rewards: RewardParams;
  readonly maxInflationBps: bigint;
}

interface Contracts extends Record<CouncilEmitter, CouncilToken | CouncilStaking | RewardsDistributor> {
  readonly token: CouncilToken;
  readonly staking: CouncilStaking;
  readonly distributor: RewardsDistributor;
}

const PEOPLE = 6;
const FIRST_ACCOUNT = 2;

/** Token, staking and rewards and their model, and the people who use them. */
export class CouncilWorld extends World<CouncilModel, CouncilEmitter> {
  private constructor(surroundings: Surroundings<CouncilModel, CouncilEmitter>) {
    super(surroundings);
  }

  /**
   * A council of its own, because its rules are fixed when it is deployed, and six people.
   *
   * @param wealth What each of them gets, in token units.
   */
  static async begin(protocol: DollarProtocol, rules: CouncilRules, wealth: readonly bigint[]): Promise<CouncilWorld> {
    const { deployer } = protocol;
    const people = (await protocol.ethers.getSigners()).slice(FIRST_ACCOUNT, FIRST_ACCOUNT + PEOPLE);
    const { token, staking, distributor } = await deploy(protocol, rules);
    const model = new CouncilModel({
      ...rules,
      deployedAt: await token.deployedAt(),
      addresses: { staking: await staking.getAddress(), distributor: await distributor.getAddress() },
    });
    model.token.allocate(deployer.address, FIRST_SUPPLY);
    for (const [index, person] of people.entries()) {
      await token.connect(deployer).transfer(person, wealth[index] ?? 0n);
      model.token.book.transfer(deployer.address, person.address, wealth[index] ?? 0n);
      for (const spender of [staking, distributor]) await token.connect(person).approve(spender, MaxUint256);
    }
    const startsAt = (await now()) + 1_000n;
    const contracts: Contracts = { token, staking, distributor };
    return new CouncilWorld({ protocol, contracts, token, model, people, startsAt });
  }

  /** Sends a transaction, then does the same on the model. Returns whether it was done. */
  act(
    caller: HardhatEthersSigner,
    on: CouncilEmitter,
    method: string,
    args: Arguments,
    onModel: () => unknown,
  ): Promise<boolean> {
    return this.actOn(on, caller, method, args, onModel);
  }

  /** Moves tokens, on the chain and in the model, unasked to the distributor. */
  async donate(from: HardhatEthersSigner, amount: bigint): Promise<void> {
    await nextAt(this.now);
    const { distributor } = this.model.setup.addresses;
    await this.contracts.token.connect(from).getFunction("transfer")(distributor, amount);
    this.model.token.book.transfer(from.address, distributor, amount);
  }

  /** Compares a view with the model. */
  read(on: CouncilEmitter, method: string, args: Arguments, onModel: () => unknown): Promise<void> {
    return this.readFrom(on, method, args, onModel);
  }

  /** Compares a balance of the token. */
  async readBalance(address: string): Promise<void> {
    const expected = this.model.token.book.balanceOf(address);
    expect(await this.contracts.token.getFunction("balanceOf")(address), `balance of ${address}`).to.equal(expected);
  }

  protected toldByModel(): Told[] {
    return this.model.events.take().map((event) => ({ emitter: emitterOf(event.name), ...event }));
  }

  /** Transfers and allowances are compared as balances. */
  protected override arranged(events: readonly Told[]): readonly Told[] {
    return events.filter(({ name }) => !COMPARED_AS_BALANCES.has(name));
  }
}

const COMPARED_AS_BALANCES = new Set(["Transfer", "Approval"]);

async function deploy({ authority, deployer }: DollarProtocol, rules: CouncilRules): Promise<Contracts> {
  const { staking, rewards, maxInflationBps } = rules;
  const everything = {
    community: deployer,
    team: deployer,
    treasury: deployer,
    liquidity: deployer,
    partners: deployer,
  };
  const token = await new CouncilToken__factory(deployer).deploy(
    everything,
    { ...TOKEN_RULES, maxInflationBps },
    authority,
  );
  const distributor = await new RewardsDistributor__factory(deployer).deploy(token, rewards, authority);
  const council = await new CouncilStaking__factory(deployer).deploy(token, distributor, staking, authority);
  await distributor.connect(deployer).bind(council);
  return { token, staking: council, distributor };
}
