import { ACT } from "../sdk/council/params.ts";
import * as arguing from "./acts/arguments.ts";
import * as chamber from "./acts/chamber.ts";
import * as council from "./acts/council.ts";
import * as governance from "./acts/governance.ts";
import * as intrusions from "./acts/intrusions.ts";
import * as markets from "./acts/markets.ts";
import * as queries from "./acts/queries.ts";
import * as stake from "./acts/stake.ts";
import type { Call } from "./contract.ts";
import { FOUNDERS, type Person } from "./people.ts";
import type { Scene } from "./scene.ts";
import type { Zone } from "./zone.ts";

/** Something that somebody does when its turn comes; `undefined` where there is nothing to do by then. */
export type Act = () => Call | undefined;

/** What somebody may set out to do, and how often as against the rest. */
interface Errand {
  readonly weight: number;
  readonly plan: (scene: Scene, person: Person, zone: Zone) => Act[];
}

/** Staked so much, somebody can propose and be an agent: 10,000 ACT. */
const RICH = 10_000n * ACT;

type InZone = (scene: Scene, zone: Zone, person: Person) => Call | undefined;
type Anywhere = (scene: Scene, person: Person) => Call | undefined;

/** How many are asked, one after the other, until somebody can do it. */
const ASKED = 10;

const inZone = (weight: number, act: InZone): Errand => ({
  weight,
  plan: (scene, person, zone) => [() => firstWhoCan(scene, person, (each) => act(scene, zone, each))],
});

/** By somebody who can, if there is one. */
const byTheRich = (weight: number, act: Anywhere): Errand => ({
  weight,
  plan: (scene, person) => {
    const { model } = scene.stage.council;
    const staked = ({ address }: Person) => model.stakingAt(scene.now).account(address).staked;
    const rich = scene.any(scene.people.filter((each) => staked(each) >= RICH));
    return [() => act(scene, scene.oneIn(8n) ? person : (rich ?? person))];
  },
});

const anywhere = (weight: number, act: Anywhere): Errand => ({
  weight,
  plan: (scene, person) => [() => firstWhoCan(scene, person, (each) => act(scene, each))],
});

function firstWhoCan(scene: Scene, first: Person, act: (person: Person) => Call | undefined): Call | undefined {
  for (let asked = 0, person = first; asked < ASKED; asked++, person = scene.person()) {
    const call = act(person);
    if (call !== undefined) return call;
  }
  return undefined;
}

/** Everybody who can speak on a claim does, one after the other. */
const speakUp: Errand = {
  weight: 10,
  plan: (scene, _, zone) => {
    const claimId = scene.favourite(zone.stake.pools);
    if (claimId === undefined) return [];
    const speakers = stake.speakersOf(scene, zone, claimId).slice(0, 10);
    return speakers.map((speaker) => () => stake.commitBelief(scene, zone, speaker));
  },
};

/** The guardian stops something, people try it, and the guardian lets it go on. */
const pause: Errand = {
  weight: 1,
  plan: (scene, person, zone) => {
    const [stop, goOn] = intrusions.pausing(scene, zone);
    const tries: Act[] = [
      () => markets.createMarket(scene, zone, person),
      () => stake.buy(scene, zone, scene.person()),
      () => stake.commitBelief(scene, zone, scene.person()),
      () => queries.ask(scene, zone, scene.person()),
      () => arguing.upvote(scene, scene.person()),
      () => council.stakeTokens(scene, scene.person()),
      () => chamber.openSession(scene, scene.person()),
    ];
    const again = scene.oneIn(3n) ? [() => stop] : [];
    return [() => stop, ...again, ...tries, () => goOn, ...(scene.oneIn(3n) ? [() => goOn] : [])];
  },
};

