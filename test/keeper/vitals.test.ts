import { expect } from "chai";
import { parseEther, toQuantity } from "ethers";
import hre from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { openLog } from "../../keeper/log.ts";
import { Metrics } from "../../keeper/metrics.ts";
import { Vitals } from "../../keeper/vitals.ts";
import { Collector } from "../demo/fixtures.ts";
import { metricsIn } from "./metrics.ts";
import { chainOf, linesOf } from "./workshop.ts";

const WARNING = "the balance is low: send ether to the account";

describe("Vitals", () => {
  let connection: NetworkConnection;
  let account: string;
  let output: Collector;
  let metrics: Metrics;

  beforeEach(async () => {
    connection = await hre.network.create();
    account = (await connection.ethers.getSigners())[0]?.address ?? "";
    output = new Collector();
    metrics = new Metrics();
  });
  afterEach(() => connection.close());

  async function vitals(minBalance?: string): Promise<Vitals> {
    const least = minBalance === undefined ? undefined : parseEther(minBalance);
    const chain = await chainOf({ connection }, account);
    return new Vitals(chain, { metrics, minBalance: least, log: openLog("info", output) });
  }

  async function endow(ether: string): Promise<void> {
    const params = [account, toQuantity(parseEther(ether))];
    await connection.provider.request({ method: "hardhat_setBalance", params });
  }

  it("tell the head and the balance", async () => {
    await endow("3");
    await connection.networkHelpers.mine(5);
    await (await vitals()).look();
    const seen = await metricsIn(metrics);
    expect(seen.get("credence_keeper_head_block")).to.equal(5);
    expect(seen.get("credence_keeper_balance_wei")).to.equal(3e18);
  });

  it("warn of a balance that is low", async () => {
    await endow("0.5");
    await (await vitals("1")).look();
    expect(linesOf(output, WARNING)[0]).to.include({ level: "warn", balance: "0.5", minBalance: "1.0", account });
  });

  it("do not warn where there is enough", async () => {
    await endow("1");
    await (await vitals("1")).look();
    expect(linesOf(output, WARNING)).to.have.length(0);
  });

  it("do not warn where nobody asked", async () => {
    await endow("0");
    await (await vitals()).look();
    expect(linesOf(output, WARNING)).to.have.length(0);
  });

  it("warn once, and again after it recovered and fell", async () => {
    const watched = await vitals("1");
    for (const [ether, warnings] of [
      ["0.5", 1],
      ["0.4", 1],
      ["2", 1],
      ["0.9", 2],
    ] as const) {
      await endow(ether);
      await watched.look();
      expect(linesOf(output, WARNING)).to.have.length(warnings);
    }
  });

  it("leave it to the passes to complain where the node does not answer", async () => {
    const watched = await vitals("1");
    await connection.close();
    await watched.look();
    expect(output.text).to.equal("");
    connection = await hre.network.create();
  });
});
