import type { TransactionResponse } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { deployLocal, type LocalDeployment } from "../../ignition/deploy.ts";
import { CredenceError } from "../../sdk/errors.ts";

/** Seconds. */
export const HOUR = 3_600n;
/** Seconds. */
export const DAY = 24n * HOUR;

/** 100 billion gas: thousands of transactions fit in one block. */
const BLOCK_GAS_LIMIT = 100_000_000_000n;
const GENESIS_AT = 1_767_225_600n; // 2026-01-01T00:00:00Z

/** A transaction to send: `data` to the contract at `to`, from an account whose key the chain has or does not ask for. */
export interface Call {
  readonly from: string;
  readonly to: string;
  readonly data: string;
  /** Gas limit; that of `BULK_GAS` unless given. */
  readonly gas?: bigint;
}

/** A fresh chain in this process with the protocol deployed, whose every timestamp is chosen by the caller. */
export interface BenchChain extends LocalDeployment {
  readonly connection: NetworkConnection;
  /** The second from which on a caller may choose timestamps: a fixed one, long after the deployment. */
  readonly startsAt: bigint;
  /** Sends a transaction mined at second `at`; returns the gas of the whole transaction. Throws where it reverts. */
  send(at: bigint, transaction: () => Promise<TransactionResponse>): Promise<bigint>;
  /** Mines calls, in their order, in one block at second `at`. The caller looks whether they succeeded. */
  sendBlock(at: bigint, calls: readonly Call[]): Promise<void>;
  /** How many logs with this first topic a contract has emitted. */
  countLogs(address: string, topic: string): Promise<number>;
  /** Runs `action` and then puts the chain back to where it was. */
  aside<T>(action: () => Promise<T>): Promise<T>;
}

/** Gas limit of the transactions of `sendBlock` that name none. */
const BULK_GAS = 300_000n;

/** Opens a chain and deploys through Ignition, with the parameters of local chains; `close` it after use. */
export async function openBenchChain(): Promise<BenchChain> {
  const connection = await hre.network.create({
    override: {
      blockGasLimit: BLOCK_GAS_LIMIT,
      initialBaseFeePerGas: 0, // so that accounts without ether can send
      initialDate: new Date(Number(GENESIS_AT) * 1_000),
      mining: { auto: true, mempool: { order: "fifo" } },
    },
  });
  const { provider, networkHelpers, ethers } = connection;
  const deployment = await deployLocal(connection);

  const send: BenchChain["send"] = async (at, transaction) => {
    await networkHelpers.time.setNextBlockTimestamp(at);
    const receipt = await (await transaction()).wait();
    if (receipt === null) throw new CredenceError("the transaction was not mined", { at });
    return receipt.gasUsed;
  };

  const sendBlock: BenchChain["sendBlock"] = async (at, calls) => {
    await provider.request({ method: "evm_setAutomine", params: [false] });
    try {
      // One after the other: requests that are under way together may arrive in any order.
      for (const { gas = BULK_GAS, ...call } of calls) {
        const transaction = { ...call, gas: ethers.toQuantity(gas), gasPrice: "0x0" };
        await provider.request({ method: "eth_sendTransaction", params: [transaction] });
      }
      await networkHelpers.time.setNextBlockTimestamp(at);
      await networkHelpers.mine();
      const block = await ethers.provider.getBlock("latest");
      const mined = block?.transactions.length ?? 0;
      if (mined !== calls.length) {
        throw new CredenceError("the block left transactions out", { sent: calls.length, mined });
      }
    } finally {
      await provider.request({ method: "evm_setAutomine", params: [true] });
    }
  };

  const countLogs: BenchChain["countLogs"] = async (address, topic) => {
    const filter = { address, topics: [topic], fromBlock: "earliest" };
    const logs: unknown = await provider.request({ method: "eth_getLogs", params: [filter] });
    return Array.isArray(logs) ? logs.length : 0;
  };

  const aside: BenchChain["aside"] = async (action) => {
    const snapshot = await networkHelpers.takeSnapshot();
    try {
      return await action();
    } finally {
      await snapshot.restore();
    }
  };

  return { ...deployment, connection, startsAt: GENESIS_AT + 30n * DAY, send, sendBlock, countLogs, aside };
}
