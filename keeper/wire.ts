import hre from "hardhat";
import type { NetworkHooks } from "hardhat/types/hooks";
import type { NetworkConnection } from "hardhat/types/network";
import type { JsonRpcRequest, JsonRpcResponse } from "hardhat/types/providers";
import { localAccountsOf, type UnsignedTransaction } from "./accounts.ts";
import { KeeperConfigError, NodeError } from "./errors.ts";
import { askAgain, type RetryOptions } from "./retries.ts";
import { JsonRpcSocket } from "./socket.ts";

/** Where the node is, and how to ask it. */
export interface WireOptions extends RetryOptions {
  /** The node's URL where it is not the network's; one that begins with ws is asked over a WebSocket. */
  readonly url: string | undefined;
  /** Milliseconds to wait for an answer. */
  readonly timeout: number;
  /** Told of every request before it is made. */
  readonly onRequest: () => void;
}

/** A connection to a node, and its end. */
export interface Wire {
  readonly connection: NetworkConnection;
  close(): Promise<void>;
}

type Ask = (request: JsonRpcRequest) => Promise<JsonRpcResponse>;

/**
 * Connects to a network's node, so that requests are made again where the node has trouble that may pass. Whatever asks
 * the connection, as contracts do, asks in this way.
 *
 * @param network A name in hardhat.config.ts whose type is http.
 */
export async function openWire(network: string, options: WireOptions): Promise<Wire> {
  const { timeout } = options;
  const url = options.url ?? (await urlOf(network));
  // Hardhat knows no WebSockets: it is given a URL that looks right and is never asked.
  const connection = await hre.network.create({ network, override: { timeout, url: url.replace(/^ws/, "http") } });
  const socket = url.startsWith("ws") ? new JsonRpcSocket(url, timeout) : undefined;
  let askSocket: Ask | undefined;
  const hooks: Partial<NetworkHooks> = {
    async onRequest(context, asked, request, next) {
      if ((asked as unknown) !== connection) return next(context, asked, request);
      options.onRequest();
      const ask: Ask = askSocket ?? ((request) => next(context, asked, request));
      return askAgain(request, () => ask(request), options);
    },
  };
  const close = async () => {
    hre.hooks.unregisterHandlers("network", hooks);
    socket?.close();
    await connection.close();
  };
  try {
    if (socket !== undefined) askSocket = await overSocket(connection, socket, options);
    hre.hooks.registerHandlers("network", hooks);
  } catch (error) {
    await close();
    throw error;
  }
  return { connection, close };
}

/** The node's URL in hardhat.config.ts, or in the keystore or variable that is named there. */
async function urlOf(network: string): Promise<string> {
  const known = hre.config.networks[network];
  if (known?.type !== "http") throw new RangeError(`no network with a URL: ${network}`);
  return known.url.getUrl();
}

/**
 * Asks over a WebSocket; transactions of the network's accounts are signed here, as Hardhat does it for HTTP.
 *
 * @throws KeeperConfigError where the node is of another chain than the network.
 */
async function overSocket(connection: NetworkConnection, socket: JsonRpcSocket, retry: RetryOptions): Promise<Ask> {
  const accounts = await localAccountsOf(connection);
  const chainId = await chainIdOver(socket, retry);
  const { networkConfig, networkName: network } = connection;
  const expected = networkConfig.chainId;
  if (expected !== undefined && BigInt(expected) !== chainId) {
    const problem = "--url (KEEPER_URL) must be a node of the network's chain";
    throw new KeeperConfigError(problem, { network, networksChainId: expected, chainId });
  }
  return async ({ id, method, params }) => {
    if (accounts !== undefined && method === "eth_accounts") return { jsonrpc: "2.0", id, result: accounts.addresses };
    if (accounts === undefined || method !== "eth_sendTransaction") return socket.request(method, params);
    const [transaction] = params as [UnsignedTransaction];
    return socket.request("eth_sendRawTransaction", [await accounts.sign(transaction, chainId)]);
  };
}

async function chainIdOver(socket: JsonRpcSocket, retry: RetryOptions): Promise<bigint> {
  const request = { method: "eth_chainId" };
  const answer = await askAgain(request, () => socket.request(request.method), retry);
  if ("error" in answer) throw new NodeError(`The node does not tell its chain: ${answer.error.message}`);
  return BigInt(String(answer.result));
}
