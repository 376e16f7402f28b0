import { JsonRpcProvider, toQuantity } from "ethers";
import type { Network } from "../chain/network.ts";
import type { Wallet } from "./eip1193.ts";

/** Something that a page asks of the test wallet. */
export interface Question {
  /** Counts the questions of this page. */
  readonly id: number;
  readonly title: string;
  readonly details: readonly (readonly [string, string])[];
  answer(isGranted: boolean): void;
}

type Listener = (...args: never[]) => void;

/** Methods that a person is asked about. */
const TITLES: Readonly<Record<string, string>> = {
  eth_requestAccounts: "Show your account to this page?",
  eth_sendTransaction: "Send this transaction?",
  eth_signTypedData_v4: "Sign this message?",
  personal_sign: "Sign this message?",
  wallet_switchEthereumChain: "Switch to the chain of this page?",
};

/** Methods that it answers whatever chain it is on. */
const ANYWHERE: readonly string[] = ["eth_requestAccounts", "wallet_switchEthereumChain"];

/** What EIP-1193 says of a request for a chain that the wallet is not connected to. */
const ELSEWHERE = 4901;

/** What EIP-1193 says of a request that its user declined, and of a chain that the wallet is not connected to. */
const REJECTED = 4001;

/**
 * A wallet of a development chain, whose node holds the keys of its accounts: it asks before it passes a request on. It is
 * there for people without a wallet, and for tests.
 */
export class TestWallet implements Wallet {
  readonly #node: JsonRpcProvider;
  readonly #listeners = new Map<string, Set<Listener>>();
  readonly #questions = new Set<(question: Question | undefined) => void>();
  readonly #network: Network;
  #accounts: readonly string[] = [];
  #asked = 0;
  #chosen: number;
  #isConnected = sessionStorage.getItem(CONNECTED) !== null;
  #chainId: number;

  constructor(network: Network) {
    this.#network = network;
    this.#node = new JsonRpcProvider(network.rpcUrl, network.chainId, { staticNetwork: true, cacheTimeout: -1 });
    this.#chainId = network.chainId;
    this.#chosen = Number(sessionStorage.getItem(CHOSEN) ?? 1);
  }

  /** The accounts of people on the chain; the first is the deployer's. */
  async accounts(): Promise<readonly string[]> {
    if (this.#accounts.length === 0) {
      const all = (await this.#node.send("eth_accounts", [])) as string[];
      this.#accounts = all.slice(0, PEOPLE);
    }
    return this.#accounts;
  }

  get chosen(): number {
    return this.#chosen;
  }

  /** The chain that it says it is on. */
  get chainId(): number {
    return this.#chainId;
  }

  /** Lends another account from now on. */
  async choose(index: number): Promise<void> {
    this.#chosen = index;
    sessionStorage.setItem(CHOSEN, String(index));
    if (this.#isConnected) this.#emit("accountsChanged", await this.#lent());
  }

  /** Behaves as if its user had switched it to another chain. */
  leaveFor(chainId: number): void {
    this.#chainId = chainId;
    this.#emit("chainChanged", toQuantity(chainId));
  }

  /** Told of every question, and of its end. */
  onQuestion(listener: (question: Question | undefined) => void): () => void {
    this.#questions.add(listener);
    return () => this.#questions.delete(listener);
  }

  async request({
    method,
    params = [],
  }: {
    method: string;
    params?: unknown[] | Record<string, unknown>;
  }): Promise<unknown> {
    const list = Array.isArray(params) ? params : [params];
    if (method === "eth_accounts") return this.#isConnected ? this.#lent() : [];
    if (method === "eth_chainId") return toQuantity(this.#chainId);
    const isElsewhere = this.#chainId !== this.#network.chainId;
    if (isElsewhere && !ANYWHERE.includes(method))
      throw Object.assign(new Error("The chain is another one."), { code: ELSEWHERE });
    if (TITLES[method] !== undefined) await this.#ask(method, list);
    switch (method) {
      case "eth_requestAccounts":
        this.#isConnected = true;
        sessionStorage.setItem(CONNECTED, "yes");
        return this.#lent();
      case "wallet_switchEthereumChain":
        this.leaveFor(this.#network.chainId);
        return null;
      default:
        return this.#node.send(method, list);
    }
  }

  on(event: string, listener: Listener): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  removeListener(event: string, listener: Listener): void {
    this.#listeners.get(event)?.delete(listener);
  }

  async #lent(): Promise<string[]> {
    const account = (await this.accounts())[this.#chosen];
    return account === undefined ? [] : [account];
  }

  async #ask(method: string, params: readonly unknown[]): Promise<void> {
    const isGranted = await new Promise<boolean>((answer) => {
      this.#tell({ id: ++this.#asked, title: TITLES[method] ?? method, details: detailsOf(method, params), answer });
    });
    this.#tell(undefined);
    if (!isGranted) throw Object.assign(new Error("User rejected the request."), { code: REJECTED });
  }

  #tell(question: Question | undefined): void {
    for (const listener of this.#questions) listener(question);
  }

  #emit(event: string, argument: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) (listener as (argument: unknown) => void)(argument);
  }
}

/** Accounts that belong to people; one more belongs to the keeper. */
const PEOPLE = 20;

const CONNECTED = "credence.test-wallet.connected";
const CHOSEN = "credence.test-wallet.account";

function detailsOf(method: string, params: readonly unknown[]): [string, string][] {
  if (method === "eth_sendTransaction") {
    const { from, to, data } = params[0] as Record<string, string | undefined>;
    return [
      ["From", from ?? ""],
      ["To", to ?? ""],
      ["Data", `${((data?.length ?? 2) - 2) / 2} bytes`],
    ];
  }
  if (method === "eth_signTypedData_v4") {
    const { primaryType, message } = JSON.parse(String(params[1]));
    return [
      ["Type", primaryType],
      ...Object.entries(message).map(([name, value]): [string, string] => [name, String(value)]),
    ];
  }
  return [];
}
