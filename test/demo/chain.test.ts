import { expect } from "chai";
import { getAddress, parseEther } from "ethers";
import { revertOf } from "../../keeper/errors.ts";
import { DemoChain, DemoTransactionError } from "../../scripts/demo/chain.ts";
import { TestUSDC__factory } from "../../typechain-types/index.ts";

const usdcInterface = TestUSDC__factory.createInterface();

describe("the demo's chain", () => {
  let chain: DemoChain;
  let usdc: string;
  let owner: string;
  beforeEach(async () => {
    chain = await DemoChain.start(2);
    const deployer = await chain.connection.ethers.provider.getSigner(0);
    usdc = await (await new TestUSDC__factory(deployer).deploy()).getAddress();
    [owner = ""] = chain.accounts;
    await chain.holdBlocks();
  });
  afterEach(() => chain.close());

  const mint = (amount: bigint) => ({
    from: owner,
    to: usdc,
    data: usdcInterface.encodeFunctionData("mint", [owner, amount]),
  });

  it("has as many accounts as it is asked for, each with ether", async () => {
    expect(chain.accounts).to.have.lengthOf(2);
    for (const account of chain.accounts) {
      expect(await chain.connection.ethers.provider.getBalance(account)).to.be.above(parseEther("1"));
    }
  });

  it("mines calls together at the second it is told", async () => {
    const time = (await chain.now()) + 1_000n;
    const block = await chain.connection.ethers.provider.getBlockNumber();
    await chain.mineAt(time, [mint(1n), mint(2n)]);
    expect(await chain.now()).to.equal(time);
    expect(await chain.connection.ethers.provider.getBlockNumber()).to.equal(block + 1);
  });

  it("mines calls a second after the latest block where no time is given", async () => {
    const time = await chain.now();
    await chain.mineNext([mint(1n), mint(2n)]);
    expect(await chain.now()).to.equal(time + 1n);
  });

  it("mines the transactions of others at once when blocks are released", async () => {
    await chain.releaseBlocks();
    const block = await chain.connection.ethers.provider.getBlockNumber();
    await chain.connection.provider.request({ method: "eth_sendTransaction", params: [mint(1n)] });
    expect(await chain.connection.ethers.provider.getBlockNumber()).to.equal(block + 1);
  });

  it("gives the operator and each person an account of their own", () => {
    expect([chain.operator, chain.accountOf(0)]).to.deep.equal(chain.accounts);
  });

  it("returns the receipts in the order of the calls", async () => {
    const receipts = await chain.mineAt((await chain.now()) + 1n, [mint(1n), mint(2n), mint(3n)]);
    expect(receipts.map(({ logs: [transfer] }) => BigInt(transfer?.data ?? 0))).to.deep.equal([1n, 2n, 3n]);
  });

  it("lets the calls that do not fit in a block follow a second later", async () => {
    await chain.connection.provider.request({ method: "evm_setBlockGasLimit", params: ["0x100000"] });
    const time = (await chain.now()) + 1_000n;
    const receipts = await chain.mineAt(time, [mint(1n), mint(2n), mint(3n)]);
    expect(receipts.map(({ logs: [transfer] }) => BigInt(transfer?.data ?? 0))).to.deep.equal([1n, 2n, 3n]);
    expect(await chain.now()).to.be.above(time);
  });

  it("throws the contract's reason where a call fails", async () => {
    const data = usdcInterface.encodeFunctionData("transfer", [chain.accounts[1] as string, 1n]);
    const error = await chain.mineAt((await chain.now()) + 1n, [{ from: owner, to: usdc, data }]).catch((e) => e);
    expect(error).to.be.instanceOf(DemoTransactionError);
    expect(error.message).to.include(`ERC20InsufficientBalance("${getAddress(owner)}", 0, 1)`);
    expect(error.facts).to.deep.equal({ from: owner, to: usdc });
  });

  describe("when a call is expected to be refused", () => {
    const transfer = () => {
      const data = usdcInterface.encodeFunctionData("transfer", [chain.accounts[1] as string, 1n]);
      return { from: owner, to: usdc, data };
    };

    it("mines it and returns the reason", async () => {
      const time = (await chain.now()) + 1_000n;
      const reason = await chain.mineRefused(time, transfer());
      expect(await chain.now()).to.equal(time);
      expect(revertOf(reason, usdcInterface)?.args).to.deep.equal([getAddress(owner), 0n, 1n]);
    });

    it("throws where it went through", async () => {
      const error = await chain.mineRefused((await chain.now()) + 1n, mint(1n)).catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(DemoTransactionError);
      expect(error).to.have.property(
        "message",
        `a transaction went through that should have been refused (from=${owner}, to=${usdc})`,
      );
    });
  });
});
