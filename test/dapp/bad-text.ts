/** The mark that `withBadText` looks for, in hexadecimal: "~~~~". */
const MARK = "7e7e7e7e";

/** Data in which "~~~~" has become bytes that are no UTF-8: anybody can send such, and no contract looks at them. */
export function withBadText(data: string): string {
  if (!data.includes(MARK)) throw new Error("there is no mark");
  return data.replaceAll(MARK, "c0ffc0ff");
}
