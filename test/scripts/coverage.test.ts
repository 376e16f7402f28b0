import { expect } from "chai";
import {
  evaluateCoverage,
  formatRanges,
  lineOfCode,
  parseLcov,
  renderCoverage,
  type SourceFile,
} from "../../scripts/coverage.ts";
import { CredenceError } from "../../sdk/errors.ts";

/** A file of `total` lines with one statement each, tagged `path:line`. */
function source(path: string, total: number): SourceFile {
  const lines = Array.from({ length: total }, (_, i) => i + 1);
  return { path, statements: lines.map((line) => ({ tag: `${path}:${line}`, line })) };
}

/** The trace and the tags of a run that executes the first `hit` lines. */
function run(path: string, total: number, hit: number) {
  const lines = new Map(Array.from({ length: total }, (_, i) => [i + 1, i < hit]));
  const tags = Array.from({ length: hit }, (_, i) => `${path}:${i + 1}`);
  return { lcov: new Map([[path, lines]]), tags: new Set(tags) };
}

describe("lcov trace", () => {
  it("says for each line of each file whether it was executed", () => {
    const files = parseLcov(
      "TN:\nSF:a.sol\nDA:3,1\nDA:4,0\nLH:1\nLF:2\nend_of_record\nSF:b.sol\nDA:1,7\nend_of_record\n",
    );
    expect([...files.keys()]).to.deep.equal(["a.sol", "b.sol"]);
    expect([...(files.get("a.sol") ?? [])]).to.deep.equal([
      [3, true],
      [4, false],
    ]);
    expect([...(files.get("b.sol") ?? [])]).to.deep.equal([[1, true]]);
  });

  it("joins records of the same file: a line executed in one of them is executed", () => {
    const files = parseLcov("SF:a.sol\nDA:1,1\nDA:2,0\nend_of_record\nSF:a.sol\nDA:1,0\nDA:2,0\nend_of_record\n");
    expect([...(files.get("a.sol") ?? [])]).to.deep.equal([
      [1, true],
      [2, false],
    ]);
  });

  it("is read with Windows' line ends and paths", () => {
    const files = parseLcov("SF:contracts\\a.sol\r\nDA:1,1\r\nend_of_record\r\n");
    expect(files.get("contracts/a.sol")?.get(1)).to.equal(true);
  });

  it("is refused where a line is no line", () => {
    expect(() => parseLcov("SF:a.sol\nDA:x,1\n")).to.throw(CredenceError, "malformed (line=2, record=DA:x,1)");
  });

  it("is refused where a line has no file", () => {
    expect(() => parseLcov("DA:1,1\n")).to.throw(CredenceError, "malformed (line=1, record=DA:1,1)");
  });
});

describe("coverage", () => {
  it("is enough at 98 % exactly", () => {
    const { lcov, tags } = run("a.sol", 100, 98);
    const report = evaluateCoverage([source("a.sol", 100)], lcov, tags);
    expect(report.lines).to.deep.equal({ hit: 98, total: 100 });
    expect(report.isEnough).to.equal(true);
  });

  it("is not enough below 98 % of lines", () => {
    const { lcov } = run("a.sol", 100, 97);
    const { tags } = run("a.sol", 100, 100);
    expect(evaluateCoverage([source("a.sol", 100)], lcov, tags).isEnough).to.equal(false);
  });

  it("is not enough below 98 % of statements", () => {
    const { lcov } = run("a.sol", 100, 100);
    const { tags } = run("a.sol", 100, 97);
    expect(evaluateCoverage([source("a.sol", 100)], lcov, tags).isEnough).to.equal(false);
  });

  it("counts every line and statement of a file that no test deploys as missed", () => {
    const { lcov, tags } = run("a.sol", 100, 100);
    const report = evaluateCoverage([source("a.sol", 100), source("forgotten.sol", 3)], lcov, tags);
    expect(report.files[1]).to.deep.equal({
      path: "forgotten.sol",
      lines: { hit: 0, total: 3 },
      statements: { hit: 0, total: 3 },
      missedLines: [1, 2, 3],
    });
    expect(report.isEnough).to.equal(false);
  });

  it("leaves out files that only declare", () => {
    const { lcov, tags } = run("a.sol", 1, 1);
    const report = evaluateCoverage([source("a.sol", 1), source("IA.sol", 0)], lcov, tags);
    expect(report.files.map(({ path }) => path)).to.deep.equal(["a.sol"]);
  });

  it("leaves out what the trace knows and nobody asked for", () => {
    const { lcov, tags } = run("mock.sol", 10, 0);
    const wanted = run("a.sol", 1, 1);
    const report = evaluateCoverage(
      [source("a.sol", 1)],
      new Map([...lcov, ...wanted.lcov]),
      new Set([...tags, ...wanted.tags]),
    );
    expect(report.lines).to.deep.equal({ hit: 1, total: 1 });
  });

  it("is not enough without any code", () => {
    expect(evaluateCoverage([], new Map(), new Set()).isEnough).to.equal(false);
  });

  it("is printed with its missed lines and a verdict, rounded down", () => {
    const { lcov, tags } = run("a.sol", 30, 29);
    const text = renderCoverage(evaluateCoverage([source("a.sol", 30)], lcov, tags));
    expect(text).to.match(/a\.sol.*29\/30.*96\.66 %.*29\/30.*96\.66 %.*30/);
    expect(text).to.include("Coverage is below 98 %: 96.66 % of lines, 96.66 % of statements.\n");
  });
});

describe("lines of code", () => {
  it("are written as ranges", () => {
    expect(formatRanges([3, 7, 8, 9, 11])).to.equal("3, 7-9, 11");
    expect(formatRanges([])).to.equal("");
  });

  it("begin past blanks and comments", () => {
    const code = "a;\n\n  // why\n  /* and\n how */ b;\n";
    expect(lineOfCode(code, 0)).to.equal(1);
    expect(lineOfCode(code, 2)).to.equal(5);
  });
});
