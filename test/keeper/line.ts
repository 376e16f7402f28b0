import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { JsonRpcRequest } from "hardhat/types/providers";

/** An answer that does not come from the chain. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** What happens to a request on a line: it goes on to the chain, is answered before, hangs, or breaks. */
export type Fate = Answer | "passes" | "hangs" | "breaks";

/** A line to a chain, over HTTP, on which things go wrong. */
export interface BadLine {
  readonly url: string;
  /** The methods asked for, in order. */
  readonly methods: string[];
  fateOf: (request: JsonRpcRequest) => Fate;
  close(): Promise<void>;
}

/** A refusal as JSON-RPC has it. */
export function refusal(code: number, message: string, status = 200): Answer {
  return { status, body: { jsonrpc: "2.0", id: 1, error: { code, message } } };
}

/** Stands before a chain; all passes until something else is asked for. */
export async function startBadLine(chainUrl: string, port = 0): Promise<BadLine> {
  const line = { methods: [] as string[], fateOf: (): Fate => "passes" };
  const server = createServer((request, response) => handle(line, chainUrl, request, response));
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return Object.assign(line, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close });
}

async function handle(
  line: Pick<BadLine, "methods" | "fateOf">,
  chainUrl: string,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  const request: JsonRpcRequest = JSON.parse(body);
  line.methods.push(request.method);
  const fate = line.fateOf(request);
  if (fate === "hangs") return;
  if (fate === "breaks") return void response.destroy();
  const answer = fate === "passes" ? { body: await askChain(chainUrl, body) } : fate;
  response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
  response.end(JSON.stringify(answer.body ?? {}));
}

async function askChain(url: string, body: string): Promise<unknown> {
  const answer = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
  return answer.json();
}

/** A line for anything over TCP, as WebSockets are, that can break or fall silent. */
export interface TcpLine {
  readonly port: number;
  /** Whether nothing comes through any more. */
  isSilent: boolean;
  /** How many lines were opened. */
  opened: number;
  /** Breaks what is open. */
  break(): void;
  close(): Promise<void>;
}

/** Stands before a port of this machine. */
export async function startTcpLine(chainPort: number): Promise<TcpLine> {
  const sockets = new Set<Socket>();
  const state = { isSilent: false, opened: 0 };
  const server = createTcpServer((near) => {
    state.opened++;
    const far = connect(chainPort, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("data", (data) => {
        if (!state.isSilent) to.write(data);
      });
      from.on("error", () => undefined);
      from.on("close", () => to.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  };
  const close = () => {
    breakAll();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return Object.assign(state, { port: (server.address() as AddressInfo).port, break: breakAll, close });
}

/** Looks until something is so; the test's own time limit ends it. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(20);
}
