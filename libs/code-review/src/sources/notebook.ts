import { withoutMagic } from './magic.js';
import type { CellLine, StudentSource } from './student-source.js';

/** The code cells of a Jupyter notebook, one after another; undefined where the text is no notebook. */
export function pythonOfNotebook(text: string): StudentSource | undefined {
  const cells = cellsOf(text);
  if (cells === undefined) return undefined;
  const lines: string[] = [];
  const places: CellLine[] = [];
  for (const [at, cell] of cells.entries()) {
    // Magic is the cell's own: what `%%bash` begins ends with its cell.
    for (const [index, line] of withoutMagic(cell).split('\n').entries()) {
      lines.push(line);
      places.push({ cell: at + 1, line: index + 1 });
    }
  }
  return { kind: 'notebook', python: lines.join('\n'), cells: places };
}

function cellsOf(text: string): string[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
  const cells = field(parsed, 'cells') ?? field(first(field(parsed, 'worksheets')), 'cells');
  if (!Array.isArray(cells)) return undefined;
  return cells.flatMap((cell: unknown) => {
    if (field(cell, 'cell_type') !== 'code') return [];
    const source = field(cell, 'source') ?? field(cell, 'input');
    if (typeof source === 'string') return [source];
    return Array.isArray(source) ? [source.map(String).join('')] : [];
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}
