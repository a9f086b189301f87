import {
  isMap,
  isNode,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { faultyAlias, firstAlias } from './aliases.js';
import { ownItems } from '../kinds/own-items.js';
import { ExamDefinition, type ExamPart } from './definition.js';
import { issueInWords, unknownField } from './issue-words.js';
import { yamlInWords } from './yaml-words.js';

/** One thing wrong with an exam file, at its place in the file. Lines and columns count from one. */
export interface ExamError {
  readonly line: number;
  readonly column: number;
  /** Where in the exam, such as "questions[1].ask[0].marks". */
  readonly path: string;
  readonly message: string;
}

export type ExamReading =
  | { readonly kind: 'exam'; readonly definition: ExamDefinition }
  | { readonly kind: 'refused'; readonly errors: readonly ExamError[] };

const MOST_CHARACTERS = 1_000_000;
const DEEPEST = 40;
const MOST_ALIASES = 100;
const MOST_ERRORS = 50;

/**
 * Reads an exam from its YAML. Every error names line, column, path and what was expected. Size, depth and aliases are
 * bounded, so that a file made to exhaust memory is refused instead.
 */
export function readExam(yaml: string): ExamReading {
  if (yaml.length > MOST_CHARACTERS) {
    return refused(1, 1, `the exam has ${yaml.length} characters; at most ${MOST_CHARACTERS} are read`);
  }
  const raw = yaml.indexOf('\u0000');
  if (raw >= 0) {
    const before = yaml.slice(0, raw).split('\n');
    return refused(before.length, (before.at(-1) ?? '').length + 1, NUL);
  }
  const deep = tooDeep(yaml);
  if (deep !== undefined) return refused(deep.line, deep.column, `nested deeper than ${DEEPEST} levels`);
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (document.errors.length > 0) {
    return {
      kind: 'refused',
      errors: mistakesIn(document.errors)
        .slice(0, MOST_ERRORS)
        .map((error) => {
          const { line, col } = lines.linePos(error.pos[0]);
          return { line, column: col, path: '', message: yamlInWords(error, yaml) };
        }),
    };
  }
  const refusedAt = (offset: number, message: string): ExamReading => {
    const { line, col } = lines.linePos(offset);
    return refused(Math.max(1, line), Math.max(1, col), message);
  };
  const alias = faultyAlias(document);
  if (alias !== undefined) return refusedAt(alias.offset, alias.message);
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: MOST_ALIASES });
  } catch {
    return refusedAt(
      firstAlias(document),
      'the aliases (*name) of this exam stand for too much, written out: write out what is meant in fewer of them',
    );
  }
  const nul = pathOfNul(plain);
  if (nul !== undefined)
    return {
      kind: 'refused',
      errors: [{ ...placeOf(document, nul, lines), path: writePath(nul), message: NUL }],
    };
  const checked = ExamDefinition.safeParse(plain);
  if (checked.success) {
    const clashes = clashingAdjustments(checked.data);
    if (clashes.length === 0) return { kind: 'exam', definition: checked.data };
    return {
      kind: 'refused',
      errors: clashes.slice(0, MOST_ERRORS).map(({ path, message }) => ({
        ...placeOf(document, path, lines),
        path: writePath(path),
        message,
      })),
    };
  }
  return {
    kind: 'refused',
    errors: flatten(checked.error.issues, plain)
      .slice(0, MOST_ERRORS)
      .map(({ path, message }) => ({ ...placeOf(document, path, lines), path: writePath(path), message })),
  };
}

const NUL = 'the text has a U+0000, which is no character and cannot be kept; leave it out';

/** Where a text with a U+0000 stands, which a database takes no text with. */
function pathOfNul(value: unknown, path: readonly PropertyKey[] = []): readonly PropertyKey[] | undefined {
  if (typeof value === 'string') return value.includes('\u0000') ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    const found = key.includes('\u0000') ? path : pathOfNul(each, at);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Adjustments called like a line of their part's own scheme: what is given for one would count for the other. */
function clashingAdjustments({ questions }: ExamDefinition): FlatIssue[] {
  return questions.flatMap((question, at) => {
    if (!('parts' in question)) return clashesIn(question, ['questions', at]);
    return question.parts.flatMap((part, index) => clashesIn(part, ['questions', at, 'parts', index]));
  });
}

function clashesIn(part: ExamPart, path: readonly PropertyKey[]): FlatIssue[] {
  const ids = new Set(ownItems(part).map(({ id }) => id));
  return (part.adjustments ?? []).flatMap(({ id }, at) =>
    ids.has(id)
      ? [
          {
            path: [...path, 'adjustments', at, 'id'],
            message: `the scheme of this part has an item "${id}" already`,
          },
        ]
      : [],
  );
}

/** The place in a file of a path in its exam, or of its nearest parent that stands there. For a file that was read. */
export function placesIn(yaml: string): (path: readonly PropertyKey[]) => { line: number; column: number } {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false });
  return (path) => placeOf(document, path, lines);
}

