import { BrowserProvider, getAddress, isError, type Provider, type TypedDataDomain, toQuantity } from "ethers";
import { findPermitDomain, signPermit } from "../../../sdk/permit.ts";
import { isUnsupported, type Wallet } from "../wallet/eip1193.ts";
import type { Action, Call, End, Spending, Stage } from "./action.ts";
import { isAllowanceError, OTHER_NETWORK, revertDataOf } from "./refusal.ts";

/** Seconds that a permit holds. */
const PERMIT_LIFE = 3_600n;

/** Gas that is offered, of what an estimate says: time passes until a block, and some steps cost more then. */
const GAS_MARGIN_PERCENT = 130n;

/** What sending needs. */
export interface SendingContext {
  readonly wallet: Wallet;
  readonly account: string;
  readonly chainId: number;
  /** Reads and simulates. */
  readonly provider: Provider;
  /** Told how far it is. */
  readonly onStage: (stage: Stage) => void;
  /** Told of a transaction as soon as it has a hash; resolves to how it ended, and never rejects. */
  readonly track: (hash: string, title: string) => Promise<End>;
}

/**
 * Does something on chain: simulates it, has a permit signed or an allowance given where tokens are taken, simulates it
 * with that, and sends it.
 *
 * Throws what the node or the wallet throws: a revert where the contract would refuse it.
 *
 * @returns The transaction's hash, once the wallet has taken it.
 */
export async function send(action: Action, context: SendingContext): Promise<string> {
  const { provider, account, onStage } = context;
  onStage({ name: "checking" });
  const needsAllowance = await lacksAllowance(action.spending, account);
  let call = await action.call();
  // What the contract refuses for another reason shows before anybody signs.
  await simulate(provider, account, call).catch((error: unknown) => {
    if (!needsAllowance || !isAllowanceError(revertDataOf(error))) throw error;
  });
  if (needsAllowance && action.spending !== undefined) {
    call = (await permitted(action.spending, context)) ?? (await approved(action, action.spending, context));
    onStage({ name: "checking" });
    await simulate(provider, account, call);
  }
  onStage({ name: "signing", what: "transaction" });
  return submit(call, context);
}

async function lacksAllowance(spending: Spending | undefined, account: string): Promise<boolean> {
  if (spending === undefined || spending.amount === 0n) return false;
  return (await spending.token.allowance(account, spending.spender)) < spending.amount;
}

async function simulate(provider: Provider, from: string, call: Call): Promise<void> {
  await provider.call({ ...call, from });
}

/** The call with a permit; `undefined` where the contract takes none, or the token or the wallet has none. */
async function permitted(spending: Spending, context: SendingContext): Promise<Call | undefined> {
  const { token, spender, amount, withPermit } = spending;
  const domain = withPermit && (await domainOf(token, context));
  if (withPermit === undefined || domain === undefined) return undefined;
  const block = await context.provider.getBlock("latest");
  const deadline = BigInt(block?.timestamp ?? 0) + PERMIT_LIFE;
  await requireSame(context);
  const owner = await new BrowserProvider(context.wallet, context.chainId).getSigner(context.account);
  context.onStage({ name: "signing", what: "permit" });
  const request = { token, owner, spender, value: amount, deadline, domain };
  const permit = await signPermit(request).catch((error: unknown) => {
    // A signature of a contract's wallet has another form, which no permit takes.
    if (!isUnsupported(error) && !isError(error, "INVALID_ARGUMENT")) throw error;
  });
  return permit === undefined ? undefined : withPermit(deadline, permit);
}

/** What a permit of a token has to be signed with; `undefined` where it has no permits. */
async function domainOf(
  token: Spending["token"],
  { account, chainId }: SendingContext,
): Promise<TypedDataDomain | undefined> {
  try {
    await token.nonces(account);
    return await findPermitDomain(token, BigInt(chainId));
  } catch (error) {
    if (isError(error, "CALL_EXCEPTION") || isError(error, "BAD_DATA")) return undefined;
    throw error;
  }
}

/** Throws where the wallet has been switched since: what was simulated is not what it would sign. */
async function requireSame({ wallet, account, chainId }: SendingContext): Promise<void> {
  const accounts = (await wallet.request({ method: "eth_accounts" })) as readonly string[];
  if (!accounts.some((lent) => getAddress(lent) === account)) {
    throw new Error("Your wallet lends another account by now. Nothing was sent: look at the page, and begin again.");
  }
  if (Number(await wallet.request({ method: "eth_chainId" })) !== chainId) {
    throw new Error(OTHER_NETWORK);
  }
}

async function approved({ title, call }: Action, spending: Spending, context: SendingContext): Promise<Call> {
  context.onStage({ name: "signing", what: "approval" });
  const { token, spender, amount } = spending;
  const hash = await submit(await token.approve.populateTransaction(spender, amount), context);
  context.onStage({ name: "pending", hash });
  if ((await context.track(hash, `Allow: ${title}`)) !== "confirmed") {
    throw new Error("The approval of the tokens was not confirmed. Nothing else was sent.");
  }
  return call();
}

/** Not through ethers' signer, which would look for the transaction at the wallet until it finds it. */
async function submit({ to, data }: Call, context: SendingContext): Promise<string> {
  const { wallet, account, chainId, provider } = context;
  const gas = (((await provider.estimateGas({ to, data, from: account })) as bigint) * GAS_MARGIN_PERCENT) / 100n;
  await requireSame(context);
  const transaction = { from: account, to, data, gas: toQuantity(gas), chainId: toQuantity(chainId) };
  return String(await wallet.request({ method: "eth_sendTransaction", params: [transaction] }));
}
