import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  plain,
  truthOfAccuracy,
  truthOfBoth,
  truthOfScore,
  type ShortAnswer,
  type ShortAnswerQuestion,
} from './labels.js';

/** A row for each answer, by the names of its columns. */
type Row = Readonly<Record<string, string>>;

/** What columns are called in the tables that sets are passed on as; the first that a row has counts. */
const ASKED = ['question', 'question_text', 'questionText'];
const REFERENCE = ['reference_answer', 'desired_answer', 'model_answer', 'correct_answer', 'CorrectAnswer'];
const ANSWER = ['provided_answer', 'student_answer', 'Response', 'response'];
const SCORE = ['score_avg', 'score', 'grade', 'score_me'];
const LABEL = ['verification_feedback', 'accuracy', 'label', 'label_5way'];
/** What a spreadsheet left of an answer that began with a sign. */
const LOST = /^#(?:NAME|REF|VALUE|N\/A|DIV\/0)[?!]?$/;
/** The numbers of SemEval's five labels, where a table has them as numbers. */
const LABELS = ['correct', 'contradictory', 'partially_correct_incomplete', 'irrelevant', 'non_domain'];

/** The questions of a table, each with all references and answers that its rows have. */
export function fromTable(path: string): ShortAnswerQuestion[] {
  const questions = new Map<string, { references: Set<string>; rows: Row[] }>();
  for (const row of rowsOf(path)) {
    const asked = plain(fieldOf(row, ASKED));
    if (asked === '' || fieldOf(row, ANSWER) === '' || LOST.test(fieldOf(row, ANSWER))) continue;
    const known = questions.get(asked) ?? { references: new Set<string>(), rows: [] };
    const reference = plain(fieldOf(row, REFERENCE));
    if (reference !== '') known.references.add(reference);
    known.rows.push(row);
    questions.set(asked, known);
  }
  const all = [...questions.values()].flatMap(({ rows }) => rows.map((row) => Number(fieldOf(row, SCORE))));
  const overall = Math.max(0, ...all.filter(Number.isFinite));
  return [...questions].map(([asked, { references, rows }], at) => {
    const own = Math.max(0, ...rows.map((row) => Number(fieldOf(row, SCORE))).filter(Number.isFinite));
    // Sets that score each question out of its own marks have feedback beside the score.
    const most = (rows.some((row) => row['verification_feedback'] !== undefined) ? own : overall) || 1;
    return {
      id: `${basename(path)}/${at}`,
      asked,
      references: [...references],
      answers: rows.map((row) => answerOf(row, most)),
    };
  });
}

function answerOf(row: Row, most: number): ShortAnswer {
  const text = plain(fieldOf(row, ANSWER));
  const label = fieldOf(row, LABEL);
  const points = fieldOf(row, SCORE);
  if (points === '') return { text, ...truthOfAccuracy(LABELS[Number(label)] ?? label) };
  const score = Number(points) / most;
  return { text, score, truth: label === '' ? truthOfScore(score) : truthOfBoth(label, score) };
}

function fieldOf(row: Row, names: readonly string[]): string {
  return names.map((name) => row[name] ?? '').find((value) => value !== '') ?? '';
}

function rowsOf(path: string): readonly Row[] {
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  if (path.endsWith('.csv')) return named(cellsOf(text, ','));
  if (path.endsWith('.tsv')) return named(cellsOf(text, '\t'));
  const values: unknown[] = path.endsWith('.jsonl')
    ? text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [JSON.parse(line) as unknown]))
    : [JSON.parse(text) as unknown].flat();
  return values.map((value) =>
    typeof value !== 'object' || value === null
      ? {}
      : Object.fromEntries(
          Object.entries(value).flatMap(([name, field]: [string, unknown]) =>
            typeof field === 'string' || typeof field === 'number' ? [[name, String(field)]] : [],
          ),
        ),
  );
}

function named([head = [], ...rows]: readonly (readonly string[])[]): readonly Row[] {
  return rows.map((cells) => Object.fromEntries(head.map((name, at) => [name.trim(), cells[at] ?? ''])));
}

/** RFC 4180: cells in quotation marks may hold anything, and two marks stand for one. */
function cellsOf(text: string, comma: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const close = (): void => {
    row.push(cell);
    cell = '';
  };
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === comma) close();
    else if (sign === '\n') {
      close();
      rows.push(row);
      row = [];
    } else if (sign !== '\r') cell += sign;
  }
  if (cell !== '' || row.length > 0) {
    close();
    rows.push(row);
  }
  return rows.filter((cells) => cells.some((each) => each.trim() !== ''));
}
