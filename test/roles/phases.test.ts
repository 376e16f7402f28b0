import { expect } from "chai";
import { CONTRACT_NAMES } from "../../ignition/contracts.ts";
import { phasesOf, type Rule, rulesOf } from "./page.ts";
import { writesOf } from "./probe.ts";
import { closeEverything, pauseEverything } from "./siege.ts";
import { type Stage, setStage } from "./stage.ts";
import { STORIES } from "./stories/all.ts";
import { ALWAYS, answersIn, answerTo, messageOf, type Story, YES } from "./story.ts";

/** Words of the page for when something goes through, beside names of phases. */
const NEVER = "never";
const NOT_PAUSED = "not paused";
const PAUSED = "paused";

/** Errors by which contracts say that they are paused. */
const PAUSES = ["EnforcedPause", "CreationIsPaused"];

/** Asks for a role, or belongs to the `AccessManager`: what the council may take from whoever has it. */
const isByRole = ({ who }: Rule) => ["AccessManager", "guardian", "recorders", "registrar", "timelock"].includes(who);

describe("docs/roles.md: when each function may be called", () => {
  let stage: Stage;

  before(async () => {
    stage = await setStage();
  });

  /** Whether the page lets a function through in a phase. */
  const isOpenIn = ({ when }: Rule, phase: string, isPaused: boolean): boolean => {
    if (when === NOT_PAUSED || when === PAUSED) return isPaused === (when === PAUSED);
    return when !== NEVER && (when === ALWAYS || when.split(", ").includes(phase));
  };

  for (const contract of CONTRACT_NAMES) {
    describe(contract, () => {
      const rules = rulesOf(contract);
      const phases = phasesOf(contract);
      let story: Story;
      let restore: () => Promise<void>;
      /** Errors met, by function. */
      const met = new Map<string, Set<string>>(rules.map(({ name }) => [name, new Set()]));

      before(async () => {
        const snapshot = await stage.connection.networkHelpers.takeSnapshot();
        restore = () => snapshot.restore();
        story = await STORIES[contract](stage);
      });

      after(async () => {
        await restore();
      });

      it("lists the phases of its story", () => {
        expect(Object.keys(story.phases)).to.deep.equal(phases);
      });

      it("names no other phase in its table", () => {
        const named = rules.flatMap(({ when }) => when.split(", "));
        expect([ALWAYS, NEVER, NOT_PAUSED, PAUSED, ...phases]).to.include.members(named);
      });

      it("has a call of every function that can change something", () => {
        expect(Object.keys(story.calls)).to.have.members(writesOf(story.contract).map(({ name }) => name));
      });

      for (const phase of phases) {
        describe(`in the phase "${phase}"`, () => {
          let usual: Record<string, string>;
          let back: () => Promise<void>;

          before(async () => {
            await story.phases[phase]?.();
            usual = await answersIn(stage, story);
            for (const [name, answer] of Object.entries(usual)) if (answer !== YES) met.get(name)?.add(answer);
          });

          beforeEach(async () => {
            const snapshot = await stage.connection.networkHelpers.takeSnapshot();
            back = () => snapshot.restore();
          });

          afterEach(async () => {
            await back();
          });

          it("lets through what the page says, and nothing else", () => {
            const open = rules.filter((rule) => isOpenIn(rule, phase, false)).map(({ name }) => name);
            expect(Object.keys(usual).filter((name) => usual[name] === YES)).to.have.members(open);
          });

          it("refuses the others with the errors that the page names", () => {
            for (const { name, otherwise } of rules) {
              expect([YES, ...otherwise], name).to.include(usual[name]);
            }
          });

          for (const person of ["guardian", "deployer"] as const) {
            it(`lets the ${person} do nothing beyond what anyone may, but a pause by the guardian`, async () => {
              const through: string[] = [];
              for (const { name } of rules.filter(({ who }) => who !== "anyone")) {
                const message = { ...(await messageOf(story, name)), from: stage[person].address };
                if ((await answerTo(stage, message)) === YES) through.push(name);
              }
              const own = rules.filter((rule) => rule.who === person && isOpenIn(rule, phase, false));
              expect(through).to.have.members(own.map(({ name }) => name));
            });
          }

          it("is changed by a pause where the page says so, and nowhere else", async () => {
            await pauseEverything(stage);
            const answers = await answersIn(stage, story);
            for (const rule of rules) {
              const [before, now] = [usual[rule.name], answers[rule.name]];
              if ([NOT_PAUSED, PAUSED].includes(rule.when)) {
                expect(now === YES, rule.name).to.equal(isOpenIn(rule, phase, true));
              } else if (rule.isPausable) {
                expect(before === YES ? PAUSES : [before, ...PAUSES], rule.name).to.include(now);
              } else {
                expect(now, rule.name).to.equal(before);
              }
            }
          });

          // What may be called through the `AccessManager` is what is taken here.
          if (contract === "AccessManager") return;

          it("lets everybody do the same when all is paused, closed, revoked and cut off", async () => {
            await closeEverything(stage);
            const answers = await answersIn(stage, story);
            for (const rule of rules.filter((it) => !it.isPausable && !isByRole(it))) {
              expect(answers[rule.name], rule.name).to.equal(usual[rule.name]);
            }
          });
        });
      }

      describe("in the end", () => {
        it("has met every error that the page names", () => {
          for (const { name, when, otherwise } of rules) {
            if (when !== NOT_PAUSED) expect([...(met.get(name) ?? [])], name).to.have.members([...otherwise]);
          }
        });
      });
    });
  }
});
