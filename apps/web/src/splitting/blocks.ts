import type { NewCut, Split } from '../api/types.js';
import { unwrapped } from '../text/unwrapped.js';

/** A stretch of the document, and the part whose answer it is; null for headings and what belongs to no answer. */
export interface CutBlock {
  readonly start: number;
  readonly end: number;
  readonly part: string | null;
}

type Pieces = Pick<Split, 'answers'>;

/** The whole document as blocks, in order and without gaps: the pieces of the answers and what lies between them. */
export function blocksOf({ answers }: Pieces, length: number): CutBlock[] {
  const pieces = answers
    .flatMap(({ part, pieces }) => pieces.map(({ start, end }) => ({ start, end, part })))
    .toSorted((one, other) => one.start - other.start);
  const blocks: CutBlock[] = [];
  let at = 0;
  for (const piece of pieces) {
    if (piece.start > at) blocks.push({ start: at, end: piece.start, part: null });
    blocks.push(piece);
    at = piece.end;
  }
  if (at < length) blocks.push({ start: at, end: length, part: null });
  return blocks;
}

/** What is sent: neighbours of one part are one piece, as joining them anew would put a gap between them. */
export function piecesOf(blocks: readonly CutBlock[]): NewCut['pieces'] {
  const pieces: NewCut['pieces'] = [];
  for (const { part, start, end } of blocks) {
    if (part === null) continue;
    const before = pieces.at(-1);
    if (before !== undefined && before.part === part && before.end === start) before.end = end;
    else pieces.push({ part, start, end });
  }
  return pieces;
}

/**
 * The stretches between which a block may be split: its paragraphs, or its lines where it has one paragraph alone. White
 * space goes with what stands before it.
 */
export function stretchesOf(
  text: string,
  { start, end }: CutBlock,
): readonly { start: number; end: number }[] {
  const inner = text.slice(start, end);
  const paragraphs = cutsIn(inner, /\n[ \t]*(?:\n[ \t]*)+(?=\S)/g);
  const cuts = paragraphs.length > 0 ? paragraphs : cutsIn(unwrapped(text, start, inner), /\n(?=[ \t]*\S)/g);
  const edges = [0, ...cuts, inner.length];
  return edges.slice(1).map((edge, index) => ({ start: start + (edges[index] ?? 0), end: start + edge }));
}

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

/** The sentences and lines of a stretch, lines as its writer ended them, between which it may be split as well. */
export function sentencesOf(
  text: string,
  { start, end }: { readonly start: number; readonly end: number },
): readonly { start: number; end: number }[] {
  const cuts = [...sentences.segment(unwrapped(text, start, text.slice(start, end)))]
    .map(({ index }) => start + index)
    .filter((at) => text.slice(start, at).trim() !== '' && text.slice(at, end).trim() !== '');
  const edges = [start, ...cuts, end];
  return edges.slice(1).map((edge, index) => ({ start: edges[index] ?? start, end: edge }));
}

function cutsIn(text: string, between: RegExp): number[] {
  return [...text.matchAll(between)]
    .map((match) => match.index + match[0].length)
    .filter((at) => text.slice(0, at).trim() !== '');
}

export function splitAt(blocks: readonly CutBlock[], at: number): CutBlock[] {
  return blocks.flatMap((block) =>
    block.start < at && at < block.end
      ? [
          { ...block, end: at },
          { ...block, start: at },
        ]
      : [block],
  );
}

export function assigned(blocks: readonly CutBlock[], start: number, part: string | null): CutBlock[] {
  return blocks.map((block) => (block.start === start ? { ...block, part } : block));
}

/** Parts that no block with any text belongs to. */
export function missingOf(blocks: readonly CutBlock[], text: string, parts: readonly string[]): string[] {
  const there = new Set(
    blocks.filter(({ start, end }) => text.slice(start, end).trim() !== '').map(({ part }) => part),
  );
  return parts.filter((part) => !there.has(part));
}

/** The first words of a block, to call it by. */
export function opening(text: string, { start, end }: CutBlock): string {
  const words = text.slice(start, end).trim().split(/\s+/).slice(0, 6).join(' ');
  return words.length > 48 ? `${words.slice(0, 47)}…` : words;
}
