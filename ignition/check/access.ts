import { getAddress, type LogDescription } from "ethers";
import { Role } from "../../sdk/roles.ts";
import { CONTRACT_NAMES, CONTRACTS, type ContractName } from "../contracts.ts";
import { CONTRACT_ROLES, FUNCTION_ROLES, type RoleName } from "../roles.ts";
import { compare, type Difference, eventsOf, fieldsOf, nameOf, readView, type Subject } from "./subject.ts";

const ROLES = Object.entries(Role) as [RoleName, bigint][];

/** Contracts whose functions ask the `AccessManager` who may call them. */
const MANAGED = CONTRACT_NAMES.filter((name) => CONTRACTS[name].createInterface().hasFunction("authority"));

/** A role by its name and number, as people meet it in explorers. */
function titleOf(role: bigint): string {
  const name = ROLES.find(([, id]) => id === role)?.[0];
  return name === undefined ? `role ${role}` : `${name} (${role})`;
}

/** Compares the `AccessManager`'s roles with those of docs/roles.md: who has them, who grants them, what they may call. */
export async function checkAccess(subject: Subject): Promise<Difference[]> {
  const events = eventsOf(subject, "AccessManager");
  const history: History = (name) => events.filter((event) => event.name === name).map(({ args }) => args);
  return [
    ...(await checkMembers(subject, history)),
    ...(await checkRoles(subject, history)),
    ...(await checkFunctions(subject, history)),
    ...(await checkTargets(subject, history)),
  ];
}

/** The arguments of all events of a name, in their order. */
type History = (event: string) => LogDescription["args"][];

/** Who is to have each role, by the parameters; of the roles that are not here nobody. */
function membersOf({ record, parameters, officers }: Subject): Map<bigint, string[]> {
  const { contracts, deployer } = record;
  const addressOf = (name: ContractName) => contracts[name].address;
  const { Handover } = parameters;
  const guardian = (Handover ?? parameters.Authority)?.guardian;
  return new Map([
    [Role.Admin, [Handover === undefined ? deployer : addressOf("TimelockController")]],
    [Role.Guardian, [guardian === undefined ? deployer : String(guardian)]],
    ...Object.entries(CONTRACT_ROLES).map(([name, holders]) => membersIn(name, holders.map(addressOf))),
    ...Object.entries(officers).map(([name, accounts]) => membersIn(name, accounts)),
  ]);
}

function membersIn(name: string, accounts: string[]): [role: bigint, accounts: string[]] {
  return [Role[name as RoleName], accounts];
}

async function checkMembers(subject: Subject, history: History): Promise<Difference[]> {
  const members = membersOf(subject);
  const asked = new Map<string, [role: bigint, account: string]>();
  const ask = (role: bigint, account: string) => asked.set(`${role} ${account}`, [role, account]);
  for (const [role, accounts] of members) for (const account of accounts) ask(role, account);
  for (const { roleId, account } of history("RoleGranted")) ask(roleId, account);

  const differences: Difference[] = [];
  for (const [role, account] of asked.values()) {
    const access = fieldsOf(await readView(subject, "AccessManager", "getAccess", role, account));
    const what = `AccessManager: ${titleOf(role)} of ${nameOf(subject.record, account)}`;
    const isExpected = members.get(role)?.includes(account) ?? false;
    const membership = membershipOf(access, subject.time);
    differences.push(...compare(what, isExpected ? GRANTED : NOT_GRANTED, membership));
    if (!isExpected || membership !== GRANTED) continue;
    differences.push(
      ...compare(`${what}, delay`, 0n, access.currentDelay),
      ...compare(`${what}, delay to come`, 0n, access.pendingDelay),
    );
  }
  return differences;
}

const GRANTED = "granted";
const NOT_GRANTED = "not granted";

/** A grant can take effect later, and nothing more is needed for it then. */
function membershipOf({ since }: Record<string, unknown>, time: bigint): string {
  if (typeof since !== "bigint" || since === 0n) return NOT_GRANTED;
  return since <= time ? GRANTED : `granted from the second ${since} on`;
}

