/** Metrics as Prometheus reads them: a value for each name with its labels. */
export function parseMetrics(text: string): Map<string, number> {
  const samples = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    samples.map((sample) => {
      const space = sample.lastIndexOf(" ");
      return [sample.slice(0, space), Number(sample.slice(space + 1))];
    }),
  );
}

/** `parseMetrics` of what there is to tell now. */
export async function metricsIn(source: { text(): Promise<string> }): Promise<Map<string, number>> {
  return parseMetrics(await source.text());
}
