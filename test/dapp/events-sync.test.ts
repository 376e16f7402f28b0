import { expect } from "chai";
import { type Synced, sync } from "../../dapp/src/events/sync.ts";
import { failureOf, rangeOf, Scene } from "./events-scene.ts";

describe("sync of events", () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await Scene.open();
  });

  afterEach(async () => scene.connection.close());

  describe("when nothing is known", () => {
    it("reads everything, in order", async () => {
      await scene.mint(1, 2, 3);
      const synced = await scene.read();
      expect(scene.minted(synced)).to.eql([1, 2, 3]);
      expect(synced.upTo).to.equal(await scene.head());
    });

    it("tells the time of each log", async () => {
      await scene.mint(1, 2);
      const { logs } = await scene.read();
      for (const { blockNumber, time } of logs) {
        expect(time).to.equal((await scene.connection.ethers.provider.getBlock(blockNumber))?.timestamp);
      }
    });

    it("finds nothing where nothing happened", async () => {
      expect((await scene.read()).logs).to.eql([]);
      await scene.expectWhole();
    });

    it("asks for nothing before the contract was made", async () => {
      await scene.read();
      expect(scene.node.ranges).to.eql([[scene.feed.since, await scene.head()]]);
    });
  });

  describe("when the node refuses the range", () => {
    it("asks for half as many blocks until it answers", async () => {
      await scene.mint(1, 2, 3, 4, 5, 6, 7);
      scene.node.mostBlocks = 2;
      expect(scene.minted(await scene.read())).to.eql([1, 2, 3, 4, 5, 6, 7]);
      expect(scene.node.ranges.slice(0, 4).map(([from, to]) => to - from + 1)).to.eql([8, 4, 2, 2]);
      await scene.expectWhole();
    });

    it("gives up where it refuses a single block", async () => {
      scene.node.mostBlocks = 0;
      expect(await failureOf(scene.read())).to.match(/block range exceeds the limit of 0/);
    });
  });

  describe("when pages are read", () => {
    it("tells how far it is after each", async () => {
      await scene.mint(1, 2, 3, 4);
      scene.node.mostBlocks = 2;
      const told: [number[], number][] = [];
      const synced = await scene.read((partly) => told.push([scene.minted(partly), partly.upTo - scene.feed.since]));
      expect(told).to.eql([
        [[], -1],
        [[1], 1],
        [[1, 2, 3], 3],
      ]);
      expect(scene.minted(synced)).to.eql([1, 2, 3, 4]);
    });

    it("does not change what it has told", async () => {
      await scene.mint(1, 2, 3, 4);
      scene.node.mostBlocks = 2;
      const told: Synced[] = [];
      await scene.read((partly) => told.push(partly));
      expect(told.map(scene.minted)).to.eql([[], [1], [1, 2, 3]]);
    });

    it("keeps those before a failure, and goes on behind them", async () => {
      await scene.mint(1, 2, 3, 4, 5);
      scene.node.mostBlocks = 2;
      scene.node.before = (request) => {
        if (request.method === "eth_getLogs" && rangeOf(request)[0] > scene.feed.since + 1)
          throw new Error("line is down");
      };
      expect(await failureOf(scene.read())).to.match(/line is down/);
      expect(await scene.stored()).to.have.length(2);

      scene.node.before = () => undefined;
      scene.node.asked.length = 0;
      expect(scene.minted(await scene.read())).to.eql([1, 2, 3, 4, 5]);
      expect(scene.node.ranges.every(([from]) => from > scene.feed.since + 1)).to.equal(true);
      await scene.expectWhole();
    });
  });

  describe("when a part is known", () => {
    it("reads what is new only", async () => {
      await scene.mint(1, 2);
      await scene.read();
      const known = await scene.head();
      await scene.mint(3);
      scene.node.asked.length = 0;
      expect(scene.minted(await scene.read())).to.eql([1, 2, 3]);
      expect(scene.node.ranges).to.eql([[known + 1, known + 1]]);
    });

    it("reads no logs where nothing is new", async () => {
      await scene.mint(1);
      await scene.read();
      scene.node.asked.length = 0;
      expect(scene.minted(await scene.read())).to.eql([1]);
      expect(scene.node.ranges).to.eql([]);
    });

    it("keeps feeds of different contracts apart", async () => {
      await scene.mint(1);
      await scene.read();
      const other = await scene.other();
      const synced = await sync({ ...scene.feed, address: await other.getAddress() }, scene.provider(), scene.store);
      expect(synced.logs).to.eql([]);
    });
  });

  it("does not trust a node that lacks a block which has logs", async () => {
    await scene.mint(1, 2);
    const behind = scene.provider();
    const { getBlock } = behind;
    behind.getBlock = async (tag) => (tag === scene.feed.since + 1 ? null : getBlock.call(behind, tag));
    expect(await failureOf(sync(scene.feed, behind, scene.store))).to.match(/lags behind/);
    expect(await scene.stored()).to.have.length(0);
  });

  describe("of a history that is longer than a page", () => {
    it("tells the newest first, until the others reach them", async () => {
      await scene.mint(1, 2);
      await scene.connection.networkHelpers.mine(50_000);
      await scene.mint(3);
      const told: number[][] = [];
      const synced = await scene.read(({ logs, newest }) =>
        told.push([...scene.minted({ logs }), 0, ...scene.minted({ logs: newest })]),
      );
      expect(told).to.eql([[0], [0, 3], [1, 2, 0, 3]]);
      expect(scene.minted(synced)).to.eql([1, 2, 3]);
      expect(synced.newest).to.eql([]);
      await scene.expectWhole();
    });

    it("asks for fewer of the newest where the node refuses so many", async () => {
      await scene.mint(1);
      await scene.connection.networkHelpers.mine(50_000);
      await scene.mint(2);
      scene.node.mostBlocks = 20_000;
      const told: number[][] = [];
      await scene.read(({ newest }) => told.push(scene.minted({ logs: newest })));
      expect(told.slice(0, 2)).to.eql([[], [2]]);
    });
  });

  describe("of the newest blocks", () => {
    it("keeps none: a node that lags may have told that nothing happened there", async () => {
      scene.unsettled = 3;
      await scene.mint(1, 2, 3, 4, 5);
      expect(scene.minted(await scene.read())).to.eql([1, 2, 3, 4, 5]);
      const kept = await scene.stored();
      expect(kept.at(-1)?.to).to.equal((await scene.head()) - 3);
      await scene.mint(6);
      expect(scene.minted(await scene.read())).to.eql([1, 2, 3, 4, 5, 6]);
    });
  });

  it("begins anew where the next block does not follow on the last that is known", async () => {
    const { networkHelpers } = scene.connection;
    const before = await networkHelpers.takeSnapshot();
    await scene.mint(1);
    await scene.read();
    let isToFork = true;
    scene.node.before = async ({ method }) => {
      // What is kept has been compared with the chain by then, and nothing more is known of its blocks.
      if (!isToFork || method !== "eth_blockNumber") return;
      isToFork = false;
      await before.restore();
      await scene.mint(7, 8);
    };
    expect(scene.minted(await scene.read())).to.eql([7, 8]);
    await scene.expectWhole();
  });
});
