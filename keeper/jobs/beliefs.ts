import { id } from "ethers";
import { endsAt, settleableAt } from "../../sdk/stake/schedule.ts";
import type { ITruthSerum } from "../../typechain-types/index.ts";
import { RevertError, revertOf } from "../errors.ts";
import type { Step } from "../step.ts";
import { wholeStep } from "../whole.ts";
import { type EntrustedBelief, type EntrustedBeliefs, type Line, parseBelief } from "./entrusted.ts";
import { type EpochsContext, keyOf } from "./epoch.ts";
import { type ItemResult, type JobReport, sumOf, workThrough } from "./job.ts";

/** What was sealed for one voice, the last entry first: who commits again leaves several, and one of them counts. */
type Voice = readonly [EntrustedBelief, ...EntrustedBelief[]];

/**
 * Opens the entrusted beliefs whose time it is. Nothing about a belief leaves this process before its epoch has ended:
 * not even to be simulated.
 *
 * @throws The node's error where it does not tell what time it is.
 */
export async function openDueBeliefs(context: EpochsContext, beliefs: EntrustedBeliefs): Promise<JobReport> {
  const lines: Line[] = [];
  const load = async (): Promise<ItemResult> => {
    lines.push(...(await beliefs.lines()));
    return "idle";
  };
  const loaded = await workThrough([beliefs], () => "the entrusted beliefs", load, context);
  const entries: EntrustedBelief[] = [];
  const take = async ({ text, where }: Line): Promise<ItemResult> => {
    entries.push(parseBelief(text, where));
    return "idle";
  };
  const read = await workThrough(lines, lineKeyOf, take, context);
  const { due, late } = await endedVoices(context, entries);
  const opened = await workThrough(due, voiceKeyOf, (voice) => openVoice(context, voice), context);
  const news = late.filter((voice) => !beliefs.told.has(voiceKeyOf(voice)));
  // No items of the pass: nothing can be done about them.
  const { finished } = await workThrough(news, missedKeyOf, (voice) => tellWhereMissed(context, voice), context);
  for (const voice of finished) beliefs.told.add(voiceKeyOf(voice));
  return sumOf(loaded.report, read.report, opened.report);
}

/** Voices of ended epochs, the first to end first: those that can be opened now, and those for which it is too late. */
async function endedVoices(
  { chain, rules }: EpochsContext,
  entries: readonly EntrustedBelief[],
): Promise<{ due: Voice[]; late: Voice[] }> {
  const now = await chain.now();
  const voices = new Map<string, Voice>();
  for (const entry of entries) {
    if (now < endsAt(rules, entry.epoch)) continue;
    const key = voiceKeyOf([entry]);
    voices.set(key, [entry, ...(voices.get(key) ?? [])]);
  }
  const inOrder = [...voices.values()].sort(([a], [b]) => Number(a.epoch - b.epoch));
  const isLate = ([{ epoch }]: Voice) => now >= settleableAt(rules, epoch);
  return { due: inOrder.filter((voice) => !isLate(voice)), late: inOrder.filter(isLate) };
}

/** Warns of a voice that nobody has opened in time: nothing is left to do about it, but to know. */
async function tellWhereMissed({ serum, log, tally }: EpochsContext, voice: Voice): Promise<ItemResult> {
  const [{ user, claimId, epoch }] = voice;
  if (!(await isSealed(serum, voice))) return "idle";
  tally.missed();
  log.warn({ user, claimId, epoch: String(epoch) }, "a belief was not opened in time: its whole weight is lost");
  return "idle";
}

/** Whether a voice has a belief that is not opened. */
async function isSealed(serum: ITruthSerum, [{ user, claimId, epoch }]: Voice): Promise<boolean> {
  try {
    return !(await serum.participant(claimId, epoch, user)).isOpened;
  } catch (error) {
    if (revertOf(error, serum.interface)?.name === "NotParticipant") return false;
    throw error;
  }
}

async function openVoice({ serum, stepper }: EpochsContext, voice: Voice): Promise<ItemResult> {
  let mismatch: unknown;
  for (const entry of voice) {
    try {
      const result = await stepper.perform(await openStep(serum, entry));
      if (result === "idle") return "idle";
      return result === "moved" || result === "overtaken" ? "done" : "left";
    } catch (error) {
      if (!(error instanceof RevertError && error.revert.name === "SealMismatch")) throw error;
      mismatch ??= error;
    }
  }
  throw mismatch;
}

async function openStep(serum: ITruthSerum, entry: EntrustedBelief): Promise<Step> {
  const { user, claimId, epoch, belief, meta, salt } = entry;
  return wholeStep({
    name: "open",
    facts: { user, claimId, epoch: String(epoch) },
    contract: serum.interface,
    call: {
      to: await serum.getAddress(),
      data: serum.interface.encodeFunctionData("revealBelief", [user, claimId, epoch, belief, meta, salt]),
    },
    isDone: async () => (await serum.participant(claimId, epoch, user)).isOpened,
  });
}

/** Not the line itself: what names an item is logged. */
function lineKeyOf({ where, text }: Line): string {
  return `${where} (${id(text).slice(2, 10)})`;
}

function voiceKeyOf([{ user, ...epoch }]: Voice): string {
  return `${keyOf(epoch)}/${user}`;
}

/** Opening a voice that was refused again and again does not keep from telling that it was missed. */
function missedKeyOf(voice: Voice): string {
  return `${voiceKeyOf(voice)}, missed`;
}
