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

/** Connects to a chain as the network `localhost`, with Ignition's folder at `ignitionFolder`. */
export async function connectTo(url: string, ignitionFolder: string): Promise<NetworkConnection> {
  const root = hre.config.paths.root;
  const paths = { ...config.paths, ignition: ignitionFolder };
  const { network } = await createHardhatRuntimeEnvironment({ ...config, paths }, {}, root);
  return network.create({ network: "localhost", override: { url } });
}

/** What a broken line loses: a transaction on its way to the chain, or the chain's answer to it. */
export type Loss = "request" | "answer";

/** Stands before a chain and breaks down at the transaction after the first `sends`. */
export async function startFlakyLine(url: string, sends: number, loss: Loss): Promise<RemoteChain> {
  let left = sends;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const isBroken = body.includes("eth_sendTransaction") && left-- <= 0;
    if (isBroken && loss === "request") return response.destroy();
    const answer = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } });
    if (isBroken) return response.destroy();
    return response.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
