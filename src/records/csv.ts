// Comma-separated values (RFC 4180) that a spreadsheet opens without harm: a text that it would take for a formula is
// given an apostrophe in front (OWASP, CSV injection), and every text is quoted. Numbers are numbers: a minus before one
// is no formula. It must not know what the cells mean.

export type CsvCell = string | number | null;

const FORMULA = /^[=+\-@\t\r\n|%]/;

export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return `"${safe.replaceAll('"', '""')}"`;
}
