import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { messageOf } from "../sdk/errors.ts";
import { KeeperConfigError } from "./errors.ts";
import type { Health } from "./health.ts";
import type { Metrics } from "./metrics.ts";

/** Where the status is, and what it is of. */
export interface StatusOptions {
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  readonly metrics: Metrics;
  readonly health: Health;
}

/** A server that tells how the keeper is. */
export interface StatusServer {
  readonly url: string;
  close(): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly type?: string;
}

/**
 * Serves `/metrics`, `/healthz` and `/readyz`.
 *
 * @throws KeeperConfigError where the port cannot be opened.
 */
export async function serveStatus({ host, port, metrics, health }: StatusOptions): Promise<StatusServer> {
  const pages: Record<string, () => Reply | Promise<Reply>> = {
    "/metrics": async () => ({ status: 200, text: await metrics.text(), type: metrics.contentType }),
    "/healthz": () => verdict(health.whyHung()),
    "/readyz": () => verdict(health.whyUnready()),
  };
  const server = createServer(listenerFor(pages));
  await listen(server, host, port);
  const { address, family, port: opened } = server.address() as AddressInfo;
  const url = `http://${family === "IPv6" ? `[${address}]` : address}:${opened}`;
  return { url, close: () => close(server) };
}

function listenerFor(pages: Record<string, () => Reply | Promise<Reply>>): RequestListener {
  const replyTo = async (method: string, url: string): Promise<Reply> => {
    if (method !== "GET" && method !== "HEAD") return { status: 405, text: "only GET" };
    const page = pages[url.split("?")[0] ?? ""];
    return (await page?.()) ?? { status: 404, text: `there are ${Object.keys(pages).join(", ")}` };
  };
  return async ({ method = "", url = "" }, response) => {
    const { status, text, type } = await replyTo(method, url).catch(
      (error: unknown): Reply => ({ status: 500, text: messageOf(error) }),
    );
    response.writeHead(status, { "content-type": type ?? "text/plain; charset=utf-8", "cache-control": "no-store" });
    response.end(method === "HEAD" ? "" : `${text.trimEnd()}\n`);
  };
}

function verdict(problem: string | undefined): Reply {
  return problem === undefined ? { status: 200, text: "ok" } : { status: 503, text: problem };
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => resolve());
    });
  } catch (cause) {
    throw new KeeperConfigError(complaintAbout(cause), { host, port }, { cause });
  }
}

function complaintAbout(error: unknown): string {
  const code = String(Reflect.get(Object(error), "code"));
  if (code === "EADDRINUSE") return "--metrics-port (KEEPER_METRICS_PORT) must be free: another process has it";
  if (code === "EACCES") return "--metrics-port (KEEPER_METRICS_PORT) must be one that this user may open";
  return `--metrics-host (KEEPER_METRICS_HOST) must be an address of this machine: ${code}`;
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
