/** What a node says is wrong, as in JSON-RPC. */
export interface Refusal {
  readonly code: number;
  readonly message: string;
}

/** JSON-RPC's code for a limit that was exceeded: of requests mostly, of a log query at some nodes. */
export const LIMIT_EXCEEDED = -32_005;

const IS_ABOUT_RATE =
  /\brate\b|rate.?limit|too many requests|request limit|per second|throughput|compute units|quota|daily/i;
const IS_ABOUT_MUCH = /exceed|limit|\bmax|too (many|large|wide|big|broad)|more than|\bover\b|up to|greater/i;
const IS_ABOUT_LOGS = /range|blocks|results|logs|length|response|query timeout/i;

/**
 * Whether a node refuses a log query because it is for too many blocks, or finds too many logs. Each node says it in its
 * own words: Geth, Reth, Erigon, Nethermind and Besu, Alchemy, Infura, QuickNode, Ankr, dRPC and others.
 *
 * @param error The node's error, or what a library made of it.
 */
export function isRangeRefusal(error: unknown): boolean {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  return refusesRange({ code, message: String(message ?? error) });
}

/** `isRangeRefusal` of an error's code and message. */
export function refusesRange({ code, message }: { code: unknown; message: string }): boolean {
  if (IS_ABOUT_RATE.test(message)) return false;
  return code === LIMIT_EXCEEDED || (IS_ABOUT_MUCH.test(message) && IS_ABOUT_LOGS.test(message));
}
