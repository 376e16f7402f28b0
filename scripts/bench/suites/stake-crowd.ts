import { fileURLToPath } from "node:url";
import { dataSlice, getAddress, id, MaxUint256, parseUnits } from "ethers";
import { CredenceError } from "../../../sdk/errors.ts";
import { Side } from "../../../sdk/market/side.ts";
import { type EpochRules, endsAt, epochOf, settleableAt, startsAt } from "../../../sdk/stake/schedule.ts";
import type { Belief } from "../../../sdk/stake/score.ts";
import { sealBelief } from "../../../sdk/stake/seal.ts";
import { groupByClaim, readAnswersFile } from "../../demo/csv.ts";
import { type Call, DAY, HOUR } from "../chain.ts";
import { claimOf, type Stage, USDC } from "./stage.ts";
import { openPool } from "./stake-stage.ts";

const ANSWERS_FILE = fileURLToPath(new URL("../../../data/crowd-states-mit.csv", import.meta.url));
/** A claim of the file whose 33 answers, again and again, make as many winners as losers. */
const ANSWERED_CLAIM = "New Orleans is the capital of Louisiana";
const BLOCK_SIZE = 100; // people

/** What somebody commits to in an epoch. */
export interface Opinion extends Belief {
  readonly salt: string;
}

/** Somebody with a position on the crowd's claim, under an account that nobody has the key of. */
export interface Member extends Opinion {
  readonly user: string;
  readonly side: Side;
  /** What the position cost, in asset units. */
  readonly amount: bigint;
}

/** What fixes a crowd. */
interface Setting {
  readonly claimId: string;
  readonly members: readonly Member[];
  readonly rules: EpochRules;
  readonly chainId: bigint;
  readonly truthSerum: string;
  readonly venue: string;
}

/** A claim with a pool, the people who trade it and speak on it, and the clock of its epochs. */
export class Crowd {
  readonly claimId: string;
  readonly members: readonly Member[];
  /** The first epoch that begins after everybody has bought. */
  readonly firstEpoch: bigint;
  readonly #stage: Stage;
  readonly #setting: Setting;

  private constructor(stage: Stage, setting: Setting) {
    this.#stage = stage;
    this.#setting = setting;
    this.claimId = setting.claimId;
    this.members = setting.members;
    this.firstEpoch = epochOf(setting.rules, stage.startsAt) + 1n;
  }

  /**
   * Opens a pool at the stage's start, in which `size` people buy a position each, of their answer's side. Answers and
   * amounts are those of the first `variety` people, again and again.
   */
  static async gather(stage: Stage, words: string, size: number, variety = size): Promise<Crowd> {
    const { truthSerum, convictionMarket, connection } = stage;
    await openPool(stage, words, stage.startsAt);
    const { chainId } = await connection.ethers.provider.getNetwork();
    const crowd = new Crowd(stage, {
      claimId: claimOf(words),
      members: await readMembers(size, variety),
      rules: {
        startedAt: await truthSerum.startedAt(),
        epochLength: await truthSerum.epochLength(),
        revealWindow: await truthSerum.revealWindow(),
      },
      chainId,
      truthSerum: await truthSerum.getAddress(),
      venue: await convictionMarket.getAddress(),
    });
    await crowd.#buyFirstPositions();
    return crowd;
  }

