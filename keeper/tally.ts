/**
 * What became of a transaction each time it was handed to a node: it was mined, to an effect or reverted; one that pays
 * more took its place; the node forgot it, and it was handed over again; another transaction has its nonce; it was not
 * waited for any longer because the process was to end, or because nothing more could be done for it; the node refused it.
 */
export const TRANSACTION_OUTCOMES = [
  "mined",
  "reverted",
  "replaced",
  "forgotten",
  "overtaken",
  "interrupted",
  "abandoned",
  "refused",
] as const;
export type TransactionOutcome = (typeof TRANSACTION_OUTCOMES)[number];

/** What is counted of a job while it works. */
export interface Tally {
  /** A transaction was handed to a node, and this became of it. */
  transaction(outcome: TransactionOutcome): void;
  /** What a transaction that was mined cost: gas, and wei. */
  cost(gasUsed: bigint, fee: bigint): void;
  /** Blocks whose logs are left to look through. */
  unscanned(blocks: number): void;
  /** Something had a deadline, and was not done before it. */
  missed(): void;
}

/** Counts nothing. */
export const NO_TALLY: Tally = {
  transaction: () => undefined,
  cost: () => undefined,
  unscanned: () => undefined,
  missed: () => undefined,
};
