import { fold } from '../text/tokens.js';
import { stem } from '../text/stem.js';
import type { Span } from '../text/span.js';

/** The words of a text as numbers, the same number for the same word in any form, with where each stands. */
export interface Words {
  readonly length: number;
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Words that are no one's own: of the question, of given code, or in quotation marks. */
  readonly common: Uint8Array;
}

/** Longer texts are read so far. */
export const MOST_CHARACTERS = 200_000;

const WORD = /[\p{L}\p{N}]+(?:['’]\p{L}+)*/gu;
/** "…", “…”, «…» with at least three words in it, and lines that begin with ">". */
const QUOTED = /"[^"\n]{12,2000}"|“[^”]{12,2000}”|«[^»]{12,2000}»|^[ \t]*>.*$/gmu;

/** Numbers words as they come; one for all texts that are to be compared. */
export class Numbering {
  private readonly known = new Map<string, number>();
  private readonly written = new Map<string, number>();

  read(text: string): Words {
    const read = text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text;
    const ids: number[] = [];
    const starts: number[] = [];
    const ends: number[] = [];
    for (const match of read.matchAll(WORD)) {
      ids.push(this.idOf(match[0]));
      starts.push(match.index);
      ends.push(match.index + match[0].length);
    }
    const common = new Uint8Array(ids.length);
    markSpans(common, starts, quotedIn(read));
    return {
      length: ids.length,
      ids: Int32Array.from(ids),
      starts: Int32Array.from(starts),
      ends: Int32Array.from(ends),
      common,
    };
  }

  private idOf(written: string): number {
    const known = this.written.get(written);
    if (known !== undefined) return known;
    const word = stem(fold(written));
    let id = this.known.get(word);
    if (id === undefined) {
      id = this.known.size + 1;
      this.known.set(word, id);
    }
    this.written.set(written, id);
    return id;
  }
}

function quotedIn(text: string): Span[] {
  return [...text.matchAll(QUOTED)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

function markSpans(common: Uint8Array, starts: readonly number[], spans: readonly Span[]): void {
  let at = 0;
  for (const { start, end } of spans) {
    while (at < starts.length && (starts[at] ?? 0) < start) at += 1;
    for (; at < starts.length && (starts[at] ?? 0) < end; at += 1) common[at] = 1;
  }
}
