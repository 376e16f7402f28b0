import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import hre from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { NetworkConnection } from "hardhat/types/network";
import config from "../../hardhat.config.ts";

/** A chain behind JSON-RPC, as `npm start` runs one. */
export interface RemoteChain {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a new local chain on a free port. */
export async function startChain(): Promise<RemoteChain> {
  const server = await hre.network.createServer("default", "127.0.0.1", 0);
  const { port } = await server.listen();
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/**
 * Connects to a chain as the network `localhost`, with Ignition's folder at `ignitionFolder`.
 *
 * @param key Whose account signs, by its key; the node's accounts sign where none is given.
 */
export async function connectTo(url: string, ignitionFolder: string, key?: string): Promise<NetworkConnection> {
  const root = hre.config.paths.root;
  const paths = { ...config.paths, ignition: ignitionFolder };
  const { network } = await createHardhatRuntimeEnvironment({ ...config, paths }, {}, root);
  return network.create({ network: "localhost", override: { url, ...(key !== undefined && { accounts: [key] }) } });
}

/** What a broken line loses: a transaction on its way to the chain, or the chain's answer to it. */
export type Loss = "request" | "answer";

/** Stands before a chain and breaks down at the transaction after the first `sends`. */
export async function startFlakyLine(url: string, sends: number, loss: Loss): Promise<RemoteChain> {
  let left = sends;
  return startLine(async (body) => {
    const isBroken = /eth_send(Raw)?Transaction/.test(body) && left-- <= 0;
    if (isBroken && loss === "request") return undefined;
    const answer = await forward(url, body);
    return isBroken ? undefined : answer;
  });
}

/** Stands before a chain and shows in its blocks what rollups begin each of theirs with: a deposit that nobody signed. */
export async function startRollup(url: string): Promise<RemoteChain> {
  return startLine(async (body) => {
    const answer = await forward(url, body);
    const { method, params } = JSON.parse(body);
    if (method !== "eth_getBlockByNumber") return answer;
    const { result, ...others } = JSON.parse(answer);
    const transactions = [params[1] ? DEPOSIT : DEPOSIT.hash, ...(result?.transactions ?? [])];
    return JSON.stringify({ ...others, result: result && { ...result, transactions } });
  });
}

/** As nodes of OP-stack chains tell it. */
const DEPOSIT = {
  type: "0x7e",
  hash: `0x${"d".repeat(64)}`,
  from: "0xdeaddeaddeaddeaddeaddeaddeaddeaddead0001",
  to: "0x4200000000000000000000000000000000000015",
  nonce: "0x0",
  ...{ gas: "0xf4240", gasPrice: "0x0", value: "0x0", mint: "0x0", input: "0x", v: "0x0", r: "0x0", s: "0x0" },
};

async function forward(url: string, body: string): Promise<string> {
  const answer = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
  return answer.text();
}

/** A server that answers requests in JSON, and breaks off where there is nothing to answer. */
async function startLine(answerTo: (body: string) => Promise<string | undefined>): Promise<RemoteChain> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const answer = await answerTo(Buffer.concat(chunks).toString());
    if (answer === undefined) return response.destroy();
    return response.writeHead(200, { "content-type": "application/json" }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
