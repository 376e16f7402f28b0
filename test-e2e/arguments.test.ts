import { expect } from "chai";
import { ACT, amountText } from "../dapp/src/format/amounts.ts";
import { Side } from "../sdk/market/side.ts";
import { CLAIM_ID, CLAIM_PATH, type ClaimContracts, claimContractsOf, factIn } from "./claim-page.ts";
import { person } from "./on-chain.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

const PATH = `${CLAIM_PATH}/arguments`;
const BODY = "Juneau has been the capital since 1906, and a vote to move it away was never carried out.";

describe("the arguments on a claim", () => {
  let stage: Stage;
  let contracts: ClaimContracts;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
    contracts = claimContractsOf(stage);
  });

  /** Opens the form and fills it in. */
  async function write({ page }: Visitor, summary: string, body: string): Promise<void> {
    await page.getByRole("button", { name: "Write an argument" }).click();
    await page.getByRole("radio", { name: /^Oppose/ }).check();
    await page.getByLabel("Summary", { exact: true }).fill(summary);
    await page.getByLabel("Argument", { exact: true }).fill(body);
  }

  /** The newest argument on the claim. */
  async function newest(): Promise<bigint> {
    const ids = await contracts.argumentStaking.claimArguments(CLAIM_ID, 0n, 1_000n);
    return ids.reduce((last, id) => (id > last ? id : last), 0n);
  }

  /** Has an account write an argument by itself. */
  async function argue(account: number, summary: string): Promise<bigint> {
    const { act, argumentStaking } = contracts;
    const writer = await person(stage, account);
    const { creationStake } = await argumentStaking.params();
    await (await act.connect(writer).approve(argumentStaking, creationStake)).wait();
    await (await argumentStaking.connect(writer).createArgument(CLAIM_ID, Side.Oppose, summary, BODY)).wait();
    return newest();
  }

  it("are counted as they are written, and refused in words where they are too short", async () => {
    const visitor = await stage.visit(PATH);
    await visitor.connect(17);
    await write(visitor, "Too short", BODY);
    await visitor.page.getByText("9 of 25 to 140 bytes").waitFor();
    await visitor.page.getByText("The summary must have 25 to 140 bytes, and has 9.").waitFor();
    const publish = visitor.role("button", "Publish the argument");
    expect(await publish.isDisabled()).to.equal(true);
    await visitor.page.getByLabel("Summary", { exact: true }).fill("é".repeat(71));
    await visitor.page.getByText("142 of 25 to 140 bytes").waitFor();
    await visitor.page.getByText("The summary must have 25 to 140 bytes, and has 142.").waitFor();
    await visitor.page.getByLabel("Summary", { exact: true }).fill("é".repeat(70));
    await visitor.page.getByText("140 of 25 to 140 bytes").waitFor();
    await visitor.page.getByText("The summary must have").waitFor({ state: "detached" });
    expect(await publish.isEnabled()).to.equal(true);
    await visitor.page.getByLabel("Argument", { exact: true }).fill("Because.");
    await visitor.page.getByText("The body must have 25 to 1,250 bytes, and has 8.").waitFor();
    expect(await publish.isDisabled()).to.equal(true);
  });

  it("get a new one, with the stake of its writer", async () => {
    const { act, argumentStaking } = contracts;
    const { address } = await person(stage, 17);
    const summary = "The capital of Alaska is Juneau, not Anchorage";
    const visitor = await stage.visit(PATH);
    await visitor.connect(17);
    await write(visitor, summary, BODY);
    const { creationStake } = await argumentStaking.params();
    const terms = "What the argument comes to";
    expect(await factIn(visitor, terms, "Your stake").innerText()).to.equal(amountText(creationStake, ACT));
    expect(await factIn(visitor, terms, "Locked for").innerText()).to.equal("7 days");

    const had = await act.balanceOf(address);
    await visitor.role("button", "Publish the argument").click();
    await visitor.confirmAll(/^Argue/);
    expect(had - (await act.balanceOf(address))).to.equal(creationStake);
    const written = await argumentStaking.argument(await newest());
    expect(written.creator).to.equal(address);
    expect(written.side).to.equal(BigInt(Side.Oppose));
    expect(written.totalStake).to.equal(creationStake);

    const column = visitor.role("region", "Oppose");
    await column.getByRole("heading", { name: summary }).waitFor();
    await column.getByRole("button", { name: `Read the argument: ${summary}` }).click();
    await column.getByText(BODY).waitFor();
    const { interest } = await argumentStaking.stake(written.creationStakeId);
    const behind = `What stands behind “${summary}”`;
    expect(await factIn(visitor, behind, "Interest to come").innerText()).to.equal(amountText(interest, ACT));
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("are upvoted with stake", async () => {
    const summary = "Anchorage is merely the largest city of Alaska";
    const argumentId = await argue(19, summary);
    const { act, argumentStaking } = contracts;
    const { address } = await person(stage, 18);
    const { upvoteStake } = await argumentStaking.params();
    const visitor = await stage.visit(PATH);
    await visitor.connect(18);
    await visitor.role("button", `Upvote this argument: ${summary}`).click();
    const terms = "What the upvote comes to";
    expect(await factIn(visitor, terms, "Your stake").innerText()).to.equal(amountText(upvoteStake, ACT));

    const had = await act.balanceOf(address);
    await visitor.role("button", `Upvote with ${amountText(upvoteStake, ACT)}`).click();
    await visitor.confirmAll(/^Upvote/);
    expect(had - (await act.balanceOf(address))).to.equal(upvoteStake);
    const { upvotes, upvotedStake } = await argumentStaking.argument(argumentId);
    expect([upvotes, upvotedStake]).to.deep.equal([1n, upvoteStake]);
    expect(await argumentStaking.hasUpvoted(argumentId, address)).to.equal(true);
    const behind = `What stands behind “${summary}”`;
    await factIn(visitor, behind, "Your upvote")
      .filter({ hasText: `${amountText(upvoteStake, ACT)}, running` })
      .waitFor();
    expect(await factIn(visitor, behind, "Upvotes").innerText()).to.equal("1");
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("are found unhelpful by who has stakes on others", async () => {
    const summary = "Anchorage is nicer, and so it has to be the capital";
    const argumentId = await argue(14, summary);
    await argue(15, "Whoever stakes on an argument of their own may mark others");
    const visitor = await stage.visit(PATH);
    await visitor.connect(15);
    const card = visitor.page.getByRole("article").filter({ hasText: summary });
    await card.getByRole("button", { name: /^It does not help/ }).click();
    await card.getByLabel("Why it is unhelpful").selectOption("Misleading");
    expect(await factIn(visitor, "What the mark comes to", "Your mark").innerText()).to.equal("1 of 5");
    await card.getByRole("button", { name: "Mark it as unhelpful" }).click();
    await visitor.confirmAll(/^Mark/);
    const { address } = await person(stage, 15);
    expect(await contracts.argumentStaking.hasMarked(argumentId, address)).to.equal(true);
    const behind = `What stands behind “${summary}”`;
    expect(await factIn(visitor, behind, "Found unhelpful by").innerText()).to.equal("1 curator");
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("are taken back by their writer as long as nobody has answered, and the stake is withdrawn", async () => {
    const summary = "This one is going to be taken back by its writer";
    const argumentId = await argue(16, summary);
    const { act, argumentStaking } = contracts;
    const { address } = await person(stage, 16);
    const visitor = await stage.visit(PATH);
    await visitor.connect(16);
    const card = visitor.page.getByRole("article").filter({ hasText: summary });
    await card.getByRole("button", { name: "Take back the argument" }).click();
    await visitor.confirmAll(/^Take back/);
    await card.getByText("Taken back by its creator").waitFor();
    const { credited } = await argumentStaking.account(address);
    const { totalStake } = await argumentStaking.argument(argumentId);
    expect(credited >= totalStake).to.equal(true);

    const had = await act.balanceOf(address);
    await visitor.role("button", `Withdraw ${amountText(credited, ACT)}`).click();
    await visitor.confirmAll(/^Withdraw/);
    expect((await act.balanceOf(address)) - had).to.equal(credited);
    await factIn(visitor, "Where you stand", "Credited to you")
      .filter({ hasText: /^0 ACT$/ })
      .waitFor();
    expect(visitor.complaints).to.deep.equal([]);
  });
});
