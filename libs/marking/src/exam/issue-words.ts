import { didYouMean } from '@tensormark/code-review';
import type { z } from 'zod';
import { examJsonSchema } from './json-schema.js';
import { calledElsewhere, OTHER_KINDS, OTHER_NAMES } from './other-names.js';

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
export function issueInWords(
  issue: Issue,
  path: readonly PropertyKey[],
  written: unknown,
  around: unknown,
): string {
  if (path.length === 0 && issue.code === 'invalid_type') return wholeInWords(written);
  const last = path.at(-1);
  const own = OWN_WORDS.test(issue.message) ? expectedBy(issue, path, written) : issue.message;
  if (written !== undefined || typeof last !== 'string')
    return last === 'kind' && issue.code === 'invalid_union' ? `${own}${kindMeant(written)}` : own;
  const other = keysOf(around).find(
    (key) => calledElsewhere(key, OTHER_NAMES).includes(last) && !isField(key),
  );
  const missing = `the field "${last}" is missing${own === '' ? '' : `: ${own}`}`;
  return other === undefined ? missing : `${missing}; what is written as "${other}" may be it`;
}

/** What stands for the kind of a question, and which was probably meant. */
function kindMeant(written: unknown): string {
  if (typeof written !== 'string') return foundInWords(written);
  const meant = didYouMean(written, Object.keys(OTHER_KINDS)) ?? calledElsewhere(written, OTHER_KINDS)[0];
  return `${foundInWords(written)}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

function wholeInWords(written: unknown): string {
  return written === null || written === undefined
    ? 'there is no exam here: it begins with "format: 1", then "exam:", "title:" and "questions:"'
    : `an exam is fields, such as "format: 1", "exam: my-exam" and "questions:", and not ${kindOf(written)}`;
}

function expectedBy(issue: Issue, path: readonly PropertyKey[], written: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${kindExpected(issue.expected, path)}${foundInWords(written)}${remedy(issue.expected, written)}`;
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

/** What is expected, of fields with those that are needed. */
function kindExpected(expected: string, path: readonly PropertyKey[]): string {
  const needed = expected === 'object' ? neededAt(path) : [];
  return needed.length === 0
    ? (KINDS[expected] ?? expected)
    : `fields (${needed.join(', ')} …), each on a line of its own`;
}

/** How a value becomes one of the kind that is expected. */
function remedy(expected: string, written: unknown): string {
  if (expected === 'string')
    return typeof written === 'number' || typeof written === 'boolean' ? ': put it in quotes' : '';
  if (expected !== 'array') return '';
  if (typeof written === 'string' && /^[\w.-]+$/.test(written)) return `: write [${written}]`;
  return typeof written === 'object' && written !== null ? ': begin each entry with a dash' : '';
}

/** The fields that whatever stands at a path needs, whichever kind of its place it is. */
function neededAt(path: readonly PropertyKey[]): string[] {
  const name = path.findLast((step) => typeof step === 'string');
  if (name === undefined) return [];
  const [first, ...more] = requiredBy(examJsonSchema(), name);
  return (first ?? []).filter((field) => more.every((other) => other.includes(field)));
}

/** What each object is required to have that a field of this name holds, as itself, as an alternative or in a list. */
function requiredBy(schema: unknown, name: string | null): string[][] {
  if (typeof schema !== 'object' || schema === null) return [];
  if (name === null) {
    if ('required' in schema && Array.isArray(schema.required)) return [schema.required.map(String)];
    return ['items', 'anyOf', 'oneOf'].flatMap((key) =>
      Object.entries(schema)
        .filter(([each]) => each === key)
        .flatMap(([, inner]: [string, unknown]) =>
          (Array.isArray(inner) ? inner : [inner]).flatMap((each: unknown) => requiredBy(each, null)),
        ),
    );
  }
  return Object.entries(schema).flatMap(([key, inner]: [string, unknown]) => {
    const held =
      key === 'properties' && typeof inner === 'object' && inner !== null
        ? Object.entries(inner).flatMap(([field, of]: [string, unknown]) =>
            field === name ? requiredBy(of, null) : [],
          )
        : [];
    return [...held, ...requiredBy(inner, name)];
  });
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

/**
 * A field that the format does not have there, and the one that was probably meant: of those that are missing one that
 * is called so elsewhere, else one that is spelled like it and does not stand there yet.
 */
export function unknownField(
  name: string,
  standing: readonly string[],
  missing: readonly string[],
): { readonly message: string; readonly meant: string | undefined } {
  if (standing.includes('parts') && standing.includes('kind')) {
    return {
      message: `"${name}" cannot stand here: a question has either a kind or parts, each with a kind of its own; leave out one of the two`,
      meant: undefined,
    };
  }
  const meant =
    calledElsewhere(name, OTHER_NAMES).find((each) => missing.includes(each)) ??
    didYouMean(
      name,
      [...fieldNames()].filter((each) => !standing.includes(each)),
    );
  return {
    message: `unknown field "${name}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
    meant,
  };
}

const isField = (name: string): boolean => fieldNames().has(name);

const keysOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];

/** Of the whole format; found once, when somebody first misspells one. */
let knownFields: ReadonlySet<string> | undefined;

const fieldNames = (): ReadonlySet<string> => (knownFields ??= namesIn(examJsonSchema()));

function namesIn(schema: unknown, names = new Set<string>()): ReadonlySet<string> {
  if (typeof schema !== 'object' || schema === null) return names;
  if ('properties' in schema && typeof schema.properties === 'object' && schema.properties !== null)
    for (const name of Object.keys(schema.properties)) names.add(name);
  for (const inner of Object.values(schema)) namesIn(inner, names);
  return names;
}
