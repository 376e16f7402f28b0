import type { ChainEvent } from "../../../events/useEvents.ts";

/** A voice in an epoch, as events tell it. Amounts in asset units, probabilities and scores in wad. */
export interface VoiceRecord {
  readonly user: string;
  /** What was sealed last, and the lock behind it. */
  seal: string;
  weight: bigint;
  /** What was opened. */
  opened: { readonly belief: bigint; readonly meta: bigint } | undefined;
  /** Its score, and what was taken from the stake with it. */
  scored: { readonly score: bigint; readonly taken: bigint } | undefined;
  /** What was paid to the stake. */
  paid: bigint;
  /** Whether it risks nothing any more. */
  isDistributed: boolean;
}

/** What an epoch came to. */
export interface EpochResult {
  readonly consensus: bigint;
  readonly meanMeta: bigint;
  readonly supportShare: bigint;
  readonly isSurprisinglyPopular: boolean;
  readonly isVoid: boolean;
  readonly pot: bigint;
}

/** An epoch of a claim in which somebody spoke, as events tell it. */
export interface EpochRecord {
  readonly epoch: bigint;
  /** In the order of their first commits. */
  readonly voices: VoiceRecord[];
  /** Known once it is settled. */
  result: EpochResult | undefined;
  /** Whether everybody has their part. */
  isDistributed: boolean;
}

/** All epochs of a claim in which somebody spoke, the newest first. */
export function epochsIn(events: readonly ChainEvent[], claimId: string): readonly EpochRecord[] {
  const records = new Map<bigint, EpochRecord>();
  const voices = new Map<string, VoiceRecord>();
  for (const { name, args } of events) {
    if (args.claimId !== claimId) continue;
    const { epoch, user } = args as unknown as Args;
    const record = records.get(epoch) ?? { epoch, voices: [], result: undefined, isDistributed: false };
    records.set(epoch, record);
    const key = `${epoch}/${user}`;
    const voice = voices.get(key);
    if (name === "BeliefCommitted") voices.set(key, committed(record, voice, args as unknown as Args));
    else if (voice !== undefined) applyToVoice(voice, name, args as unknown as Args);
    else applyToEpoch(record, name, args as unknown as Args);
  }
  return [...records.values()].sort((a, b) => (a.epoch < b.epoch ? 1 : -1));
}

/** The voice of somebody, whatever the case of the address. */
export function voiceOf({ voices }: EpochRecord, user: string): VoiceRecord | undefined {
  return voices.find((voice) => voice.user.toLowerCase() === user.toLowerCase());
}

/** By how much a stake moved in an epoch: what was paid less what was taken. */
export function movedBy({ scored, paid }: VoiceRecord): bigint {
  return paid - (scored?.taken ?? 0n);
}

/** The newest epoch whose voice of somebody keeps them from speaking in `current`: it must be settled first. */
export function blockingEpoch(records: readonly EpochRecord[], user: string, current: bigint): bigint | undefined {
  return records.find((record) => {
    const voice = voiceOf(record, user);
    return record.epoch + REACH < current && voice !== undefined && !voice.isDistributed;
  })?.epoch;
}

/** Epochs back in which a voice may be unsettled while its owner speaks again. */
const REACH = 2n;

/** The arguments of all events that are read here; each has some of them. */
interface Args extends EpochResult {
  readonly epoch: bigint;
  readonly user: string;
  readonly sealedBelief: string;
  readonly weight: bigint;
  readonly belief: bigint;
  readonly meta: bigint;
  readonly score: bigint;
  readonly taken: bigint;
  readonly amount: bigint;
  readonly from: bigint;
  readonly to: bigint;
}

function committed(record: EpochRecord, voice: VoiceRecord | undefined, args: Args): VoiceRecord {
  const { user, sealedBelief: seal, weight } = args;
  if (voice !== undefined) return Object.assign(voice, { seal, weight });
  const first = { user, seal, weight, opened: undefined, scored: undefined, paid: 0n, isDistributed: false };
  record.voices.push(first);
  return first;
}

function applyToVoice(voice: VoiceRecord, name: string, { belief, meta, score, taken, amount }: Args): void {
  if (name === "BeliefRevealed") voice.opened = { belief, meta };
  if (name === "BeliefScored") voice.scored = { score, taken };
  if (name === "PartPaid") voice.paid += amount;
}

function applyToEpoch(record: EpochRecord, name: string, args: Args): void {
  if (name === "EpochDistributed") record.isDistributed = true;
  if (name === "PartsDistributed") {
    for (const voice of record.voices.slice(Number(args.from), Number(args.to))) voice.isDistributed = true;
  }
  if (name === "EpochSettled") {
    const { consensus, meanMeta, supportShare, isSurprisinglyPopular, isVoid, pot } = args;
    record.result = { consensus, meanMeta, supportShare, isSurprisinglyPopular, isVoid, pot };
  }
}
