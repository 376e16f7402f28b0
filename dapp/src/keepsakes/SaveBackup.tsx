import { backupText } from "./backup.ts";
import type { Keepsake } from "./keepsake.ts";
import { useKeepsakes } from "./useKeepsakes.ts";

/** Saves all that is kept in this browser to a file. */
export function SaveBackup() {
  const kept = useKeepsakes().data ?? [];
  return (
    <button type="button" className="quiet" disabled={kept.length === 0} onClick={() => download(kept)}>
      Save a backup file
    </button>
  );
}

function download(keepsakes: readonly Keepsake[]): void {
  const url = URL.createObjectURL(new Blob([backupText(keepsakes)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `credence-backup-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  // Not at once: some browsers begin to read it only then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
