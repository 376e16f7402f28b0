/** The same for JSON: amounts as strings of digits, since they exceed what its numbers hold. */
export function forJson(report: object): object {
  return JSON.parse(JSON.stringify(report, (_, value) => (typeof value === "bigint" ? value.toString() : value)));
}
