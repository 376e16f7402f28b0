import type { JsonRpcRequest, JsonRpcResponse } from "hardhat/types/providers";
import { reasonOf, refusalIn, type Trouble, troubleBehind, troubleIn } from "../sdk/node/troubles.ts";
import { jitter } from "./breaker.ts";
import { pauseFor } from "./chain.ts";
import { NodeError } from "./errors.ts";
import type { Log } from "./log.ts";
import { BrokenLineError } from "./socket.ts";

/** How often a request is made again that a node refused because of too many, and one that it left without an answer. */
export const MOST_RETRIES = { limited: 5, silent: 2 } as const;

/** Milliseconds before the first of them; before each further one it is twice as long, give or take a fifth. */
export const FIRST_RETRY_AFTER = 500;

/** The longest that a node may ask to wait, in milliseconds: where it wants more, the pass fails. */
export const LONGEST_RETRY_AFTER = 60_000;

/** What making requests again needs. */
export interface RetryOptions {
  readonly log: Log;
  /** Given when the process is to end. */
  readonly signal: AbortSignal;
  /** Milliseconds before the first retry. */
  readonly firstRetryAfter?: number;
}

type Attempt = { readonly answer: JsonRpcResponse } | { readonly trouble: Trouble; readonly cause: unknown };

/**
 * Makes a request, again where the node has trouble that may pass. A transaction is not handed over again where the node
 * kept silent: it may have it.
 *
 * @param ask Makes the request.
 * @throws NodeError where the trouble did not pass; the error of `ask` where it is of another kind.
 */
export async function askAgain(
  { method }: Pick<JsonRpcRequest, "method">,
  ask: () => Promise<JsonRpcResponse>,
  { log, signal, firstRetryAfter = FIRST_RETRY_AFTER }: RetryOptions,
): Promise<JsonRpcResponse> {
  for (let retries = 0; ; retries++) {
    const attempt = await attemptTo(method, ask);
    if ("answer" in attempt) return attempt.answer;
    const { trouble, cause } = attempt;
    const pause = Math.max(jitter(firstRetryAfter * 2 ** retries), trouble.retryAfter ?? 0);
    if (retries >= mostRetries(method, trouble) || pause > LONGEST_RETRY_AFTER || signal.aborted) {
      throw new NodeError(`${WORDS[trouble.kind]}: ${trouble.reason}`, { method }, { cause });
    }
    log.debug({ method, reason: trouble.reason, pause }, "asking the node again");
    await pauseFor(pause, signal);
  }
}

const WORDS = { limited: "The node limits requests", silent: "The node does not answer" } as const;

async function attemptTo(method: string, ask: () => Promise<JsonRpcResponse>): Promise<Attempt> {
  try {
    const answer = await ask();
    const trouble = troubleIn(method, "error" in answer ? answer.error : undefined);
    return trouble === undefined ? { answer } : { trouble, cause: undefined };
  } catch (cause) {
    if (cause instanceof BrokenLineError) return { trouble: { kind: "silent", reason: cause.message }, cause };
    // Hardhat asks the node before it signs: that request has been made again already.
    if (cause instanceof NodeError) throw cause;
    const refusal = refusalIn(cause);
    const trouble = troubleBehind(cause) ?? troubleIn(method, refusal);
    if (trouble !== undefined) return { trouble, cause };
    if (refusal !== undefined) return { answer: { jsonrpc: "2.0", id: 0, error: refusal } };
    if (!isOfTransport(cause)) throw cause;
    throw new NodeError(`${WORDS.silent}: ${reasonOf(cause)}`, { method }, { cause });
  }
}

/** Whether Hardhat passes on what it has no words of its own for. */
function isOfTransport(error: unknown): boolean {
  return error instanceof Error && error.name === "UnknownError";
}

function mostRetries(method: string, { kind }: Trouble): number {
  if (kind === "silent" && /^eth_send(Raw)?Transaction$/.test(method)) return 0;
  return MOST_RETRIES[kind];
}
