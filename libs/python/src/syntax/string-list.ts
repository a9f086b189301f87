import { Span } from '../source/text.js';
import type { SourceText } from '../source/text.js';
import { OPERATOR } from './tokens.js';
import type { Tokens } from './tokens.js';
import type { Constant, Sequence } from './tree.js';

/** Tokens behind which an opening square bracket begins a list, and no subscript. */
const BEFORE_LISTS: ReadonlySet<string> = new Set(['=', '(', ',', ':', '[', '{']);

/** Whether a square bracket that opens behind the tokens there are begins a list. */
export function beginsList({ kinds, texts, count }: Tokens): boolean {
  return kinds[count - 1] === OPERATOR && BEFORE_LISTS.has(texts[count - 1] ?? '');
}

/** Shorter lists are read like any other. */
const FEWEST = 8;

/**
 * Where the strings end that a list display is made of, whose first item is looked for from `at` on: at its closing bracket.
 * Negative where the list is short, or where anything but plain strings stands in it (no prefix, no escape, no two side by
 * side, no comment).
 */
export function plainStringsEnd({ codes }: SourceText, at: number, limit: number): number {
  let offset = blanksEnd(codes, at);
  for (let count = 0; offset < limit; count++) {
    if (codes[offset] === 93) return count < FEWEST ? -1 : offset;
    offset = plainStringEnd(codes, offset, limit);
    if (offset < 0) return -1;
    offset = blanksEnd(codes, offset);
    if (codes[offset] === 44) offset = blanksEnd(codes, offset + 1);
    else if (codes[offset] !== 93) return -1;
  }
  return -1;
}

/** The offset behind the plain string that begins at `at`; negative where there is none. */
function plainStringEnd(codes: Uint8Array, at: number, limit: number): number {
  const mark = codes[at];
  if (mark !== 34 && mark !== 39) return -1;
  for (let offset = at + 1; offset < limit; offset++) {
    const code = codes[offset];
    if (code === mark) return offset + 1;
    if (code === 92 || code === 10 || code === 13) return -1;
  }
  return -1;
}

function blanksEnd(codes: Uint8Array, at: number): number {
  let offset = at;
  while (codes[offset] === 32 || codes[offset] === 10) offset++;
  return offset;
}

/** A list of many plain strings, which are cut out of the source when someone asks for them: a module may have thousands. */
export class StringList implements Sequence {
  readonly kind = 'List';
  #items: readonly Constant[] | undefined = undefined;

  /** @param end Where its last item ends, or what stands behind that; the first is looked for from `start` on. */
  constructor(
    readonly span: Span,
    readonly start: number,
    readonly end: number,
  ) {}

  get items(): readonly Constant[] {
    const { source } = this.span;
    const { text } = source;
    this.#items ??= this.#cut((start, end) => ({
      kind: 'Constant',
      value: text.slice(start + 1, end - 1),
      span: new Span(source, start, end),
    }));
    return this.#items;
  }

  /** The strings alone, cut anew each time. */
  values(): string[] {
    const { text } = this.span.source;
    return this.#cut((start, end) => text.slice(start + 1, end - 1));
  }

  #cut<T>(item: (start: number, end: number) => T): T[] {
    const { codes } = this.span.source;
    const items: T[] = [];
    let offset = blanksEnd(codes, this.start);
    while (offset < this.end) {
      const behind = plainStringEnd(codes, offset, this.end);
      items.push(item(offset, behind));
      offset = blanksEnd(codes, blanksEnd(codes, behind) + 1);
    }
    return items;
  }
}
