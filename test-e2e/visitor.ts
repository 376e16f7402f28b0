import type { Browser, BrowserContext, Locator, Page } from "playwright-core";

/** How somebody looks at the app. */
export interface VisitorOptions {
  /** Width of the window in pixels. */
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
  /** Whether the test wallet is there. */
  readonly hasWallet?: boolean;
  /** Whether scripts of tests, such as axe, may be put into the page. */
  readonly allowsScripts?: boolean;
}

/** Milliseconds that the page may take for what a test waits for. */
const PATIENCE = 20_000;

/** Somebody in front of the app: a browser without a past. */
export class Visitor {
  readonly page: Page;
  /** Errors of the page and of its console. */
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
  }

  static async open(browser: Browser, url: string, options: VisitorOptions): Promise<Visitor> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? 1_200, height: 900 },
      colorScheme: options.colorScheme ?? "light",
      bypassCSP: options.allowsScripts ?? false,
      reducedMotion: "reduce",
      // Wherever the machine is: tests read times from the page, and names of other zones cannot be read back.
      timezoneId: "UTC",
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const visitor = new Visitor(context, page);
    page.on("console", (message) => {
      if (message.type() === "error") visitor.complaints.push(message.text());
    });
    page.on("pageerror", (error) => visitor.complaints.push(String(error)));
    if (options.hasWallet === false) await page.route(/TestWalletPanel/, (route) => route.abort());
    await page.goto(url);
    return visitor;
  }

  /** Something on the page by its role and name. */
  role(role: Parameters<Page["getByRole"]>[0], name: string | RegExp): Locator {
    return this.page.getByRole(role, { name });
  }

  /** Goes to a page of the app, as a link would. */
  async go(path: string): Promise<void> {
    await this.page.goto(`${this.page.url().replace(/#.*/, "")}#${path}`);
  }

  /** Has the test wallet lend an account, and connects it. */
  async connect(account: number): Promise<void> {
    await this.lend(account);
    await this.role("button", "Connect wallet").click();
    await this.role("button", "Test wallet").click();
    await this.confirm();
    await this.role("button", "Disconnect").waitFor();
  }

  /** Has the test wallet lend another account. */
  async lend(account: number): Promise<void> {
    const choice = this.page.getByLabel("Test wallet lends");
    await choice.locator("option").nth(account).waitFor({ state: "attached" });
    // A question that the wallet asks is in front of everything else on the page.
    await choice.selectOption(String(account), { force: true });
  }

  /** What the wallet asks, by its title. */
  question(title: string): Locator {
    return this.#dialog().getByRole("heading", { name: title });
  }

  /** Says yes to what the wallet asks. */
  async confirm(): Promise<void> {
    await this.#answer("Confirm");
  }

  /** Says no. */
  async reject(): Promise<void> {
    await this.#answer("Reject");
  }

  /** Says yes to everything that the wallet asks until the page says that a transaction is confirmed. */
  async confirmAll(title: string | RegExp): Promise<void> {
    const done = this.transaction(title).filter({ hasText: "Confirmed" });
    const dialog = this.#dialog();
    for (;;) {
      await done.or(dialog).first().waitFor();
      if (await dialog.isVisible()) await this.confirm();
      else return;
    }
  }

  /** A transaction in the list of those that were sent. */
  transaction(title: string | RegExp): Locator {
    return this.page.getByLabel("Transactions", { exact: true }).locator(".transaction").filter({ hasText: title });
  }

  async close(): Promise<void> {
    await this.#context.close();
  }

  #dialog(): Locator {
    return this.page.locator("[data-question]");
  }

  async #answer(answer: "Confirm" | "Reject"): Promise<void> {
    const dialog = this.#dialog();
    const id = await dialog.getAttribute("data-question");
    await dialog.getByRole("button", { name: answer }).click();
    // The next question may be there at once.
    await this.page.locator(`[data-question="${id}"]`).waitFor({ state: "detached" });
  }
}
