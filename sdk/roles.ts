/**
 * Roles of the protocol's `AccessManager`. Ids are chosen once and stay; 0 is OpenZeppelin's admin role.
 */
export const Role = {
  /** Grants and revokes roles and sets what they may call: the timelock after the handover. */
  Admin: 0n,
  /** May pause entries, and nothing else. */
  Guardian: 1n,
} as const;
