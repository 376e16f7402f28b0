import type { AddressInfo } from "node:net";
import { preview } from "vite";
import { buildDapp, configFor } from "../../dapp/build/config.ts";
import type { Network } from "../../dapp/src/chain/network.ts";

/** The app, built and served. */
export interface ServedDapp {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Builds the app for some networks and serves the folder on this machine alone.
 *
 * @param outDir Where it is built; what is in it is deleted.
 * @param port 0 takes a free one.
 */
export async function serveDapp(networks: readonly Network[], outDir: string, port: number): Promise<ServedDapp> {
  const config = configFor(networks, outDir);
  await buildDapp(config);
  const server = await preview({ ...config, preview: { host: "127.0.0.1", port, strictPort: port !== 0 } });
  const { port: listening } = server.httpServer.address() as AddressInfo;
  return { url: `http://127.0.0.1:${listening}/`, close: () => server.close() };
}
