import type { NetworkHelpers, SnapshotRestorer } from "@nomicfoundation/hardhat-network-helpers/types";
import type { NetworkConnection } from "hardhat/types/network";

type Fixture = (connection: NetworkConnection) => Promise<unknown>;
type Deploy = NetworkConnection["ignition"]["deploy"];

/** Something that was done once, and how to come back to where it left the chain. */
interface Done {
  /** The fixture, or the module that was deployed. */
  readonly what: unknown;
  /** With which parameters. */
  readonly how: string;
  readonly result: unknown;
  readonly restorer: SnapshotRestorer;
}

/**
 * The chain of the tests. Deploying is most of the time that they take: for each change, the same module is deployed
 * once, and every fixture goes on from there. What fixtures do, they do after their first deployment.
 */
export class Chain {
  readonly #connection: NetworkConnection;
  readonly #deploy: Deploy;
  #start: SnapshotRestorer | undefined;
  /** In the order in which it was done: to come back to one is to forget those after it. */
  #done: Done[] = [];
  /** Whether a fixture runs and has done nothing so far. */
  #isBegun = false;

  constructor(connection: NetworkConnection) {
    this.#connection = connection;
    const { ignition, networkHelpers } = connection;
    this.#deploy = ignition.deploy.bind(ignition);
    ignition.deploy = ((...given: Parameters<Deploy>) => this.#deployOnce(...given)) as Deploy;
    networkHelpers.loadFixture = ((fixture: Fixture) => this.#load(fixture)) as NetworkHelpers["loadFixture"];
  }

  /**
   * Takes the chain, and what is set on it, to where a new one is, but for its first block.
   *
   * @param coinbase Who makes its blocks from there on.
   */
  async restart(coinbase: number): Promise<void> {
    const { networkHelpers, provider } = this.#connection;
    if (this.#start === undefined) this.#start = await networkHelpers.takeSnapshot();
    else await this.#start.restore();
    this.#done = [];
    await provider.request({ method: "evm_setAutomine", params: [true] });
    await provider.request({ method: "evm_setIntervalMining", params: [0] });
    await networkHelpers.setCoinbase(`0x${coinbase.toString(16).padStart(40, "0")}`);
    await networkHelpers.mine();
  }

  async #load(fixture: Fixture): Promise<unknown> {
    const found = await this.#comeBackTo(fixture, "");
    if (found !== undefined) return found.result;
    this.#isBegun = true;
    try {
      return await this.#keep(fixture, "", await fixture(this.#connection));
    } finally {
      this.#isBegun = false;
    }
  }

  async #deployOnce(...[module, options]: Parameters<Deploy>): Promise<unknown> {
    const how = textOf(options?.parameters);
    const isFirst = this.#isBegun;
    this.#isBegun = false;
    const found = isFirst ? await this.#comeBackTo(module, how) : undefined;
    if (found !== undefined) return found.result;
    const result = await this.#deploy(module, options);
    return isFirst ? this.#keep(module, how, result) : result;
  }

  async #comeBackTo(what: unknown, how: string): Promise<Done | undefined> {
    const at = this.#done.findIndex((each) => each.what === what && each.how === how);
    const found = this.#done[at];
    if (found === undefined) return undefined;
    await found.restorer.restore();
    this.#done = this.#done.slice(0, at + 1);
    return found;
  }

  async #keep(what: unknown, how: string, result: unknown): Promise<unknown> {
    this.#done.push({ what, how, result, restorer: await this.#connection.networkHelpers.takeSnapshot() });
    return result;
  }
}

const textOf = (parameters: unknown) =>
  JSON.stringify(parameters, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)) ?? "";
