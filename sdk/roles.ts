import { id, ZeroHash } from "ethers";

/**
 * Roles of the protocol's `AccessManager`. Ids are chosen once and stay; 0 is OpenZeppelin's admin role.
 */
export const Role = {
  /** Grants and revokes roles and sets what they may call: the timelock after the handover. */
  Admin: 0n,
  /** May pause entries, and nothing else. */
  Guardian: 1n,
  /** Sets locks in the stake vault: the conviction market, fixed by the vault's `bind`. */
  Venue: 2n,
  /** Says what is at risk in the stake vault, debits and credits: the truth serum, fixed by the vault's `bind`. */
  Serum: 3n,
  /** Finds arguments unhelpful without a stake. */
  Curator: 4n,
  /** Finds an argument unhelpful with a single mark. */
  Slasher: 5n,
  /** Sets the ranks of those who answer and judge. */
  Registrar: 6n,
  /** Tells the rewards distributor who took part: the contracts in which people do. */
  Activity: 7n,
} as const;

/** Roles of the `TimelockController`, as OpenZeppelin names them. */
export const TimelockRole = {
  /** Grants and revokes the others: the timelock itself, and nobody else. */
  Admin: ZeroHash,
  /** Schedules what was decided: the governor. */
  Proposer: id("PROPOSER_ROLE"),
  /** Cancels what is scheduled: the governor. */
  Canceller: id("CANCELLER_ROLE"),
  /** Executes what has waited long enough: anyone, which is what the role of address 0 means. */
  Executor: id("EXECUTOR_ROLE"),
} as const;
