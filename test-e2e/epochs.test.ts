import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { amountText } from "../dapp/src/format/amounts.ts";
import { scoreText } from "../dapp/src/pages/claim/epochs/percent.ts";
import { Side } from "../sdk/market/side.ts";
import { randomSalt } from "../sdk/salt.ts";
import { sealBelief } from "../sdk/stake/seal.ts";
import { HOUR } from "../sdk/time.ts";
import { CLAIM_ID, CLAIM_PATH, type ClaimContracts, claimContractsOf, DOLLAR, factIn, USDC } from "./claim-page.ts";
import { nowOf, passUntil, person } from "./on-chain.ts";
import { openStage, type Stage } from "./stage.ts";
import type { Visitor } from "./visitor.ts";

const PATH = `${CLAIM_PATH}/epochs`;

/** One percent, in wad. */
const PERCENT = 10n ** 16n;

/** Milliseconds until the keeper beside the chain has done what became due. */
const KEEPER_PATIENCE = 60_000;

describe("the epochs of a claim", () => {
  let stage: Stage;
  let contracts: ClaimContracts;
  before(async function () {
    this.timeout(150_000);
    stage = await openStage();
    contracts = claimContractsOf(stage);
  });

  /** An account gets a lock on the claim, and with it a voice. */
  async function lock(account: number, side: Side): Promise<void> {
    const { usdc, convictionMarket } = contracts;
    const buyer = await person(stage, account);
    const amount = 1_000n * DOLLAR;
    await (await usdc.connect(buyer).approve(convictionMarket, amount)).wait();
    await (await convictionMarket.connect(buyer).buy(CLAIM_ID, side, amount, 0n)).wait();
  }

  /** The epoch that runs, which has an hour left at least. */
  async function runningEpoch() {
    const { truthSerum } = contracts;
    const { endsAt } = await truthSerum.scheduleOf(await truthSerum.currentEpoch());
    if (endsAt - (await nowOf(stage)) < HOUR) await passUntil(stage, endsAt);
    const epoch = await truthSerum.currentEpoch();
    const schedule = await truthSerum.scheduleOf(epoch);
    return { epoch, endsAt: schedule.endsAt, settleableAt: schedule.settleableAt };
  }

  /** An account commits a belief by itself; what opens it is returned. */
  async function speak(account: number, epoch: bigint): Promise<() => Promise<void>> {
    const signer = await person(stage, account);
    const serum = contracts.truthSerum.connect(signer);
    const [chainId, truthSerum] = [BigInt(stage.record.chainId), await serum.getAddress()];
    const said = { belief: 30n * PERCENT, meta: 60n * PERCENT, salt: randomSalt() };
    const { address: user } = signer;
    const seal = sealBelief({ chainId, truthSerum, claimId: CLAIM_ID, epoch, user, ...said });
    await (await serum.commitBeliefIn(CLAIM_ID, epoch, seal)).wait();
    return async () => {
      await (await serum.revealBelief(user, CLAIM_ID, epoch, said.belief, said.meta, said.salt)).wait();
    };
  }

  /** Somebody seals and commits a belief on the page. */
  async function sealOn(visitor: Visitor, belief: string, meta: string): Promise<void> {
    await visitor.page.getByLabel("What you believe", { exact: true }).fill(belief);
    await visitor.page.getByLabel("What others say", { exact: true }).fill(meta);
    await visitor.role("button", "Seal and commit").click();
    await visitor.confirmAll(/^Commit a belief in epoch/);
    await visitor.role("button", /^Put away: Commit a belief/).click();
  }

  /** What the page saves as a backup. */
  async function backupOf(visitor: Visitor): Promise<Buffer> {
    const saved = visitor.page.waitForEvent("download");
    await visitor.role("button", "Save a backup file").first().click();
    return readFile(await (await saved).path());
  }

  it("give nobody a voice who has no lock", async () => {
    const visitor = await stage.visit(PATH);
    await visitor.connect(13);
    await visitor.page.getByText(/^You have no lock on this claim, and without one no voice/).waitFor();
    expect(await visitor.role("button", "Seal and commit").isDisabled()).to.equal(true);
  });

  it("let a belief be replaced while they run: the new one opens it", async () => {
    const { truthSerum, stakeVault } = contracts;
    const { address } = await person(stage, 14);
    await lock(14, Side.Support);
    const { epoch } = await runningEpoch();
    const visitor = await stage.visit(PATH);
    await visitor.connect(14);
    await visitor.page.getByLabel("What you believe", { exact: true }).fill("101");
    await visitor.page.getByText("A percentage is 100 at most.").waitFor();
    await sealOn(visitor, "55", "40");
    await visitor.page.getByText("Kept in this browser: you believe 55 %").waitFor();
    await sealOn(visitor, "65.25", "45");
    await visitor.page.getByText("Kept in this browser: you believe 65.2 %, and that 45 % of others say so.").waitFor();
    await visitor.role("button", "2 secrets are kept in this browser").click();
    expect((await truthSerum.epochState(CLAIM_ID, epoch)).joined).to.equal(1n);
    const [weight] = await stakeVault.exposureOf(address, CLAIM_ID);
    expect((await truthSerum.participant(CLAIM_ID, epoch, address)).weight).to.equal(weight);
    expect(visitor.complaints).to.deep.equal([]);
  });

  it("take a belief from its seal over a backup and another browser to its score", async function () {
    this.timeout(240_000);
    const { truthSerum, stakeVault } = contracts;
    const { address } = await person(stage, 18);
    await lock(18, Side.Support);
    await lock(19, Side.Oppose);
    const { epoch, endsAt, settleableAt } = await runningEpoch();
    const openOther = await speak(19, epoch);
    const first = await stage.visit(PATH);
    await first.connect(18);
    await sealOn(first, "80", "40");
    await first.page.getByText("Kept in this browser: you believe 80 %, and that 40 % of others say so.").waitFor();
    const [weight] = await stakeVault.exposureOf(address, CLAIM_ID);
    expect((await truthSerum.participant(CLAIM_ID, epoch, address)).weight).to.equal(weight);
    await first.page.reload();
    await first.page.getByText("Kept in this browser: you believe 80 %").waitFor();
    const backup = await backupOf(first);
    expect(first.complaints).to.deep.equal([]);

    await passUntil(stage, endsAt);
    const second = await stage.visit(PATH);
    await second.connect(18);
    await openFrom(second, backup);
    const { isOpened, belief, meta } = await truthSerum.participant(CLAIM_ID, epoch, address);
    expect([isOpened, belief, meta]).to.deep.equal([true, 80n * PERCENT, 40n * PERCENT]);
    await openOther();

    const staked = await stakeVault.totalStake(address);
    await passUntil(stage, settleableAt);
    await expectScore(second, epoch, address, staked);
    expect(second.complaints).to.deep.equal([]);
  });

  /** In a browser that knows nothing of it, a belief is restored from a backup and opened. */
  async function openFrom(visitor: Visitor, backup: Buffer): Promise<void> {
    const { page } = visitor;
    await page.getByText(/^What opens it is not in this browser: restore it/).waitFor();
    const file = { name: "backup.json", mimeType: "application/json", buffer: backup };
    await page.getByLabel("Restore from a backup file").setInputFiles(file);
    await page.getByText("1 secret was restored.").waitFor();
    await page.getByText("It says 80 %, and that 40 % of others say so.").waitFor();
    await visitor.role("button", "Open the belief").click();
    await visitor.confirmAll(/^Open a belief of epoch/);
    await page.getByText("Your belief is open: 80 %, and 40 % of others.").waitFor();
  }

  /** The keeper settles the epoch, and the page says of it what the chain says. */
  async function expectScore(visitor: Visitor, epoch: bigint, user: string, staked: bigint): Promise<void> {
    const { truthSerum, stakeVault } = contracts;
    const past = visitor.page.getByRole("article", { name: `Epoch ${epoch}`, exact: true });
    const facts = "What it came to for you";
    await past.getByText(/^You (gained|lost)$/).waitFor({ timeout: KEEPER_PATIENCE });
    await past.getByText(/voices are (scored|paid)/).waitFor({ state: "detached", timeout: KEEPER_PATIENCE });
    const { score, payout, taken, isDistributed } = await truthSerum.participant(CLAIM_ID, epoch, user);
    expect(isDistributed).to.equal(true);
    expect(await factIn(visitor, facts, "Your score").innerText()).to.equal(scoreText(score));
    const moved = (await stakeVault.totalStake(user)) - staked;
    expect(moved).to.equal(payout - taken);
    const [name, amount] = moved < 0n ? ["You lost", -moved] : ["You gained", moved];
    expect(await factIn(visitor, facts, name).innerText()).to.equal(amountText(amount, USDC));
    await visitor.role("button", `All voices of epoch ${epoch}`).click();
    const voices = visitor.role("region", `Voices of epoch ${epoch}`).locator("tbody tr");
    expect(BigInt(await voices.count())).to.equal((await truthSerum.epochState(CLAIM_ID, epoch)).joined);
    await voices.filter({ hasText: "(you)" }).waitFor();
  }
});
