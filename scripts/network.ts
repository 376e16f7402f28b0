import { Command } from "commander";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { DeploymentError, explainNetwork } from "../ignition/errors.ts";

/** A network as a command line names it. */
export interface NetworkChoice {
  /** Its name in hardhat.config.ts. */
  readonly network: string;
  /** The node to talk to; the one that the configuration names where this is not given. */
  readonly url?: string;
}

/** A command of package.json that works on a network. */
export interface NetworkCommand {
  /** As in `npm run <name>`. */
  readonly name: string;
  readonly description: string;
  /** What else there is to know. */
  readonly help: string;
}

/** Networks that outlive this process, by name. */
function lastingNetworks(): string[] {
  return Object.entries(hre.config.networks)
    .filter(([, config]) => config.type === "http")
    .map(([name]) => name);
}

/**
 * The network that a command line names.
 *
 * @throws DeploymentError where it names none, or one that ends with this process.
 */
export function parseNetwork({ name, description, help }: NetworkCommand, argv: readonly string[]): NetworkChoice {
  const usage = `npm run ${name} -- --network <${lastingNetworks().join("|")}>`;
  const command = new Command(name)
    .usage("-- --network <name>")
    .description(description)
    .option("--network <name>", "a network of hardhat.config.ts")
    .option("--url <url>", "node to talk to; the network's by default")
    .addHelpText("after", `\n${help}`)
    .allowExcessArguments(false)
    .exitOverride()
    .parse(argv, { from: "user" });
  const { network, ...others } = command.opts<{ network?: string; url?: string }>();
  if (network === undefined) throw new DeploymentError(`Which network? ${usage}`);
  if (!(network in hre.config.networks)) {
    throw new DeploymentError(`Unknown network "${network}". ${usage}\nNetworks are defined in hardhat.config.ts.`);
  }
  if (!lastingNetworks().includes(network)) {
    throw new DeploymentError(`"${network}" is a chain inside this process and would be gone at once. ${usage}`);
  }
  return { network, ...others };
}

/** Connects to a network with its accounts. */
export async function connectTo({ network, url }: NetworkChoice): Promise<NetworkConnection> {
  return hre.network.create({ network, override: url === undefined ? {} : { url } });
}

/** Connects to a network without asking for the key of an account: for reading only. */
export async function connectToRead({ network, url }: NetworkChoice): Promise<NetworkConnection> {
  return hre.network.create({ network, override: { accounts: "remote", ...(url !== undefined && { url }) } });
}

/** What went wrong with a network, in words that say what to do; `undefined` for what nobody foresaw. */
export function explain(error: unknown): string | undefined {
  if (error instanceof Error && error.message.includes('Cannot connect to the network "localhost"')) {
    return `${error.message}\nRun \`npm start\` in another terminal first.`;
  }
  return explainNetwork(error);
}
