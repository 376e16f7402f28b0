import { Collapsible } from "@base-ui/react/collapsible";
import { useState } from "react";
import { reasonOf } from "../actions/refusal.ts";
import { counted } from "../format/numbers.ts";
import { Nothing, Shown } from "../ui/states.tsx";
import type { Restored } from "./backup.ts";
import { KeptList } from "./KeptList.tsx";
import { SaveBackup } from "./SaveBackup.tsx";
import "./keepsakes.css";
import { useKeeping, useKeepsakes } from "./useKeepsakes.ts";

/** What is sealed in this browser: to be saved to a file, restored from one, looked at and forgotten. */
export function Backup() {
  const kept = useKeepsakes();
  return (
    <section className="card keepsakes" aria-labelledby="backup-title">
      <h3 id="backup-title">What you have sealed</h3>
      <p className="hint">
        What opens it is in this browser alone: nobody can restore it for you. Save a file, and keep it to yourself
        until everything in it is opened.
      </p>
      <Shown what="what is kept in this browser" from={kept}>
        {(keepsakes) =>
          keepsakes.length === 0 ? (
            <Nothing>Nothing is kept in this browser. If you sealed something elsewhere, restore its backup.</Nothing>
          ) : (
            <Collapsible.Root className="kept">
              <Collapsible.Trigger className="link">
                {counted(keepsakes.length, "secret is", "secrets are")} kept in this browser
              </Collapsible.Trigger>
              <Collapsible.Panel>
                <KeptList of={keepsakes} />
              </Collapsible.Panel>
            </Collapsible.Root>
          )
        }
      </Shown>
      <div className="buttons">
        <SaveBackup />
      </div>
      <Restoring />
    </section>
  );
}

function Restoring() {
  const { restore } = useKeeping();
  const [outcome, setOutcome] = useState<Restored>();
  const read = async (file: File) => {
    setOutcome(undefined);
    try {
      setOutcome(await restore(await file.text()));
    } catch (error) {
      setOutcome({ added: 0, known: 0, problems: [reasonOf(error)] });
    }
  };
  return (
    <>
      <label className="field">
        <span>Restore from a backup file</span>
        <input
          type="file"
          accept="application/json,.json"
          onChange={(event) => {
            const [file] = event.currentTarget.files ?? [];
            event.currentTarget.value = "";
            if (file !== undefined) void read(file);
          }}
        />
      </label>
      <div aria-live="polite">{outcome !== undefined && <Outcome of={outcome} />}</div>
    </>
  );
}

function Outcome({ of: { added, known, problems } }: { readonly of: Restored }) {
  return (
    <>
      {added + known > 0 && (
        <p className="hint">
          {counted(added, "secret was", "secrets were")} restored
          {known === 0 ? "." : `; ${counted(known, "was", "were")} here already.`}
        </p>
      )}
      {added + known === 0 && problems.length === 0 && <p className="hint">There is nothing in this backup.</p>}
      {problems.map((problem) => (
        <p key={problem} className="complaint">
          {problem}
        </p>
      ))}
    </>
  );
}
