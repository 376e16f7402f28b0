import type { JsonRpcResponse } from "hardhat/types/providers";
import { NodeError } from "./errors.ts";

/** A line that broke, or was silent for too long, while a request waited: it may be answered on the next one. */
export class BrokenLineError extends NodeError {}

/**
 * JSON-RPC over a WebSocket: opened with the first request, and again after it broke. ethers' `WebSocketProvider` notices
 * neither a line that broke nor one that keeps silent: its requests then wait for ever.
 */
export class JsonRpcSocket {
  readonly #url: string;
  readonly #timeout: number;
  #line: Line | undefined;

  /**
   * @param url Begins with ws.
   * @param timeout Milliseconds to wait for the line, and for an answer.
   */
  constructor(url: string, timeout: number) {
    this.#url = url;
    this.#timeout = timeout;
  }

  /**
   * Makes a request.
   *
   * @throws BrokenLineError where there is no answer in time, or the line breaks; NodeError where there is no line.
   */
  async request(method: string, params: unknown = []): Promise<JsonRpcResponse> {
    if (this.#line === undefined || this.#line.isOver) this.#line = new Line(this.#url, this.#timeout);
    const line = this.#line;
    await line.opened;
    return line.request(method, params);
  }

  close(): void {
    this.#line?.end("the line was closed");
  }
}

/** A request that waits for its answer. */
interface Waiting {
  readonly resolve: (answer: JsonRpcResponse) => void;
  readonly reject: (reason: NodeError) => void;
  readonly timer: NodeJS.Timeout;
}

/** One WebSocket, until it breaks. */
class Line {
  /** Fulfilled when requests can be made. */
  readonly opened: Promise<void>;
  readonly #socket: WebSocket;
  readonly #timeout: number;
  readonly #waiting = new Map<number, Waiting>();
  #nextId = 1;
  #isOver = false;

  constructor(url: string, timeout: number) {
    this.#timeout = timeout;
    this.#socket = new WebSocket(url);
    this.#socket.addEventListener("message", ({ data }) => this.#receive(String(data)));
    this.#socket.addEventListener("close", () => this.end("the line broke"));
    this.opened = new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.end("no line in time"), timeout);
      this.#socket.addEventListener("open", () => {
        clearTimeout(timer);
        resolve();
      });
      // A line that cannot be opened is closed as well.
      this.#socket.addEventListener("close", () => {
        clearTimeout(timer);
        reject(new NodeError("Cannot connect to the node's WebSocket"));
      });
    });
  }

  /** Whether no more requests can be made. */
  get isOver(): boolean {
    return this.#isOver || this.#socket.readyState > WebSocket.OPEN;
  }

  /** Throws `BrokenLineError` where the line is over already, or is over before there is an answer. */
  async request(method: string, params: unknown): Promise<JsonRpcResponse> {
    // Whoever waited until it opens may come too late: what is sent on a WebSocket that closes is lost without a word.
    if (this.isOver) throw new BrokenLineError("the line is over");
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      // A line can be dead on the way, and nobody is told: the next request is for another one.
      const timer = setTimeout(() => this.end("no answer in time"), this.#timeout);
      this.#waiting.set(id, { resolve, reject, timer });
      this.#socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }));
    });
  }

  /** What waits for an answer will not get one. */
  end(reason: string): void {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new BrokenLineError(reason));
    }
    this.#waiting.clear();
    this.#socket.close();
  }

  #receive(text: string): void {
    const answer = parse(text);
    const id = Number(answer?.id);
    const waiting = this.#waiting.get(id);
    if (answer === undefined || waiting === undefined) return;
    clearTimeout(waiting.timer);
    this.#waiting.delete(id);
    waiting.resolve(answer);
  }
}

function parse(text: string): JsonRpcResponse | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
