import { Fragment, type ReactNode } from "react";

/** Names and what they come to, such as amounts, a fee and a lock before something is signed. */
export function Facts({
  of,
  label,
}: {
  readonly of: readonly (readonly [string, ReactNode])[];
  readonly label?: string;
}) {
  return (
    <dl className="facts" aria-label={label}>
      {of.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
