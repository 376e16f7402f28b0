import { expect } from "chai";
import { type BaseContract, type FunctionFragment, ZeroHash } from "ethers";
import { CONTRACT_NAMES } from "../../ignition/contracts.ts";
import { Role } from "../../sdk/roles.ts";
import { rulesOf } from "./page.ts";
import { contractOn } from "./siege.ts";
import { type Stage, setStage } from "./stage.ts";
import { STORIES } from "./stories/all.ts";
import { answerTo, type Message, messageOf, type Story, YES } from "./story.ts";

const PEOPLE = ["guardian", "deployer"] as const;

/** Ways in which somebody could have a call made that they may not make themselves. */
const WAYS: Readonly<Record<string, (stage: Stage, call: Message) => [through: BaseContract, data: string]>> = {
  "AccessManager.execute": ({ authority }, { to, data }) => [
    authority,
    authority.interface.encodeFunctionData("execute", [to, data]),
  ],
  "AccessManager.multicall": ({ authority }, { to, data }) => [
    authority,
    authority.interface.encodeFunctionData("multicall", [
      [authority.interface.encodeFunctionData("execute", [to, data])],
    ]),
  ],
  "AccessManager.schedule": ({ authority }, { to, data }) => [
    authority,
    authority.interface.encodeFunctionData("schedule", [to, data, 0n]),
  ],
  "TimelockController.schedule": ({ timelock }, { to, data }) => [
    timelock,
    timelock.interface.encodeFunctionData("schedule", [to, 0n, data, ZeroHash, ZeroHash, 10n ** 9n]),
  ],
  "TimelockController.scheduleBatch": ({ timelock }, { to, data }) => [
    timelock,
    timelock.interface.encodeFunctionData("scheduleBatch", [[to], [0n], [data], ZeroHash, ZeroHash, 10n ** 9n]),
  ],
  "TimelockController.execute": ({ timelock }, { to, data }) => [
    timelock,
    timelock.interface.encodeFunctionData("execute", [to, 0n, data, ZeroHash, ZeroHash]),
  ],
  "TimelockController.executeBatch": ({ timelock }, { to, data }) => [
    timelock,
    timelock.interface.encodeFunctionData("executeBatch", [[to], [0n], [data], ZeroHash, ZeroHash]),
  ],
  "CouncilGovernor.relay": ({ councilGovernor }, { to, data }) => [
    councilGovernor,
    councilGovernor.interface.encodeFunctionData("relay", [to, 0n, data]),
  ],
  "CouncilGovernor.propose": ({ councilGovernor }, { to, data }) => [
    councilGovernor,
    councilGovernor.interface.encodeFunctionData("propose", [[to], [0n], [data], ""]),
  ],
  "CouncilGovernor.queue": ({ councilGovernor }, { to, data }) => [
    councilGovernor,
    councilGovernor.interface.encodeFunctionData("queue", [[to], [0n], [data], ZeroHash]),
  ],
  "CouncilGovernor.execute": ({ councilGovernor }, { to, data }) => [
    councilGovernor,
    councilGovernor.interface.encodeFunctionData("execute", [[to], [0n], [data], ZeroHash]),
  ],
};

/** The two ways round that are open to whoever may call anyway. */
const OPEN_WAYS = ["AccessManager.execute", "AccessManager.multicall"];

describe("docs/roles.md: what guardian and deployer can do after the handover", () => {
  let stage: Stage;

  before(async () => {
    stage = await setStage();
  });

  for (const person of PEOPLE) {
    describe(`the ${person}`, () => {
      it("has the role that the page gives them in the AccessManager, and no other", async () => {
        const { authority } = stage;
        const granted = await authority.queryFilter(authority.filters.RoleGranted());
        const roles = new Set<bigint>();
        for (const { args } of granted) {
          if ((await authority.hasRole(args.roleId, stage[person]))[0]) roles.add(args.roleId);
        }
        expect([...roles]).to.deep.equal(person === "guardian" ? [Role.Guardian] : []);
      });

      it("has no role in the timelock", async () => {
        const { timelock } = stage;
        const granted = await timelock.queryFilter(timelock.filters.RoleGranted());
        const roles: string[] = [];
        for (const { args } of granted) if (await timelock.hasRole(args.role, stage[person])) roles.push(args.role);
        expect(roles).to.deep.equal([]);
      });

      it("is let through by the AccessManager to pauses alone, of all functions of all contracts", async () => {
        const through: string[] = [];
        for (const name of CONTRACT_NAMES) {
          const contract = contractOn(stage, name);
          for (const fragment of functionsOf(contract)) {
            const { immediate, delay } = await stage.authority.canCall(stage[person], contract, fragment.selector);
            if (immediate || delay > 0n) through.push(`${name}.${fragment.name}`);
          }
        }
        const own = CONTRACT_NAMES.flatMap(rulesOf).filter(({ who }) => who === person);
        expect(through).to.have.members(own.map(({ contract, name }) => `${contract}.${name}`));
      });
    });
  }

  for (const contract of CONTRACT_NAMES) {
    describe(`the rules of ${contract}`, () => {
      let story: Story;
      let restore: () => Promise<void>;

      before(async () => {
        const snapshot = await stage.connection.networkHelpers.takeSnapshot();
        restore = () => snapshot.restore();
        story = await STORIES[contract](stage);
      });

      after(async () => {
        await restore();
      });

      for (const person of PEOPLE) {
        it(`leave the ${person} no way round them`, async () => {
          const through: string[] = [];
          const own: string[] = [];
          for (const { name, who, when } of rulesOf(contract).filter((rule) => rule.who !== "anyone")) {
            const call = await messageOf(story, name);
            for (const [way, tell] of Object.entries(WAYS)) {
              const [by, data] = tell(stage, call);
              const message = { from: stage[person].address, to: await by.getAddress(), data };
              if ((await answerTo(stage, message)) === YES) through.push(`${way}: ${name}`);
            }
            if (who === person && when !== "paused") own.push(...OPEN_WAYS.map((way) => `${way}: ${name}`));
          }
          expect(through).to.have.members(own);
        });
      }
    });
  }
});

/** All functions of a contract, views too. */
function functionsOf({ interface: abi }: BaseContract): FunctionFragment[] {
  const functions: FunctionFragment[] = [];
  abi.forEachFunction((fragment) => functions.push(fragment));
  return functions;
}
