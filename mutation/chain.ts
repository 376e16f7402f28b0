import type { NetworkHelpers, SnapshotRestorer } from "@nomicfoundation/hardhat-network-helpers/types";
import type { NetworkConnection } from "hardhat/types/network";

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
 * once, and every fixture goes on from there. Fixtures deploy before they do anything else.
 */
export class Chain {
  readonly #connection: NetworkConnection;
  #start: SnapshotRestorer | undefined;
  /** In the order in which it was done: to come back to one is to forget those after it. */
  #done: Done[] = [];

  constructor(connection: NetworkConnection) {
    this.#connection = connection;
    const { ignition, networkHelpers } = connection;
    const deploy = ignition.deploy.bind(ignition);
    ignition.deploy = ((...[module, options]: Parameters<Deploy>) =>
      this.#once(module, textOf(options?.parameters), () => deploy(module, options))) as Deploy;
    networkHelpers.loadFixture = ((fixture: (connection: NetworkConnection) => Promise<unknown>) =>
      this.#once(fixture, "", () => fixture(connection))) as NetworkHelpers["loadFixture"];
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

  async #once(what: unknown, how: string, act: () => Promise<unknown>): Promise<unknown> {
    const at = this.#done.findIndex((each) => each.what === what && each.how === how);
    const found = this.#done[at];
    if (found !== undefined) {
      await found.restorer.restore();
      this.#done = this.#done.slice(0, at + 1);
      return found.result;
    }
    const result = await act();
    this.#done.push({ what, how, result, restorer: await this.#connection.networkHelpers.takeSnapshot() });
    return result;
  }
}

const textOf = (parameters: unknown) =>
  JSON.stringify(parameters, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value)) ?? "";
