import { createReadStream } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { expect } from "chai";
import { buildDapp, configFor } from "../dapp/build/config.ts";
import { localNetworkOf } from "../scripts/dapp/networks.ts";
import { openStage, type Stage } from "./stage.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
};

/** A path under which a gateway serves a folder. */
const GATEWAY_PATH = "/ipfs/bafybeigdyrzt/";

describe("the built folder", () => {
  let stage: Stage;
  let folder: string;
  let host: Server;
  let origin: string;

  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
    folder = await mkdtemp(join(tmpdir(), "hosted-"));
    await buildDapp(configFor([localNetworkOf(stage.record, stage.rpcUrl)], folder));
    host = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "", "http://host");
      if (pathname === "/frame") {
        response.writeHead(200, { "content-type": "text/html" });
        response.end(`<iframe title="framed" src="/some/where/index.html"></iframe>`);
        return;
      }
      void send(pathname.replace(GATEWAY_PATH, "/").replace("/some/where/", "/"), response);
    });
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  });

  after(async () => {
    host?.closeAllConnections();
    host?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  /** Sends a file as any host of files does. */
  async function send(path: string, response: ServerResponse): Promise<void> {
    const file = join(folder, normalize(path === "/" ? "/index.html" : path));
    const found = await stat(file).catch(() => undefined);
    response.writeHead(found === undefined ? 404 : 200, { "content-type": TYPES[extname(file)] ?? "text/plain" });
    if (found === undefined) response.end();
    else createReadStream(file).pipe(response);
  }

  it("works under any path", async () => {
    const visitor = await stage.visitAt(`${origin}/some/where/index.html`);
    await visitor.role("link", /is the capital of Alaska/).waitFor();
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("warns where it shares the browser's storage with other sites", async () => {
    const visitor = await stage.visitAt(origin + GATEWAY_PATH);
    await visitor.role("link", /is the capital of Alaska/).waitFor();
    await visitor.page.getByText("seal nothing here").waitFor();
  });

  it("shows nothing to press inside of another page", async () => {
    const visitor = await stage.visitAt(`${origin}/frame`);
    const framed = visitor.page.frameLocator("iframe");
    await framed.getByText("Credence is not used inside of other pages.").waitFor();
    expect(await framed.getByRole("button").count()).to.equal(0);
  });
});
