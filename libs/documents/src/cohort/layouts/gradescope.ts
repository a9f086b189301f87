import { parse } from 'yaml';
import { Refusal } from '../../document.js';
import type { CohortLayout, CohortPiece, PersonHint, PieceFile } from '../layout.js';

const METADATA = 'submission_metadata.yml';
/** A folder of one submission's files, or the one file that it is. */
const OF_SUBMISSION = /^(?:submission_)?(?<id>\d{1,18})(?:\.[a-z0-9]{1,8})?$/iu;

/**
 * Gradescope's “export submissions”: folders `submission_123456/` (or files `123456.pdf`), and in `submission_metadata.yml`
 * who handed in which of them, and when. Without that file nothing says whose they are.
 */
export const gradescope: CohortLayout = {
  name: 'gradescope',
  read: ({ names, textOf }) => {
    const text = textOf(METADATA);
    const metadata = text === undefined ? undefined : metadataOf(text);
    const pieces = new Map<string, PieceFile[]>();
    for (const entry of names) {
      const [top = '', ...below] = entry.split('/');
      if (entry === METADATA) continue;
      if (!(metadata?.has(top) ?? false) && !OF_SUBMISSION.test(top)) continue;
      const files = pieces.get(top) ?? [];
      files.push({ entry, name: below.length > 0 ? below.join('/') : top });
      pieces.set(top, files);
    }
    return [...pieces].map(([key, files]): CohortPiece => {
      const said = metadata?.get(key);
      const platformId = OF_SUBMISSION.exec(key)?.groups?.['id'] ?? null;
      return {
        key,
        people: said?.people ?? [{ ...NOBODY, platformId }],
        files,
        submittedAt: said?.submittedAt ?? null,
        late: false,
      };
    });
  },
};

interface Said {
  readonly people: readonly PersonHint[];
  readonly submittedAt: Date | null;
}

/** As Ruby writes it: keys with a colon in front, and times as they are or as objects of its own. */
function metadataOf(text: string): ReadonlyMap<string, Said> {
  let read: unknown;
  try {
    // Aliases are followed where they stand and never copied, so that no number of them costs anything.
    read = parse(text, { logLevel: 'error', maxAliasCount: -1, uniqueKeys: true });
  } catch {
    throw new Refusal(
      'broken',
      `The archive's “${METADATA}” cannot be read. Export the submissions again, and upload that.`,
    );
  }
  return new Map(
    Object.entries(record(read)).map(([key, value]) => {
      const submission = record(value);
      const people = list(submission[':submitters']).map(personOf);
      return [
        key,
        {
          people: people.length > 0 ? people : [NOBODY],
          submittedAt: timeOf(submission[':created_at']),
        },
      ];
    }),
  );
}

const NOBODY: PersonHint = { names: [], nameForm: 'full', email: null, number: null, platformId: null };

function personOf(value: unknown): PersonHint {
  const said = record(value);
  const name = word(said[':name']);
  return {
    ...NOBODY,
    names: name === null ? [] : [name],
    email: word(said[':email']),
    number: word(said[':sid']),
  };
}

function timeOf(value: unknown): Date | null {
  const text = typeof value === 'string' ? value : word(record(value)['utc']);
  const [, day, time, zone] =
    /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)$/.exec(text?.trim() ?? '') ?? [];
  if (day === undefined || time === undefined || zone === undefined) return null;
  const at = new Date(`${day}T${time}${zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`);
  return Number.isNaN(at.getTime()) ? null : at;
}

function word(value: unknown): string | null {
  const text = typeof value === 'number' || typeof value === 'bigint' ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
