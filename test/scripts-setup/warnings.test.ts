import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import config from "../../hardhat.config.ts";
import { DeploymentError } from "../../ignition/errors.ts";
import { withFreshArtifacts } from "../../scripts/check-bytecode.ts";

describe("a build with the project's configuration", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "warnings-"));
    await mkdir(join(folder, "contracts"));
    await writeFile(join(folder, "package.json"), '{ "name": "warnings", "type": "module" }');
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const build = async (body: string): Promise<unknown> => {
    const source = `// SPDX-License-Identifier: MIT\npragma solidity 0.8.35; contract A { ${body} }`;
    await writeFile(join(folder, "contracts", "A.sol"), source);
    const path = createRequire(import.meta.url).resolve("solc/soljson.js");
    const base = { plugins: config.plugins ?? [], solidity: { version: "0.8.35", path } };
    return withFreshArtifacts(async () => "built", base, folder).catch((error: unknown) => error);
  };

  it("passes without a warning", async () => {
    expect(await build("function f() external pure returns (uint256) { return 1; }")).to.equal("built");
  });

  it("fails on a warning", async () => {
    expect(await build("function f() external pure { uint256 unused; }")).to.be.instanceOf(DeploymentError);
  });
});
