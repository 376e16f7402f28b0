// npm run build:dapp: the app as a folder of files, for the live networks that the protocol is deployed on.
import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError } from "commander";
import { buildDapp, configFor } from "../../dapp/build/config.ts";
import { readRecord } from "../../ignition/record.ts";
import { CredenceError } from "../../sdk/errors.ts";
import { print, runCommand } from "../command.ts";
import { firstLoadOf, MOST_FIRST_LOAD } from "./budget.ts";
import { deployedNetworks, LIVE_NETWORKS, localNetworkOf } from "./networks.ts";

/** Where the app is built. */
const OUTPUT = fileURLToPath(new URL("../../dist", import.meta.url));

type RpcUrls = Readonly<Record<string, string>>;

interface Wanted {
  readonly rpc: RpcUrls;
  /** The URL of a local chain's node, to build for that chain alone. */
  readonly local?: string;
}

function parse(argv: readonly string[]): Wanted {
  return new Command("build:dapp")
    .usage("[-- --rpc <network>=<url>] [--local <url>]")
    .description("Build the app for the networks that deployments/ has records of, into dist/.")
    .option("--rpc <network=url>", "a public node to read a network at; may be given more than once", addRpcUrl, {})
    .option("--local <url>", "build for the local chain of a running npm start at this URL, and for no other", toUrl)
    .allowExcessArguments(false)
    .exitOverride()
    .parse(argv, { from: "user" })
    .opts();
}

function addRpcUrl(text: string, given: RpcUrls): RpcUrls {
  const [network = "", ...rest] = text.split("=");
  const url = rest.join("=");
  if (!LIVE_NETWORKS.includes(network)) {
    throw new InvalidArgumentError(`The network is one of ${LIVE_NETWORKS.join(", ")}.`);
  }
  return { ...given, [network]: toUrl(url) };
}

function toUrl(url: string): string {
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw new InvalidArgumentError("The node's URL begins with https:// or http://.");
}

async function main(): Promise<void> {
  const { rpc, local } = parse(process.argv.slice(2));
  const networks =
    local === undefined ? await deployedNetworks(rpc) : [localNetworkOf(await readRecord("localhost"), local)];
  if (networks.length === 0) {
    throw new CredenceError(
      "There is no record of a live deployment in deployments/: run `npm run deploy -- --network sepolia` first.\n" +
        "For the local chain of a running `npm start`: npm run build:dapp -- --local http://127.0.0.1:8545",
    );
  }
  await buildDapp(configFor(networks, OUTPUT));
  const load = await firstLoadOf(OUTPUT);
  const index = await stat(`${OUTPUT}/index.html`);
  print(`Built for ${networks.map(({ label }) => label).join(" and ")} in dist/ at ${index.mtime.toISOString()}.`);
  print(`The first load is ${(load / 1_000).toFixed(1)} of at most ${MOST_FIRST_LOAD / 1_000} KB of script, gzipped.`);
  print("Any file host or IPFS gateway serves the folder as it is, from any path.");
  if (load > MOST_FIRST_LOAD) throw new CredenceError("The first load is over its budget", { load, MOST_FIRST_LOAD });
}

if (import.meta.main) await runCommand(main);
