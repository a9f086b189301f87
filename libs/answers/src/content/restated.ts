import type { Outline, OutlineQuestion } from '../outline.js';
import type { Span } from '../split.js';
import { words } from './words.js';

/** Finds the question's own words inside an answer. */
export interface RestatedQuestions {
  /** Stretches of `text` between the places that repeat what the part (by its place in the outline) asks. */
  within(text: string, piece: Span, leaf: number): readonly Span[];
  /** Whether a line's text is the title of the question that the part belongs to. */
  isTitle(line: string, question: number): boolean;
  /** The question whose title a line is, by its place in the outline. */
  titledBy(line: string): number | undefined;
}

const SHINGLE = 4;
const SHORTEST = 6;
const ENOUGH = 0.6;
const TITLE_ALIKE = 0.75;
/** Up to and with a mark that ends a sentence, or a line. */
const SENTENCE = /[^.?!\n\r\f。？！]+[.?!。？！]*[\n\r\f]*/g;

export function findRestated(outline: Outline): RestatedQuestions {
  const asked = outline.questions.flatMap((question) =>
    question.parts.length === 0
      ? [askedOf(asks(question))]
      : question.parts.map((part) => askedOf([...asks(question), part.prompt ?? ''])),
  );
  const titles = outline.questions.map(({ title }) => words(title ?? ''));
  const titled = titles.some((title) => title.length > 0);
  return {
    within: (text, piece, leaf) => {
      const question = asked[leaf];
      return question === undefined || question.shingles.size === 0 ? [] : repeated(text, piece, question);
    },
    isTitle: (line, question) => isAlike(words(line), titles[question] ?? []),
    titledBy: (line) => {
      if (!titled) return undefined;
      const said = words(line);
      const question = titles.findIndex((title) => isAlike(said, title));
      return question < 0 ? undefined : question;
    },
  };
}

function asks(question: OutlineQuestion): readonly string[] {
  return [question.title ?? '', question.prompt ?? ''];
}

interface Asked {
  readonly words: ReadonlySet<string>;
  readonly shingles: ReadonlySet<string>;
}

function askedOf(prompts: readonly string[]): Asked {
  const said = prompts.map((prompt) => words(prompt));
  return { words: new Set(said.flat()), shingles: new Set(said.flatMap((list) => shingles(list))) };
}

function shingles(list: readonly string[]): readonly string[] {
  return list.slice(SHINGLE - 1).map((_last, index) => list.slice(index, index + SHINGLE).join(' '));
}

/** Sentences most of whose runs of four words stand in the question; neighbours are joined. */
function repeated(text: string, piece: Span, asked: Asked): readonly Span[] {
  const spans: { start: number; end: number }[] = [];
  for (const match of text.slice(piece.start, piece.end).matchAll(SENTENCE)) {
    const said = words(match[0]);
    if (said.length < SHORTEST) continue;
    if (said.filter((word) => asked.words.has(word)).length < ENOUGH * said.length) continue;
    const runs = shingles(said);
    if (runs.filter((run) => asked.shingles.has(run)).length < ENOUGH * runs.length) continue;
    const start = piece.start + match.index;
    const end = start + match[0].trimEnd().length;
    const last = spans.at(-1);
    if (last !== undefined && text.slice(last.end, start).trim() === '') last.end = end;
    else spans.push({ start: start + (match[0].length - match[0].trimStart().length), end });
  }
  return spans;
}

function isAlike(one: readonly string[], other: readonly string[]): boolean {
  const [short, long] = [Math.min(one.length, other.length), Math.max(one.length, other.length)];
  if (short === 0 || short < TITLE_ALIKE * long) return false;
  const known = new Set(other);
  return one.filter((word) => known.has(word)).length >= TITLE_ALIKE * long;
}
