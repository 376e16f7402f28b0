import { getAddress } from "ethers";
import { sealAnswer, sealVote } from "../../../sdk/query/seal.ts";
import { sealBelief } from "../../../sdk/stake/seal.ts";

/** A belief in an epoch of a claim. */
export interface BeliefSecret {
  readonly kind: "belief";
  readonly claimId: string;
  readonly epoch: bigint;
  /** In wad, as `meta`. */
  readonly belief: bigint;
  readonly meta: bigint;
}

/** An answer to a query. */
export interface AnswerSecret {
  readonly kind: "answer";
  readonly queryId: bigint;
  /** 32 bytes in hexadecimal. */
  readonly contentHash: string;
  readonly uri: string;
}

/** A judge's vote on a query. */
export interface VoteSecret {
  readonly kind: "vote";
  readonly queryId: bigint;
  /** Indices of all opened answers, the best first. */
  readonly ranking: readonly number[];
  /** The answers that are good, bit i for index i. */
  readonly goodAnswers: bigint;
}

/** What somebody sealed: nobody else knows it until it is opened. */
export type Secret = BeliefSecret | AnswerSecret | VoteSecret;

/** Who sealed it, where, and with which salt. */
export interface Sealing {
  readonly chainId: number;
  /** The contract that holds the seal. */
  readonly contract: string;
  /** Whose it is. */
  readonly account: string;
  /** 32 bytes in hexadecimal: see `randomSalt` of the sdk. */
  readonly salt: string;
}

/** All that is needed to open something sealed. Without it, it cannot be opened, and counts as not delivered. */
export type Keepsake = Secret &
  Sealing & {
    /** What the contract was given, 32 bytes in hexadecimal. */
    readonly seal: string;
    /** Milliseconds since the epoch. */
    readonly savedAt: number;
  };

/** A kind of secret. */
export type Kind = Secret["kind"];

/** A keepsake of one kind. */
export type KeepsakeOf<K extends Kind> = Extract<Keepsake, { kind: K }>;

/**
 * Seals a secret, and makes the keepsake that opens it. It has to be kept before the seal is sent. Throws ethers' error
 * where a value does not fit its type.
 */
export function sealed<S extends Secret>(secret: S & Sealing, savedAt = Date.now()): KeepsakeOf<S["kind"]> {
  const own = { ...secret, contract: getAddress(secret.contract), account: getAddress(secret.account) };
  return { ...own, seal: sealOf(own), savedAt } as unknown as KeepsakeOf<S["kind"]>;
}

/** The seal of a secret, as its contract computes it when it is opened. */
export function sealOf(of: Secret & Sealing): string {
  const chainId = BigInt(of.chainId);
  switch (of.kind) {
    case "belief":
      return sealBelief({ ...of, chainId, truthSerum: of.contract, user: of.account });
    case "answer":
      return sealAnswer({ ...of, chainId, queryEscrow: of.contract });
    case "vote":
      return sealVote({ ...of, chainId, queryEscrow: of.contract });
  }
}

/** A name that no other keepsake has: the same secret sealed again, with another salt, is another one. */
export function idOf({ chainId, contract, kind, account, seal }: Keepsake): string {
  return [chainId, contract, kind, account, seal].join("/").toLowerCase();
}

/**
 * The one among keepsakes that opens what is on chain.
 *
 * @param of Candidates.
 * @param seal What the contract was given last; where that is not known, the newest of them is taken.
 */
export function openerOf<K extends Keepsake>(of: readonly K[], seal: string | undefined): K | undefined {
  if (seal !== undefined) return of.find((keepsake) => keepsake.seal === seal.toLowerCase());
  return of.toSorted((a, b) => b.savedAt - a.savedAt)[0];
}

/** Those of a kind on one chain at one contract. */
export function keepsakesAt<K extends Kind>(
  all: readonly Keepsake[],
  kind: K,
  at: Pick<Keepsake, "chainId" | "contract">,
): KeepsakeOf<K>[] {
  const contract = at.contract.toLowerCase();
  return all.filter(
    (keepsake): keepsake is KeepsakeOf<K> =>
      keepsake.kind === kind && keepsake.chainId === at.chainId && keepsake.contract.toLowerCase() === contract,
  );
}
