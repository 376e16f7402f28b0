import { DAY } from "../sdk/time.ts";
import { type Random, randomFrom } from "../test/fixtures/random.ts";
import { beginCourse } from "./acts/queries.ts";
import { provoke } from "./acts/tokens.ts";
import { SimulatedChain } from "./chain.ts";
import { Clock } from "./clock.ts";
import { type Call, inWords } from "./contract.ts";
import { deployAll, HOSTILE_TOKENS, type HostileToken } from "./deployment.ts";
import { Difference } from "./difference.ts";
import { type Act, dutiesOf, errandOf, foundingOf } from "./errands.ts";
import { Keepers } from "./keepers.ts";
import { OFFICER_COUNT, officersOf } from "./officers.ts";
import { type Person, peopleOf, wealthOf } from "./people.ts";
import { callBy, Scene } from "./scene.ts";
import { stageOf } from "./stage.ts";

/** Everything is compared after so many steps, and not just totals and what a step can touch. */
export const COMPARE_ALL_EVERY = 100;

/** People in a run of so many steps: some from the beginning, the others come in its course. */
function crowdOf(steps: number): number {
  return 20 + Math.min(Math.floor(steps / 8), 260);
}

/** Who is there from the beginning. */
const FIRST = 18;

/** How often a step looks for something that can be done before it lets the time pass. */
const ATTEMPTS = 40;

/** How many callbacks of a token are read at once: all of a long life's would take more gas than a call may have. */
const CALLBACKS_AT_ONCE = 500;

const TOKENS = Object.keys(HOSTILE_TOKENS) as HostileToken[];

/** One life of the whole protocol, from its deployment until everybody may leave. */
export class Life {
  readonly scene: Scene;
  readonly clock: Clock;
  readonly keepers: Keepers;
  readonly hostileToken: HostileToken;
  /** Calls that the token made from inside transfers, all of them refused. */
  callbacks = 0;
  /** What happens at the moment, for whoever has to tell. */
  doing = "nothing yet";
  readonly #chain: SimulatedChain;
  readonly #crowd: readonly Person[];
  readonly #steps: number;
  #planned: Act[] = [];
  /** Until when no keeper works, in unix seconds. */
  #awayUntil = 0n;

  private constructor(
    chain: SimulatedChain,
    parts: { scene: Scene; keepers: Keepers; hostileToken: HostileToken; crowd: readonly Person[]; steps: number },
  ) {
    this.#chain = chain;
    this.scene = parts.scene;
    this.keepers = parts.keepers;
    this.hostileToken = parts.hostileToken;
    this.#crowd = parts.crowd;
    this.#steps = parts.steps;
    this.clock = new Clock(parts.scene, parts.steps);
  }

  /** Deploys everything; the first people come. */
  static async begin(seed: number, steps: number): Promise<Life> {
    const random: Random = randomFrom(seed);
    const chain = await SimulatedChain.start(OFFICER_COUNT + crowdOf(steps));
    const officers = officersOf(chain.accounts);
    const hostileToken = TOKENS[seed % TOKENS.length] ?? "blacklist";
    const deployments = await deployAll(chain, officers, hostileToken);
    const stage = await stageOf(chain, officers, deployments);
    chain.now += 1_000n;
    const scene = new Scene(stage, random);
    const keepers = await Keepers.open(chain, deployments.main);
    const crowd = peopleOf(chain.accounts.slice(OFFICER_COUNT), random);
    const life = new Life(chain, { scene, keepers, hostileToken, crowd, steps });
    while (scene.people.length < Math.min(FIRST, crowd.length)) await life.#welcome();
    life.#planned = foundingOf(scene);
    return life;
  }

