/** The cells of the first table of `page` after `marker`, without its head. */
export function tableAfter(page: string, marker: string): string[][] {
  const lines = page.slice(page.indexOf(marker)).split("\n");
  const start = lines.findIndex((line) => line.startsWith("| ---"));
  const rows = lines.slice(start + 1);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith("|")),
    )
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
