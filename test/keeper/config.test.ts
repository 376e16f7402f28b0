import { join } from "node:path";
import { expect } from "chai";
import { parseEther, parseUnits } from "ethers";
import { type KeeperConfig, readConfig, SETTINGS } from "../../keeper/config.ts";
import { KeeperConfigError } from "../../keeper/errors.ts";
import { Collector } from "../demo/fixtures.ts";

function read(args: readonly string[], env: NodeJS.ProcessEnv = {}): KeeperConfig {
  return readConfig(args, env, { stdout: new Collector(), stderr: new Collector() });
}

describe("the keeper's settings", () => {
  const NETWORK = ["--network", "localhost"];

  it("have defaults", () => {
    expect(read(NETWORK)).to.deep.equal({
      network: "localhost",
      once: false,
      dryRun: false,
      timeout: 60_000,
      interval: 30_000,
      confirmations: 12,
      logSpan: 5_000,
      gasCap: 16_777_216n,
      stuckAfter: 120_000,
      metricsHost: "127.0.0.1",
      logLevel: "info",
    });
  });

  it("are read from the environment", () => {
    const env = { KEEPER_NETWORK: "sepolia", KEEPER_ONCE: "true", KEEPER_GAS_CAP: "1000000", KEEPER_MAX_FEE: "1.5" };
    expect(read([], env)).to.include({
      network: "sepolia",
      once: true,
      gasCap: 1_000_000n,
      maxFee: parseUnits("1.5", "gwei"),
    });
  });

  it("are read from the command line first", () => {
    expect(read(["--network", "localhost", "--log-span", "7"], { KEEPER_NETWORK: "sepolia", KEEPER_LOG_SPAN: "8" }))
      .to //
      .include({ network: "localhost", logSpan: 7 });
  });

  for (const url of ["http://127.0.0.1:8545", "https://host/v3/key", "ws://127.0.0.1:8545", "wss://host/v3/key"]) {
    it(`take ${url} for a node`, () => {
      expect(read([...NETWORK, "--url", url]).url).to.equal(url);
    });
  }

  for (const host of ["127.0.0.1", "0.0.0.0", "::1", "localhost", "keeper-1.internal"]) {
    it(`take ${host} for the address of the metrics`, () => {
      expect(read([...NETWORK, "--metrics-host", host]).metricsHost).to.equal(host);
    });
  }

  it("take the least balance in ether, and a port of 0", () => {
    expect(read([...NETWORK, "--min-balance", "0.05", "--metrics-port", "0"])).to.include({
      minBalance: parseEther("0.05"),
      metricsPort: 0,
    });
  });

  it("take a variable that is empty for one that is not there", () => {
    expect(read(NETWORK, { KEEPER_INTERVAL: "" }).interval).to.equal(30_000);
  });

  it("take a path from where the user stands", () => {
    expect(read([...NETWORK, "--beliefs", "mine.jsonl"], { INIT_CWD: "/home/ann" }).beliefs).to.equal(
      join("/home/ann", "mine.jsonl"),
    );
  });

  it("name jobs in the order in which they are given, each once", () => {
    expect(read([...NETWORK, "--jobs", "arguments,epochs,arguments"]).jobs).to.deep.equal(["arguments", "epochs"]);
  });

  const wrong = [
    ["jobs", "--jobs", "epochs,dishes", "a list of epochs, arguments, queries, rewards, governance"],
    ["once", "", "perhaps", "true or false"],
    ["from", "--from", "0x12", "an address"],
    ["timeout", "--timeout", "0", "a whole number from 1 to 3600"],
    ["interval", "--interval", "0", "a whole number from 1 to 86400"],
    ["confirmations", "--confirmations", "101", "a whole number from 0 to 100"],
    ["logSpan", "--log-span", "1.5", "a whole number from 1 to 1000000"],
    ["gasCap", "--gas-cap", "99999", "a whole number from 100000 to 1000000000"],
    ["maxFee", "--max-fee", "-1", "a number of gwei, with at most nine decimals"],
    ["stuckAfter", "--stuck-after", "x", "a whole number from 1 to 86400"],
    ["minBalance", "--min-balance", "1e18", "a number of ether, with at most eighteen decimals"],
    ["metricsPort", "--metrics-port", "65536", "a whole number from 0 to 65535"],
    ["metricsHost", "--metrics-host", "http://host", "an address or a name of this machine"],
    ["logLevel", "--log-level", "loud", "one of debug, info, warn, error, silent"],
  ] as const;
  for (const [name, flag, value, problem] of wrong) {
    it(`refuse ${name} "${value}" and name the setting`, () => {
      const setting = SETTINGS.find((known) => known.name === name);
      const variable = setting?.variable ?? "";
      const reading = () =>
        flag === "" ? read(NETWORK, { [variable]: value }) : read([...NETWORK, `${flag}=${value}`]);
      expect(reading).to.throw(KeeperConfigError, `${setting?.flag} (${variable}) must be ${problem}, not "${value}"`);
    });
  }

  it("refuse a URL of another kind, and do not repeat it, for it may hold a key", () => {
    const problem = "--url <url> (KEEPER_URL) must be a URL that begins with http or ws";
    expect(() => read([...NETWORK, "--url", "ftp://host/v3/a-secret"]))
      .to.throw(KeeperConfigError)
      .with.property("message", problem);
  });

  it("must name a network", () => {
    expect(() => read([])).to.throw(KeeperConfigError, "--network <name> (KEEPER_NETWORK) must be given");
  });

  it("are all complained about at once", () => {
    expect(() => read(["--interval", "0", "--log-span", "0"])).to.throw(/--network .*\n--interval .*\n--log-span /s);
  });
});
