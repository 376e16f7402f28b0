import { visible } from "../format/readable.ts";
import "./words.css";

/** A text that somebody else put on chain. */
export function Said({ children }: { readonly children: string }) {
  return (
    <span className="words" dir="auto">
      {visible(children)}
    </span>
  );
}
