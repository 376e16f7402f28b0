import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod/v4";
import { messageOf } from "./errors.ts";
import type { EpochKey } from "./jobs/epoch.ts";
import type { Log } from "./log.ts";

/** What a keeper remembers between two runs. All of it can be found again on the chain. */
export interface KeeperState {
  /** Up to this block, inclusive, every epoch with a participant is either in `epochs` or distributed for good. */
  readonly scannedTo: number;
  /** Hash of that block: another one in its place means that another history was scanned. */
  readonly scannedHash: string;
  readonly epochs: readonly EpochKey[];
}

/** Whose state it is. */
export interface StateOwner {
  readonly chainId: bigint;
  readonly truthSerum: string;
}

const hash = z.string().regex(/^0x[0-9a-f]{64}$/);
const fileSchema = z.object({
  chainId: z.string(),
  truthSerum: z.string(),
  scannedTo: z.int().nonnegative(),
  scannedHash: hash,
  epochs: z.array(z.object({ claimId: hash, epoch: z.string().regex(/^\d+$/).transform(BigInt) })),
});

/** A small JSON file that may be deleted at any time, and shared by keepers: whatever one wrote is true for all. */
export class StateFile {
  readonly #path: string;
  readonly #owner: StateOwner;
  readonly #log: Log;

  constructor(path: string, owner: StateOwner, log: Log) {
    this.#path = path;
    this.#owner = owner;
    this.#log = log;
  }

  /** What was remembered; `undefined` where nothing is, or nothing that can be used. */
  async read(): Promise<KeeperState | undefined> {
    const text = await readFile(this.#path, "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      const { chainId, truthSerum, ...state } = fileSchema.parse(JSON.parse(text));
      if (chainId === String(this.#owner.chainId) && truthSerum === this.#owner.truthSerum) return state;
      this.#log.warn({ file: this.#path, chainId, truthSerum }, "the state file is about another deployment: not used");
    } catch {
      this.#log.warn({ file: this.#path }, "the state file cannot be read: not used");
    }
    return undefined;
  }

  /** Writes all of it or nothing: a reader never meets half a file. That it cannot be written costs time, no work. */
  async write({ scannedTo, scannedHash, epochs }: KeeperState): Promise<void> {
    const { chainId, truthSerum } = this.#owner;
    const known = epochs.map(({ claimId, epoch }) => ({ claimId, epoch: String(epoch) }));
    const content = { chainId: String(chainId), truthSerum, scannedTo, scannedHash, epochs: known };
    const draft = `${this.#path}.${randomUUID()}`;
    try {
      await mkdir(dirname(this.#path), { recursive: true });
      await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`);
      await rename(draft, this.#path);
    } catch (error) {
      this.#log.warn({ file: this.#path, reason: messageOf(error) }, "the state file cannot be written");
      await rm(draft, { force: true }).catch(() => undefined);
    }
  }
}
