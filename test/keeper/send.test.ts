import { expect } from "chai";
import { FeeData, parseUnits, toQuantity } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import { StepError } from "../../keeper/errors.ts";
import type { SendLimits, Sent } from "../../keeper/send.ts";
import type { Collector } from "../demo/fixtures.ts";
import { type Counts, type Desk, deskTests, receiptOf } from "./desk.ts";
import { linesOf } from "./workshop.ts";

const GAS = 21_000n;

/** A transaction is stuck after a second: what a test does before must not take as long, also on a slow machine. */
const LIMITS: SendLimits = { gasCap: 16_777_216n, stuckAfter: 1_000, isDryRun: false };

describe("Sender", () => {
  const openDesk = deskTests(LIMITS);
  let desk: Desk;
  let connection: NetworkConnection;
  let to: string;
  let output: Collector;
  let counts: Counts;

  beforeEach(() => {
    desk = openDesk();
    ({ connection, to, output, counts } = desk);
  });

  const request = <T>(method: string, ...params: unknown[]) => desk.request<T>(method, ...params);
  const logged = (message: string, times?: number) => desk.logged(message, times);
  const sendElsewhere = (gwei: string) => desk.sendElsewhere({ value: "0x1" }, gwei);

  function send(limits: Partial<SendLimits> = {}, gasLimit = GAS): Promise<Sent> {
    return desk.send(desk.sender(limits), { data: "0x", gasLimit });
  }

  const holdBlocks = () => request("evm_setAutomine", false);
  const mine = () => request("evm_mine");
  const nonce = () => connection.ethers.provider.getTransactionCount(desk.account);

  it("sends a call and brings its receipt", async () => {
    const receipt = receiptOf(await send());
    expect([receipt.status, receipt.from, receipt.to]).to.deep.equal([1, desk.account, to]);
    expect(counts).to.deep.include({ outcomes: ["mined"], costs: [[receipt.gasUsed, receipt.fee]] });
  });

  it("counts what a rollup charges beside gas", async () => {
    const { provider } = connection.ethers;
    const ask = provider.send.bind(provider);
    provider.send = async (method: string, params: unknown[]) => {
      const answer = await ask(method, params);
      return method === "eth_getTransactionReceipt" ? { ...answer, l1Fee: "0x7" } : answer;
    };
    const receipt = receiptOf(await send());
    expect(counts.costs).to.deep.equal([[receipt.gasUsed, receipt.fee + 7n]]);
  });

  it("counts one that was reverted as such", async () => {
    // PUSH0 PUSH0 REVERT
    await request("hardhat_setCode", to, "0x5f5ffd");
    await holdBlocks();
    const sending = send({ stuckAfter: 5_000 }, 2n * GAS);
    await logged("sent");
    await mine();
    expect(receiptOf(await sending).status).to.equal(0);
    expect(counts.outcomes).to.deep.equal(["reverted"]);
  });

  it("replaces what is not mined in time by one that pays more, with the same nonce", async () => {
    await holdBlocks();
    const sending = send();
    await logged("replacing a stuck transaction with one that pays more");
    await logged("sent", 2);
    await mine();
    const { hash } = receiptOf(await sending);
    const [first, second] = linesOf(output, "sent");
    expect([first?.nonce, second?.nonce, second?.hash]).to.deep.equal([0, 0, hash]);
    expect(await nonce()).to.equal(1);
    expect(counts.outcomes.slice(-2)).to.deep.equal(["replaced", "mined"]);
  });

  it("pays at once what the chain asks for where the base fee has risen far", async () => {
    await holdBlocks();
    const sending = send();
    await logged("sent");
    const { provider } = connection.ethers;
    const fees = new FeeData(null, parseUnits("500", "gwei"), parseUnits("2", "gwei"));
    provider.getFeeData = async () => fees;
    await logged("sent", 2);
    await mine();
    receiptOf(await sending);
    expect(linesOf(output, "sent")[1]).to.include({ maxFeePerGasGwei: "500.0", maxPriorityFeePerGasGwei: "2.0" });
  });

  it("pays no more than the fee cap then", async () => {
    await holdBlocks();
    const sending = send({ maxFeePerGas: parseUnits("40", "gwei") });
    await logged("sent");
    connection.ethers.provider.getFeeData = async () => new FeeData(null, parseUnits("500", "gwei"), 1n);
    await logged("sent", 2);
    await mine();
    receiptOf(await sending);
    expect(linesOf(output, "sent")[1]).to.include({
      maxFeePerGasGwei: "40.0",
      maxPriorityFeePerGasGwei: "1.250000001",
    });
  });

  const FORGOTTEN = "the node forgot a transaction: sending it again";

  it("sends a transaction again that the node forgot, long before it would be replaced", async () => {
    await holdBlocks();
    const sending = send({ stuckAfter: 2_000 });
    await logged("sent");
    const [first] = linesOf(output, "sent");
    await request("hardhat_dropTransaction", first?.hash);
    await logged(FORGOTTEN);
    await logged("sent", 2);
    await mine();
    expect(receiptOf(await sending).hash).to.equal(first?.hash);
    expect(await nonce()).to.equal(1);
    expect(counts.outcomes).to.deep.equal(["forgotten", "mined"]);
  });

  it("takes it for sent where the node says that it has it, and does not count it yet", async () => {
    await holdBlocks();
    const sending = send({ stuckAfter: 2_000 });
    await logged("sent");
    const { provider } = connection.ethers;
    const [count, ask] = [provider.getTransactionCount.bind(provider), provider.send.bind(provider)];
    provider.getTransactionCount = async (address) => count(address, "latest");
    provider.getTransaction = async () => null;
    provider.send = async (method: string, params: unknown[]) => {
      if (method === "eth_sendTransaction") throw new Error("already known");
      return ask(method, params);
    };
    await Promise.race([sending, logged("the node has a transaction with this nonce")]);
    await mine();
    expect(receiptOf(await sending).hash).to.equal(linesOf(output, "sent")[0]?.hash);
    expect(counts.outcomes).to.deep.equal(["forgotten", "mined"]);
  });

  it("gives it up where a reorganisation took away those before it", async () => {
    const before = await request("evm_snapshot");
    await send();
    await holdBlocks();
    counts.outcomes.length = 0;
    const sending = send({ stuckAfter: 2_000 });
    await logged("sent", 2);
    await request("evm_revert", before);
    const failure: unknown = await sending.catch((reason: unknown) => reason);
    expect(failure).to.be.instanceOf(StepError).with.property("message").that.includes("The chain was reorganised");
    expect([counts.outcomes, linesOf(output, "sent").map((line) => line.nonce)]).to.deep.equal([["abandoned"], [0, 1]]);
  });

  it("offers more for it where gas costs more by then", async () => {
    await holdBlocks();
    const sending = send({ stuckAfter: 2_000 });
    await logged("sent");
    await request("hardhat_dropTransaction", linesOf(output, "sent")[0]?.hash);
    connection.ethers.provider.getFeeData = async () => new FeeData(null, parseUnits("50", "gwei"), 1n);
    await logged("sent", 2);
    await mine();
    expect(receiptOf(await sending).hash).to.equal(linesOf(output, "sent")[1]?.hash);
    expect(linesOf(output, "sent")[1]).to.include({ nonce: 0, maxFeePerGasGwei: "50.0" });
  });

  it("raises what it offered for it last where that is stuck too", async () => {
    await holdBlocks();
    const sending = send({ stuckAfter: 2_000 });
    await logged("sent");
    await request("hardhat_dropTransaction", linesOf(output, "sent")[0]?.hash);
    connection.ethers.provider.getFeeData = async () => new FeeData(null, parseUnits("50", "gwei"), 1n);
    await logged("sent", 3);
    await mine();
    expect(receiptOf(await sending).hash).to.equal(linesOf(output, "sent")[2]?.hash);
    expect(linesOf(output, "sent")[2]).to.include({ maxFeePerGasGwei: "62.500000001" });
    expect(counts.outcomes).to.deep.equal(["forgotten", "replaced", "mined"]);
  });

  it("does not take a transaction for forgotten that waits", async () => {
    await holdBlocks();
    const sending = send({ stuckAfter: 4_000 });
    await logged("sent");
    const { provider } = connection.ethers;
    const looks: unknown[] = [];
    const count = provider.getTransactionCount.bind(provider);
    provider.getTransactionCount = async (address, view) => {
      if (view === "pending") looks.push(view);
      return count(address, view);
    };
    // One is for those before it, and one for this.
    await desk.until(() => looks.length > 1);
    await mine();
    receiptOf(await sending);
    expect(linesOf(output, FORGOTTEN)).to.have.length(0);
  });

  it("takes the nonce of a transaction that the node forgot while it was waited for", async () => {
    await holdBlocks();
    const hash = await sendElsewhere("3");
    const sending = send({ stuckAfter: 5_000 });
    await logged("waiting for a transaction that an earlier run left in flight");
    await request("hardhat_dropTransaction", hash);
    await logged("sent");
    await mine();
    receiptOf(await sending);
    expect([linesOf(output, "sent")[0]?.nonce, await nonce()]).to.deep.equal([0, 1]);
  });

  it("lets a transaction that an earlier run left in flight be mined first", async () => {
    await holdBlocks();
    await sendElsewhere("3");
    const sending = send({ stuckAfter: 5_000 });
    await logged("waiting for a transaction that an earlier run left in flight");
    await mine();
    await logged("sent");
    await mine();
    receiptOf(await sending);
    expect(await nonce()).to.equal(2);
  });

  it("takes the place of one that an earlier run left stuck", async () => {
    await holdBlocks();
    await sendElsewhere("3");
    const sending = send();
    await logged("sent");
    await mine();
    expect(receiptOf(await sending).hash).to.equal(linesOf(output, "sent")[0]?.hash);
    expect(await nonce()).to.equal(1);
  });

  it("does not wait for it while gas costs more than the fee cap", async () => {
    await holdBlocks();
    await sendElsewhere("3");
    connection.ethers.provider.getFeeData = async () => new FeeData(null, parseUnits("500", "gwei"), 1n);
    const sending = send({ maxFeePerGas: parseUnits("40", "gwei"), stuckAfter: 60_000 });
    const failure: unknown = await sending.catch((reason: unknown) => reason);
    expect(failure).to.be.instanceOf(StepError).with.property("message").that.includes("--max-fee");
  });

  it("says where another transaction took the nonce", async () => {
    await holdBlocks();
    const sending = send({ stuckAfter: 5_000 });
    await logged("sent");
    await sendElsewhere("20");
    await mine();
    expect(await sending).to.deep.equal({ outcome: "overtaken" });
    expect(counts).to.deep.include({ outcomes: ["overtaken"], costs: [] });
  });

  it("does not wait any longer when it is to end", async () => {
    await holdBlocks();
    const sending = send({ stuckAfter: 60_000 });
    await logged("sent");
    desk.end.abort();
    expect(await sending).to.deep.equal({ outcome: "interrupted" });
    expect(counts.outcomes).to.deep.equal(["interrupted"]);
  });

  it("sends nothing again when it is to end while it doubts that the node knows it", async () => {
    await holdBlocks();
    const sending = send({ stuckAfter: 2_000 });
    await logged("sent");
    const { provider } = connection.ethers;
    provider.getTransaction = async () => {
      desk.end.abort();
      return null;
    };
    await request("hardhat_dropTransaction", linesOf(output, "sent")[0]?.hash);
    expect(await sending).to.deep.equal({ outcome: "interrupted" });
    expect([linesOf(output, FORGOTTEN), counts.outcomes]).to.deep.equal([[], ["interrupted"]]);
  });

  it("sends nothing while gas costs more than the fee cap", async () => {
    await request("hardhat_setNextBlockBaseFeePerGas", toQuantity(parseUnits("50", "gwei")));
    await mine();
    const cap = parseUnits("40", "gwei");
    const failure: unknown = await send({ maxFeePerGas: cap }).catch((e: unknown) => e);
    expect(failure).to.be.instanceOf(StepError).with.property("message").that.includes("--max-fee");
    expect(await nonce()).to.equal(0);
  });

  it("offers no more than the fee cap", async () => {
    await request("hardhat_setNextBlockBaseFeePerGas", toQuantity(parseUnits("50", "gwei")));
    await mine();
    await send({ maxFeePerGas: parseUnits("60", "gwei") });
    expect(linesOf(output, "sent")[0]).to.include({ maxFeePerGasGwei: "60.0", maxPriorityFeePerGasGwei: "1.0" });
  });

  it("does not raise the fee above the cap", async () => {
    await holdBlocks();
    const sending = send({ maxFeePerGas: parseUnits("3", "gwei"), stuckAfter: 50 });
    const failure: unknown = await sending.catch((reason: unknown) => reason);
    expect(failure).to.be.instanceOf(StepError).with.property("message").that.includes("no more may be paid");
    expect(counts.outcomes).to.deep.equal(["abandoned"]);
  });

  it("passes on why the node does not take a transaction", async () => {
    const stranger = desk.sender({}, counts, "0x00000000000000000000000000000000000000aa");
    const failure: unknown = await desk.send(stranger).catch((reason: unknown) => reason);
    expect(failure)
      .to.be.instanceOf(Error)
      .with.property("message")
      .that.matches(/account/i);
    expect(counts.outcomes).to.deep.equal(["refused"]);
  });

  it("keeps to the gas of a block where that is less than the gas cap", async () => {
    await request("evm_setBlockGasLimit", "0x1e8480");
    await mine();
    expect(await desk.sender().gasCap()).to.equal(2_000_000n);
    expect(await desk.sender({ gasCap: 1_000_000n }).gasCap()).to.equal(1_000_000n);
  });
});
