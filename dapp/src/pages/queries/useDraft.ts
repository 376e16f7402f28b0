import { useState } from "react";

/**
 * What somebody is writing: it survives a reload of the page, as long as its tab is open.
 *
 * @param key Names it in the browser. Another key needs another component.
 */
export function useDraft(key: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? "");
  const keep = (changed: string) => {
    setText(changed);
    if (changed === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, changed);
  };
  return [text, keep];
}
