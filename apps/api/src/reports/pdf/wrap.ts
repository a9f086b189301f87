import { covered, type Face } from './faces.js';

/** Text in one style. A line break in it is one on paper. */
export interface Run {
  readonly text: string;
  readonly face?: Face;
  readonly colour?: string;
}

export interface Piece {
  readonly text: string;
  readonly face: Face;
  readonly colour: string | undefined;
  /** In points, at the size it was wrapped for. */
  readonly width: number;
}

export type Line = readonly Piece[];

/** The width of a text in a face, at a size of one point. */
export type Measure = (text: string, face: Face) => number;

interface Setting {
  readonly width: number;
  readonly size: number;
  readonly measure: Measure;
  readonly missing: (character: string) => void;
}

/** Breaks runs into lines at blanks; within a word only where the word alone is wider than a line. */
export function wrap(runs: readonly Run[], { width, size, measure, missing }: Setting): Line[] {
  const lines: Piece[][] = [[]];
  let left = width;
  let blanks: Piece | undefined;
  const feed = () => {
    lines.push([]);
    left = width;
    blanks = undefined;
  };
  const put = (piece: Piece) => {
    lines.at(-1)?.push(piece);
    left -= piece.width;
  };
  for (const word of wordsOf(runs)) {
    if (word === '\n') {
      feed();
      continue;
    }
    const pieces = word.runs.flatMap((run) => piecesOf(run, size, measure, missing));
    if (word.blank) {
      // Blanks at the start of a line are an indent; those where a line breaks are none.
      if (lines.at(-1)?.length === 0) for (const piece of pieces) put(piece);
      else blanks = pieces[0];
      continue;
    }
    const needed = pieces.reduce((sum, piece) => sum + piece.width, 0);
    const gap = blanks?.width ?? 0;
    if (needed + gap <= left) {
      if (blanks !== undefined) put(blanks);
    } else if (lines.at(-1)?.length !== 0 && needed <= width) {
      feed();
    } else if (blanks !== undefined && gap < left) {
      put(blanks);
    }
    blanks = undefined;
    if (needed <= left) {
      for (const piece of pieces) put(piece);
      continue;
    }
    for (const piece of pieces.flatMap((each) => lettersOf(each, size, measure))) {
      if (piece.width > left && lines.at(-1)?.length !== 0) feed();
      put(piece);
    }
  }
  return lines.map(joined);
}

function* wordsOf(
  runs: readonly Run[],
): Generator<'\n' | { readonly blank: boolean; readonly runs: readonly Run[] }> {
  let word: Run[] = [];
  for (const run of runs) {
    for (const token of run.text.match(/\n|[^\S\n\u00a0\u202f]+|(?:\S|[\u00a0\u202f])+/gu) ?? []) {
      if (token === '\n' || /^[^\S\u00a0\u202f]/u.test(token)) {
        if (word.length > 0) yield { blank: false, runs: word };
        word = [];
        yield token === '\n' ? token : { blank: true, runs: [{ ...run, text: blank(token) }] };
      } else {
        word.push({ ...run, text: token });
      }
    }
  }
  if (word.length > 0) yield { blank: false, runs: word };
}

const blank = (token: string) => token.replaceAll('\t', '    ').replaceAll(/[^ ]/g, ' ');

function piecesOf(
  { text, face = 'text', colour }: Run,
  size: number,
  measure: Measure,
  missing: Setting['missing'],
): Piece[] {
  return covered(text, face, missing).map((piece) => ({
    ...piece,
    colour,
    width: measure(piece.text, piece.face) * size,
  }));
}

function lettersOf(piece: Piece, size: number, measure: Measure): Piece[] {
  return [...piece.text].map((text) => ({ ...piece, text, width: measure(text, piece.face) * size }));
}

/** Neighbours of one style as one piece, so that they are read out as one. */
function joined(line: readonly Piece[]): Line {
  const pieces: Piece[] = [];
  for (const piece of line) {
    const last = pieces.at(-1);
    if (last?.face === piece.face && last.colour === piece.colour)
      pieces[pieces.length - 1] = { ...last, text: last.text + piece.text, width: last.width + piece.width };
    else pieces.push(piece);
  }
  return pieces;
}
