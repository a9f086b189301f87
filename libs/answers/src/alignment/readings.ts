import type { Label } from '../headings/label.js';
import type { Numeral } from '../headings/numerals.js';
import { matchId, type NumeralMatch, type OutlineMap, type QuestionPlace } from './nodes.js';

/** How a heading moves through the outline; each way has its own costs. */
export type Move =
  /** It names its question: `Question 2`, `2b`. */
  | 'full'
  /** It names a part and leaves the question to the context: `(b)`. */
  | 'part-only'
  /** It says that it goes on with something begun earlier. */
  | 'continued';

/** One thing a heading could mean. */
export interface Reading {
  readonly node: number;
  readonly move: Move;
  /** How many of the label's numerals it uses. */
  readonly levels: number;
  /** Log-odds for or against it by its wording alone. */
  readonly score: number;
}

const OTHER_NUMBERING = -2.2;
const QUESTION_OTHER_NUMBERING = -1.2;
const SUBDIVIDED = -0.8;
const EXTRA_PART = -0.8;
const EXTRA_QUESTION = -1;
const BARE_EXTRA_QUESTION = -3.5;
/** How far past the last part or question a bare numeral may count and still be thought to name one. */
const BEYOND = 3;

/** Everything in the outline that a label could name. Empty for a label that only counts steps. */
export function readingsOf(label: Label, map: OutlineMap): readonly Reading[] {
  const readings = label.keyword?.names === 'part' ? partFirst(label, map) : questionFirst(label, map);
  const best = new Map<number, Reading>();
  for (const reading of readings) {
    const known = best.get(reading.node);
    if (known === undefined || known.score < reading.score) best.set(reading.node, reading);
  }
  return [...best.values()];
}

function partFirst(label: Label, map: OutlineMap): readonly Reading[] {
  const parts = partReadings(label, map);
  if (parts.length > 0 && label.numerals.length === 1) return parts;
  const questions = questionReadings(label, map).map((reading) => ({ ...reading, score: reading.score - 1 }));
  return questions.length > 0 ? questions : parts;
}

function questionFirst(label: Label, map: OutlineMap): readonly Reading[] {
  const questions = questionReadings(label, map);
  const letter = label.numerals[0]?.number === undefined;
  // "Question II (ii)" is what it says wherever a question II has a part ii.
  const plain = label.keyword?.names === 'question' && questions.some(({ score }) => score === 0);
  const parts = (label.keyword === undefined || letter) && !plain ? partReadings(label, map) : [];
  const named = [...questions, ...parts];
  if (named.length > 0) return named;
  return extraQuestion(label, map);
}

function questionReadings(label: Label, map: OutlineMap): readonly Reading[] {
  const [first, second] = label.numerals;
  if (first === undefined) return [];
  return map.questions.flatMap((question): readonly Reading[] => {
    const match = matchId(question.id, first);
    if (match === undefined) return [];
    if (match === 'other-numbering' && label.keyword === undefined) return [];
    const score = match === 'same' ? 0 : QUESTION_OTHER_NUMBERING;
    const move = label.continued ? 'continued' : 'full';
    if (second === undefined) return [{ node: question.node, move, levels: 1, score }];
    return composite(label, question, second, score, move);
  });
}

function composite(
  label: Label,
  question: QuestionPlace,
  second: Numeral,
  score: number,
  move: Move,
): readonly Reading[] {
  if (question.parts.length === 0) {
    return [{ node: question.node, move: 'continued', levels: 1, score: score + SUBDIVIDED }];
  }
  const subdivided = label.numerals.length > 2;
  const parts = question.parts.flatMap((part): readonly Reading[] => {
    const match = matchId(part.id, second);
    if (match === undefined) return [];
    return [
      {
        node: part.node,
        move: subdivided ? 'continued' : move,
        levels: 2,
        score: score + (match === 'same' ? 0 : OTHER_NUMBERING / 2) + (subdivided ? SUBDIVIDED : 0),
      },
    ];
  });
  if (parts.length > 0 || question.extraNode === undefined) return parts;
  return [{ node: question.extraNode, move, levels: 2, score: score + EXTRA_PART }];
}

function partReadings(label: Label, map: OutlineMap): readonly Reading[] {
  const [first] = label.numerals;
  if (first === undefined) return [];
  const move = label.continued || label.numerals.length > 1 ? 'continued' : 'part-only';
  const score = label.numerals.length > 1 ? SUBDIVIDED * (label.numerals.length - 1) : 0;
  return map.questions.flatMap((question): readonly Reading[] => {
    const matches = question.parts.flatMap((part): readonly { node: number; match: NumeralMatch }[] => {
      const match = matchId(part.id, first);
      return match === undefined ? [] : [{ node: part.node, match }];
    });
    const exact = matches.filter(({ match }) => match === 'same');
    const readings = (exact.length > 0 ? exact : matches).map(({ node, match }): Reading => ({
      node,
      move,
      levels: 1,
      score: score + (match === 'same' ? 0 : OTHER_NUMBERING),
    }));
    if (readings.length > 0 || question.extraNode === undefined) return readings;
    return beyondLast(question, first)
      ? [{ node: question.extraNode, move, levels: 1, score: EXTRA_PART }]
      : [];
  });
}

function beyondLast(question: QuestionPlace, written: Numeral): boolean {
  const last = question.parts.at(-1)?.id.numeral;
  const lettered = last?.letter !== undefined;
  const value = lettered ? written.letter : last?.number !== undefined ? written.number : undefined;
  const end = lettered ? last.letter : last?.number;
  return value !== undefined && end !== undefined && value > end && value <= end + BEYOND;
}

function extraQuestion(label: Label, map: OutlineMap): readonly Reading[] {
  const number = label.numerals[0]?.number;
  if (number === undefined || label.keyword?.weak === true) return [];
  const move = 'full';
  if (label.keyword !== undefined) {
    return [{ node: map.extraQuestion, move, levels: label.numerals.length, score: EXTRA_QUESTION }];
  }
  const numbers = map.questions.map(({ id }) => id.numeral?.number ?? 0);
  const last = Math.max(0, ...numbers);
  if (number <= last || number > last + BEYOND) return [];
  return [{ node: map.extraQuestion, move, levels: label.numerals.length, score: BARE_EXTRA_QUESTION }];
}
