import { LABEL_WINDOW, readLabel, type Label } from '../headings/label.js';
import type { Line } from '../lines/lines.js';
import type { OutlineMap } from './nodes.js';
import { readingsOf, type Reading } from './readings.js';

/** A line that could be a heading, with everything it could mean. Without readings it only counts steps. */
export interface Candidate {
  /** Index into the document's lines. */
  readonly line: number;
  readonly label: Label;
  readonly readings: readonly Reading[];
  /** Places in the document: where the heading begins, where its label ends. */
  readonly start: number;
  readonly labelEnd: number;
  /** Where the text below it begins when only this many levels of the label are used. */
  endAt(levels: number): number;
}

/** Reads a candidate off every line that is open to headings; nothing when there are more than `limit`. */
export function findCandidates(
  text: string,
  lines: readonly Line[],
  isOpen: (line: number) => boolean,
  map: OutlineMap,
  titledQuestion: (line: string) => number | undefined,
  limit: number,
): readonly Candidate[] | undefined {
  const found: Candidate[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.blank || !isOpen(index)) continue;
    if (found.length > limit) return undefined;
    const label = withUnderline(readLabelAt(text, line), text, lines, index);
    if (label !== undefined && isLone(label) && !isAnswered(text, lines, index, label)) continue;
    if (label !== undefined) {
      found.push(candidateOf(label, index, line, readingsOf(label, map)));
    } else if (line.textEnd - line.start <= LONGEST_TITLE) {
      const question = titledQuestion(text.slice(line.start, line.textEnd));
      const node = question === undefined ? undefined : map.questions[question]?.node;
      if (node === undefined) continue;
      const title = withUnderline(titleLabel(line, text), text, lines, index);
      if (title === undefined) continue;
      found.push(candidateOf(title, index, line, [{ node, move: 'full', levels: 0, score: TITLE_ALONE }]));
    }
  }
  return found;
}

/** A numeral that is all of its line, and that nothing marks as a heading. */
function isLone({ keyword, numerals, punctuation, decoration, alone }: Label): boolean {
  return (
    alone &&
    keyword === undefined &&
    numerals.length === 1 &&
    punctuation === 'x' &&
    decoration.hash === 0 &&
    !decoration.bold
  );
}

/**
 * Whether text follows before the next plain heading: what stands alone above "Question 3" is an answer rather, and so is one
 * of several numbers below one another.
 */
function isAnswered(text: string, lines: readonly Line[], index: number, own: Label): boolean {
  const next = lines.slice(index + 1, index + 1 + FURTHEST).find(({ blank }) => !blank);
  const label = next && readLabelAt(text, next);
  if (next === undefined || label === undefined) return next !== undefined;
  if (label.keyword !== undefined || label.decoration.hash > 0) return false;
  return !isLone(label) || !isNumber(label) || !isNumber(own);
}

function isNumber({ numerals: [first] }: Label): boolean {
  return first?.number !== undefined;
}

/** So many lines on, no text belongs to a numeral that stands alone. */
const FURTHEST = 6;

const LONGEST_TITLE = 120;
const TITLE_ALONE = -1.5;

/** A line that is a question's title and has no number: a heading all the same. */
function titleLabel(line: Line, text: string): Label {
  const content = text.slice(line.start, line.textEnd);
  return {
    keyword: { word: '', names: 'question' },
    numerals: [],
    levelStarts: [],
    punctuation: 'x',
    decoration: {
      hash: /^\s*(#{1,6})\s/.exec(content)?.[1]?.length ?? 0,
      bold: /^\s*(?:\*\*|__)/.test(content),
      bullet: /^\s*[-*+]\s/.test(content),
      quote: false,
    },
    continued: false,
    alone: true,
    end: content.length,
  };
}

/** The label of a line. */
export function readLabelAt(text: string, line: Line): Label | undefined {
  // One character more than the window, so that a label knows whether it stands alone.
  return readLabel(text.slice(line.start, Math.min(line.textEnd, line.start + LABEL_WINDOW + 1)));
}

function candidateOf(label: Label, index: number, line: Line, readings: readonly Reading[]): Candidate {
  const labelEnd = line.start + label.end;
  return {
    line: index,
    label,
    readings,
    start: line.start,
    labelEnd,
    endAt: (levels) => {
      const next = label.levelStarts[levels];
      return next === undefined ? labelEnd : line.start + next;
    },
  };
}

const UNDERLINE = /^ {0,3}(={2,}|-{3,})\s*$/;

/** A heading that is underlined in Markdown is as good as one with hashes. */
function withUnderline(
  label: Label | undefined,
  text: string,
  lines: readonly Line[],
  index: number,
): Label | undefined {
  const below = lines[index + 1];
  if (label === undefined || below === undefined || label.decoration.hash > 0) return label;
  if (below.textEnd - below.start > LABEL_WINDOW) return label;
  const underline = UNDERLINE.exec(text.slice(below.start, below.textEnd));
  if (underline === null) return label;
  return {
    ...label,
    decoration: { ...label.decoration, hash: underline[1]?.startsWith('=') === true ? 1 : 2 },
  };
}
