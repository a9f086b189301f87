import type { Style } from '../terminal/output.js';
import { wrapped } from '../terminal/prose.js';
import type { PlacedNote } from './lint-json.js';

const WIDTH = 100;

/** Each note at its place, as compilers write theirs, its sentences below. */
export function lintAsText(file: string, notes: readonly PlacedNote[], style: Style): string {
  if (notes.length === 0) return 'Nothing to say of this exam.\n';
  const shown = notes.map(({ check, part, item, line, column, says }) => {
    const of = [part, item].filter((each) => each !== undefined).join(', ');
    const head = [`${file}:${line}:${column}:`, style.bold(of), style.dim(check)].filter(
      (each) => each !== '',
    );
    return [head.join(' '), ...wrapped(says, WIDTH, '  ')].join('\n');
  });
  const count = notes.length === 1 ? '1 note' : `${notes.length} notes`;
  return `${shown.join('\n')}\n${count}.\n`;
}
