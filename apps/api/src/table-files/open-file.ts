import { readWorkbook } from '@tensormark/documents';
import { readSeparated } from './separated.js';
import type { OpenedFile } from './table.js';

const AGAIN = 'Save it as "CSV UTF-8" or as an Excel workbook (.xlsx), and choose that.';

/** The tables of a file, told by its bytes whatever it is called: an Excel workbook, or text with separators. */
export function openFile(bytes: Uint8Array): OpenedFile {
  if (bytes.length === 0) return refused('The file is empty (0 bytes).');
  if (begins(bytes, [0x50, 0x4b])) {
    const workbook = readWorkbook(bytes);
    if (workbook.kind === 'refused') return refused(workbook.message);
    return {
      kind: 'opened',
      tables: workbook.sheets.map(({ name, rows }) => ({ name, rows, decimalComma: false })),
    };
  }
  if (begins(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    return refused(`This is an old Excel workbook, or one protected by a password. ${AGAIN}`);
  }
  const text = textOf(bytes);
  if (text === undefined) return refused(`The file is not in UTF-8${lineOfOther(bytes)}. ${AGAIN}`);
  if (text.includes('\u0000')) return refused(`The file is neither a workbook nor text. ${AGAIN}`);
  const reading = readSeparated(text);
  if (reading.kind === 'refused') return reading;
  return {
    kind: 'opened',
    tables: [{ name: null, rows: reading.rows, decimalComma: reading.decimalComma }],
  };
}

/** UTF-8, or UTF-16 where its mark says so, as Blackboard's files and Excel's "Unicode text" are. */
function textOf(bytes: Uint8Array): string | undefined {
  const encoding = begins(bytes, [0xff, 0xfe])
    ? 'utf-16le'
    : begins(bytes, [0xfe, 0xff])
      ? 'utf-16be'
      : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const LINE_FEED = 0x0a;

/** Where the first character stands that is not UTF-8, for whoever looks for it. */
function lineOfOther(bytes: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let line = 1, from = 0; from < bytes.length; line += 1) {
    const end = bytes.indexOf(LINE_FEED, from);
    const to = end < 0 ? bytes.length : end;
    try {
      decoder.decode(bytes.subarray(from, to));
    } catch {
      return `: the first other character is in line ${line}`;
    }
    from = to + 1;
  }
  return '';
}

function begins(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte);
}

function refused(says: string): OpenedFile {
  return { kind: 'refused', says };
}
