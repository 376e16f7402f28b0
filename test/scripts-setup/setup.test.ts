import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const SETUP = fileURLToPath(new URL("../../scripts/setup.mjs", import.meta.url));
const LOCK = JSON.stringify({ packages: { "node_modules/node": { version: "24.0.1" } } });

/** An npm that notes how it was called and leaves the Node that a real install brings. */
const NPM = `echo "npm $*" >> calls
mkdir -p node_modules/node/bin && printf '#!/bin/sh\\nexit 0\\n' > node_modules/node/bin/node
chmod +x node_modules/node/bin/node`;

describe("scripts/setup.mjs", () => {
  let project: string;

  beforeEach(async () => {
    project = await mkdtemp(join(tmpdir(), "setup-"));
    await mkdir(join(project, "scripts"));
    await copyFile(SETUP, join(project, "scripts", "setup.mjs"));
    await writeFile(join(project, "package-lock.json"), LOCK);
    await program("node", "echo v24.0.1");
    await program("npm", NPM);
    await program("npx", `echo "npx $*" >> calls\n${NPM}`);
  });

  afterEach(async () => {
    await rm(project, { recursive: true });
  });

  /** Puts a shell script on the path of the set-up, before the machine's own programs. */
  async function program(name: string, script: string): Promise<void> {
    const file = join(project, "bin", name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }

  function setUp(): SpawnSyncReturns<string> {
    const env = { ...process.env, PATH: `${join(project, "bin")}${delimiter}${process.env.PATH}` };
    return spawnSync(process.execPath, [join(project, "scripts", "setup.mjs")], { env, encoding: "utf8" });
  }

  async function calls(): Promise<string[]> {
    const text = await readFile(join(project, "calls"), "utf8").catch(() => "");
    return text.split("\n").filter((line) => line !== "");
  }

  it("installs what the lock pins", async () => {
    expect(setUp().status).to.equal(0);
    expect(await calls()).to.deep.equal(["npm ci --no-audit --no-fund"]);
  });

  it("installs on the Node of the lock where npm would run on an older one", async () => {
    await program("node", "echo v20.20.2");
    expect(setUp().status).to.equal(0);
    expect((await calls())[0]).to.equal("npx -y -p node@24.0.1 -- npm ci --no-audit --no-fund");
  });

  it("installs nothing where the lock is the one installed", async () => {
    setUp();
    expect(setUp().status).to.equal(0);
    expect(await calls()).to.have.length(1);
  });

  it("installs again after the lock has changed", async () => {
    setUp();
    await writeFile(join(project, "package-lock.json"), `${LOCK}\n`);
    expect(setUp().status).to.equal(0);
    expect(await calls()).to.have.length(2);
  });

  it("installs again after an install that failed", async () => {
    await program("npm", `${NPM}\nexit 3`);
    setUp();
    await program("npm", NPM);
    expect(setUp().status).to.equal(0);
    expect(await calls()).to.have.length(2);
  });

  it("says which command failed and how", async () => {
    await program("npm", "exit 3");
    const { status, stderr } = setUp();
    expect(status).to.equal(1);
    expect(stderr).to.include("Set-up failed: `npm ci --no-audit --no-fund` failed (exit code 3).");
  });

  it("fails where the install lacks the native EVM", async () => {
    await program("npm", `${NPM}\nprintf '#!/bin/sh\\nexit 1\\n' > node_modules/node/bin/node`);
    const { status, stderr } = setUp();
    expect(status).to.equal(1);
    expect(stderr).to.include("Hardhat's native EVM did not come with the install");
  });
});