function refused(line: number, column: number, message: string): ExamReading {
  return { kind: 'refused', errors: [{ line, column, path: '', message }] };
}

/** Indentation and open brackets, counted before the parser recurses over them. */
function tooDeep(yaml: string): { line: number; column: number } | undefined {
  let line = 1;
  let start = 0;
  let brackets = 0;
  for (let at = 0; at < yaml.length; at += 1) {
    const character = yaml[at];
    if (character === '\n') {
      line += 1;
      start = at + 1;
    } else if (character === '[' || character === '{') {
      brackets += 1;
      if (brackets > 2000) return { line, column: at - start + 1 };
    } else if (character === ']' || character === '}') {
      brackets = Math.max(0, brackets - 1);
    }
  }
  const run = /(?:[[{]\s*){41}|(?:- ){41}|(?:\? ){41}/.exec(yaml);
  if (run === null) return undefined;
  const before = yaml.slice(0, run.index).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

interface FlatIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Past the first mistake in its grammar the parser complains of what follows from that; fields that stand twice are each told. */
function mistakesIn(errors: readonly YAMLError[]): YAMLError[] {
  const [first] = errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
  return errors.filter((error) => error === first || error.code === 'DUPLICATE_KEY');
}

/**
 * Unions become the errors of the branch that came nearest, so that the reader sees what to mend; or what the union says
 * of itself, where the value is of no branch's kind. A missing field of which a misspelled one stands there is told with it.
 */
function flatten(
  issues: readonly z.core.$ZodIssue[],
  plain: unknown,
  prefix: readonly PropertyKey[] = [],
): FlatIssue[] {
  const found = issues.flatMap((issue): (FlatIssue & { readonly meant?: string | undefined })[] => {
    const path = [...prefix, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) {
      const [nearest] = issue.errors
        .map((branch) => flatten(branch, plain, path))
        .toSorted((a, b) => depthOf(b) - depthOf(a) || a.length - b.length);
      const ofNoKind =
        issue.message !== 'Invalid input' && nearest !== undefined && depthOf(nearest) <= path.length;
      if (nearest !== undefined && nearest.length > 0 && !ofNoKind) return nearest;
    }
    if (issue.code === 'unrecognized_keys') {
      const stands = valueAt(plain, path);
      const standing = typeof stands === 'object' && stands !== null ? Object.keys(stands) : [];
      const missing = issues.flatMap((other) => {
        const last = other.path.at(-1);
        return other.path.length === issue.path.length + 1 &&
          typeof last === 'string' &&
          !standing.includes(last)
          ? [last]
          : [];
      });
      return issue.keys.map((key) => {
        const { message, meant } = unknownField(key, standing, missing);
        return { path: [...path, key], message, meant };
      });
    }
    return [
      { path, message: issueInWords(issue, path, valueAt(plain, path), valueAt(plain, path.slice(0, -1))) },
    ];
  });
  const meant = new Set(
    found.flatMap(({ path, meant: name }) =>
      name === undefined ? [] : [writePath([...path.slice(0, -1), name])],
    ),
  );
  return found
    .filter(({ path }) => !meant.has(writePath(path)))
    .map(({ path, message }) => ({ path, message }));
}

function valueAt(plain: unknown, path: readonly PropertyKey[]): unknown {
  let value = plain;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.entries(value).find(([name]) => name === String(key))?.[1];
  }
  return value;
}

/** A branch whose first complaint lies deepest matched the most before it failed. */
function depthOf(branch: readonly FlatIssue[]): number {
  return Math.min(...branch.map(({ path }) => path.length));
}

/** The place of a path in the file, or of its nearest parent that stands there. */
function placeOf(
  document: Document,
  path: readonly PropertyKey[],
  lines: LineCounter,
): { line: number; column: number } {
  let node: unknown = document.contents;
  let offset = offsetOf(node) ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      if (pair === undefined) break;
      offset = offsetOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof key === 'number') {
      node = node.items[key];
      offset = offsetOf(node) ?? offset;
    } else {
      break;
    }
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? startOf(node) : undefined;
}

function startOf(node: Node): number | undefined {
  return node.range?.[0];
}

/** A path in an exam as people write it: `questions[1].ask[0].marks`. */
export function writePath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((written, key) => {
    if (typeof key === 'number') return `${written}[${key}]`;
    return written === '' ? String(key) : `${written}.${String(key)}`;
  }, '');
}
