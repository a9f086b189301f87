import { decodeText } from '@tensormark/answers';
import { isAnswerFile, MOST_FILES } from '../archive/answer-files.js';
import { DEFAULT_DOCUMENT_BUDGETS, type DocumentBudgets } from '../budgets.js';
import { Refusal, type Format } from '../document.js';
import { recognise } from '../format.js';
import { readDirectory, type ZipEntry } from '../zip/directory.js';
import { harmlessName, shownName } from '../zip/shown-name.js';
import { unpack } from '../zip/unpack.js';
import { writeZip, type NamedBytes } from '../zip/write.js';
import type { CohortPiece, Listing } from './layout.js';
import { typedText } from './typed-text.js';

const MIB = 1024 * 1024;

/** What an archive of a whole cohort may cost; each piece of it is then held to what one student's upload may. */
export const COHORT_BUDGETS: DocumentBudgets = {
  ...DEFAULT_DOCUMENT_BUDGETS,
  bytes: 256 * MIB,
  entries: 5000,
  unpackedBytes: 1024 * MIB,
};
const METADATA_BYTES = 16 * MIB;

/** A piece as it would be handed in: its one file as it is, or several as one archive, the same bytes each time. */
export type Prepared =
  | {
      readonly kind: 'ready';
      readonly fileName: string;
      readonly format: Format;
      readonly bytes: Uint8Array;
    }
  | { readonly kind: 'refused'; readonly message: string };

const FROM_THE_PLATFORM =
  'Upload the ZIP of all submissions as the learning platform gives it out, or make one of the students’ files.';

function startsAsZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/** What other files begin with. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ['%PDF-', 'a PDF'],
  ['Rar!', 'a RAR archive'],
  ['7z\u00bc\u00af', 'a 7-Zip archive'],
  ['\u001f\u008b', 'a file packed by gzip'],
  ['\u0089PNG', 'a picture'],
  ['\u00ff\u00d8\u00ff', 'a picture'],
];

function otherKindOf(bytes: Uint8Array): string {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  return BEGINNINGS.find(([beginning]) => start.startsWith(beginning))?.[1] ?? 'a file of another kind';
}

/** An archive of a whole cohort, of which nothing is unpacked but what is asked for. */
export class CohortArchive {
  private readonly entries: ReadonlyMap<string, ZipEntry>;

  /** Throws Refusal. */
  constructor(private readonly bytes: Uint8Array) {
    if (bytes.length > COHORT_BUDGETS.bytes) {
      throw new Refusal(
        'too-large',
        `The archive is larger than ${COHORT_BUDGETS.bytes / MIB} MB. Split it.`,
      );
    }
    const directory = readDirectory(bytes, COHORT_BUDGETS);
    if (directory.kind === 'refused') {
      const other = startsAsZip(bytes) ? undefined : otherKindOf(bytes);
      throw other === undefined
        ? new Refusal(directory.reason, directory.message)
        : new Refusal('unknown-format', `This is ${other} and no ZIP archive. ${FROM_THE_PLATFORM}`);
    }
    this.entries = new Map(directory.entries.map((entry) => [entry.name, entry]));
  }

  get listing(): Listing {
    return {
      names: [...this.entries.keys()],
      textOf: (name) => {
        const entry = this.entries.get(name);
        if (entry === undefined) return undefined;
        if (entry.unpacked > METADATA_BYTES) {
          throw new Refusal('too-large', `“${shownName(name)}” is larger than ${METADATA_BYTES / MIB} MB.`);
        }
        return new TextDecoder('utf-8').decode(unpack(this.bytes, entry));
      },
    };
  }

  /** Refused is what a student's upload would be refused for, with the same words. */
  prepare({ files }: CohortPiece, budgets: DocumentBudgets = DEFAULT_DOCUMENT_BUDGETS): Prepared {
    try {
      const size = files.reduce((sum, { entry }) => sum + (this.entries.get(entry)?.unpacked ?? 0), 0);
      if (size > budgets.unpackedBytes) {
        throw new Refusal('too-large', `This has over ${budgets.unpackedBytes / MIB} MB unpacked.`);
      }
      const unpacked = files.flatMap(({ entry, name }) =>
        this.fileOf(entry, name, files.length > 1, budgets),
      );
      const [only] = unpacked;
      if (only === undefined) throw new Refusal('empty', 'There is no file with anything in it.');
      if (unpacked.length > MOST_FILES) {
        throw new Refusal(
          'too-many-entries',
          `These are ${unpacked.length} files; at most ${MOST_FILES} are read as one submission.`,
        );
      }
      const document =
        unpacked.length === 1
          ? { ...only, name: only.name.slice(only.name.lastIndexOf('/') + 1) }
          : { name: 'answers.zip', bytes: writeZip(unpacked.toSorted(byName)) };
      if (document.bytes.length > budgets.bytes) {
        throw new Refusal(
          'too-large',
          `This has over ${budgets.bytes / MIB} MB; at most that much is taken.`,
        );
      }
      const recognised = recognise(document.bytes);
      if (recognised.kind === 'refused') return { kind: 'refused', message: recognised.message };
      return { kind: 'ready', fileName: document.name, format: recognised.format, bytes: document.bytes };
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refused', message: error.message };
      throw error;
    }
  }

  /** A file, or what is in it: an archive beside other files is opened, once, for reading takes no archive within one. */
  private fileOf(name: string, as: string, beside: boolean, budgets: DocumentBudgets): readonly NamedBytes[] {
    const entry = this.entries.get(name);
    if (entry === undefined || entry.unpacked === 0) return [];
    const bytes = unpack(this.bytes, entry);
    if (/(?:^|\/|_)(?:onlinetext|text)\.html?$/.test(as)) return typed(bytes, as);
    const archive = recognise(bytes);
    if (beside && archive.kind === 'refused' && bytes[0] === 0x50 && bytes[1] === 0x4b) {
      if (archive.reason === 'empty') return [];
      throw new Refusal(archive.reason, `“${shownName(as)}”: ${archive.message}`);
    }
    if (!beside || archive.kind !== 'known' || archive.format !== 'zip') return [{ name: as, bytes }];
    const directory = readDirectory(bytes, budgets);
    if (directory.kind === 'refused') throw new Refusal(directory.reason, directory.message);
    const folder = as.replace(/\.zip$/i, '');
    return directory.entries
      .filter(({ name: inner, unpacked }) => isAnswerFile(inner) && unpacked > 0)
      .map((inner) => ({ name: `${folder}/${harmlessName(inner.name)}`, bytes: unpack(bytes, inner) }));
  }
}

/** What was typed into a field of the platform is text, whatever the platform wraps it in. */
function typed(bytes: Uint8Array, as: string): readonly NamedBytes[] {
  const decoded = decodeText(bytes);
  if (decoded.kind !== 'text') return [{ name: as, bytes }];
  const text = typedText(decoded.text);
  return text.trim() === ''
    ? []
    : [{ name: as.replace(/html?$/, 'md'), bytes: new TextEncoder().encode(text) }];
}

function byName(one: NamedBytes, other: NamedBytes): number {
  return one.name < other.name ? -1 : 1;
}
