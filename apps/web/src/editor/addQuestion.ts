import { listOfQuestions } from './around.js';
import { QUESTION_TEMPLATES, type QuestionKind } from './templates.js';

/** What is put where, and what of it is selected to be written over first. */
export interface Insertion {
  readonly at: number;
  readonly text: string;
  readonly select: { readonly from: number; readonly to: number };
}

/** A new question of a kind behind the last one, with the next number; null where the questions are no list of lines. */
export function questionToAdd(text: string, kind: QuestionKind): Insertion | null {
  const list = listOfQuestions(text);
  if (list === null && /^questions:/m.test(text)) return null;
  const indent = list?.indent ?? '  ';
  const at = list === null ? text.length : lastLineOf(text, list.end);
  const numbers = [...text.matchAll(NUMBERS)].map(([, number]) => Number(number));
  const number = Math.max(0, ...numbers) + 1;
  const lines = QUESTION_TEMPLATES[kind]
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `${indent}${line}`));
  const question = lines.join('\n').replace('NUMBER', String(number));
  const before = text.slice(0, at);
  const head = `${before === '' || before.endsWith('\n') ? '' : '\n'}${list === null ? 'questions:\n' : ''}`;
  const written = `${head}${question}\n`;
  const title = /title: (.*)/.exec(written);
  const from = at + (title === null ? 0 : title.index + 'title: '.length);
  return { at, text: written, select: { from, to: from + (title?.[1]?.length ?? 0) } };
}

/** Of questions and of parts, which may only make the next number too high. */
const NUMBERS = /^\s*-\s+(?:\{\s*)?id:\s*["']?(\d{1,4})["']?\s*(?:,|#|$)/gm;

/** Before the empty lines that part the list from what follows. */
function lastLineOf(text: string, end: number): number {
  const filled = text.slice(0, end).trimEnd().length;
  const newline = text.indexOf('\n', filled);
  return newline < 0 ? text.length : newline + 1;
}
