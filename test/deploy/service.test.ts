import { access } from "node:fs/promises";
import { expect } from "chai";
import { SETTINGS } from "../../keeper/config.ts";
import { ExitCode } from "../../keeper/main.ts";
import { parseEnvironment, parseUnit, textOf } from "./files.ts";

const FOLDER = "/opt/credence";
const unit = parseUnit(await textOf("deploy/credence-keeper.service"));
const service = unit.Service ?? {};

/** The only value of a setting of the service. */
function only(name: string): string {
  const [value, ...others] = service[name] ?? [];
  if (value === undefined || others.length > 0) throw new RangeError(`${name} stands there ${others.length + 1} times`);
  return value;
}

describe("deploy/credence-keeper.service", () => {
  it("has the three sections of a service, and in them only settings that systemd knows there", () => {
    expect(Object.keys(unit)).to.deep.equal(["Unit", "Service", "Install"]);
    for (const [section, names] of Object.entries(KNOWN)) {
      expect(Object.keys(unit[section] ?? {}).filter((name) => !names.includes(name))).to.deep.equal([]);
    }
  });

  it("starts what `npm run keeper` starts, on the Node that the lock brings", async () => {
    const { scripts, devDependencies } = JSON.parse(await textOf("package.json"));
    expect(devDependencies).to.have.property("node");
    expect(only("WorkingDirectory")).to.equal(FOLDER);
    expect(only("ExecStart")).to.equal(`${FOLDER}/node_modules/node/bin/${scripts.keeper}`);
  });

  it("names a page of the documentation that is there", async () => {
    const [page = ""] = unit.Unit?.Documentation ?? [];
    await access(new URL(page.replace(`file://${FOLDER}`, "../.."), import.meta.url));
  });

  it("starts the keeper again after any failure but a wrong setting, however often", () => {
    expect(only("Restart")).to.equal("on-failure");
    expect(only("RestartPreventExitStatus")).to.equal(String(ExitCode.BadConfig));
    expect(unit.Unit?.StartLimitIntervalSec).to.deep.equal(["0"]);
  });

  it("gives the keeper a folder to write to, as HOME and for its state", () => {
    const folder = `%S/${only("StateDirectory")}`;
    const environment = parseEnvironment(only("Environment"));
    expect(environment).to.deep.equal({
      NODE_ENV: "production",
      HOME: folder,
      KEEPER_STATE: `${folder}/state.json`,
    });
    expect(SETTINGS.map(({ variable }) => variable)).to.include("KEEPER_STATE");
    expect(only("StateDirectoryMode")).to.equal("0700");
  });

  it("reads settings and the key from a file, and shows no secret itself", async () => {
    expect(only("EnvironmentFile")).to.equal("/etc/credence/keeper.env");
    expect(await textOf("deploy/keeper.env.example")).to.include(only("EnvironmentFile"));
    expect(only("Environment")).not.to.match(/KEY|URL/);
  });

  it("runs as nobody in particular, without rights and with nothing but its folder to write to", () => {
    for (const name of ["CapabilityBoundingSet", "AmbientCapabilities"]) expect(only(name), name).to.equal("");
    expect(only("ProtectSystem")).to.equal("strict");
    expect(only("ProtectProc")).to.equal("invisible");
    expect(service).not.to.have.any.keys("ReadWritePaths", "User", "MemoryDenyWriteExecute");
    for (const name of SWITCHES) expect(only(name), name).to.equal("yes");
  });

  it("may make the system calls of a service, and none that need rights or take resources from others", () => {
    expect(service.SystemCallFilter).to.deep.equal(["@system-service", "~@privileged @resources"]);
    expect(only("SystemCallArchitectures")).to.equal("native");
  });
});

/** What takes rights away when it is "yes". */
const SWITCHES = [
  ...["DynamicUser", "LockPersonality", "NoNewPrivileges", "PrivateDevices", "PrivateTmp", "PrivateUsers"],
  ...["ProtectClock", "ProtectControlGroups", "ProtectHome", "ProtectHostname", "ProtectKernelLogs"],
  ...["ProtectKernelModules", "ProtectKernelTunables", "RestrictNamespaces", "RestrictRealtime", "RestrictSUIDSGID"],
];

/** Settings by section, as systemd.directives(7) spells them: systemd ignores what it does not know. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  Unit: ["Description", "Documentation", "Wants", "After", "StartLimitIntervalSec"],
  Service: [
    ...["Type", "WorkingDirectory", "ExecStart", "Environment", "EnvironmentFile", "TimeoutStopSec"],
    ...["Restart", "RestartSec", "RestartPreventExitStatus", "StateDirectory", "StateDirectoryMode", "UMask"],
    ...["CapabilityBoundingSet", "AmbientCapabilities", "ProtectSystem", "ProtectProc", "RestrictAddressFamilies"],
    ...["SystemCallArchitectures", "SystemCallFilter", "SystemCallErrorNumber", ...SWITCHES],
  ],
  Install: ["WantedBy"],
};
