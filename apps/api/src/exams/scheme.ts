import { createHash } from 'node:crypto';
import { formatMarks, partsOf, readExam, type ExamDefinition } from '@tensormark/marking';
import type { JsonValue, NewExamVersion } from '@tensormark/records';
import { Problem } from '../http/problem.js';

/** What is wrong with a definition, at its place. */
export interface DefinitionError {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
}

/** Reads the YAML of an exam; what is wrong with it is thrown as a problem, at line and column. */
export function readDefinition(yaml: string): ExamDefinition {
  const reading = readExam(yaml);
  if (reading.kind === 'exam') return reading.definition;
  throw definitionRefused(reading.errors);
}

export function definitionRefused(errors: readonly DefinitionError[]): Problem {
  return new Problem(422, 'The exam definition has something wrong with it. Nothing was stored.', {
    name: 'exam-refused',
    title: 'The exam cannot be read',
    errors: errors.map(({ line, column, path, message }) => ({ line, column, path, message })),
  });
}

export function readYaml(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(422, 'The exam definition is not UTF-8 text.', { name: 'exam-refused' });
  }
}

/** The definition as the records keep it; `schemeHash` leaves out what no mark depends on. */
export function recordOf(definition: ExamDefinition, source: string, by: string): NewExamVersion {
  const {
    title: _title,
    instructions: _instructions,
    grades: _grades,
    marking: _marking,
    ...scheme
  } = definition;
  return {
    slug: definition.exam,
    title: definition.title,
    source,
    definition: toJson(definition),
    schemeHash: createHash('sha256')
      .update(JSON.stringify(toJson(scheme)))
      .digest('hex'),
    parts: partsOf(definition).map(({ key, title, part }) => ({
      part: key,
      kind: part.kind,
      title: title ?? '',
      maximum: formatMarks(part.marks),
    })),
    by,
  };
}

/** Marks, which are whole thousandths inside, are decimals outside. */
function toJson(value: unknown): JsonValue {
  if (typeof value === 'bigint') return formatMarks(value);
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    return value;
  }
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) => (each === undefined ? [] : [[key, toJson(each)]])),
    );
  }
  throw new TypeError(`an exam definition holds ${typeof value}`);
}
