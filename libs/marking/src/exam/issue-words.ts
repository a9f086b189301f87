import { didYouMean } from '@tensormark/code-review';
import type { z } from 'zod';
import { examJsonSchema } from './json-schema.js';

type Issue = z.core.$ZodIssue;

/** What the library says by itself; what a field says of itself is kept. */
const OWN_WORDS = /^(?:Invalid|Too small|Too big|Unrecognized)\b/;

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  bigint: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'fields, each on a line of its own',
  record: 'fields, each on a line of its own',
  null: 'nothing',
};

/** So many possible values are listed; of more, the nearest to what was written is named. */
const MOST_LISTED = 8;

/** What is wrong with a value, in words of the file: what was expected, and what stands there. */
export function issueInWords(issue: Issue, path: readonly PropertyKey[], written: unknown): string {
  if (path.length === 0 && issue.code === 'invalid_type') return wholeInWords(written);
  const own = OWN_WORDS.test(issue.message) ? expectedBy(issue, written) : issue.message;
  const last = path.at(-1);
  if (written !== undefined || typeof last !== 'string') return own;
  return own === '' ? `the field "${last}" is missing` : `the field "${last}" is missing: ${own}`;
}

function wholeInWords(written: unknown): string {
  return written === null || written === undefined
    ? 'there is no exam here: it begins with "format: 1", then "exam:", "title:" and "questions:"'
    : `an exam is fields, such as "format: 1", "exam: my-exam" and "questions:", and not ${kindOf(written)}`;
}

function expectedBy(issue: Issue, written: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${KINDS[issue.expected] ?? issue.expected}${foundInWords(written)}`;
    case 'invalid_value':
      return oneOf(issue.values.map(String), written);
    case 'too_small':
      return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${sizeOf(issue.origin, issue.minimum)}${foundInWords(written)}`;
    case 'too_big':
      return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${sizeOf(issue.origin, issue.maximum)}${foundInWords(written)}`;
    case 'invalid_union':
      return written === undefined ? '' : `this is nothing that may stand here${foundInWords(written)}`;
    default:
      return issue.message;
  }
}

function oneOf(values: readonly string[], written: unknown): string {
  const near = typeof written === 'string' ? didYouMean(written, values) : undefined;
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  const listed = values.slice(0, MOST_LISTED).join(', ');
  if (values.length === 1) return `expected ${listed}${foundInWords(written)}`;
  const rest = values.length > MOST_LISTED ? ` and ${values.length - MOST_LISTED} more` : '';
  return `expected one of ${listed}${rest}${foundInWords(written)}${hint}`;
}

function sizeOf(origin: string, size: number | bigint): string {
  const one = Number(size) === 1;
  if (origin === 'string') return `${size} ${one ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set') return `${size} ${one ? 'entry' : 'entries'}`;
  return String(size);
}

const LONGEST_SHOWN = 40;

function foundInWords(written: unknown): string {
  if (written === undefined) return '';
  if (typeof written === 'string' && written.length <= LONGEST_SHOWN) return `, found "${written}"`;
  if (typeof written === 'number' || typeof written === 'boolean') return `, found ${written}`;
  return `, found ${kindOf(written)}`;
}

function kindOf(written: unknown): string {
  if (written === null) return 'nothing';
  if (Array.isArray(written)) return 'a list';
  return typeof written === 'object' ? 'fields' : (KINDS[typeof written] ?? 'something else');
}

/** A field that the format does not have there, and the one that was probably meant, of those that do not stand there yet. */
export function unknownField(
  name: string,
  standing: readonly string[],
): { readonly message: string; readonly meant: string | undefined } {
  fieldNames ??= namesIn(examJsonSchema());
  const meant = didYouMean(
    name,
    [...fieldNames].filter((each) => !standing.includes(each)),
  );
  return {
    message: `unknown field "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    meant,
  };
}

/** Of the whole format; found once, when somebody first misspells one. */
let fieldNames: ReadonlySet<string> | undefined;

function namesIn(schema: unknown, names = new Set<string>()): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null) return names;
  if ('properties' in schema && typeof schema.properties === 'object' && schema.properties !== null)
    for (const name of Object.keys(schema.properties)) names.add(name);
  for (const inner of Object.values(schema)) namesIn(inner, names);
  return names;
}
