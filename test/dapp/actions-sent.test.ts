import { expect } from "chai";
import { addSent, readSent, removeSent, type SentTransaction, updateSent } from "../../dapp/src/actions/sent.ts";

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

const pending = (hash: string, title = "Commit"): SentTransaction => ({
  ...{ hash, chainId: 31_337, account: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8", title, nonce: 1, sentAt: 1 },
});

describe("sent transactions", () => {
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
    expect(readSent()).to.eql([]);
  });

  it("are remembered in the order in which they were sent", () => {
    addSent(pending("0x01"));
    addSent(pending("0x02"));
    expect(readSent()).to.eql([pending("0x01"), pending("0x02")]);
  });

  it("are remembered once each", () => {
    addSent(pending("0x01"));
    addSent(pending("0x01", "Commit again"));
    expect(readSent()).to.eql([pending("0x01", "Commit again")]);
  });

  it("are forgotten one by one", () => {
    addSent(pending("0x01"));
    addSent(pending("0x02"));
    removeSent("0x01");
    expect(readSent()).to.eql([pending("0x02")]);
  });

  it("stay where another one is forgotten that was not there", () => {
    addSent(pending("0x01"));
    removeSent("0x02");
    expect(readSent()).to.eql([pending("0x01")]);
  });

  for (const broken of ["", "no JSON", "null", "{}", "7"]) {
    it(`are none where the storage holds "${broken}"`, () => {
      storage.items.set("credence.sent", broken);
      expect(readSent()).to.eql([]);
    });
  }

  it("do not keep a page from going on where the storage is full", () => {
    storage.isFull = true;
    addSent(pending("0x01"));
    expect(readSent()).to.eql([]);
  });

  it("are remembered with how they ended, the last two of them", () => {
    for (const hash of ["0x01", "0x02", "0x03", "0x04"]) addSent(pending(hash));
    for (const hash of ["0x01", "0x02", "0x03"]) updateSent(hash, { end: "confirmed" });
    expect(readSent()).to.eql([
      { ...pending("0x02"), end: "confirmed" },
      { ...pending("0x03"), end: "confirmed" },
      pending("0x04"),
    ]);
  });

  it("are not remembered again by what becomes known of one that was forgotten", () => {
    addSent(pending("0x01"));
    removeSent("0x01");
    updateSent("0x01", { end: "confirmed" });
    expect(readSent()).to.eql([]);
  });
});
