import { mask, shareMasked, type Masked } from './mask.js';
import type { Span } from './span.js';

/** One sentence of an answer, or an item of a list, or a heading. `formula` is more signs than words. */
export interface Sentence extends Span {
  readonly kind: 'prose' | 'heading' | 'item' | 'formula';
  /** As long as the quote; code and formulas are blank. */
  readonly prose: string;
  /** Whether it ends with a mark that ends sentences. */
  readonly closed: boolean;
}

export interface SentenceBudget {
  readonly mostCharacters: number;
  readonly mostSentences: number;
}

const BUDGET: SentenceBudget = { mostCharacters: 60_000, mostSentences: 600 };
const LONGEST = 420;

/** Before a list's item or a numbered one; the sentence begins after it. */
const MARKER =
  /^[ \t>]*(?:[-*+•–▪◦·](?=\s)|\(?\d{1,2}[.)](?=\s)|\(?[a-z][.)](?=\s)|\(?[ivx]{1,4}[.)](?=\s))\s*/;
const HEADING = /^[ \t>]*#{1,6}\s+/;
const TABLE_RULE = /^[ \t]*\|?[\s:|-]{3,}\|?[ \t]*$/;

/** After these a full stop ends nothing, whatever follows. */
const NEVER_LAST = new Set([
  'e.g',
  'i.e',
  'eg',
  'ie',
  'vs',
  'cf',
  'fig',
  'eq',
  'eqn',
  'approx',
  'dr',
  'mr',
  'prof',
  'resp',
  'w.r.t',
  'wrt',
  'sec',
  'viz',
  'ca',
]);
/** After these one ends a sentence only before a capital. */
const SELDOM_LAST = new Set(['etc', 'al', 'no', 'incl', 'ex', 'max', 'min', 'avg', 'dim', 'params', 'conv']);

