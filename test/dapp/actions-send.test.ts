import { expect } from "chai";
import { BrowserProvider, type ContractTransactionResponse, id } from "ethers";
import type { NetworkConnection } from "hardhat/types/network";
import type { Action, Call, Spending, Stage } from "../../dapp/src/actions/action.ts";
import { explain, revertDataOf } from "../../dapp/src/actions/refusal.ts";
import { type SendingContext, send } from "../../dapp/src/actions/send.ts";
import { isRejection } from "../../dapp/src/wallet/eip1193.ts";
import { Side } from "../../sdk/market/side.ts";
import { type BeliefMarket, BlacklistToken__factory, TestUSDC__factory } from "../../typechain-types/index.ts";
import { NO_LIMIT, STAKE, usdc } from "../fixtures/amounts.ts";
import { createMarket, deployOn, load, protocolFixture, sharedChain } from "../fixtures/protocol.ts";

const UNIT = { symbol: "USDC", decimals: 6 } as const;

/** What the wallet asks its user. */
const ASKING = ["eth_sendTransaction", "eth_signTypedData_v4"];

/** A wallet on the chain under test, which remembers what it was asked, and can refuse it. */
class TestWallet {
  readonly #chain: NetworkConnection;
  readonly asked: { method: string; params?: unknown[] | Record<string, unknown> }[] = [];
  /** What it answers instead of the chain. */
  readonly answers = new Map<string, unknown>();
  /** The codes with which it refuses methods. */
  readonly refusals = new Map<string, number>();

  constructor(chain: NetworkConnection) {
    this.#chain = chain;
  }

  readonly request = async (request: { method: string; params?: unknown[] | Record<string, unknown> }) => {
    this.asked.push(request);
    const code = this.refusals.get(request.method);
    if (code !== undefined) throw Object.assign(new Error("User rejected the request."), { code });
    if (this.answers.has(request.method)) return this.answers.get(request.method);
    return this.#chain.provider.request(request as { method: string; params: unknown[] });
  };

  /** The transactions that it was asked to send. */
  get sent(): Record<string, string>[] {
    const asked = this.asked.filter(({ method }) => method === "eth_sendTransaction");
    return asked.map(({ params }) => Object.values(params ?? [])[0] as Record<string, string>);
  }

  /** What its user had to decide. */
  get decisions(): string[] {
    return this.asked.map(({ method }) => method).filter((method) => ASKING.includes(method));
  }
}

/** A market and its token, as a page sees them. */
interface Scene {
  readonly wallet: TestWallet;
  readonly account: string;
  readonly market: BeliefMarket;
  readonly token: Spending["token"];
  readonly context: SendingContext;
  readonly stages: Stage[];
  readonly tracked: string[];
}

async function sceneOf(market: BeliefMarket, asset: string, account: string): Promise<Scene> {
  const chain = await sharedChain();
  const wallet = new TestWallet(chain);
  const provider = new BrowserProvider(wallet, 31_337, { cacheTimeout: -1 });
  const stages: Stage[] = [];
  const tracked: string[] = [];
  const context: SendingContext = {
    ...{ wallet, account, chainId: 31_337, provider },
    onStage: (stage) => stages.push(stage),
    track: async (hash, title) => {
      tracked.push(title);
      return (await provider.getTransactionReceipt(hash))?.status === 1 ? "confirmed" : "failed";
    },
  };
  const token = TestUSDC__factory.connect(asset, provider);
  return { wallet, account, market: market.connect(provider), token, context, stages, tracked };
}

async function dollars(): Promise<Scene> {
  const protocol = await load(protocolFixture);
  return sceneOf(await createMarket(protocol), protocol.asset, protocol.supporter.address);
}

/** A chain whose dollars have no permits. */
async function withoutPermits(connection: NetworkConnection) {
  const [deployer] = await connection.ethers.getSigners();
  if (deployer === undefined) throw new Error("the chain has no accounts");
  return deployOn(connection, await new BlacklistToken__factory(deployer).deploy());
}

async function permitless(): Promise<Scene> {
  const protocol = await load(withoutPermits);
  return sceneOf(await createMarket(protocol), protocol.asset, protocol.supporter.address);
}

