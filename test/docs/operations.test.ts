import { access, readdir } from "node:fs/promises";
import { expect } from "chai";
import { type Interface, parseEther } from "ethers";
import hre from "hardhat";
import { CONTRACTS, type ContractName } from "../../ignition/contracts.ts";
import { readParameters } from "../../ignition/deploy.ts";
import { NothingToDoError } from "../../ignition/errors.ts";
import { LONGEST_REST } from "../../keeper/breaker.ts";
import { SETTINGS } from "../../keeper/config.ts";
import { ExitCode } from "../../keeper/main.ts";
import { ITEM_OUTCOMES, METRICS, type Metric } from "../../keeper/metrics.ts";
import { TRANSACTION_OUTCOMES } from "../../keeper/tally.ts";
import { CHECK_BYTECODE } from "../../scripts/check-bytecode.ts";
import { CHECK_DEPLOYMENT } from "../../scripts/check-deployment.ts";
import { DEPLOY } from "../../scripts/deploy.ts";
import { VERIFY } from "../../scripts/verify.ts";
import { ACT } from "../../sdk/council/params.ts";
import { Role } from "../../sdk/roles.ts";
import { meaningfulLines, parseDockerfile, parseEnvironment, parseUnit, textOf } from "../deploy/files.ts";
import { CONTRACTS as RULED, rulesOf } from "../roles/page.ts";
import { tableAfter } from "./tables.ts";
import { inOneLine } from "./words.ts";

const page = await textOf("docs/operations.md");
const prose = inOneLine(page);
const unit = parseUnit(await textOf("deploy/credence-keeper.service"));
const dockerfile = parseDockerfile(await textOf("Dockerfile"));
const example = parseEnvironment(meaningfulLines(await textOf("deploy/keeper.env.example")).join("\n"));
const rules = await textOf("deploy/keeper-alerts.yml");
const { scripts } = JSON.parse(await textOf("package.json")) as { scripts: Record<string, string> };

/** What a pattern finds in a text, once each. */
function found(pattern: RegExp, text = page): string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, part = ""]) => part))];
}

