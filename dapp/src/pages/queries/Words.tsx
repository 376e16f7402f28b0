import { type Content, toldBy } from "../../../../sdk/query/content.ts";
import { visible } from "../../format/readable.ts";
import { Said } from "../../ui/Said.tsx";

/** A question or an answer: its words, or where they are, which is never loaded. */
export function Words({ of, what }: { readonly of: Content | undefined; readonly what: "question" | "answer" }) {
  if (of === undefined) return <span className="hint">Loading the {what}…</span>;
  const told = toldBy(of);
  switch (told.kind) {
    case "text":
      return (
        <>
          <Said>{told.text}</Said>
          {!told.isProven && <span className="complaint"> These are not the words that were hashed.</span>}
        </>
      );
    case "link":
      return (
        <a className="words" href={told.uri} target="_blank" rel="noreferrer nofollow">
          {visible(told.uri)}
        </a>
      );
    case "unknown":
      return (
        <Said>
          {told.uri === "" ? `The ${what} is not told on chain.` : `The ${what} is kept elsewhere: ${told.uri}`}
        </Said>
      );
  }
}

/** As `Words`, inside a link: it never is one itself. */
export function WordsInLink({ of, otherwise }: { readonly of: Content; readonly otherwise: string }) {
  const told = toldBy(of);
  if (told.kind === "text") return <Said>{told.text}</Said>;
  return <Said>{told.uri === "" ? otherwise : `${otherwise}: ${told.uri}`}</Said>;
}
