import { join, relative } from "node:path";
import hre from "hardhat";
import Mocha from "mocha";
import { sharedChain } from "../test/fixtures/protocol.ts";
import { Chain } from "./chain.ts";
import { ROOT } from "./compiler.ts";
import { Experience } from "./order.ts";

/** A test that failed. */
export interface Failure {
  /** The test's file, from the folder of the project. */
  readonly file: string;
  readonly title: string;
  readonly message: string;
}

/** Tests that are loaded once, and run many times against contracts whose code is put in the place of the built one. */
export interface Bench {
  /** Deploys this code from now on instead of what was built, by contract's name. */
  use(codes: ReadonlyMap<string, string>): Promise<void>;
  /**
   * Runs tests on a chain that has just begun, up to the first that fails.
   *
   * @param coinbase Who the chain's blocks are made by.
   * @param where Whose tests to begin with: `Contract.function`.
   * @param files Only these; all by default.
   */
  run(coinbase: number, where: string, files?: ReadonlySet<string>): Promise<Failure | undefined>;
}

/** The longest that a test may take, in milliseconds: the slowest takes a twentieth on a busy machine. */
const TEST_TIMEOUT = 60_000;

/**
 * Loads tests. Once in a process: modules are loaded once.
 *
 * @param tests Their files, from the folder of the project.
 */
export async function setUp(tests: readonly string[]): Promise<Bench> {
  const exchange = exchangeCode();
  const mocha = new Mocha({ timeout: TEST_TIMEOUT, bail: true, reporter: Silent as never });
  mocha.cleanReferencesAfterRun(false);
  for (const file of tests) mocha.addFile(join(ROOT, file));
  await mocha.loadFilesAsync();
  const suites = mocha.suite.suites;
  const chain = new Chain(await sharedChain());
  const experience = new Experience();
  return {
    use: exchange,
    async run(coinbase, where, files) {
      await chain.restart(coinbase);
      const order = experience.order(suites.map(fileOf), where);
      mocha.suite.suites = suites
        .filter((suite) => files?.has(fileOf(suite)) ?? true)
        .toSorted((a, b) => order.indexOf(fileOf(a)) - order.indexOf(fileOf(b)));
      const failure = await firstFailure(mocha, experience);
      if (failure !== undefined && where !== "") experience.noticed(failure.file, where);
      return failure;
    },
  };
}

const fileOf = (suite: Mocha.Suite) => relative(ROOT, suite.file ?? "");

function firstFailure(mocha: Mocha, experience: Experience): Promise<Failure | undefined> {
  return new Promise((resolve) => {
    let failure: Failure | undefined;
    let start = performance.now();
    const runner = mocha.run(() => resolve(failure));
    runner.on("suite end", (suite) => {
      if (suite.parent !== mocha.suite) return;
      if (failure === undefined) experience.took(fileOf(suite), performance.now() - start);
      start = performance.now();
    });
    runner.on("fail", (test, error: Error) => {
      const file = relative(ROOT, test.file ?? "");
      failure ??= { file, title: test.fullTitle(), message: error.message };
    });
  });
}

/** A reporter that says nothing. */
class Silent {}

/** Puts other code in the place of what was built wherever a contract is created; says which. */
function exchangeCode(): Bench["use"] {
  let exchanged: [built: string, other: string][] = [];
  hre.hooks.registerHandlers("network", {
    async onRequest(context, connection, request, next) {
      const [call] = Array.isArray(request.params) ? request.params : [];
      const code = call?.to === undefined || call.to === null ? (call?.data ?? call?.input) : undefined;
      const found = typeof code === "string" && exchanged.find(([built]) => code.startsWith(built));
      if (!found) return next(context, connection, request);
      const data = found[1] + code.slice(found[0].length);
      const { input: _, ...rest } = call;
      const params = [{ ...rest, data }, ...(request.params as unknown[]).slice(1)];
      return next(context, connection, { ...request, params });
    },
  });
  return async (codes) => {
    exchanged = await Promise.all(
      [...codes].map(async ([name, other]): Promise<[string, string]> => {
        const { bytecode } = await hre.artifacts.readArtifact(name);
        return [bytecode, other];
      }),
    );
  };
}
