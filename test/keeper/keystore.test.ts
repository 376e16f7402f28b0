import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { Wallet } from "ethers";
import hre from "hardhat";
import { deployLive, LIVE, type Live } from "../scripts-setup/live.ts";

const HARDHAT = fileURLToPath(new URL("cli.js", import.meta.resolve("hardhat")));
const VARIABLE = "BASE_SEPOLIA_PRIVATE_KEY";
const KEY = `0x${"17".repeat(32)}`;
const PASSWORD = "a password of tests";

/** Milliseconds that a program may take: it asks what no test answers where it takes longer. */
const PATIENCE = 90_000;

/** Variables by which Hardhat takes nobody to be there who types a password, and opens no keystore. */
const OF_CI = [
  ...["CI", "GITHUB_ACTIONS", "NOW", "DEPLOYMENT_ID", "CODEBUILD_BUILD_NUMBER", "CONTINUOUS_INTEGRATION"],
  ...["BUILD_NUMBER", "RUN_ID"],
];

/** A question that a program asks on the terminal, and what is typed. */
type Answer = readonly [question: string, typed: string];

describe("the keeper's key in Hardhat's keystore", () => {
  let live: Live;
  let home: string;

  before(async () => {
    live = await deployLive();
    home = await mkdtemp(join(tmpdir(), "home-"));
    const asked: Answer[] = [
      ["Enter the password", PASSWORD],
      ["confirm your password", PASSWORD],
      ["Enter secret", KEY],
    ];
    await talkTo([HARDHAT, "keystore", "set", VARIABLE], asked);
  });

  after(async () => {
    await rm(home, { recursive: true });
    await live.close();
  });

  /** Runs a program of Node to its end, and answers what it asks, in this order. */
  async function talkTo(args: readonly string[], answers: readonly Answer[]): Promise<{ code: number; said: string }> {
    const unset = Object.fromEntries([VARIABLE, "HH_TEST", ...OF_CI].map((name) => [name, undefined]));
    const env = { ...process.env, HOME: home, XDG_CONFIG_HOME: home, NO_COLOR: "1", ...unset };
    const child = spawn(process.execPath, [...args], { cwd: hre.config.paths.root, env });
    const left = [...answers];
    let said = "";
    let heard = 0;
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const [question, typed] = left[0] ?? [];
      if (question === undefined || !said.slice(heard).includes(question)) return;
      heard = said.length;
      left.shift();
      child.stdin.write(`${typed}\n`);
      if (left.length === 0) child.stdin.end();
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    try {
      const [code] = await once(child, "close", { signal: AbortSignal.timeout(PATIENCE) });
      return { code, said };
    } finally {
      child.kill();
    }
  }

  const keep = (password: string) => {
    const journal = join(live.folder, "deployments", `chain-${LIVE.chainId}`);
    const place = ["--network", LIVE.network, "--url", live.url, "--deployment", journal];
    const args = ["--import", "tsx", "keeper/main.ts", ...place, "--state", join(home, "state.json"), "--once"];
    return talkTo(args, [["Enter the password", password]]);
  };

  it("is encrypted", async () => {
    const { said } = await talkTo([HARDHAT, "keystore", "path"], []);
    expect(await readFile(said.trim(), "utf8"))
      .to.include(VARIABLE)
      .and.not.include(KEY.slice(2));
  });

  it("is the one that the keeper works with, once it was told the password", async () => {
    const { code, said } = await keep(PASSWORD);
    // The question stands before it, on the same line.
    const [keeping = expect.fail(said)] = /\{.*"msg":"keeping"\}/.exec(said) ?? [];
    expect(JSON.parse(keeping)).to.include({ network: LIVE.network, account: new Wallet(KEY).address });
    expect(code).to.equal(0);
    expect(said).not.to.include(KEY.slice(2));
  });

  it("is not to be had with another password", async () => {
    const { code, said } = await keep("another password");
    expect(code).to.equal(2);
    expect(said).to.include("Invalid password").and.not.include('"msg":"keeping"');
  });
});
