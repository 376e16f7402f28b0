import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { runDemo } from "../../scripts/demo/cli.ts";
import { Collector } from "../demo/fixtures.ts";

const [readme, contributing, manifest] = await Promise.all(
  ["README.md", "CONTRIBUTING.md", "package.json"].map((name) =>
    readFile(new URL(`../../${name}`, import.meta.url), "utf8"),
  ),
);

describe("README.md", () => {
  for (const [mechanism, lastLine] of [
    ["market", "Totals: paid in"],
    ["stake", "Vault:  holds"],
    ["arguments", "Conservation: withdrawn"],
    ["queries", "Conservation: paid in"],
    ["council", "Difference: 0 units."],
  ] as const) {
    it(`quotes what the demo of the ${mechanism} prints`, async () => {
      const [, quoted = ""] =
        new RegExp(`<!-- demo ${mechanism}:start -->\\s*\`\`\`\\n(.*?)\\n\`\`\``, "s").exec(readme ?? "") ?? [];
      const stdout = new Collector();

      expect(await runDemo([mechanism], { stdout, stderr: new Collector() })).to.equal(0);

      const printed = new Set(stdout.text.split("\n"));
      const wrong = quoted.split("\n").filter((line) => line !== "..." && !printed.has(line));
      expect(quoted).to.include(lastLine);
      expect(wrong).to.deep.equal([]);
    }).timeout(240_000);
  }
});

for (const [name, text] of Object.entries({ README: readme, CONTRIBUTING: contributing })) {
  describe(`${name}.md`, () => {
    it("names only commands that package.json has", () => {
      const { scripts } = JSON.parse(manifest ?? "") as { scripts: Record<string, string> };
      const named = [...(text ?? "").matchAll(/(?:^|`|=\S+ )npm (?:run )?([a-z]+(?:[:-][a-z0-9]+)*)/gm)].map(
        ([, command = ""]) => command,
      );
      const known = new Set([...Object.keys(scripts), "ci", "install"]);
      expect(named).to.include("test");
      expect(named.filter((command) => !known.has(command))).to.deep.equal([]);
    });
  });
}
