import { useRef } from "react";
import { randomSalt } from "../../../../sdk/salt.ts";

/** The salt of what somebody seals: the same while it is the same, so that who tries again keeps one secret of it. */
export function useSalt(): (of: readonly unknown[]) => string {
  const draft = useRef({ of: "", salt: "" });
  return (of) => {
    const name = JSON.stringify(of.map(String));
    if (draft.current.of !== name) draft.current = { of: name, salt: randomSalt() };
    return draft.current.salt;
  };
}