/** A commitment to Support. */
function commitment({ market, token }: Scene, { amount = STAKE, hasPermit = true } = {}): Action {
  const withPermit: Spending["withPermit"] = (deadline, { v, r, s }): Promise<Call> =>
    market.commitWithPermit.populateTransaction(Side.Support, amount, NO_LIMIT, deadline, v, r, s);
  return {
    title: "Commit to Support",
    unit: UNIT,
    call: () => market.commit.populateTransaction(Side.Support, amount, NO_LIMIT),
    spending: { token, spender: market, amount, ...(hasPermit ? { withPermit } : {}) },
  };
}

const namesOf = (stages: readonly Stage[]) =>
  stages.map((stage) => (stage.name === "signing" ? `signing ${stage.what}` : stage.name));

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "nothing",
    (error: unknown) => error,
  );
}

/** Lets the market take tokens. */
async function approve({ account, market, token }: Scene, amount: bigint): Promise<void> {
  const signer = await (await sharedChain()).ethers.getSigner(account);
  const own = TestUSDC__factory.connect(await token.getAddress(), signer);
  const sent: ContractTransactionResponse = await own.approve(market, amount);
  await sent.wait();
}

describe("sending an action", () => {
  let scene: Scene;

  describe("when the contract takes a permit", () => {
    beforeEach(async () => {
      scene = await dollars();
    });

    it("has a permit signed, and sends one transaction", async () => {
      await send(commitment(scene), scene.context);
      expect(scene.wallet.decisions).to.eql(["eth_signTypedData_v4", "eth_sendTransaction"]);
      expect((await scene.market.state()).positionCount).to.equal(1n);
    });

    it("leaves no allowance", async () => {
      await send(commitment(scene), scene.context);
      expect(await scene.token.allowance(scene.account, scene.market)).to.equal(0n);
    });

    it("tells how far it is", async () => {
      await send(commitment(scene), scene.context);
      expect(namesOf(scene.stages)).to.eql(["checking", "signing permit", "checking", "signing transaction"]);
    });

    it("returns the transaction's hash", async () => {
      const hash = await send(commitment(scene), scene.context);
      expect((await scene.context.provider.getTransactionReceipt(hash))?.status).to.equal(1);
    });

    it("asks for no permit where there is an allowance", async () => {
      await approve(scene, STAKE);
      await send(commitment(scene), scene.context);
      expect(scene.wallet.decisions).to.eql(["eth_sendTransaction"]);
    });

    it("asks for a permit where the allowance is one unit too low", async () => {
      await approve(scene, STAKE - 1n);
      await send(commitment(scene), scene.context);
      expect(scene.wallet.decisions).to.eql(["eth_signTypedData_v4", "eth_sendTransaction"]);
    });

    it("allows the amount instead where the wallet signs no typed data", async () => {
      scene.wallet.refusals.set("eth_signTypedData_v4", 4_200);
      await send(commitment(scene), scene.context);
      expect(scene.tracked).to.eql(["Allow: Commit to Support"]);
      expect((await scene.market.state()).positionCount).to.equal(1n);
    });
  });

  describe("when the contract takes none", () => {
    beforeEach(async () => {
      scene = await dollars();
    });

    it("allows the amount first, and nothing more", async () => {
      await send(commitment(scene, { hasPermit: false }), scene.context);
      expect(scene.wallet.decisions).to.eql(["eth_sendTransaction", "eth_sendTransaction"]);
      expect((await scene.market.state()).positionCount).to.equal(1n);
      expect(await scene.token.allowance(scene.account, scene.market)).to.equal(0n);
    });

    it("tells how far it is", async () => {
      await send(commitment(scene, { hasPermit: false }), scene.context);
      expect(namesOf(scene.stages)).to.eql([
        ...["checking", "signing approval", "pending", "checking", "signing transaction"],
      ]);
    });

    it("does nothing more where the approval fails", async () => {
      const context = { ...scene.context, track: async () => "failed" as const };
      expect(await failureOf(send(commitment(scene, { hasPermit: false }), context))).to.match(
        /approval of the tokens was not confirmed/,
      );
      expect((await scene.market.state()).positionCount).to.equal(0n);
    });
  });

  it("allows the amount where the token has no permits", async () => {
    scene = await permitless();
    await send(commitment(scene), scene.context);
    expect(namesOf(scene.stages)).to.include("signing approval").and.not.include("signing permit");
    expect((await scene.market.state()).positionCount).to.equal(1n);
  });

  describe("when the contract refuses it", () => {
    beforeEach(async () => {
      scene = await dollars();
    });

    it("says why before anything is signed", async () => {
      await approve(scene, STAKE);
      const error = await failureOf(send(commitment(scene, { amount: usdc("0.5") }), scene.context));
      expect(await explain(error, UNIT)).to.equal("Stake must be 1 to 100,000 USDC.");
      expect(scene.wallet.decisions).to.eql([]);
    });

    it("says so although nothing is allowed yet", async () => {
      const error = await failureOf(send(commitment(scene, { amount: usdc("0.5") }), scene.context));
      expect(await explain(error, UNIT)).to.equal("Stake must be 1 to 100,000 USDC.");
      expect(scene.wallet.decisions).to.eql([]);
    });

    it("does not ask for what the action does not say that it takes", async () => {
      const { spending: _, ...silent } = commitment(scene);
      const error = await failureOf(send(silent, scene.context));
      expect(await explain(error, UNIT)).to.match(/^The contract may take 0 USDC, and needs 1,000 USDC/);
      expect(namesOf(scene.stages)).to.eql(["checking"]);
    });

    it("says after the permit what only shows with it", async () => {
      const amount = usdc(100_000);
      for (let i = 0; i < 10; i++) await send(commitment(scene, { amount }), scene.context);
      scene.wallet.asked.length = 0;
      const error = await failureOf(send(commitment(scene, { amount }), scene.context));
      expect(await explain(error, UNIT)).to.equal("The balance is 0 USDC, and 100,000 USDC are needed.");
      expect(scene.wallet.decisions).to.eql(["eth_signTypedData_v4"]);
    });
  });

  describe("when the person declines", () => {
    beforeEach(async () => {
      scene = await dollars();
    });

    it("sends nothing after a permit that was declined", async () => {
      scene.wallet.refusals.set("eth_signTypedData_v4", 4_001);
      const error = await failureOf(send(commitment(scene), scene.context));
      expect(isRejection(error)).to.equal(true);
      expect(scene.wallet.decisions).to.eql(["eth_signTypedData_v4"]);
    });

    it("tells a transaction that was declined from a failure", async () => {
      scene.wallet.refusals.set("eth_sendTransaction", 4_001);
      const error = await failureOf(send(commitment(scene), scene.context));
      expect(isRejection(error)).to.equal(true);
      expect(revertDataOf(error)).to.equal(undefined);
    });
  });

  describe("when nothing is paid", () => {
    beforeEach(async () => {
      scene = await dollars();
    });

    /** Anybody shares rewards among a market's positions. */
    const sharing = (): Action => ({
      title: "Share the rewards",
      unit: UNIT,
      call: () => scene.market.distribute.populateTransaction(),
    });

    it("sends one transaction", async () => {
      await send(sharing(), scene.context);
      expect(scene.wallet.decisions).to.eql(["eth_sendTransaction"]);
    });

    it("sends it from the account, on the chain that is shown, with gas to spare", async () => {
      const call = await sharing().call();
      const estimate = await scene.context.provider.estimateGas({ ...call, from: scene.account });
      await send(sharing(), scene.context);
      const transaction = scene.wallet.sent[0];
      expect(transaction).to.include({ from: scene.account, to: call.to, data: id("distribute()").slice(0, 10) });
      expect(Number(transaction?.chainId)).to.equal(31_337);
      expect(BigInt(transaction?.gas ?? 0)).to.equal((estimate * 130n) / 100n);
    });
  });

  for (const [what, method, answer, words] of [
    ["lends another account", "eth_accounts", ["0x00000000000000000000000000000000000000aa"], /lends another account/],
    ["is on another network", "eth_chainId", "0x1", /another network/],
  ] as const) {
    it(`asks for nothing where the wallet ${what} by then`, async () => {
      scene = await dollars();
      scene.wallet.answers.set(method, answer);
      const failure = await failureOf(send(commitment(scene), scene.context));
      expect(await explain(failure, UNIT)).to.match(words);
      expect(scene.wallet.decisions).to.eql([]);
    });
  }
});
