import { expect } from "chai";
import { addPending, type Pending, readPending, removePending } from "../../dapp/src/actions/pending.ts";

/** As much of a browser's storage as is used. */
class MemoryStorage {
  readonly items = new Map<string, string>();
  isFull = false;

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    if (this.isFull) throw new Error("QuotaExceededError");
    this.items.set(key, value);
  }
}

const pending = (hash: string, title = "Commit"): Pending => ({
  ...{ hash, chainId: 31_337, account: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", title, nonce: 1, sentAt: 1 },
});

describe("pending transactions", () => {
  const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  let storage: MemoryStorage;

  beforeEach(() => {
    storage = new MemoryStorage();
    Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true, writable: true });
  });

  after(() => {
    Reflect.deleteProperty(globalThis, "localStorage");
    if (before !== undefined) Object.defineProperty(globalThis, "localStorage", before);
  });

  it("are none at first", () => {
    expect(readPending()).to.eql([]);
  });

  it("are remembered in the order in which they were sent", () => {
    addPending(pending("0x01"));
    addPending(pending("0x02"));
    expect(readPending()).to.eql([pending("0x01"), pending("0x02")]);
  });

  it("are remembered once each", () => {
    addPending(pending("0x01"));
    addPending(pending("0x01", "Commit again"));
    expect(readPending()).to.eql([pending("0x01", "Commit again")]);
  });

  it("are forgotten one by one", () => {
    addPending(pending("0x01"));
    addPending(pending("0x02"));
    removePending("0x01");
    expect(readPending()).to.eql([pending("0x02")]);
  });

  it("stay where another one is forgotten that was not there", () => {
    addPending(pending("0x01"));
    removePending("0x02");
    expect(readPending()).to.eql([pending("0x01")]);
  });

  for (const broken of ["", "no JSON", "null", "{}", "7"]) {
    it(`are none where the storage holds "${broken}"`, () => {
      storage.items.set("credence.pending", broken);
      expect(readPending()).to.eql([]);
    });
  }

  it("do not keep a page from going on where the storage is full", () => {
    storage.isFull = true;
    addPending(pending("0x01"));
    expect(readPending()).to.eql([]);
  });
});
