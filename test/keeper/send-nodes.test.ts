import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "chai";
import { type BlockTag, toQuantity } from "ethers";
import { NodeError, StepError } from "../../keeper/errors.ts";
import { BLOCKS_SEARCHED } from "../../keeper/mined.ts";
import type { Sent } from "../../keeper/send.ts";
import { CALL, Counts, type Desk, deskTests, receiptOf } from "./desk.ts";
import { linesOf } from "./workshop.ts";

/** Milliseconds that a transaction may take: doubts last for a tenth of it. */
const PATIENCE = 4_000;

/** Counts the account's transactions. */
type Counted = (view: BlockTag | undefined) => Promise<number>;

/** How many answers a node that lags behind gives before it has caught up. */
const STALE_ANSWERS = 1;

/** More than those of a single look, after which all is believed that is believed at once. */
const STALE_FOR_LONGER = 3;

describe("Sender, with several nodes behind one URL", () => {
  const openDesk = deskTests({ gasCap: 16_777_216n, stuckAfter: PATIENCE, isDryRun: false });
  let desk: Desk;
  let counts: Counts;

  beforeEach(() => {
    desk = openDesk();
    counts = desk.counts;
  });

  const request = <T>(method: string, ...params: unknown[]) => desk.request<T>(method, ...params);
  const send = () => desk.send();
  const sendElsewhere = (transaction: object) => desk.sendElsewhere(transaction, "20");
  const sent = () => desk.logged("sent");

  /** Whether the log has a line that a transaction was handed over. */
  const isSent = () => linesOf(desk.output, "sent").length > 0;

  /** The first answers are those of a node that lags behind. */
  function lag(method: "getTransactionReceipt" | "getTransaction", answers = STALE_ANSWERS): void {
    const { provider } = desk.connection.ethers;
    const ask = provider[method].bind(provider) as (hash: string) => Promise<null>;
    let stale = 0;
    provider[method] = async (hash: string) => (stale++ < answers ? null : ask(hash));
  }

  /** The account's transactions are counted as `answer` says, who is told how to count them really. */
  function count(answer: (counted: Counted, view: BlockTag | undefined) => Promise<number>): void {
    const { provider } = desk.connection.ethers;
    const ask = provider.getTransactionCount.bind(provider);
    provider.getTransactionCount = (address, view) => answer((really) => ask(address, really), view);
  }

  /** The node does something with what it is given, and what it says then is lost. */
  function loseAnswer(act?: () => Promise<unknown>): void {
    const { provider } = desk.connection.ethers;
    const ask = provider.send.bind(provider);
    provider.send = async (method: string, params: unknown[]) => {
      if (method !== "eth_sendTransaction") return ask(method, params);
      await (act === undefined ? ask(method, params) : act());
      throw new NodeError("The node does not answer: the line broke");
    };
  }

  it("brings the receipt though the first node that is asked for it does not have it yet", async () => {
    lag("getTransactionReceipt");
    expect(await send()).to.have.property("outcome", "mined");
    expect(counts.outcomes).to.deep.equal(["mined"]);
  });

  it("does not take the nonce for another's though it takes several looks until a node has the receipt", async () => {
    lag("getTransactionReceipt", STALE_FOR_LONGER);
    expect(await send()).to.have.property("outcome", "mined");
    expect(counts.outcomes).to.deep.equal(["mined"]);
  });

  it("does not send again what one of the nodes does not know yet", async () => {
    await request("evm_setAutomine", false);
    // No node counts what is pending: what is known by its hash alone tells.
    count((counted, view) => (view === "pending" ? counted("latest") : counted(view)));
    lag("getTransaction");
    const minedLate = send();
    await sent();
    await sleep(PATIENCE / 2);
    await request("evm_mine");
    expect(await minedLate).to.have.property("outcome", "mined");
    expect(linesOf(desk.output, "the node forgot a transaction: sending it again")).to.have.length(0);
  });

  it("does not believe in a reorganisation that one of the nodes alone has seen", async () => {
    await request("hardhat_setNonce", desk.account, "0x5");
    await request("evm_setAutomine", false);
    let stale = 0;
    count(async (counted, view) => (isSent() && view === "pending" && stale++ < STALE_ANSWERS ? 4 : counted(view)));
    const minedLate = send();
    await sent();
    await sleep(PATIENCE / 2);
    await request("evm_mine");
    expect(await minedLate).to.have.property("outcome", "mined");
    expect(stale).to.be.greaterThan(STALE_ANSWERS);
  });

  it("gives up after a reorganisation that all of them have seen, and counts that once", async () => {
    await request("hardhat_setNonce", desk.account, "0x5");
    await request("evm_setAutomine", false);
    count((counted, view) => (isSent() && view === "pending" ? Promise.resolve(4) : counted(view)));
    const failure: unknown = await send().catch((reason: unknown) => reason);
    expect(failure).to.be.instanceOf(StepError).with.property("message").that.includes("The chain was reorganised");
    expect(counts.outcomes).to.deep.equal(["abandoned"]);
  });

  it("finds its transaction, and counts the gas, where the answer with the hash was lost", async () => {
    loseAnswer();
    const { hash, gasUsed, fee } = receiptOf(await send());
    expect((await desk.connection.ethers.provider.getTransaction(hash))?.data).to.equal(CALL.data);
    expect(counts).to.deep.include({ outcomes: ["mined"], costs: [[gasUsed, fee]] });
  });

  it("finds it though one of the nodes does not know of it yet", async () => {
    loseAnswer();
    let stale = 0;
    count(async (counted, view) => {
      const isBehind = view === "pending" && (await counted("latest")) > 0 && stale++ < STALE_ANSWERS;
      return isBehind ? 0 : counted(view);
    });
    expect(await send()).to.have.property("outcome", "mined");
    expect(counts.outcomes).to.deep.equal(["mined"]);
  });

  /** The account's transactions up to a block of some height are counted as `answer` says. */
  function countUpTo(answer: (counted: Counted, block: number) => Promise<number>): void {
    count((counted, view) => (typeof view === "number" ? answer(counted, view) : counted(view)));
  }

  it("takes the nonce for another's where no node has the state of earlier blocks", async () => {
    loseAnswer();
    countUpTo(() => Promise.reject(new Error("pruned")));
    expect(await send()).to.deep.equal({ outcome: "overtaken" });
  });

  it("takes the nonce for another's where no node has the block", async () => {
    loseAnswer();
    const { provider } = desk.connection.ethers;
    const ask = provider.send;
    provider.send = async (method: string, params: unknown[]) =>
      method === "eth_getBlockByNumber" && params[1] === true ? null : ask(method, params);
    expect(await send()).to.deep.equal({ outcome: "overtaken" });
  });

  for (const [what, error] of [
    ["the node does not answer", new NodeError("The node does not answer: the line broke")],
    ["the keeper is wrong", new TypeError("block is undefined")],
  ] as const) {
    it(`does not take the nonce for another's where ${what} while it is looked for`, async () => {
      loseAnswer();
      countUpTo(() => Promise.reject(error));
      expect(await send().catch((reason: unknown) => reason)).to.equal(error);
      expect(counts.outcomes).to.deep.equal(["abandoned"]);
    });
  }

  it("says why the transaction was not taken, and counts it, where nobody tells what became of it", async () => {
    let isLost = false;
    loseAnswer(async () => {
      isLost = true;
    });
    count((counted, view) => (isLost ? Promise.reject(new NodeError("The node is away")) : counted(view)));
    const failure: unknown = await send().catch((reason: unknown) => reason);
    expect(failure).to.be.instanceOf(NodeError).with.property("message").that.includes("the line broke");
    expect(counts.outcomes).to.deep.equal(["abandoned"]);
  });

  it("finds it among the blocks that came since", async () => {
    await request("hardhat_mine", toQuantity(2 * BLOCKS_SEARCHED));
    loseAnswer();
    let isMinedOn = false;
    count(async (counted, view) => {
      if (view === "pending" && !isMinedOn && (await counted("latest")) > 0) {
        isMinedOn = true;
        for (let blocks = 1; blocks < BLOCKS_SEARCHED; blocks++) await request("evm_mine");
      }
      return counted(view);
    });
    expect(receiptOf(await send()).blockNumber).to.equal(2 * BLOCKS_SEARCHED + 1);
  });

  for (const [what, transactionTo] of [
    ["does something else", () => ({ data: "0x5678" })],
    ["asks another contract", () => ({ data: CALL.data, to: desk.account })],
    ["brings ether", () => ({ data: CALL.data, value: "0x1" })],
  ] as const) {
    it(`is overtaken by a transaction of the same account that ${what}, where an answer was lost`, async () => {
      loseAnswer(() => sendElsewhere(transactionTo()));
      expect(await send()).to.deep.equal({ outcome: "overtaken" });
      expect(counts).to.deep.include({ outcomes: ["overtaken"], costs: [] });
    });
  }

  it("is overtaken by a transaction that does the same, where its own hash is known", async () => {
    await request("evm_setAutomine", false);
    const overtaken = send();
    await sent();
    await sendElsewhere({ data: CALL.data });
    await request("evm_mine");
    expect(await overtaken).to.deep.equal({ outcome: "overtaken" });
    expect(counts).to.deep.include({ outcomes: ["overtaken"], costs: [] });
  });

  it("counts once what two processes of one account send at once", async () => {
    await request("evm_setAutomine", false);
    const both = [new Counts(), new Counts()] as const;
    const sendings = both.map((counts) => desk.send(desk.sender({}, counts)));
    await sent();
    await desk.logged("the node has a transaction with this nonce");
    await request("evm_mine");
    const outcomes = (await Promise.all(sendings)).map(({ outcome }) => outcome);
    expect(outcomes).to.have.members(["mined", "overtaken"]);
    expect(both.map((counts) => counts.outcomes)).to.deep.equal(outcomes.map((outcome) => [outcome]));
    expect(both.flatMap(({ costs }) => costs)).to.have.length(1);
  });

  it("counts a transaction again that a reorganisation took back, and that was sent again", async () => {
    const { provider } = desk.connection.ethers;
    const fees = await provider.getFeeData();
    provider.getFeeData = async () => fees;
    const sender = desk.sender();
    const before = await request("evm_snapshot");
    const first = receiptOf(await desk.send(sender));
    await request("evm_revert", before);
    await request("evm_mine");
    const second = receiptOf(await desk.send(sender));
    expect([second.hash, counts.outcomes]).to.deep.equal([first.hash, ["mined", "mined"]]);
  });

  describe("when a node takes the nonce of a transaction that was counted for a free one", () => {
    /** The first answer, for what is mined and for what waits, is that of a node which knows of none. */
    function forget(): void {
      let stale = 0;
      count(async (counted, view) => (stale++ < 2 ? 0 : counted(view)));
    }

    async function expectOvertaken(sending: Promise<Sent>, counted: number): Promise<void> {
      expect(await sending).to.deep.equal({ outcome: "overtaken" });
      expect(counts.outcomes).to.deep.equal([...Array(counted).fill("mined"), "overtaken"]);
      expect(counts.costs).to.have.length(counted);
    }

    for (const counted of [1, 2]) {
      it(`does not count it again, though ${counted === 1 ? "no" : "another"} one was sent since`, async () => {
        const sender = desk.sender();
        for (let times = 0; times < counted; times++) await desk.send(sender);
        const first = await desk.connection.ethers.provider.getBlock(1);
        const { provider } = desk.connection.ethers;
        const ask = provider.send.bind(provider);
        provider.send = async (method: string, params: unknown[]) =>
          method === "eth_sendTransaction" ? first?.transactions[0] : ask(method, params);
        forget();
        await expectOvertaken(desk.send(sender), counted);
      });

      it(`does not find it where the answer was lost, though ${counted === 1 ? "no" : "another"} one was sent since`, async () => {
        const sender = desk.sender();
        for (let times = 0; times < counted; times++) await desk.send(sender);
        loseAnswer(async () => undefined);
        forget();
        await expectOvertaken(desk.send(sender), counted);
      });
    }
  });
});
