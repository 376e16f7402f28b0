import { setTimeout as sleep } from "node:timers/promises";
import { JsonRpcProvider, toQuantity } from "ethers";
import type { Browser } from "playwright-core";
import { type DeploymentRecord, readRecord } from "../ignition/record.ts";
import { BLOCK_TIME } from "../scripts/start/main.ts";
import { type Run, start } from "../test/scripts-setup/command-line.ts";
import { openChromium } from "./chromium.ts";
import { Visitor, type VisitorOptions } from "./visitor.ts";

/** `npm start`, running, and a browser to look at it. */
export interface Stage {
  /** The app's address. */
  readonly url: string;
  /** The chain. */
  readonly node: JsonRpcProvider;
  readonly record: DeploymentRecord;
  /** Opens the app as somebody who has not been there before. */
  visit(path?: string, options?: VisitorOptions): Promise<Visitor>;
  /** The URL of the chain's node. */
  readonly rpcUrl: string;
  /** Opens another page as somebody who has not been there before. */
  visitAt(url: string, options?: VisitorOptions): Promise<Visitor>;
  /** Moves the chain's time forward, and mines a block. */
  pass(seconds: number | bigint): Promise<void>;
  /** From here on no block is made. */
  holdBlocks(): Promise<void>;
  /** A block is made of what waits, and from here on as before. */
  releaseBlocks(): Promise<void>;
}

/** Milliseconds that `npm start` may take. */
const PATIENCE = 110_000;

/** Milliseconds that it may take to end. */
const STOP_PATIENCE = 10_000;

interface Running {
  readonly stage: Stage;
  readonly command: Run;
  readonly browser: Browser;
}

let running: Promise<Running> | undefined;
const visitors: Visitor[] = [];

/**
 * The stage that all tests of a run share, from the first that asks for it on. Each test has accounts of its own to act
 * with; what others did is there too.
 */
export async function openStage(): Promise<Stage> {
  running ??= open();
  return (await running).stage;
}

/** Ends it; shows what the command wrote where a test has failed. */
export async function closeStage(): Promise<void> {
  if (running === undefined) return;
  const { stage, command, browser } = await running;
  running = undefined;
  await browser.close();
  stage.node.destroy();
  command.child.kill("SIGTERM");
  const ended = await Promise.race([command.ended.then(() => true), sleep(STOP_PATIENCE, false)]);
  if (!ended) command.child.kill("SIGKILL");
}

/** Puts away what the last test opened. To be called after each. */
export async function closeVisitors(): Promise<void> {
  for (const visitor of visitors.splice(0)) await visitor.close();
}

async function open(): Promise<Running> {
  const command = start("start/main.ts", ["--port", "0", "--dapp-port", "0"]);
  const browser = await openChromium();
  const ready = /Open (http:\/\/127\.0\.0\.1:\d+\/)/;
  const endsAt = Date.now() + PATIENCE;
  while (!ready.test(command.output())) {
    if (Date.now() > endsAt || command.child.exitCode !== null) throw new Error(command.output());
    await sleep(100);
  }
  const url = ready.exec(command.output())?.[1] ?? "";
  const rpcUrl = /RPC URL\s+(http:\/\/127\.0\.0\.1:\d+)/.exec(command.output())?.[1] ?? "";
  const node = new JsonRpcProvider(rpcUrl, undefined, { staticNetwork: true, cacheTimeout: -1 });
  const record = await readRecord("localhost");
  const visitAt = async (page: string, options: VisitorOptions = {}) => {
    const visitor = await Visitor.open(browser, page, options);
    visitors.push(visitor);
    return visitor;
  };
  const visit = (path = "", options: VisitorOptions = {}) => visitAt(`${url}#${path}`, options);
  const pass = async (seconds: number | bigint) => {
    await node.send("evm_increaseTime", [toQuantity(seconds)]);
    await node.send("evm_mine", []);
  };
  const holdBlocks = async () => {
    await node.send("evm_setIntervalMining", [0]);
    await node.send("evm_setAutomine", [false]);
  };
  const releaseBlocks = async () => {
    await node.send("evm_setAutomine", [true]);
    await node.send("evm_setIntervalMining", [BLOCK_TIME]);
    await node.send("evm_mine", []);
  };
  return { stage: { url, rpcUrl, node, record, visit, visitAt, pass, holdBlocks, releaseBlocks }, command, browser };
}