const ERRANDS: readonly Errand[] = [
  inZone(3, markets.createMarket),
  inZone(15, markets.commit),
  inZone(12, markets.leaveMarket),
  inZone(3, markets.tendMarket),
  inZone(3, stake.createPool),
  inZone(4, stake.deposit),
  inZone(5, stake.withdrawStake),
  inZone(18, stake.buy),
  inZone(5, stake.sell),
  inZone(4, stake.commitBelief),
  speakUp,
  inZone(6, stake.tendEpoch),
  inZone(6, queries.ask),
  inZone(6, queries.withdrawCredit),
  inZone(2, queries.setRanks),
  anywhere(10, arguing.createArgument),
  anywhere(12, arguing.upvote),
  anywhere(2, arguing.deleteArgument),
  anywhere(9, arguing.markUnhelpful),
  anywhere(5, arguing.withdrawArgued),
  anywhere(3, arguing.tendArguments),
  anywhere(9, council.stakeTokens),
  anywhere(3, council.prolong),
  anywhere(4, council.unstake),
  anywhere(2, council.delegate),
  anywhere(5, council.takeRewards),
  anywhere(3, council.tendRewards),
  anywhere(2, council.sendTokens),
  byTheRich(5, chamber.tendAgents),
  anywhere(3, chamber.openSession),
  anywhere(2, chamber.meddle),
  anywhere(2, chamber.withdrawFees),
  byTheRich(4, governance.propose),
  anywhere(1, governance.interfere),
  inZone(2, intrusions.intrude),
  inZone(3, intrusions.sendUnits),
  pause,
];

/** The first people make claims and a council, and decide who gets which office. */
export function foundingOf(scene: Scene): Act[] {
  const founders = scene.people.slice(0, FOUNDERS);
  const { usdc, hostile } = scene.stage;
  return [
    ...founders.map((founder) => () => council.stakeMuch(scene, founder)),
    ...founders.flatMap((founder) => [usdc, hostile].map((zone) => () => markets.createMarket(scene, zone, founder))),
    ...founders.flatMap((founder) => [usdc, hostile].map((zone) => () => stake.createPool(scene, zone, founder))),
    ...founders.slice(0, 1).map((founder) => () => governance.propose(scene, founder)),
    ...founders.map((founder) => () => chamber.tendAgents(scene, founder)),
  ];
}

const ALL_ERRANDS = ERRANDS.flatMap((errand) => Array.from({ length: errand.weight }, () => errand));

/** What somebody sets out to do now. */
export function errandOf(scene: Scene, person: Person): Act[] {
  return scene.pick(ALL_ERRANDS).plan(scene, person, scene.zone());
}

/** Calls in a row of those who owe the same kind of thing, at most. */
const MOST_IN_A_ROW = 7n;

/** Things that people owe one another, each as long as it is due: to open a belief, to go on with a query, to vote. */
const DUTIES: readonly ((scene: Scene) => Call | undefined)[] = [
  (scene) => {
    const due = scene.any(stake.dueOpenings(scene));
    const owner = scene.people.find(({ address }) => address === due?.opening.user);
    return due === undefined || owner === undefined ? undefined : stake.reveal(scene, due, owner);
  },
  (scene) => {
    const due = scene.any(queries.dueInQueries(scene));
    return due === undefined ? undefined : queries.takePart(scene, due);
  },
  (scene) => {
    const due = scene.any(chamber.dueInSessions(scene));
    return due === undefined ? undefined : chamber.tendSession(scene, due);
  },
  (scene) => {
    const due = scene.any(governance.dueInGovernance(scene));
    if (due === undefined) return undefined;
    const { proposal, voter } = due;
    return voter === undefined
      ? governance.moveOn(scene, proposal, scene.person())
      : governance.vote(scene, proposal, voter);
  },
];

/** What several people owe, of one kind, one after the other. */
export function dutiesOf(scene: Scene): Act[] {
  const isAboutQueries = scene.oneIn(2n);
  const duty = isAboutQueries ? DUTIES[1] : scene.pick(DUTIES);
  const count = Number(scene.random(1n, MOST_IN_A_ROW));
  return duty === undefined ? [] : Array.from({ length: count }, () => () => duty(scene));
}
