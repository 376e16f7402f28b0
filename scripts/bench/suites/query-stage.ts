import { type AddressLike, id, MaxUint256 } from "ethers";
import type { Timing } from "../../../sdk/query/timing.ts";
import { Role } from "../../../sdk/roles.ts";
import { HOUR } from "../chain.ts";
import { endowPeople } from "./people.ts";
import { openStage, type Stage, USDC } from "./stage.ts";

/** The most answers, and the most judges, of a query. */
export const MOST = 32;

/** The least answers that stakes can be computed from. */
export const LEAST = 7;

/** What everybody has, in asset units: far above what they stake. */
const MINTED = 1_000_000n * USDC;

/** Where questions and answers are: as long as the content ids of IPFS. */
export const URI = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";

/** Hash of every question and answer. */
export const CONTENT_HASH = id("credence benchmark: content");

/** The windows of the deployment. */
export const USUAL: Timing = { answering: 0n, opening: 0n, judging: 0n, revealing: 0n };

/** A stage on which the author asks, and others answer and judge. */
export interface QueryStage extends Stage {
  /** As many as a query takes, under accounts that nobody has the key of. */
  readonly answerers: readonly string[];
  readonly judges: readonly string[];
  readonly chainId: bigint;
  readonly escrow: string;
  /** The second from which on a caller may choose timestamps. */
  readonly openedAt: bigint;
}

/** What a query asks for; where nothing is said, the stakes of rank 0 and 7 answers, and up to 32 of them. */
export interface Wish {
  readonly minRank?: number;
  readonly maxAnswers?: number;
  readonly timing?: Timing;
}

/**
 * Sets up the stage: the escrow may move everybody's dollars but the signatory's, the deployer may set ranks, nobody has
 * asked. Close its connection after use.
 */
export async function openQueryStage(): Promise<QueryStage> {
  const stage = await openStage();
  const { authority, cast, connection, deployer, queryEscrow, startsAt, usdc } = stage;
  for (const actor of Object.values(cast).filter((one) => one !== cast.signatory)) {
    await usdc.connect(actor).approve(queryEscrow, MaxUint256);
  }
  await authority.grantRole(Role.Registrar, deployer, 0n);
  const { chainId } = await connection.ethers.provider.getNetwork();
  const escrow = await queryEscrow.getAddress();
  const endowment = { token: usdc, amount: MINTED, spender: escrow };
  const answerers = await endowPeople(stage, "answerer", MOST, startsAt, endowment);
  const judges = await endowPeople(stage, "judge", MOST, startsAt + 1n, endowment);
  return { ...stage, answerers, judges, chainId, escrow, openedAt: startsAt + HOUR };
}

/** Gas of a question at second `at`. Its id is `queryCount` afterwards. */
export function ask(
  { cast, queryEscrow, send }: QueryStage,
  at: bigint,
  { minRank = 0, maxAnswers = MOST, timing = USUAL }: Wish = {},
): Promise<bigint> {
  const asker = queryEscrow.connect(cast.author);
  return send(at, () => asker.ask(CONTENT_HASH, URI, minRank, LEAST, maxAnswers, timing));
}

/** Gas of ranks for all of these, at second `at`. */
export function setRanks(
  { rankRegistry, send }: QueryStage,
  at: bigint,
  accounts: readonly AddressLike[],
  rankOf: (index: number) => number,
): Promise<bigint> {
  return send(at, () =>
    rankRegistry.setRanks(
      [...accounts],
      accounts.map((_, index) => rankOf(index)),
    ),
  );
}