/** What links within a page can lead to. */
function headingsOf(text: string): string[] {
  return found(/^#+ (.*)$/gm, text).map((title) => title.toLowerCase().replaceAll(" ", "-"));
}

/** The words after a command of package.json, for each time that it is there with some. */
function argumentsOf(command: string): string[][] {
  const given = found(new RegExp(`npm run (?:--silent )?${command} -- ([^\`#|\\n]*)`, "g"));
  return given.map((words) => words.trim().split(/\s+/));
}

describe("docs/operations.md", () => {
  describe("its commands", () => {
    it("are in package.json", () => {
      const named = found(/\bnpm (?:run )?(?:--silent )?([a-z]+(?:[:-][a-z]+)*)/g);
      const commands = ["start", "deploy", "verify", "check-deployment", "check-bytecode", "keeper", "keystore"];
      expect(named).to.have.members(commands);
      expect(named.filter((name) => scripts[name] === undefined)).to.deep.equal([]);
    });

    for (const { name } of [DEPLOY, VERIFY, CHECK_DEPLOYMENT, CHECK_BYTECODE]) {
      it(`run ${name} on networks of hardhat.config.ts`, () => {
        const given = argumentsOf(name);
        expect(given).not.to.deep.equal([]);
        for (const [flag, network = "", ...others] of given) {
          expect([flag, ...others]).to.deep.equal(["--network"]);
          expect(Object.keys(hre.config.networks)).to.include(network);
        }
      });
    }

    it("run the keeper with flags that it has", () => {
      const known = SETTINGS.map(({ flag }) => flag.split(" ")[0]);
      const flags = [...argumentsOf("keeper").flat(), ...found(/`(--[a-z-]+)`/g)].filter((word) =>
        word.startsWith("--"),
      );
      expect(flags).to.include("--dry-run");
      expect(flags.filter((flag) => !known.includes(flag))).to.deep.equal([]);
    });

    it("use the keystore as Hardhat has it", () => {
      const tasks = argumentsOf("keystore").map(([task = ""]) => task);
      expect([...hre.tasks.getTask("keystore").subtasks.keys()]).to.include.members(tasks);
    });

    it("prepare a machine as the other commands do", () => {
      expect(found(/sudo (node scripts\/\S+(?: --\S+)*)/g)).to.deep.equal([scripts.prekeeper]);
    });

    it("name the service and its files as they are", () => {
      const named = found(/(?:systemctl (?:[a-z]+ )?(?:--now )?|--unit )(credence[\w-]*)/g);
      expect(named).to.deep.equal(["credence-keeper"]);
      expect(found(/(\/etc\/credence\/[\w.]+)/g)).to.deep.equal(unit.Service?.EnvironmentFile);
      expect(found(/^cd (\S+)$/gm)).to.deep.equal(unit.Service?.WorkingDirectory);
      expect(found(/\/var\/lib\/([\w-]+)/g)).to.deep.equal(unit.Service?.StateDirectory);
    });

    it("give a container what its image asks for", () => {
      const [, image = []] = dockerfile;
      const { KEEPER_DEPLOYMENT, KEEPER_METRICS_PORT, KEEPER_METRICS_HOST } = parseEnvironment(
        image
          .filter(({ name }) => name === "ENV")
          .map(({ args }) => args)
          .join(" "),
      );
      const volumes = image.filter(({ name }) => name === "VOLUME").flatMap(({ args }) => JSON.parse(args));
      expect(found(/--volume "?[^:"]+:([^:"\s]+)/g)).to.deep.equal([KEEPER_DEPLOYMENT, ...volumes]);
      expect(found(/--publish \S+:(\d+)/g)).to.deep.equal([KEEPER_METRICS_PORT]);
      expect(KEEPER_METRICS_HOST).to.equal("0.0.0.0");
      expect(prose).to.include("without `KEEPER_DEPLOYMENT` and `KEEPER_METRICS_HOST`, which the image sets");
    });
  });

  describe("its names", () => {
    it("are the keeper's settings, and variables of hardhat.config.ts", async () => {
      const config = await textOf("hardhat.config.ts");
      const named = found(/\b([A-Z]+(?:_[A-Z]+)+)\b/g);
      const settings = SETTINGS.map(({ variable }) => variable);
      expect(named).to.include.members(["KEEPER_MAX_FEE", "SEPOLIA_PRIVATE_KEY", "ETHERSCAN_API_KEY"]);
      const foreign = named.filter((name) => !settings.includes(name));
      expect(foreign.filter((name) => !config.includes(`configVariable("${name}")`))).to.deep.equal([]);
      expect(config).to.include('configVariable("BASE_SEPOLIA_');
    });

    it("lead to files, and to headings", async () => {
      const targets = found(/\]\(([^)]+)\)/g);
      expect(targets).to.include("#prepare");
      for (const target of targets) {
        const [path = "", anchor = ""] = target.split("#");
        await access(new URL(`../../docs/${path}`, import.meta.url));
        if (anchor !== "")
          expect(headingsOf(path === "" ? page : await textOf(`docs/${path}`)), target).to.include(anchor);
      }
      for (const path of found(/\b((?:deploy|ignition\/parameters)\/[\w.-]+\.\w+)/g)) {
        await access(new URL(`../../${path}`, import.meta.url));
      }
    });

    it("are the network's, by name and by number", () => {
      const { sepolia, "base-sepolia": base } = hre.config.networks;
      expect(prose).to.include(`For Base Sepolia, ${base?.chainId}, say \`base-sepolia\` instead`);
      expect(found(/\bchain-(\d+)/g)).to.deep.equal([String(sepolia?.chainId)]);
      expect(prose).to.include(`Sepolia, chain id ${sepolia?.chainId}.`);
    });

    it("are words of the keeper's code, where the log is quoted", async () => {
      const names = (await readdir(new URL("../../keeper", import.meta.url), { recursive: true })).filter((name) =>
        name.endsWith(".ts"),
      );
      const code = (await Promise.all(names.map((name) => textOf(`keeper/${name}`)))).join("\n");
      const reasons = tableAfter(page, "<!-- reasons:").flatMap(([words = ""]) => found(/`([^`]+)`/g, words));
      expect(reasons).to.have.length(6);
      for (const words of [...reasons, "the pass failed", "could not be done", '"keeping"']) {
        expect(code).to.include(words);
      }
      for (const quoted of ["`the pass failed`", "`could not be done`", "`keeping`"]) expect(page).to.include(quoted);
    });
  });

  describe("its exit codes", () => {
    it("are the keeper's", () => {
      const codes = tableAfter(page, "<!-- exit codes of the keeper:").map(([code, name]) => [name, Number(code)]);
      expect(Object.fromEntries(codes)).to.deep.equal(ExitCode);
    });

    it("are those of the commands, in the words of their help", () => {
      const rows = tableAfter(page, "<!-- exit codes of commands:");
      expect(rows.map(([code]) => code)).to.deep.equal(["0", "1", "2"]);
      const [, , nothing = []] = rows;
      expect(Number(nothing[0])).to.equal(new NothingToDoError("nothing").exitCode);
      for (const [column, { help }] of [
        [2, VERIFY],
        [3, CHECK_DEPLOYMENT],
        [4, CHECK_BYTECODE],
      ] as const) {
        const told = /Exit code: 0 (.*), 1 (.*), 2 (.*)\./.exec(help)?.slice(1);
        expect(rows.map((row) => row[column])).to.deep.equal(told);
      }
    });

    it("lead to what the unit makes of them", () => {
      const [restart] = unit.Service?.RestartSec ?? [];
      const [, failure, badConfig] = tableAfter(page, "<!-- exit codes of the keeper:");
      expect(failure?.[2]).to.equal(`starts it again after ${restart} s, however often`);
      expect(badConfig?.[0]).to.equal(unit.Service?.RestartPreventExitStatus?.[0]);
    });
  });

  describe("its metrics", () => {
    const metrics: readonly Metric[] = Object.values(METRICS);

    it("are the keeper's, and all of them", () => {
      const series = metrics.flatMap(({ name, type }) =>
        type === "histogram" ? [`${name}_sum`, `${name}_count`] : [name],
      );
      expect(found(/\b(credence_keeper_\w+)/g)).to.have.members(series);
    });

    it("have the labels that they are asked for", () => {
      const outcomes: readonly string[] = [...ITEM_OUTCOMES, ...TRANSACTION_OUTCOMES];
      const asked = [...page.matchAll(/(credence_keeper_\w+)\{(\w+)!?="(\w+)"\}/g)];
      expect(asked).not.to.deep.equal([]);
      for (const [, name, label = "", value] of asked) {
        expect(metrics.find((metric) => metric.name === name)?.labels).to.include(label);
        expect(outcomes).to.include(value);
      }
      for (const outcome of TRANSACTION_OUTCOMES) if (outcome !== "mined") expect(page).to.include(`\`${outcome}\``);
    });

    it("are watched by the alerts of deploy/keeper-alerts.yml, each with a section of its own", () => {
      const alerts = [...rules.matchAll(/- alert: (\w+)\n\s+expr: (.*)\n\s+for: (\w+)/g)].map((rule) =>
        rule.slice(1, 4),
      );
      const listed = tableAfter(page, "<!-- alerts:");
      expect(alerts).to.have.length(10);
      expect(listed.map((row) => row.slice(0, 3))).to.deep.equal(
        alerts.map(([name = "", expression, span]) => [`[${name}](#${name.toLowerCase()})`, `\`${expression}\``, span]),
      );
      for (const [name] of alerts) expect(page).to.include(`\n### ${name}\n`);
    });

    it("are found where the example opens a port", () => {
      expect(found(/127\.0\.0\.1:(\d+)/g)).to.deep.equal([example.KEEPER_METRICS_PORT]);
      expect(page).to.include(`\`KEEPER_METRICS_PORT=${example.KEEPER_METRICS_PORT}\``);
      const pages = SETTINGS.find(({ name }) => name === "metricsPort")?.meaning ?? "";
      for (const path of ["/metrics", "/healthz", "/readyz"]) {
        expect(pages).to.include(path);
        expect(page).to.include(`\`${path}\``);
      }
    });
  });

  it("pauses what the guardian can pause, with the right data", () => {
    const wanted = RULED.flatMap((contract) => {
      const [close, open] = rulesOf(contract).filter(({ who, name }) => who === "guardian" && /^(un)?pause/.test(name));
      if (close === undefined || open === undefined) return [];
      const abi: Interface = CONTRACTS[contract as ContractName].createInterface();
      const dataOf = (name: string) => `\`${abi.encodeFunctionData(name)}\``;
      return [[contract, `\`${close.name}\``, dataOf(close.name), `\`${open.name}\``, dataOf(open.name)]];
    });
    expect(wanted).to.have.length(7);
    expect(tableAfter(page, "<!-- pauses:")).to.deep.equal(wanted);
  });

  describe("its numbers", () => {
    it("are those of the alerts", () => {
      const minBalance = parseEther(example.KEEPER_MIN_BALANCE ?? "");
      expect(Number(minBalance)).to.equal(5e16);
      expect(prose).to.include(`the account has less than ${example.KEEPER_MIN_BALANCE} ether`);
      expect(rules).to.include("credence_keeper_last_pass_timestamp_seconds > 1800");
      expect(prose).to.include("no pass of a job has ended well for half an hour");
    });

    it("are those of the keeper", () => {
      expect(prose).to.include(`The item rests, for at most ${(LONGEST_REST / 1_000).toLocaleString("en")} s`);
      const interval = SETTINGS.find(({ name }) => name === "interval")?.standard;
      expect(prose).to.include(`a keeper that passes every ${interval} s`);
      const check = dockerfile[1]?.find(({ name }) => name === "HEALTHCHECK")?.args;
      expect(check).to.include("--interval=30s");
      expect(prose).to.include("Docker asks `/healthz` every 30 s");
    });

    it("are those of the protocol", async () => {
      const { Stake, Council } = await readParameters("sepolia");
      expect(Stake?.revealWindow).to.equal(2 * 86_400);
      expect(prose).to.include("two days without a keeper are too many");
      expect(BigInt(Council?.minProposalStake as number)).to.equal(10_000n * ACT);
      expect(prose).to.include("whoever stakes 10,000 ACT is the council");
      expect(prose).to.include(
        `\`RankRegistry\` needs a registrar, or nobody has a rank: \`grantRole(${Role.Registrar}, `,
      );
    });
  });
});
