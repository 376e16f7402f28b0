import { ZeroAddress } from "ethers";
import type { Contract, Told } from "../contract.ts";
import { type Done, requireRole } from "./part.ts";

/** What a contract tells of who takes part, as long as governance lets it tell anybody. */
export class Recorder {
  readonly #contract: Contract;
  readonly #admin: string;
  readonly #record: (account: string, now: bigint) => void;
  #told: Told[] = [];
  #isOn = true;

  /**
   * @param admin Who may change the recorder.
   * @param record Told of each account that takes part.
   */
  constructor(contract: Contract, admin: string, record: (account: string, now: bigint) => void) {
    this.#contract = contract;
    this.#admin = admin;
    this.#record = record;
  }

  /** Somebody takes part. */
  record(account: string, now: bigint): void {
    if (this.#isOn) this.#record(account, now);
  }

  /** The recorder becomes another one: nobody, or the one that it was at first. */
  set({ from, args: [recorder] }: Pick<Done, "from" | "args">): void {
    requireRole(this.#admin, from);
    this.#isOn = recorder !== ZeroAddress;
    this.#told.push({ emitter: this.#contract.name, name: "RecorderSet", facts: { recorder } });
  }

  /** The events since the last call. */
  take(): Told[] {
    return this.#told.splice(0);
  }
}