  /** A day after the epoch began. */
  committingAt(epoch: bigint): bigint {
    return startsAt(this.#setting.rules, epoch) + DAY;
  }

  /** An hour after the epoch's end. */
  revealingAt(epoch: bigint): bigint {
    return endsAt(this.#setting.rules, epoch) + HOUR;
  }

  /** An hour after the last moment for opening: all of the crowd's commits to the next epoch are made by then. */
  settlingAt(epoch: bigint): bigint {
    return settleableAt(this.#setting.rules, epoch) + HOUR;
  }

  /** What `user` commits in an epoch to say this. */
  seal(epoch: bigint, user: string, { belief, meta, salt }: Opinion): string {
    const { chainId, truthSerum, claimId } = this.#setting;
    return sealBelief({ chainId, truthSerum, claimId, epoch, user, belief, meta, salt });
  }

  /** These people commit to an epoch, in their order. Throws unless all of them then have a voice in it. */
  async commit(epoch: bigint, members = this.members): Promise<void> {
    const { truthSerum: to } = this.#setting;
    const { interface: abi } = this.#stage.truthSerum;
    const before = await this.#count("joined", epoch);
    await this.#sendInBlocks(this.committingAt(epoch), members, (member) => {
      const sealed = this.seal(epoch, member.user, member);
      return [{ from: member.user, to, data: abi.encodeFunctionData("commitBelief", [this.claimId, sealed]) }];
    });
    await this.#expectCount("joined", epoch, before + members.length);
  }

  /** These people open what they said in an epoch. Throws unless all of it is then open. */
  async reveal(epoch: bigint, members = this.members): Promise<void> {
    const { truthSerum: to } = this.#setting;
    const { interface: abi } = this.#stage.truthSerum;
    const before = await this.#count("opened", epoch);
    await this.#sendInBlocks(this.revealingAt(epoch), members, ({ user, belief, meta, salt }) => {
      const data = abi.encodeFunctionData("revealBelief", [user, this.claimId, epoch, belief, meta, salt]);
      return [{ from: user, to, data }];
    });
    await this.#expectCount("opened", epoch, before + members.length);
  }

  /** Everybody buys the tenth of their position from second `at` on, which lowers their locks to a tenth. */
  async lowerLocks(at: bigint): Promise<void> {
    await this.#sendInBlocks(at, this.members, (member) => [this.#purchase(member, member.amount / 10n)]);
  }

  async #buyFirstPositions(): Promise<void> {
    const { connection, usdc, startsAt: start } = this.#stage;
    const { venue } = this.#setting;
    const to = await usdc.getAddress();
    for (const { user } of this.members) {
      await connection.provider.request({ method: "hardhat_impersonateAccount", params: [user] });
    }
    await this.#sendInBlocks(start + 2n * HOUR, this.members, (member) => [
      { from: member.user, to, data: usdc.interface.encodeFunctionData("mint", [member.user, 2n * member.amount]) },
      { from: member.user, to, data: usdc.interface.encodeFunctionData("approve", [venue, MaxUint256]) },
      this.#purchase(member, member.amount),
    ]);
  }

  #purchase({ user: from, side }: Member, amount: bigint): Call {
    const { interface: abi } = this.#stage.convictionMarket;
    const data = abi.encodeFunctionData("buy", [this.claimId, side, amount, 0n]);
    return { from, to: this.#setting.venue, data };
  }

  async #sendInBlocks(at: bigint, members: readonly Member[], callsOf: (member: Member) => Call[]): Promise<void> {
    for (let i = 0; i < members.length; i += BLOCK_SIZE) {
      await this.#stage.sendBlock(at + BigInt(i), members.slice(i, i + BLOCK_SIZE).flatMap(callsOf));
    }
  }

  async #count(what: "joined" | "opened", epoch: bigint): Promise<number> {
    return Number((await this.#stage.truthSerum.epochState(this.claimId, epoch))[what]);
  }

  async #expectCount(what: "joined" | "opened", epoch: bigint, expected: number): Promise<void> {
    const actual = await this.#count(what, epoch);
    if (actual !== expected) throw new CredenceError("the crowd did not speak as told", { what, expected, actual });
  }
}

/** Those who answer the claim of the file, again and again. */
async function readMembers(size: number, variety: number): Promise<Member[]> {
  const answers = groupByClaim(await readAnswersFile(ANSWERS_FILE)).get(ANSWERED_CLAIM) ?? [];
  const toWad = (fraction: number) => parseUnits(fraction.toFixed(2), 18); // answers are whole percents
  return Array.from({ length: size }, (_, i) => {
    const kind = i % variety;
    const answer = answers[kind % answers.length];
    if (answer === undefined) throw new CredenceError("nobody answered the claim", { claim: ANSWERED_CLAIM });
    return {
      user: getAddress(dataSlice(id(`credence benchmark: person ${i}`), 12)),
      side: answer.own ? Side.Support : Side.Oppose,
      amount: BigInt(100 + ((37 * kind) % 900)) * USDC,
      belief: toWad(answer.own ? answer.confidence : 1 - answer.confidence),
      meta: toWad(answer.meta),
      salt: id(`credence benchmark: salt ${i}`),
    };
  });
}