async function checkRoles(subject: Subject, history: History): Promise<Difference[]> {
  const changes = ["RoleAdminChanged", "RoleGuardianChanged", "RoleGrantDelayChanged", "RoleLabel"].flatMap(history);
  const roles = new Set([...Object.values<bigint>(Role), ...changes.map(({ roleId }) => roleId as bigint)]);
  const differences: Difference[] = [];
  for (const role of roles) {
    const what = `AccessManager: ${titleOf(role)}`;
    const titleRead = async (view: string) => {
      const id = await readView(subject, "AccessManager", view, role);
      return typeof id === "bigint" ? titleOf(id) : id;
    };
    const lastOf = (event: string) => history(event).findLast(({ roleId }) => roleId === role);
    differences.push(
      ...compare(`${what}, granted by`, titleOf(Role.Admin), await titleRead("getRoleAdmin")),
      ...compare(`${what}, guarded by`, titleOf(Role.Admin), await titleRead("getRoleGuardian")),
      ...compare(`${what}, delay of grants`, 0n, await readView(subject, "AccessManager", "getRoleGrantDelay", role)),
      ...compareComing(`${what}, delay of grants`, lastOf("RoleGrantDelayChanged"), subject),
      ...compare(`${what}, label`, labelOf(role), lastOf("RoleLabel")?.label ?? NO_LABEL),
    );
  }
  return differences;
}

const NO_LABEL = "none";

/** Admin's role has none, and cannot be given one. */
function labelOf(role: bigint): string {
  const name = ROLES.find(([, id]) => id === role)?.[0];
  return name === undefined || name === "Admin" ? NO_LABEL : name.toUpperCase();
}

/** The difference that a change makes which was announced and takes effect later. */
function compareComing(what: string, change: LogDescription["args"] | undefined, { block }: Subject): Difference[] {
  return change === undefined ? [] : compare(`${what}, last announced up to block ${block}`, 0n, change.delay);
}

async function checkFunctions(subject: Subject, history: History): Promise<Difference[]> {
  const { contracts } = subject.record;
  const asked = new Map<string, AskedFunction>();
  for (const contract of MANAGED) {
    const { address } = contracts[contract];
    CONTRACTS[contract].createInterface().forEachFunction(({ name, selector, constant }) => {
      const role = FUNCTION_ROLES[contract]?.[name] ?? "Admin";
      const title = `${contract}.${name}`;
      if (!constant) asked.set(`${address} ${selector}`, { target: address, selector, title, role: Role[role] });
    });
  }
  for (const { target, selector } of history("TargetFunctionRoleUpdated")) {
    const key = `${target} ${selector}`;
    const title = `${nameOf(subject.record, target)}, function ${selector}`;
    if (!asked.has(key)) asked.set(key, { target, selector, title, role: Role.Admin });
  }

  const differences: Difference[] = [];
  for (const { target, selector, title, role } of asked.values()) {
    const found = await readView(subject, "AccessManager", "getTargetFunctionRole", target, selector);
    const what = `AccessManager: role that may call ${title}`;
    differences.push(...compare(what, titleOf(role), typeof found === "bigint" ? titleOf(found) : found));
  }
  return differences;
}

interface AskedFunction {
  readonly target: string;
  readonly selector: string;
  readonly title: string;
  readonly role: bigint;
}

async function checkTargets(subject: Subject, history: History): Promise<Difference[]> {
  const { contracts } = subject.record;
  const changed = ["TargetClosed", "TargetAdminDelayUpdated"].flatMap(history).map(({ target }) => String(target));
  const targets = new Set([...CONTRACT_NAMES.map((name) => contracts[name].address), ...changed.map(getAddress)]);
  const differences: Difference[] = [];
  for (const target of targets) {
    const what = `AccessManager: ${nameOf(subject.record, target)}`;
    const isClosed = await readView(subject, "AccessManager", "isTargetClosed", target);
    const delay = await readView(subject, "AccessManager", "getTargetAdminDelay", target);
    const announced = history("TargetAdminDelayUpdated").findLast((change) => change.target === target);
    differences.push(
      ...compare(`${what}, closed`, false, isClosed),
      ...compare(`${what}, delay of its admin`, 0n, delay),
      ...compareComing(`${what}, delay of its admin`, announced, subject),
    );
  }
  return differences;
}
