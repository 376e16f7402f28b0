import { join, relative } from "node:path";
import Mocha from "mocha";
import { sharedChain } from "../test/fixtures/protocol.ts";
import { Chain } from "./chain.ts";
import { ROOT } from "./compiler.ts";
import { type Exchange, exchangeCode } from "./exchange.ts";
import { Experience } from "./order.ts";

/** A test, or a hook before tests, that failed. */
export interface Failure {
  /** The test's file, from the folder of the project. */
  readonly file: string;
  readonly title: string;
  readonly message: string;
}

/** Tests that are loaded once, and run many times against contracts whose code is put in the place of the built one. */
export interface Bench {
  /** Deploys this code from now on instead of what was built, by contract's name. */
  use: Exchange;
  /**
   * Leaves out, from now on, tests that fail while no change is on: those that count gas, of which code that is not
   * optimized needs more. Says which.
   */
  leaveOutFailing(): Promise<string[]>;
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
  const mocha = new Mocha({ timeout: TEST_TIMEOUT, reporter: Silent as never });
  mocha.cleanReferencesAfterRun(false);
  for (const file of tests) mocha.addFile(join(ROOT, file));
  await mocha.loadFilesAsync();
  const chain = new Chain(await sharedChain());
  const experience = new Experience();
  const suites = mocha.suite.suites;
  const parts = partsOf(mocha.suite);
  const runFiles = async (coinbase: number, files: readonly string[], isWhole: boolean) => {
    await chain.restart(coinbase);
    for (const { suite } of parts) suite.bail(!isWhole);
    mocha.suite.suites = suites
      .filter((suite) => files.includes(fileOf(suite)))
      .toSorted((a, b) => files.indexOf(fileOf(a)) - files.indexOf(fileOf(b)));
    return failuresOf(mocha, experience);
  };
  const names = [...new Set(suites.map(fileOf))];
  return {
    use: exchangeCode(),
    async leaveOutFailing() {
      for (const part of parts) [part.suite.suites, part.suite.tests] = [[...part.suites], [...part.tests]];
      const failures = await runFiles(0, names, true);
      for (const failure of failures) leaveOut(failure);
      return failures.map(({ test, message }) => `${test.fullTitle()}: ${message}`);
    },
    async run(coinbase, where, files) {
      const chosen = names.filter((name) => files?.has(name) ?? true);
      const [failed] = await runFiles(coinbase, experience.order(chosen, where), false);
      if (failed === undefined) return undefined;
      const failure = { file: fileOf(failed.test), title: failed.test.fullTitle(), message: failed.message };
      if (where !== "") experience.noticed(failure.file, where);
      return failure;
    },
  };
}

const fileOf = ({ file }: { readonly file?: string | undefined }) => relative(ROOT, file ?? "");

/** A suite, and all that was in it. */
interface Part {
  readonly suite: Mocha.Suite;
  readonly suites: readonly Mocha.Suite[];
  readonly tests: readonly Mocha.Test[];
}

const partsOf = (suite: Mocha.Suite): Part[] => [
  { suite, suites: [...suite.suites], tests: [...suite.tests] },
  ...suite.suites.flatMap(partsOf),
];

interface Failed {
  readonly test: Mocha.Runnable;
  readonly message: string;
}

/** Takes a test that failed out of its suite, or the whole suite where it was a hook. */
function leaveOut({ test }: Failed): void {
  const { parent } = test;
  if (parent === undefined) return;
  if (parent.tests.some((each) => each === test)) parent.tests = parent.tests.filter((each) => each !== test);
  else [parent.tests, parent.suites] = [[], []];
}

function failuresOf(mocha: Mocha, experience: Experience): Promise<Failed[]> {
  return new Promise((resolve) => {
    const failures: Failed[] = [];
    let start = performance.now();
    const runner = mocha.run(() => resolve(failures));
    runner.on("suite end", (suite) => {
      if (suite.parent !== mocha.suite) return;
      if (failures.length === 0) experience.took(fileOf(suite), performance.now() - start);
      start = performance.now();
    });
    runner.on("fail", (test: Mocha.Runnable, { message }: Error) => failures.push({ test, message }));
  });
}

/** A reporter that says nothing. */
class Silent {}