const END = /[.!?。！？]+["')\]]*(?=\s|$)|(?<=[a-z]{3})\.(?=[A-Z][a-z]+\s)|[。！？]/g;
/** Where a sentence without a stop may be cut, if it goes on for too long. */
const SEAM =
  /[;]\s+|,\s+(?=(?:and|but|so|which|because|while|whereas|however|therefore|this|it|they|the|then|also)\b)|\s+(?=(?:but|because|whereas|however|therefore)\s)|\s[–—-]\s/gi;

/** The sentences of a text, in order, each with its exact place. What lies past the budget is left out. */
export function sentencesOf(text: string, budget: SentenceBudget = BUDGET): readonly Sentence[] {
  const read = text.length > budget.mostCharacters ? text.slice(0, budget.mostCharacters) : text;
  const masked = mask(read);
  const found: Sentence[] = [];
  for (const block of blocksOf(masked.prose)) {
    for (const span of cut(masked.prose, block)) {
      const sentence = trimmed(read, masked, span, block.kind);
      if (sentence === undefined) continue;
      found.push(sentence);
      if (found.length >= budget.mostSentences) return found;
    }
  }
  return found;
}

/** Whether a text is longer than what is read of it. */
export function isCutShort(text: string, budget: SentenceBudget = BUDGET): boolean {
  return text.length > budget.mostCharacters;
}

interface Block extends Span {
  readonly kind: 'prose' | 'heading' | 'item';
}

/** Paragraphs, items of lists, headings and rows of tables: no sentence reaches from one into another. */
function blocksOf(prose: string): Block[] {
  const blocks: Block[] = [];
  let open: { start: number; end: number; kind: Block['kind'] } | undefined;
  const close = (): void => {
    if (open !== undefined) blocks.push(open);
    open = undefined;
  };
  let start = 0;
  for (const line of prose.split('\n')) {
    const end = start + line.length;
    const marker = MARKER.exec(line);
    const heading = HEADING.exec(line);
    if (line.trim() === '' || TABLE_RULE.test(line)) close();
    else if (heading !== null) {
      close();
      blocks.push({ start: start + heading[0].length, end, kind: 'heading' });
    } else if (marker !== null && marker[0].length < line.length) {
      close();
      open = { start: start + marker[0].length, end, kind: 'item' };
    } else if (line.trimStart().startsWith('|')) {
      close();
      blocks.push({ start, end, kind: 'item' });
    } else if (open === undefined) open = { start, end, kind: 'prose' };
    else open.end = end;
    start = end + 1;
  }
  close();
  return blocks;
}

function* cut(prose: string, block: Block): Generator<Span> {
  if (block.kind === 'heading') {
    yield block;
    return;
  }
  let start = block.start;
  const text = prose.slice(block.start, block.end);
  for (const match of text.matchAll(END)) {
    const end = block.start + match.index + match[0].length;
    if (match[0].startsWith('.') && !endsHere(prose, block.start + match.index, end)) continue;
    yield* seams(prose, start, end);
    start = end;
  }
  if (start < block.end) yield* seams(prose, start, block.end);
}

function endsHere(prose: string, stop: number, end: number): boolean {
  const before = /[\p{L}.]+$/u.exec(prose.slice(Math.max(0, stop - 14), stop))?.[0].toLowerCase() ?? '';
  const after = prose.slice(end, end + 12).trimStart();
  if (after === '') return true;
  if (NEVER_LAST.has(before)) return false;
  const low = /^[\p{Ll}\d(]/u.test(after);
  if (SELDOM_LAST.has(before) && low) return false;
  if (prose.startsWith('..', stop) && low) return false;
  return !(
    /^[a-z]$/.test(before) &&
    before !== 'i' &&
    before !== 'a' &&
    !low &&
    before.length === 1 &&
    /^[A-Z]\./.test(after)
  );
}

/** Cuts what goes on for too long at the nearest seams, so that a quote stays one that can be read at a glance. */
function* seams(prose: string, start: number, end: number): Generator<Span> {
  if (end - start <= LONGEST) {
    yield { start, end };
    return;
  }
  const cuts = [...prose.slice(start, end).matchAll(SEAM)].map(
    (match) => start + match.index + match[0].length,
  );
  let from = start;
  let last = start;
  for (const at of [...cuts, end]) {
    if (at - from > LONGEST && last > from) {
      yield { start: from, end: last };
      from = last;
    }
    last = at;
  }
  yield { start: from, end };
}

function trimmed(text: string, masked: Masked, span: Span, kind: Block['kind']): Sentence | undefined {
  let { start, end } = span;
  while (start < end && /[\s*_>|]/.test(text.charAt(start))) start += 1;
  while (end > start && /[\s*_|]/.test(text.charAt(end - 1))) end -= 1;
  if (start >= end) return undefined;
  const quote = text.slice(start, end);
  if (!/[\p{L}\p{N}]/u.test(quote)) return undefined;
  const prose = masked.prose.slice(start, end);
  const letters = prose.match(/\p{L}/gu)?.length ?? 0;
  const isFormula =
    (letters < 4 && !LISTS_NUMBERS.test(prose)) ||
    shareMasked(text, masked.kind, start, end) > 0.6 ||
    isArithmetic(prose);
  if (isFormula && masked.kind.subarray(start, end).every((each) => each === 1)) return undefined;
  return {
    start,
    end,
    kind: isFormula ? 'formula' : kind,
    prose,
    closed: /[.!?。！？]["')\]*_\s]*$/.test(quote),
  };
}

/** "4 and 5." */
const LISTS_NUMBERS = /^\W*\d+(?:,\s*\d+)*,?\s+(?:and|or)\s+\d+\W*$/;

/** More signs and single letters than words: `y = gamma * (x - mu) / sigma`. */
function isArithmetic(prose: string): boolean {
  const plain = prose.replace(/\bO\([^()]{1,20}\)/g, 'order');
  const words = plain.match(/\p{L}{3,}/gu)?.length ?? 0;
  const signs = plain.match(/[=+*/^_<>∑√·×÷]|(?<![\p{L}'])\p{L}(?![\p{L}'])|\d+(?:\.\d+)?/gu)?.length ?? 0;
  return signs >= 4 && signs > 1.5 * words;
}
