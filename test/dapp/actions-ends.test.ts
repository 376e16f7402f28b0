import { expect } from "chai";
import type { Provider } from "ethers";
import { EndFinder } from "../../dapp/src/actions/ends.ts";
import type { SentTransaction } from "../../dapp/src/actions/sent.ts";

const PENDING: SentTransaction = { hash: "0x01", chainId: 1, account: "0xaa", title: "Commit", sentAt: 0 };

/** What a node knows. */
interface Known {
  readonly status?: number;
  readonly nonce?: number;
  readonly count?: number;
}

function nodeWith({ status, nonce, count = 0 }: Known): Provider {
  const node = {
    getTransactionReceipt: async () => (status === undefined ? null : { status }),
    getTransaction: async () => (nonce === undefined ? null : { nonce }),
    getTransactionCount: async () => count,
  };
  return node as unknown as Provider;
}

describe("how a transaction ends", () => {
  let finder: EndFinder;
  beforeEach(() => {
    finder = new EndFinder();
  });

  it("is confirmed with a receipt of success", async () => {
    expect(await finder.endOf(PENDING, nodeWith({ status: 1 }), 10)).to.equal("confirmed");
  });

  it("is failed with a receipt of a revert", async () => {
    expect(await finder.endOf(PENDING, nodeWith({ status: 0 }), 10)).to.equal("failed");
  });

  it("is open while the node knows it and its nonce is free", async () => {
    expect(await finder.endOf(PENDING, nodeWith({ nonce: 7, count: 7 }), 10)).to.equal(undefined);
    expect(finder.nonceOf(PENDING.hash)).to.equal(7);
  });

  it("is open while nobody has told its nonce", async () => {
    expect(await finder.endOf(PENDING, nodeWith({ count: 99 }), 10)).to.equal(undefined);
  });

  it("is replaced once its nonce has been used for two blocks", async () => {
    await finder.endOf(PENDING, nodeWith({ nonce: 7, count: 7 }), 10);
    const after = nodeWith({ count: 8 });
    expect(await finder.endOf(PENDING, after, 11)).to.equal(undefined);
    expect(await finder.endOf(PENDING, after, 12)).to.equal(undefined);
    expect(await finder.endOf(PENDING, after, 13)).to.equal("replaced");
  });

  it("is confirmed where the receipt comes after the count", async () => {
    await finder.endOf(PENDING, nodeWith({ nonce: 7, count: 8 }), 11);
    expect(await finder.endOf(PENDING, nodeWith({ status: 1, count: 8 }), 13)).to.equal("confirmed");
  });

  it("begins to doubt anew where the nonce is free again", async () => {
    await finder.endOf({ ...PENDING, nonce: 7 }, nodeWith({ count: 8 }), 11);
    await finder.endOf({ ...PENDING, nonce: 7 }, nodeWith({ count: 7 }), 12);
    expect(await finder.endOf({ ...PENDING, nonce: 7 }, nodeWith({ count: 8 }), 13)).to.equal(undefined);
  });
});
