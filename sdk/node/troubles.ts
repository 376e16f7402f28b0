import { messageOf } from "../errors.ts";
import { LIMIT_EXCEEDED, type Refusal, refusesRange } from "./range-refusal.ts";

/**
 * Why a request went without an answer that counts: the node has been asked too often; it keeps silent, or a line to it
 * broke. The same request may be answered later.
 */
export interface Trouble {
  readonly kind: "limited" | "silent";
  /** In words, without the node's URL, which may hold a secret. */
  readonly reason: string;
  /** Milliseconds that the node asked to wait. */
  readonly retryAfter?: number | undefined;
}

const TOO_MANY_REQUESTS = 429;
/** Answers of what stands before a node that is overloaded or away. */
const GATEWAY_STATUSES = [502, 503, 504];

/** What Node.js and undici call a line that broke or keeps silent; a refused connection is none: nobody is there. */
const BROKEN_LINES = [
  ...["ECONNRESET", "EPIPE", "ETIMEDOUT", "EAI_AGAIN", "UND_ERR_SOCKET"],
  ...["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT"],
];

/** The trouble that an answer tells of; `undefined` where it is an answer. */
export function troubleIn(method: string, refusal: Refusal | undefined): Trouble | undefined {
  if (refusal === undefined) return undefined;
  const { code, message } = refusal;
  if (code !== LIMIT_EXCEEDED && code !== TOO_MANY_REQUESTS) return undefined;
  if (method === "eth_getLogs" && refusesRange(refusal)) return undefined;
  return { kind: "limited", reason: message };
}

/** The trouble behind a failed request; `undefined` where nothing is known that would pass. */
export function troubleBehind(error: unknown): Trouble | undefined {
  const causes = [...causesOf(error)];
  const status = statusOf(error);
  if (status === TOO_MANY_REQUESTS) return limitedBy(causes);
  if (GATEWAY_STATUSES.includes(status ?? 0)) return { kind: "silent", reason: `HTTP status ${status}` };
  if (causes.some(({ name }) => name === "RequestTimeoutError")) return { kind: "silent", reason: "no answer in time" };
  const broken = causes.map(({ code }) => code).find((code) => BROKEN_LINES.includes(String(code)));
  return broken === undefined ? undefined : { kind: "silent", reason: `the line broke, ${broken}` };
}

/** The node's own words in the body of an answer that has an HTTP status of an error. */
export function refusalIn(error: unknown): Refusal | undefined {
  for (const { body } of causesOf(error)) {
    const refusal = isRecord(body) && isRecord(body.error) ? body.error : {};
    const { code, message } = refusal;
    if (typeof code === "number" && typeof message === "string") return { ...refusal, code, message };
  }
  return undefined;
}

/** The HTTP status behind a failed request; `undefined` where there is none. */
export function statusOf(error: unknown): number | undefined {
  return [...causesOf(error)].map(({ statusCode }) => statusCode).find((code) => typeof code === "number");
}

/** A failure in words that hold no path of a URL: an HTTP status, or its own words with what the system calls it. */
export function reasonOf(error: unknown): string {
  const status = statusOf(error);
  if (status !== undefined) return `HTTP status ${status}`;
  const code = [...causesOf(error)].map(({ code }) => code).findLast((code) => typeof code === "string");
  return code === undefined ? messageOf(error) : `${messageOf(error)}, ${code}`;
}

/** Hardhat has waited and asked again seven times where the header does not say more than 5 s: then it is enough. */
function limitedBy(causes: readonly Record<string, unknown>[]): Trouble {
  const headers = causes.map(({ headers }) => headers).find(isRecord);
  const seconds = Number.parseInt(String(headers?.["retry-after"]), 10);
  const reason = `HTTP status ${TOO_MANY_REQUESTS}`;
  return { kind: "limited", reason, retryAfter: seconds > HARDHAT_WAITS ? seconds * 1_000 : Number.POSITIVE_INFINITY };
}

/** Seconds that Hardhat waits at most where an HTTP status says that there were too many requests. */
const HARDHAT_WAITS = 5;

/** Errors within errors that are looked into: an end, should they form a ring. */
const DEPTH = 8;

function* causesOf(error: unknown, depth = 0): Generator<Record<string, unknown>> {
  if (!isRecord(error) || depth > DEPTH) return;
  yield error;
  yield* causesOf(error.cause, depth + 1);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
