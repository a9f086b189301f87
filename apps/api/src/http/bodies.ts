import { inMegabytes, type Limits } from './limits.js';
import { Problem } from './problem.js';
import { TABLE_FILE_TYPES } from './table-file.js';

const MIB = 1024 * 1024;
export const JSON_BYTES = MIB;

/** A kind of body, by the content types it comes with. */
interface BodyKind {
  readonly types: readonly string[];
  readonly bytes: (limits: Limits) => number;
  /** What is too large, and what to do, where one is. */
  readonly says: readonly [what: string, todo: string];
}

export const YAML: BodyKind = {
  types: ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'],
  bytes: ({ examBytes }) => examBytes,
  says: [
    'The exam definition',
    'Take out what is no text, such as pictures in data: addresses, or make two exams of it.',
  ],
};

/** A grade report of some ten thousand papers. */
export const TABLE: BodyKind = {
  types: TABLE_FILE_TYPES,
  bytes: () => 32 * MIB,
  says: ['The file', 'Leave out columns and sheets that are not needed, or send it in parts.'],
};

/** What learning platforms send people with. */
export const FORM: BodyKind = {
  types: ['application/x-www-form-urlencoded'],
  bytes: () => 256 * 1024,
  says: ['The form', 'Send less.'],
};

const JSON_BODY: BodyKind = {
  types: ['application/json'],
  bytes: () => JSON_BYTES,
  says: ['What was sent', 'Make the text shorter, or send it in parts.'],
};

const KINDS = [YAML, TABLE, FORM, JSON_BODY];

/** Says of a body that was too large what it is, how large it may be, and what to do. */
export function bodyTooLarge(
  contentType: string | undefined,
  length: string | undefined,
  limits: Limits,
): Problem {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  const { bytes, says } = KINDS.find(({ types }) => types.includes(type)) ?? JSON_BODY;
  const size = /^\d{1,12}$/.test(length ?? '') ? ` and this has ${inMegabytes(Number(length))}` : '';
  return new Problem(
    413,
    `${says[0]} is too large: at most ${inMegabytes(bytes(limits))} are taken${size}. ${says[1]}`,
    { name: 'body-too-large', title: `${says[0]} is too large` },
  );
}
