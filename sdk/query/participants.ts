import { dataSlice } from "ethers";
import { revertWith } from "./errors.ts";
import type { AnswererRecord, JudgeRecord, QueryRecord } from "./records.ts";

/** The bytes of a seal that the contract keeps. */
const SEAL_BYTES = 28;

/** Throws `AlreadyInQuery`: one account is at most one of asker, answerer and judge. */
export function checkIsNew({ id: queryId, asker, answerers, judges }: QueryRecord, account: string): void {
  const inQuery = [asker, ...[...answerers, ...judges].map((participant) => participant.account)];
  if (inQuery.includes(account)) revertWith("AlreadyInQuery", { queryId, account });
}

/** Throws `NotAnswerer`. */
export function answererOf({ id: queryId, answerers }: QueryRecord, account: string): AnswererRecord {
  return answerers.find((each) => each.account === account) ?? revertWith("NotAnswerer", { queryId, account });
}

/** Throws `NotJudge`. */
export function judgeOf({ id: queryId, judges }: QueryRecord, account: string): JudgeRecord {
  return judges.find((each) => each.account === account) ?? revertWith("NotJudge", { queryId, account });
}

/** Keeps a sealed answer or vote. Throws `SealZero`, `AlreadySubmitted`, in this order. */
export function submit(
  { id: queryId }: QueryRecord,
  participant: AnswererRecord | JudgeRecord,
  seal: string,
  sealedAt: bigint,
): void {
  if (BigInt(keptOf(seal)) === 0n) revertWith("SealZero", {});
  const { account, submission } = participant;
  if (submission !== null) revertWith("AlreadySubmitted", { queryId, account });
  participant.submission = { seal, sealedAt };
}

/** Throws `NotSubmitted`, `SealMismatch`, in this order. */
export function checkSeal(
  { id: queryId }: QueryRecord,
  { account, submission }: AnswererRecord | JudgeRecord,
  computedSeal: string,
): void {
  if (submission === null) revertWith("NotSubmitted", { queryId, account });
  if (keptOf(submission.seal) !== keptOf(computedSeal)) {
    revertWith("SealMismatch", { queryId, account, computedSeal });
  }
}

/** What the contract keeps of a seal. */
function keptOf(seal: string): string {
  return dataSlice(seal, 0, SEAL_BYTES);
}
