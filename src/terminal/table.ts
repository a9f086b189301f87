/** A column of a table printed in the terminal. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Lays rows out under their titles, two spaces between columns, a rule below the titles. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((column, at) =>
    Math.max(column.title.length, ...rows.map((row) => visibleLength(row[at] ?? ''))),
  );
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, at) => {
        const cell = cells[at] ?? '';
        const width = widths[at] ?? 0;
        const padding = ' '.repeat(Math.max(0, width - visibleLength(cell)));
        return column.align === 'right' ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd();
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width + 2, -2));
  return [line(columns.map((column) => column.title)), rule, ...rows.map(line)].join('\n');
}

/** 75264 as "75,264". */
export function withSeparators(count: bigint | string): string {
  return count.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Characters as seen: colour codes take no room. */
function visibleLength(text: string): number {
  // eslint-disable-next-line no-control-regex
  return [...text.replace(/\u001b\[\d+m/g, '')].length;
}
