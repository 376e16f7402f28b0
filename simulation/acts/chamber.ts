import { MAX_OPTIONS } from "../../sdk/council/chamber.ts";
import { DAY, HOUR } from "../../sdk/time.ts";
import type { Call } from "../contract.ts";
import { MAX_SIZE, type Session, SessionPhase } from "../parts/sessions.ts";
import { type Person, portionOf } from "../people.ts";
import { callBy, type Scene } from "../scene.ts";

/** Sessions that are open at once, at most. */
const MOST_OPEN = 3;

/** Somebody becomes an agent, or is one no longer, or has another weighed. */
export function tendAgents(scene: Scene, person: Person): Call {
  const { agents, setup } = scene.stage.chamber;
  const isAgent = agents.get(person.address)?.isRegistered === true;
  if (!isAgent || scene.errs(person)) return callBy(person, setup.chamber, "registerAgent", "ipfs://agent");
  if (scene.oneIn(5n)) return callBy(person, setup.chamber, "unregisterAgent");
  return callBy(person, setup.chamber, "refreshAgent", scene.pick([...agents.keys()]));
}

/** Somebody asks the agents something, mostly so few that there are enough. */
export function openSession(scene: Scene, person: Person): Call | undefined {
  const { sessions, setup, agents } = scene.stage.chamber;
  const isBusy = sessions.filter(({ end }) => end === "none").length >= MOST_OPEN;
  if (isBusy || agents.size < 3) return undefined;
  const most = [...agents.values()].filter(({ weight }) => weight > 0n).length / 2;
  const fitting = scene.random(1n, BigInt(Math.max(1, Math.min(Math.floor(most), 5))));
  const size = scene.errs(person) ? scene.pick([0n, MAX_SIZE + 1n, 9n]) : fitting;
  const count = scene.errs(person) ? Number(MAX_OPTIONS) + 1 : Number(scene.random(2n, 4n));
  const options = Array.from({ length: count }, (_, index) => `option ${index}`);
  const fee = scene.oneIn(4n) ? 0n : portionOf(person, scene.random, scene.tokens(person) / 5n, 1n);
  const duration = scene.pick([HOUR, DAY, 5n * DAY, HOUR - 1n]);
  return callBy(person, setup.chamber, "openSession", "What is to be done?", size, options, duration, fee);
}

/** Something due in a session: the vote of a member, or the lot or its end where that is nobody's. */
export interface SessionDue {
  readonly session: Session;
  readonly member: string | undefined;
}

/** What is due in sessions: the lot, the votes of their members, their ends. */
export function dueInSessions(scene: Scene): SessionDue[] {
  const { chamber } = scene.stage;
  const open = chamber.sessions.filter(({ end }) => end === "none");
  return open.flatMap((session): SessionDue[] => {
    const phase = chamber.phase(session, scene.now);
    if (phase === SessionPhase.Drawing && scene.oneIn(2n)) return [];
    if (phase !== SessionPhase.Voting) return [{ session, member: undefined }];
    const waiting = session.members.filter((member) => !session.votes.has(member));
    return waiting.filter((member) => isWilling(scene, member)).map((member) => ({ session, member }));
  });
}

/** Does what is due. */
export function tendSession(scene: Scene, { session, member }: SessionDue): Call {
  const { chamber } = scene.stage;
  const { sessionId, opener, openedAt, options } = session;
  const on = chamber.setup.chamber;
  if (member !== undefined)
    return callBy({ address: member }, on, "castVote", sessionId, scene.random(0n, options - 1n));
  const person = scene.person();
  if (chamber.phase(session, scene.now) !== SessionPhase.Drawing) return callBy(person, on, "closeSession", sessionId);
  const isHopeless = scene.now > openedAt + 7n * DAY && scene.oneIn(2n);
  return isHopeless
    ? callBy({ address: opener }, on, "cancelSession", sessionId)
    : callBy(person, on, "drawSession", sessionId);
}

/** Somebody does with a session what they may not do, or adds to its reward. */
export function meddle(scene: Scene, person: Person): Call | undefined {
  const { sessions, setup } = scene.stage.chamber;
  const session = scene.any(sessions.slice(-4));
  if (session === undefined) return undefined;
  const { sessionId } = session;
  const on = setup.chamber;
  if (!scene.errs(person)) return callBy(person, on, "fundSession", sessionId, scene.tokens(person) / 100n);
  return scene.pick([
    callBy(person, on, "castVote", sessionId, scene.random(0n, 4n)),
    callBy(person, on, "closeSession", sessionId),
    callBy(person, on, "cancelSession", sessionId),
    callBy(person, on, "drawSession", sessionId + scene.random(0n, 1n)),
  ]);
}

/** Somebody takes what sessions gave them. */
export function withdrawFees(scene: Scene, person: Person): Call | undefined {
  const { chamber } = scene.stage;
  if (chamber.credited(person.address) === 0n && !scene.trespasses(person)) return undefined;
  return callBy(person, chamber.setup.chamber, "withdraw");
}

/** Who has not voted by now, and is not one to forget it. */
function isWilling(scene: Scene, member: string): boolean {
  return scene.people.some(({ address, character }) => address === member && character.name !== "absent");
}
