import type { Span } from '../expression.js';
import type { Token } from '../tokens.js';
import { isNumberedWord, RELATION_WORDS } from '../vocabulary.js';
import type { Label } from '../working.js';
import { labelBetween } from './labels.js';

/** What the lines so far say about those below them: the list item they stand in, and the line that introduced them. */
export class LineContext {
  marker: Label | null = null;
  lead: Label | null = null;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  /** Bullets say nothing; an ordinal stays in force for the bullets below it. */
  mark({ start, end }: Span): void {
    const text = this.text.slice(start, end).replace(/[*_]{2}/g, '');
    if (/[\p{L}\d]/u.test(text)) this.marker = { text, start, end };
    else if (text.startsWith('#')) this.marker = null;
  }

  /** Takes in what a line introduces: a list item's or a short line's words, up to its colon. */
  introduce(from: number, end: number): void {
    const { tokens, text } = this;
    let at = from;
    while (at < end && tokens[at]?.kind === 'marker') at++;
    const opener = tokens[at - 1];
    const bulleted =
      at === from + 1 &&
      opener?.kind === 'marker' &&
      opener.end - opener.start === 1 &&
      text.charAt(opener.start) !== '#';
    const marked = at > from && !bulleted;
    const first = at;
    let words = 0;
    let relations = 0;
    let numbers = 0;
    let colon = -1;
    for (; at < end && tokens[at]?.kind !== 'newline'; at++) {
      const kind = tokens[at]?.kind;
      if (kind === 'number' && !isNumbering(tokens, at)) numbers++;
      if (kind === 'word') words++;
      if (kind === 'relation' || kind === 'stop') relations++;
      if (kind === 'colon' && colon === -1) colon = at;
    }
    const leads =
      marked || (relations === 0 && numbers === 0 && words <= 8 && (colon === -1 || colon === at - 1));
    if (at > first && !marked && !bulleted && leads && words > 0) this.marker = null;
    if (!leads || words === 0) return;
    const last = tokens[(colon === -1 ? at : colon) - 1];
    const opening = tokens[first];
    if (!last || !opening) return;
    const relation = tokens.slice(first, Math.min(at, first + 40)).find((token) => token.kind === 'relation');
    const stop = relation && relation.start < last.end ? relation.start : last.end;
    this.lead = labelBetween(text, opening.start, Math.min(stop, opening.start + 120)) ?? this.lead;
  }
}

/** The 1 of `Block 1:` is part of a name. */
export function isNumbering(tokens: readonly Token[], at: number): boolean {
  const number = tokens[at];
  const before = tokens[at - 1];
  if (number?.kind !== 'number' || before?.kind !== 'word' || !number.space || number.border) return false;
  const { numeral } = number;
  if (
    !/^\d{1,2}$/.test(numeral.written) ||
    RELATION_WORDS.has(before.text.toLowerCase()) ||
    before.text.length < 2
  )
    return false;
  const after = tokens[at + 1];
  if (after?.kind === 'colon') return true;
  const ends = after === undefined || after.kind === 'newline' || after.kind === 'close';
  return ends && isNumberedWord(before.text);
}
