import { expect } from "chai";
import { openStage, type Stage } from "./stage.ts";

describe("the claims", () => {
  let stage: Stage;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
  });

  it("are found by their words", async () => {
    const visitor = await stage.visit();
    await visitor.role("link", /Alabama/).waitFor();
    await visitor.page.getByLabel("Search").fill("alaska");
    await visitor.role("link", /Alabama/).waitFor({ state: "detached" });
    expect(await visitor.page.getByRole("article").count()).to.equal(1);
    await visitor.page.getByLabel("Search").fill("no claim has these words");
    await visitor.page.getByText("No claim has these words.").waitFor();
  });

  it("are sorted by belief", async () => {
    const visitor = await stage.visit();
    await visitor.role("link", /Alabama/).waitFor();
    const beliefs = async () => {
      const bars = await visitor.page.getByRole("img", { name: /^Belief/ }).all();
      const names = await Promise.all(bars.map((bar) => bar.getAttribute("aria-label")));
      return names.map((name) => Number.parseFloat(name?.replace("Belief ", "") ?? ""));
    };
    await visitor.page.getByLabel("Sort by").selectOption("belief");
    const highestFirst = await beliefs();
    expect(highestFirst).to.deep.equal(highestFirst.toSorted((a, b) => b - a));
    await visitor.page.getByLabel("Sort by").selectOption("doubt");
    const lowestFirst = await beliefs();
    expect(lowestFirst).to.deep.equal(lowestFirst.toSorted((a, b) => a - b));
  });

  it("are shown again after a reload, without asking the node for events that are known", async () => {
    const visitor = await stage.visit();
    await visitor.role("link", /Alabama/).waitFor();
    const asked: string[] = [];
    visitor.page.on("request", (request) => asked.push(request.postData() ?? ""));
    await visitor.page.reload();
    await visitor.role("link", /Alabama/).waitFor();
    const ranges = asked.join().matchAll(/"method":"eth_getLogs","params":\[\{[^}]*"fromBlock":"(0x[0-9a-f]+)"/g);
    const since = stage.record.contracts.BeliefFactory.block;
    for (const [, from = "0x0"] of ranges) expect(Number(from)).to.be.above(since);
  });

  it("get a new one, with a commitment of its author", async () => {
    const visitor = await stage.visit();
    await visitor.connect(8);
    await visitor.role("button", "Create a claim").click();
    await visitor.page.locator("textarea").fill("Rome is the capital of Italy");
    const commitment = visitor.page.getByLabel("Your commitment on Support (optional)");
    await commitment.fill("1");
    await visitor.page.getByText("A commitment is 5 USDC to 100,000 USDC.").first().waitFor();
    await commitment.fill("100");
    await visitor.page.getByText("95 USDC").waitFor();
    await visitor.role("button", "Create the claim").click();
    await visitor.confirmAll(/^Create a claim/);
    await visitor.role("link", "Rome is the capital of Italy").waitFor();
  });
});
