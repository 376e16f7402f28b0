import { expect } from "chai";
import { readConfig, SETTINGS } from "../../keeper/config.ts";
import { Collector } from "../demo/fixtures.ts";
import { meaningfulLines, parseEnvironment, textOf } from "./files.ts";

const text = await textOf("deploy/keeper.env.example");
const proposals = text.split("\n").flatMap((line) => /^#(\w+=.*)/.exec(line)?.[1] ?? []);
const given = parseEnvironment(meaningfulLines(text).join("\n"));

describe("deploy/keeper.env.example", () => {
  it("holds nothing but assignments without quotes, which systemd and Docker read alike", () => {
    for (const line of [...meaningfulLines(text), ...proposals]) expect(line).to.match(/^[A-Z_]+=[^\s"'$\\]+$/);
  });

  it("names only settings of the keeper, and the variables of its network in hardhat.config.ts", async () => {
    const variables = SETTINGS.map(({ variable }) => variable);
    const config = await textOf("hardhat.config.ts");
    const foreign = Object.keys(parseEnvironment([...meaningfulLines(text), ...proposals].join("\n"))).filter(
      (name) => !variables.includes(name),
    );
    expect(foreign).to.deep.equal(["SEPOLIA_RPC_URL", "SEPOLIA_PRIVATE_KEY"]);
    for (const name of foreign) expect(config).to.include(`configVariable("${name}")`);
  });

  it("is understood by the keeper, as it is and with everything that it proposes", () => {
    const output = { stdout: new Collector(), stderr: new Collector() };
    expect(readConfig([], given, output)).to.include({ network: "sepolia", once: false, metricsPort: 9464 });
    const all = parseEnvironment([...meaningfulLines(text), ...proposals].join("\n"));
    expect(readConfig([], all, output)).to.include({ logSpan: 1_000, confirmations: 12 });
  });

  it("holds no key", () => {
    expect(given.SEPOLIA_PRIVATE_KEY).to.equal(`0x${"0".repeat(64)}`);
  });
});