  /** Something happens, on contracts and models; then they are compared. */
  async step(number: number): Promise<void> {
    const { scene, clock } = this;
    if (this.#isTimeForSomebody(number)) await this.#welcome();
    if (this.#planned.length > 0) this.#chain.now += scene.random(0n, 40n);
    else clock.pass(number);
    if (number % 9 === 0) await this.#keep();
    const call = this.#next();
    if (call !== undefined) await this.perform(call);
    this.doing = call === undefined ? "comparing after nothing happened" : `comparing after ${inWords(call)}`;
    await scene.stage.world.checkAfter(call);
    if (number % COMPARE_ALL_EVERY === 0) await this.compareAll();
  }

  /** Performs a call, with what follows from it beside the contracts. */
  async perform(call: Call): Promise<boolean> {
    const { stage } = this.scene;
    this.doing = inWords(call);
    if (call.method === "drawSession") await this.#chain.setRandomness(this.scene.salt());
    const isDone = await stage.world.perform(call);
    const zone = [stage.usdc, stage.hostile].find(({ owns }) => owns(call.on));
    if (isDone && call.method === "ask" && zone !== undefined) beginCourse(this.scene, zone);
    const sealed = this.scene.openings.at(-1);
    if (isDone && call.method.startsWith("commitBelief") && sealed?.by === "keeper") await this.keepers.entrust(sealed);
    return isDone;
  }

  /** Compares everything that there is. */
  async compareAll(): Promise<void> {
    this.doing = "comparing everything";
    const { world, officers } = this.scene.stage;
    const people = this.scene.people.map(({ address }) => address);
    await world.checkAll([...people, officers.curator, officers.slasher, officers.team]);
    if (this.hostileToken === "reentrant") await this.#checkCallbacks();
  }

  /** Whatever the token called while it was inside a contract must have been refused. */
  async #checkCallbacks(): Promise<void> {
    const { hostile, world } = this.scene.stage;
    let page: readonly { isSuccess: boolean }[];
    do {
      page = (await world.read(hostile.asset.token, "outcomes", [this.callbacks, CALLBACKS_AT_ONCE])) as typeof page;
      const succeeded = page.filter(({ isSuccess }) => isSuccess).length;
      if (succeeded > 0) throw new Difference("calls that the token made from inside a transfer", succeeded, 0);
      this.callbacks += page.length;
    } while (page.length > 0);
  }

  /** Both keepers, until nothing of theirs is left to do. */
  async keepAll(): Promise<void> {
    const { officers } = this.scene.stage;
    this.doing = "the keepers clear up";
    while ((await this.#pass([officers.keeper])) > 0);
  }

  /** Frees the chain, and removes what the keepers wrote. */
  async close(): Promise<void> {
    await this.keepers.close();
    await this.#chain.close();
  }

  /** What happens next: what was planned, what somebody owes, or what somebody sets out to do. */
  #next(): Call | undefined {
    const { scene } = this;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const act = this.#planned.shift();
      if (act !== undefined) {
        const call = act();
        if (call !== undefined) return call;
        continue;
      }
      if (scene.oneIn(40n)) {
        const provocation = provoke(scene, this.hostileToken);
        if (provocation !== undefined) return provocation;
      }
      this.#planned = scene.oneIn(2n) ? dutiesOf(scene) : errandOf(scene, scene.person());
    }
    return undefined;
  }

  /** Keepers come and go: now one works, now two at once, now none for days. */
  async #keep(): Promise<void> {
    const { scene } = this;
    const { keeper, rival } = scene.stage.officers;
    if (scene.now < this.#awayUntil) return;
    if (scene.oneIn(7n)) {
      this.#awayUntil = scene.now + scene.random(1n, 9n) * DAY;
      this.keepers.restart(scene.pick([keeper, rival]));
      scene.stage.world.count("keepers absences");
      return;
    }
    const accounts = scene.oneIn(4n) ? [keeper, rival] : [keeper];
    this.doing = `a pass of ${accounts.length === 1 ? "a keeper" : "two keepers at once"}`;
    await this.#pass(accounts);
  }

  async #pass(accounts: readonly string[]): Promise<number> {
    const { world } = this.scene.stage;
    await world.compare([]); // the keepers look at the latest block: it must be of this moment
    const mined = await this.keepers.pass(accounts);
    for (const each of mined) {
      this.doing = `following ${each.transaction.data.slice(0, 10)} of a keeper`;
      const isDone = world.followMined(each);
      world.count(isDone ? "keepers transactions" : "keepers transactions in vain");
    }
    world.count(accounts.length === 1 ? "keepers passes" : "keepers passes of two at once");
    return mined.length;
  }

  #isTimeForSomebody(number: number): boolean {
    const missing = this.#crowd.length - FIRST;
    const wanted = FIRST + Math.ceil((missing * number) / (this.#steps * 0.8));
    return this.scene.people.length < Math.min(wanted, this.#crowd.length);
  }

  /** Somebody comes, with tokens of each kind. */
  async #welcome(): Promise<void> {
    const { scene } = this;
    const { stage, random } = scene;
    const person = this.#crowd[scene.people.length];
    if (person === undefined) return;
    scene.people.push(person);
    const wealth = wealthOf(person, random);
    const { team } = stage.officers;
    for (const { asset } of [stage.usdc, stage.hostile]) {
      await this.perform(
        callBy({ address: team }, asset.token, "mint", person.address, wealth * 10n ** asset.decimals),
      );
    }
    const { token } = stage.council.setup.contracts;
    await this.perform(callBy({ address: team }, token, "transfer", person.address, wealth * 10n ** 9n));
    stage.world.count(`came: ${person.character.name}`);
  }
}
