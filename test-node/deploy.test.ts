import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { readRecord } from "../ignition/record.ts";
import { Role } from "../sdk/roles.ts";
import { connectTo } from "../test/ignition/chains.ts";
import { run } from "../test/scripts-setup/command-line.ts";
import { AccessManager__factory } from "../typechain-types/index.ts";
import { type Anvil, LOCAL_CHAIN, startAnvil } from "./anvil.ts";

/** What the commands leave behind, as on every local chain. */
const LEFT = [`ignition/deployments/chain-${LOCAL_CHAIN}`, "deployments/localhost.json"].map((path) =>
  fileURLToPath(new URL(`../${path}`, import.meta.url)),
);

describe("a deployment to a node", () => {
  let folder: string;
  let node: Anvil;

  const command = (script: string) => run(script, ["--network", "localhost", "--url", node.url]);

  before(async () => {
    const [journal = ""] = LEFT;
    if (existsSync(journal))
      throw new Error(`A local chain is running, or has left ${journal}: stop it, or remove that.`);
    folder = await mkdtemp(join(tmpdir(), "deploy-"));
    node = await startAnvil(folder);
  });
  after(async () => {
    await node.kill();
    for (const path of [folder, ...LEFT]) await rm(path, { recursive: true, force: true });
  });

  it("is finished by `npm run deploy`", async () => {
    const { code, output } = await command("deploy.ts");
    expect([code, output.includes("transactions were sent")]).to.deep.equal([0, true]);
  });

  it("has nothing left to send when it is run again", async () => {
    const { code, output } = await command("deploy.ts");
    expect([code, output.includes("Nothing was sent")]).to.deep.equal([0, true]);
  });

  it("is as documented by `npm run check-deployment`", async () => {
    const { code, output } = await command("check-deployment.ts");
    expect([code, output.includes("are as documented")]).to.deep.equal([0, true]);
  });

  it("differs with 1 once a stranger has a role", async () => {
    const connection = await connectTo(node.url, folder);
    const [deployer, stranger] = await connection.ethers.getSigners();
    const { address } = (await readRecord("localhost")).contracts.AccessManager;
    if (deployer === undefined || stranger === undefined) throw new RangeError("the node has too few accounts");
    await (await AccessManager__factory.connect(address, deployer).grantRole(Role.Slasher, stranger, 0n)).wait();
    await connection.close();

    const { code, output } = await command("check-deployment.ts");
    expect([code, output.includes(`Slasher (5) of ${stranger.address}`)]).to.deep.equal([1, true]);
  });
});
