import { expect } from "chai";
import type { Span } from "../../dapp/src/events/spans.ts";
import { Scene } from "./events-scene.ts";

describe("what is known of events", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.open();
  });

  afterEach(async () => scene.connection.close());

  describe("when the chain was reorganised", () => {
    it("forgets what is gone, and nothing else", async () => {
      await scene.mint(1, 2);
      await scene.read();
      const snapshot = await scene.request("evm_snapshot");
      await scene.mint(3);
      await scene.read();
      const kept = await scene.head();
      await scene.request("evm_revert", snapshot);
      await scene.mint(4, 5);
      scene.node.asked.length = 0;
      expect(scene.minted(await scene.read())).to.eql([1, 2, 4, 5]);
      expect(scene.node.ranges).to.eql([[kept, kept + 1]]);
      await scene.expectWhole();
    });

    it("forgets what is gone where the chain is shorter now", async () => {
      await scene.mint(1);
      await scene.read();
      const snapshot = await scene.request("evm_snapshot");
      await scene.mint(2, 3);
      await scene.read();
      await scene.request("evm_revert", snapshot);
      expect(scene.minted(await scene.read())).to.eql([1]);
      await scene.expectWhole();
    });

    it("begins again where it happens while a page is read", async () => {
      await scene.mint(1);
      const snapshot = await scene.request("evm_snapshot");
      await scene.mint(2);
      let isDone = false;
      scene.node.before = async ({ method }) => {
        if (method !== "eth_getLogs" || isDone) return;
        isDone = true;
        await scene.request("evm_revert", snapshot);
        await scene.mint(3);
      };
      expect(scene.minted(await scene.read())).to.eql([1, 3]);
      await scene.expectWhole();
    });
  });

  describe("when somebody else has written to the store", () => {
    beforeEach(async () => {
      await scene.mint(1, 2, 3, 4, 5);
      scene.node.mostBlocks = 2;
      await scene.read();
      scene.node.mostBlocks = Number.POSITIVE_INFINITY;
    });

    it("tells no log twice where spans overlap", async () => {
      const [first, second] = await scene.stored();
      if (first === undefined || second === undefined) throw new Error("too few spans");
      const both: Span = { ...first, to: second.to, hash: second.hash, logs: [...first.logs, ...second.logs] };
      await scene.store.add(both);
      expect(scene.minted(await scene.read())).to.eql([1, 2, 3, 4, 5]);
      await scene.expectWhole();
    });

    it("leaves out no log where there is a gap", async () => {
      const [, second] = await scene.stored();
      if (second === undefined) throw new Error("too few spans");
      await scene.store.remove(second);
      expect(scene.minted(await scene.read())).to.eql([1, 2, 3, 4, 5]);
      await scene.expectWhole();
    });

    it("leaves out no log where the beginning is missing", async () => {
      const [first] = await scene.stored();
      if (first === undefined) throw new Error("no span");
      await scene.store.remove(first);
      expect(scene.minted(await scene.read())).to.eql([1, 2, 3, 4, 5]);
      await scene.expectWhole();
    });
  });

  describe("when spans are old", () => {
    it("puts them together, and keeps all logs", async () => {
      for (const amount of [1, 2, 3]) {
        await scene.mint(amount);
        await scene.read();
      }
      expect(await scene.stored()).to.have.length(3);
      await scene.mine(200);
      await scene.read();
      expect((await scene.stored()).map(({ logs }) => logs.length)).to.eql([3, 0]);
      expect(scene.minted(await scene.read())).to.eql([1, 2, 3]);
      await scene.expectWhole();
    });

    it("does not hide a gap that another window leaves meanwhile", async () => {
      for (const amount of [1, 2, 3]) {
        await scene.mint(amount);
        await scene.read();
      }
      await scene.mine(200);
      const [, second] = await scene.stored();
      scene.node.before = async ({ method }) => {
        if (method === "eth_getLogs" && second !== undefined) await scene.store.remove(second);
      };
      await scene.read();
      scene.node.before = () => undefined;
      expect(scene.minted(await scene.read())).to.eql([1, 2, 3]);
      await scene.expectWhole();
    });

    it("leaves those that a reorganisation could reach", async () => {
      for (const amount of [1, 2, 3]) {
        await scene.mint(amount);
        await scene.read();
      }
      await scene.mine(20);
      await scene.read();
      expect(await scene.stored()).to.have.length(4);
    });
  });
});
