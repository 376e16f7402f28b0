import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod/v4";
import { messageOf } from "../sdk/errors.ts";
import type { Log } from "./log.ts";

/** What a keeper remembers between two runs. All of it can be found again on the chain. */
export interface KeeperState<T> {
  /** Up to this block, inclusive, everything that the logs tell of is either in `items` or done for good. */
  readonly scannedTo: number;
  /** Hash of that block: another one in its place means that another history was scanned. */
  readonly scannedHash: string;
  readonly items: readonly T[];
}

/** Whose state it is. */
export interface StateOwner {
  readonly chainId: bigint;
  /** Address of the contract whose logs were looked through. */
  readonly contract: string;
}

/** 32 bytes as nodes write them. */
export const HASH = z.string().regex(/^0x[0-9a-f]{64}$/);
/** A whole number, as a string because JSON rounds large ones. */
export const WHOLE = z.string().regex(/^\d+$/).transform(BigInt);

/** A small JSON file that may be deleted at any time, and shared by keepers: whatever one wrote is true for all. */
export class StateFile<T> {
  readonly #path: string;
  readonly #owner: StateOwner;
  readonly #schema: z.ZodType<{ chainId: string; contract: string } & KeeperState<T>>;
  readonly #log: Log;

  /** @param item What an item looks like in JSON that has every bigint as a string. */
  constructor(path: string, owner: StateOwner, item: z.ZodType<T>, log: Log) {
    this.#path = path;
    this.#owner = owner;
    this.#schema = z.object({
      chainId: z.string(),
      contract: z.string(),
      scannedTo: z.int().nonnegative(),
      scannedHash: HASH,
      items: z.array(item),
    });
    this.#log = log;
  }

  /** What was remembered; `undefined` where nothing is, or nothing that can be used. */
  async read(): Promise<KeeperState<T> | undefined> {
    const text = await readFile(this.#path, "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const { chainId, contract, ...state } = this.#schema.parse(JSON.parse(text));
      if (chainId === String(this.#owner.chainId) && contract === this.#owner.contract) return state;
      this.#log.warn({ file: this.#path, chainId, contract }, "the state file is about another deployment: not used");
    } catch {
      this.#log.warn({ file: this.#path }, "the state file cannot be read: not used");
    }
    return undefined;
  }

  /** Writes all of it or nothing: a reader never meets half a file. That it cannot be written costs time, no work. */
  async write({ scannedTo, scannedHash, items }: KeeperState<T>): Promise<void> {
    const content = { ...this.#owner, scannedTo, scannedHash, items };
    const draft = `${this.#path}.${randomUUID()}`;
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(draft, `${JSON.stringify(content, withoutBigints, 2)}\n`);
      await rename(draft, this.#path);
    } catch (error) {
      this.#log.warn({ file: this.#path, reason: messageOf(error) }, "the state file cannot be written");
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }
}

function withoutBigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
