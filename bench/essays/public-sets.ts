import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import {
  plain,
  truthOfAccuracy,
  truthOfBoth,
  truthOfScore,
  type ShortAnswer,
  type ShortAnswerQuestion,
} from './labels.js';
import { fromTable } from './tables.js';

export type { ShortAnswer, ShortAnswerQuestion } from './labels.js';

const MOST_FILES = 20_000;

/**
 * Reads whatever set lies in a folder: Mohler's (`raw/questions`, `raw/answers`, `raw/1.1`, `scores/1.1/ave`; or the same under
 * `sent`; its first version as `assign1.txt`), SciEntsBank and Beetle (XML of SemEval 2013, task 7), SAF (XML), and any of them as a table (JSON, JSON lines, CSV, TSV).
 */
export function readSets(folder: string): readonly ShortAnswerQuestion[] {
  const files = filesIn(folder);
  return [
    ...files.filter((path) => path.endsWith('.xml')).flatMap(fromXml),
    ...files.filter((path) => /\.(?:jsonl?|csv|tsv)$/.test(path)).flatMap(fromTable),
    ...mohlerRoots(files).flatMap(fromMohler),
    ...files.filter((path) => /\bassign\d+\.txt$/.test(path)).flatMap(fromAssignment),
  ].filter(({ references, answers }) => references.length > 0 && answers.length > 0);
}

function filesIn(folder: string): readonly string[] {
  const found: string[] = [];
  const open = [folder];
  for (let path = open.pop(); path !== undefined && found.length < MOST_FILES; path = open.pop()) {
    if (statSync(path).isDirectory()) open.push(...readdirSync(path).map((name) => join(path ?? '', name)));
    else found.push(path);
  }
  return found.toSorted();
}

function fromXml(path: string): ShortAnswerQuestion[] {
  const xml = readFileSync(path, 'utf8');
  return [...xml.matchAll(/<question\b([^>]*)>([\s\S]*?)<\/question>/g)].map(
    ([, attributes = '', body = '']) => {
      const raw = [...body.matchAll(/<studentAnswer\b([^>]*)>([\s\S]*?)<\/studentAnswer>/g)].map(
        ([, own = '', inner = '']) => ({
          text: plain(elementIn(inner, 'response') ?? inner),
          accuracy: (attributeIn(own, 'accuracy') ?? '').trim(),
          points: Number(elementIn(inner, 'score') ?? Number.NaN),
          feedback: (elementIn(inner, 'verification_feedback') ?? '').trim(),
        }),
      );
      const most = Math.max(...raw.map(({ points }) => (Number.isFinite(points) ? points : 0)), 0) || 1;
      return {
        id: `${basename(dirname(path))}/${attributeIn(attributes, 'id') ?? basename(path)}`,
        asked: plain(elementIn(body, 'questionText') ?? ''),
        references: [...body.matchAll(/<referenceAnswer\b[^>]*>([\s\S]*?)<\/referenceAnswer>/g)].map(
          ([, inner = '']) => plain(withoutPoints(inner)),
        ),
        answers: raw.map(({ text, accuracy, points, feedback }): ShortAnswer => {
          if (Number.isFinite(points))
            return { text, score: points / most, truth: truthOfBoth(feedback, points / most) };
          return { text, ...truthOfAccuracy(accuracy) };
        }),
      };
    },
  );
}

/** What a reference says that a part of it is worth: "(0.25)", "(0.5 points)". */
function withoutPoints(reference: string): string {
  return reference.replace(/\(\s*\d(?:\.\d+)?\s*(?:p|pts?|points?)?\s*\)/gi, ' ');
}

/** Mohler's first version: a question, its reference, and a line for each answer with the mean of two grades before it. */
function fromAssignment(path: string): ShortAnswerQuestion[] {
  const blocks = readFileSync(path, 'latin1').split(/^#{5,}\s*$/m);
  return blocks.flatMap((block, at): ShortAnswerQuestion[] => {
    const asked = /^\s*Question:(.*)$/m.exec(block)?.[1];
    const reference = /^\s*Answer:(.*)$/m.exec(block)?.[1];
    if (asked === undefined || reference === undefined) return [];
    const answers = [...block.matchAll(/^\s*(\d(?:\.\d+)?)\s+\[[^\]]*\]\s*(.*)$/gm)].map(
      ([, grade = '0', text = '']): ShortAnswer => {
        const score = Number(grade) / 5;
        return { text: plain(text), score, truth: truthOfScore(score) };
      },
    );
    return [
      { id: `mohler/${basename(path)}/${at}`, asked: plain(asked), references: [plain(reference)], answers },
    ];
  });
}

function elementIn(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}\\b[^>]*>([\\s\\S]*?)</${name}>`).exec(xml)?.[1];
}

function attributeIn(attributes: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
}

/** Folders that hold `questions` and `answers` beside a file for each question; `raw` is preferred to `sent`. */
function mohlerRoots(files: readonly string[]): readonly string[] {
  const roots = files.filter((path) => basename(path) === 'questions').map((path) => dirname(path));
  const raw = roots.filter((root) => basename(root) === 'raw');
  return raw.length > 0 ? raw : roots;
}

/** Scores are means of two graders from 0 to 5; from 4.5 on an answer says all that was asked, up to 2 it does not say it. */
function fromMohler(root: string): ShortAnswerQuestion[] {
  const read = (path: string): readonly string[] => readFileSync(path, 'latin1').split(/\r?\n/);
  const byId = (lines: readonly string[]): Map<string, string> =>
    new Map(
      lines.flatMap((line) => {
        const found = /^\s*(\d+\.\d+)\s+(.*)$/.exec(line);
        return found === null ? [] : [[found[1] ?? '', plain(found[2] ?? '')]];
      }),
    );
  const questions = byId(read(join(root, 'questions')));
  const references = byId(read(join(root, 'answers')));
  return [...questions].flatMap(([id, asked]): ShortAnswerQuestion[] => {
    const scorePath = join(dirname(root), 'scores', id, 'ave');
    try {
      const scores = read(scorePath).flatMap((line) => (line.trim() === '' ? [] : [Number(line.trim())]));
      const lines = read(join(root, id)).filter((line) => line.trim() !== '');
      if (lines.length !== scores.length)
        throw new Error(`${lines.length} answers and ${scores.length} scores`);
      return [
        {
          id: `mohler/${id}`,
          asked,
          references: [references.get(id) ?? ''],
          answers: lines.map((line, at): ShortAnswer => {
            const score = (scores[at] ?? 0) / 5;
            return { text: plain(line.replace(/^\s*\d+\.\d+\s+/, '')), score, truth: truthOfScore(score) };
          }),
        },
      ];
    } catch (error) {
      process.stderr.write(
        `  ${scorePath}: left out (${error instanceof Error ? error.message : String(error)})\n`,
      );
      return [];
    }
  });
}
