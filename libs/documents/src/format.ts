import { decodeText } from '@tensormark/answers';
import type { Format, RefusalReason, TextFormat } from './document.js';
import { holdsAnswers, NO_ANSWERS } from './archive/answer-files.js';
import { readDirectory } from './zip/directory.js';

/** What a file is by its bytes, and what a person calls it. */
export type Recognised =
  | { readonly kind: 'known'; readonly format: Format }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly message: string };

const ZIP_BEGINNINGS = ['PK\x03\x04', 'PK\x05\x06', 'PK\x07\x08'];
const WHAT_IS_TAKEN =
  'PDF, Word (DOCX), Markdown, LaTeX, plain text, .ipynb, .py, PNG, JPEG or a ZIP of these';

/**
 * Tells the format by content, never by name. Cheap (no entry is unpacked, no page read): fit for the moment of
 * upload. Where it says `known`, reading may still find the file broken.
 */
export function recognise(bytes: Uint8Array): Recognised {
  if (bytes.length === 0) {
    return refused('empty', 'The file is empty (0 bytes). Upload the file with your answers.');
  }
  const head = latin1(bytes.subarray(0, 4096));
  // An archive may hold a PDF as it is, near its beginning; a PDF never begins like an archive.
  if (ZIP_BEGINNINGS.some((beginning) => head.startsWith(beginning))) return recogniseZip(bytes);
  if (head.slice(0, 1024).includes('%PDF-')) return { kind: 'known', format: 'pdf' };
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return { kind: 'known', format: 'png' };
  if (head.startsWith('\xff\xd8\xff')) return { kind: 'known', format: 'jpeg' };
  if (
    head
      .replace(/^\xef\xbb\xbf/, '')
      .trimStart()
      .startsWith('{') &&
    looksLikeNotebook(bytes)
  ) {
    return { kind: 'known', format: 'notebook' };
  }
  if (head.startsWith('\xd0\xcf\x11\xe0')) {
    return refused(
      'unknown-format',
      'This is an old Office document, or one protected by a password. Save it without a password as DOCX or PDF and upload that.',
    );
  }
  const decoded = decodeText(bytes);
  if (decoded.kind === 'text') return { kind: 'known', format: textFormat(decoded.text) };
  if (decoded.reason === 'empty') return refused('empty', decoded.message);
  if (decoded.reason === 'too-large') return refused('too-large', decoded.message);
  if (decoded.format === 'Jupyter notebook') {
    return refused(
      'broken',
      'This is a Jupyter notebook that is damaged or incomplete. Open it in Jupyter, save it again, and upload that.',
    );
  }
  const what =
    decoded.format === undefined ? 'binary data in a format that is not known here' : `a ${decoded.format}`;
  return refused(
    'unknown-format',
    `This is ${what}, whatever its name says. Save or export the answers as ${WHAT_IS_TAKEN}, and upload that.`,
  );
}

function refused(reason: RefusalReason, message: string): Recognised {
  return { kind: 'refused', reason, message };
}

/** Office documents other than DOCX are told apart by the names of their entries. */
const OTHER_ARCHIVES: readonly (readonly [RegExp, string])[] = [
  [/^xl\//, 'an Excel workbook'],
  [/^ppt\//, 'a PowerPoint file'],
  [/^content\.xml$/, 'an OpenDocument file'],
  [/^Index\/Document\.iwa$/, 'a Pages document'],
  [/(^|\/)data\.pkl$/, 'a PyTorch checkpoint'],
];

function recogniseZip(bytes: Uint8Array): Recognised {
  const directory = readDirectory(bytes);
  if (directory.kind === 'refused') return directory;
  const names = directory.entries.map(({ name }) => name);
  if (names.includes('[Content_Types].xml') && names.some((name) => name.startsWith('word/'))) {
    return { kind: 'known', format: 'docx' };
  }
  const other = OTHER_ARCHIVES.find(([pattern]) => names.some((name) => pattern.test(name)));
  if (other !== undefined) {
    return refused(
      'unknown-format',
      `This is ${other[1]}. Save or export the answers as PDF, DOCX or Markdown and upload that.`,
    );
  }
  return holdsAnswers(directory.entries) ? { kind: 'known', format: 'zip' } : refused('empty', NO_ANSWERS);
}

function looksLikeNotebook(bytes: Uint8Array): boolean {
  const ends =
    latin1(bytes.subarray(0, 65_536)) + latin1(bytes.subarray(Math.max(65_536, bytes.length - 4096)));
  return /"nbformat"\s*:/.test(ends) && /"(?:cells|worksheets)"\s*:/.test(ends);
}

export function textFormat(text: string): TextFormat {
  const head = text.slice(0, 20_000);
  if (/\\documentclass\b|\\begin\{document\}|\\section\*?\{/.test(head)) return 'latex';
  const python = head.match(/^(?:(?:from [\w.]+ )?import \w|def \w+\(|class \w+.*:|@\w)/gm)?.length ?? 0;
  if (/^(?:```|#{1,6} |\|.*\||[-*] |> )/m.test(head) && !(python >= 2 && !/^```/m.test(head)))
    return 'markdown';
  return python >= 2 ? 'python' : 'text';
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}
