import { expect } from "chai";
import { SETTINGS } from "../../keeper/config.ts";
import { copiesOf, meaningfulLines, needsOf, parseDockerfile, parseEnvironment, textOf } from "./files.ts";

const stages = parseDockerfile(await textOf("Dockerfile"));
const [building = [], image = []] = stages;
const manifest = JSON.parse(await textOf("package.json"));
const needs = await needsOf("keeper/main.ts", "hardhat.config.ts");

/** What the instructions of one name say in the image. */
function said(name: string): string[] {
  return image.filter((instruction) => instruction.name === name).map(({ args }) => args);
}

/** What the image has of the working copy, and of what the first stage made. */
const copied = copiesOf(image).flatMap(({ stage, sources }) =>
  sources.map((source) => (stage === undefined ? source : source.replace("/credence/", ""))),
);

/** The packages that the first stage takes away. */
const removed = building
  .flatMap(({ args }) => args.split("&&"))
  .filter((command) => command.includes("npm uninstall"))
  .flatMap((command) => command.trim().split(/\s+/).slice(2))
  .filter((word) => !word.startsWith("--"));

describe("Dockerfile", () => {
  it("builds and runs on the Node of the lock", async () => {
    const { packages } = JSON.parse(await textOf("package-lock.json"));
    const base = `node:${packages["node_modules/node"].version}-slim`;
    expect(stages.map(([from]) => from?.args)).to.deep.equal([`${base} AS build`, base]);
  });

  it("has every file that the keeper needs, and no folder that it does not", () => {
    const isWithin = (file: string, path: string) => file === path || file.startsWith(`${path}/`);
    const paths = copied.filter((path) => path !== "node_modules");
    expect([...needs.files].filter((file) => !paths.some((path) => isWithin(file, path)))).to.deep.equal([]);
    const idle = paths.filter((path) => ![...needs.files].some((file) => isWithin(file, path)));
    // Node and tsx read them.
    expect(idle).to.deep.equal(["package.json", "tsconfig.json"]);
  });

  it("takes away packages that are installed, and none that the keeper needs", () => {
    const installed = Object.keys({ ...manifest.devDependencies, ...manifest.optionalDependencies });
    expect(removed).to.include("@biomejs/biome");
    expect(removed.filter((name) => !installed.includes(name))).to.deep.equal([]);
    expect(removed.filter((name) => needs.packages.has(name) || name === "tsx")).to.deep.equal([]);
  });

  it("starts what `npm run keeper` starts, with an account that is not root's", () => {
    const [entrypoint = ""] = said("ENTRYPOINT");
    expect(JSON.parse(entrypoint).join(" ")).to.equal(manifest.scripts.keeper);
    expect(said("USER")).to.deep.equal(["node"]);
  });

  it("sets only settings that the keeper has, and writes to /state", () => {
    const { NODE_ENV, HOME, ...settings } = parseEnvironment(said("ENV").join(" "));
    expect([NODE_ENV, HOME]).to.deep.equal(["production", "/state"]);
    const variables = SETTINGS.map(({ variable }) => variable);
    expect(Object.keys(settings).filter((name) => !variables.includes(name))).to.deep.equal([]);
    expect(settings.KEEPER_STATE).to.equal("/state/state.json");
    expect(said("VOLUME")).to.deep.equal(['["/state"]']);
  });

  it("counts as healthy while /healthz says so", () => {
    const [check = ""] = said("HEALTHCHECK");
    expect(check).to.include("process.env.KEEPER_METRICS_PORT}/healthz");
    const { KEEPER_METRICS_PORT: port } = parseEnvironment(said("ENV").join(" "));
    expect(said("EXPOSE")).to.deep.equal([port]);
  });
});

describe(".dockerignore", () => {
  it("lets the builder see what the Dockerfile copies, and nothing else", async () => {
    const [everything, ...exceptions] = meaningfulLines(await textOf(".dockerignore"));
    const wanted = [...copiesOf(building), ...copiesOf(image)]
      .filter(({ stage }) => stage === undefined)
      .flatMap(({ sources }) => sources);
    expect(everything).to.equal("*");
    expect(exceptions).to.have.members([...new Set(wanted)].map((path) => `!${path}`));
  });
});
