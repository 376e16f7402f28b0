import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import { DAY, HOUR } from "../fixtures/amounts.ts";
import { ACT, type CouncilWorld } from "../fixtures/council.ts";
import { castVote, drawSession, Phase, sendSession } from "../fixtures/council-acts.ts";
import { openPanel, PANEL } from "../fixtures/council-stories.ts";
import { load, nextAt, now } from "../fixtures/protocol.ts";
import { anyMagnitude, pick, type Random, randomFrom } from "../fixtures/random.ts";
import { mineBlock } from "../fixtures/stake.ts";

const SEEDS = [1, 2, 3, 4] as const;
const STEPS = 100;

/** After so long nobody votes any more, and whoever opened a session without members can take it back. */
const AGES = 7n * DAY;

type Session = Awaited<ReturnType<CouncilWorld["councilChamber"]["session"]>>;

describe("CouncilChamber, over random histories", () => {
  let world: CouncilWorld;
  let donated: bigint;
  let done: Set<string>;

  const openers = () => [world.outsider, world.whale];
  const everybody = () => [...openers(), ...world.voters.slice(0, PANEL.length)];

  const sessions = async (): Promise<[id: bigint, session: Session][]> => {
    const ids = Array.from({ length: Number(await world.councilChamber.sessionCount()) }, (_, i) => BigInt(i + 1));
    return Promise.all(ids.map(async (id) => [id, await world.councilChamber.session(id)]));
  };
  const sessionsIn = async (phase: bigint) => (await sessions()).filter(([, session]) => session.phase === phase);

  const creditsOf = () => Promise.all(everybody().map((user) => world.councilChamber.credited(user)));
  const creditors = async () => {
    const credits = await creditsOf();
    return everybody().filter((_, i) => credits[i] !== 0n);
  };
  const withdraw = (user: HardhatEthersSigner) => world.councilChamber.connect(user).withdraw();

  const userOf = (address: string): HardhatEthersSigner => {
    const user = everybody().find((one) => one.address === address);
    if (user === undefined) throw new Error(`nobody is ${address}`);
    return user;
  };

  /** What can be done to some sessions of a phase, by default all; nothing comes of it where there are none. */
  const inPhase =
    (
      phase: bigint,
      act: (id: bigint, session: Session, random: Random) => Promise<unknown>,
      isMeant: (session: Session, instant: bigint) => boolean = () => true,
    ) =>
    async (random: Random) => {
      const instant = await now();
      const found = (await sessionsIn(phase)).filter(([, session]) => isMeant(session, instant));
      return found.length > 0 && act(...pick(random, found), random);
    };

  /** Each says `false` where there was nothing to do. */
  const acts: Readonly<Record<string, (random: Random) => Promise<unknown>>> = {
    open: async (random) => {
      const fee = random(0n, 2n) * anyMagnitude(random, 1n, ACT(1_000));
      // Where there are fewer agents than that, nobody can be drawn.
      const size = random(1n, BigInt(PANEL.length) + 2n);
      await sendSession(world, { by: pick(random, openers()), size, fee, duration: random(DAY, 6n * DAY) });
    },
    draw: inPhase(
      Phase.Drawing,
      (id, _, random) => drawSession(world, id, random(0n, 2n ** 64n)),
      ({ size }) => size <= PANEL.length,
    ),
    fund: inPhase(Phase.Voting, async (id, _, random) => {
      const amount = anyMagnitude(random, 1n, ACT(100));
      await world.councilChamber.connect(pick(random, openers())).fundSession(id, amount);
    }),
    vote: inPhase(Phase.Voting, async (id, _, random) => {
      const waiting = (await world.councilChamber.members(id)).filter(({ hasVoted }) => !hasVoted);
      await castVote(world, id, userOf(pick(random, waiting).agent), random(0n, 1n));
    }),
    close: inPhase(Phase.Closable, (id) => world.councilChamber.closeSession(id)),
    cancel: inPhase(
      Phase.Drawing,
      (id, { opener }) => world.councilChamber.connect(userOf(opener)).cancelSession(id),
      ({ openedAt }, instant) => instant >= openedAt + AGES,
    ),
    withdraw: async (random) => {
      const owners = await creditors();
      return owners.length > 0 && withdraw(pick(random, owners));
    },
    donate: async (random) => {
      const amount = anyMagnitude(random, 1n, ACT(10));
      await world.token.connect(world.whale).transfer(world.councilChamber, amount);
      donated += amount;
    },
    "weigh by the root, or not": (random) =>
      world.councilChamber.connect(world.deployer).setSquareRoot(random(0n, 1n) === 0n),
  };

  /** What a history is drawn from: without votes there are no credits. */
  const course = Object.entries(acts).flatMap((entry) => (entry[0] === "vote" ? [entry, entry] : [entry]));

  /** Views and the next transaction see the same instant, so much later. */
  const wait = async (span: bigint) => {
    const instant = (await now()) + span;
    await nextAt(instant);
    await mineBlock();
    await nextAt(instant);
  };

  const play = async (seed: number, check = async () => {}) => {
    const random = randomFrom(seed);
    for (let step = 0; step < STEPS; step++) {
      await wait(random(1n, 10n * HOUR));
      const [name, act] = pick(random, course);
      if ((await act(random)) !== false) done.add(name);
      await check();
    }
  };

  /** All sessions come to an end, and everybody takes what is theirs. */
  const endAll = async () => {
    await wait(AGES);
    for (const [id] of await sessionsIn(Phase.Closable)) await world.councilChamber.closeSession(id);
    for (const [id, { opener }] of await sessionsIn(Phase.Drawing)) {
      await world.councilChamber.connect(userOf(opener)).cancelSession(id);
    }
    for (const user of await creditors()) await withdraw(user);
  };

  beforeEach(async () => {
    world = await load(openPanel);
    donated = 0n;
    done = new Set();
  });

  for (const seed of SEEDS) {
    it(`holds rewards of sessions that go on, credits and donations, to the unit (seed ${seed})`, async () => {
      await play(seed, async () => {
        const running = (await sessions()).filter(
          ([, { phase }]) => phase !== Phase.Closed && phase !== Phase.Cancelled,
        );
        const rewards = running.map(([, { reward }]) => reward);
        const owed = [...rewards, ...(await creditsOf())].reduce((sum, each) => sum + each, 0n);
        expect(await world.token.balanceOf(world.councilChamber)).to.equal(owed + donated);
      });
      expect([...done]).to.have.members(Object.keys(acts));
    });

    it(`is left with the donations when everybody has withdrawn (seed ${seed})`, async () => {
      await play(seed);
      await endAll();
      expect(await world.token.balanceOf(world.councilChamber)).to.equal(donated);
    });
  }
});
