import { decodeText } from '@tensormark/answers';
import { DEFAULT_DOCUMENT_BUDGETS, type DocumentBudgets } from './budgets.js';
import { Composer } from './compose.js';
import { Refusal, type Block, type ReadDocument, type ReadResult, type TextFormat } from './document.js';
import { readDocx } from './docx/read-docx.js';
import { recognise } from './format.js';
import { addReadLines } from './machine/read-lines.js';
import { readNotebook } from './notebook/read-notebook.js';
import type { MachineReading, PdfPage } from './pdf/page.js';
import { readPages } from './pdf/read-pages.js';
import { readArchive } from './archive/read-archive.js';

/** What reading needs and this room does not have: programs that draw pages and read pictures. They may throw Refusal. */
export interface Readers {
  pages(pdf: Uint8Array, budgets: DocumentBudgets): Promise<readonly PdfPage[]>;
  picture(
    bytes: Uint8Array,
    budgets: DocumentBudgets,
  ): Promise<{ readonly width: number; readonly height: number; readonly read: MachineReading }>;
}

/** Reads an uploaded file, whatever it is, as one text with places. Throws only what `readers` throw beside Refusal. */
export async function readDocument(
  bytes: Uint8Array,
  readers: Readers,
  budgets: DocumentBudgets = DEFAULT_DOCUMENT_BUDGETS,
): Promise<ReadResult> {
  try {
    return await read(bytes, readers, budgets);
  } catch (error) {
    if (error instanceof Refusal) return error.result;
    throw error;
  }
}

/** Throws Refusal. */
async function read(bytes: Uint8Array, readers: Readers, budgets: DocumentBudgets): Promise<ReadDocument> {
  if (bytes.length > budgets.bytes) {
    throw new Refusal(
      'too-large',
      `The file has over ${Math.round(budgets.bytes / 1_048_576)} MB. Leave out pictures and data, or make them smaller.`,
    );
  }
  const recognised = recognise(bytes);
  if (recognised.kind === 'refused') throw new Refusal(recognised.reason, recognised.message);
  switch (recognised.format) {
    case 'docx':
      return readDocx(bytes, budgets);
    case 'notebook':
      return readNotebook(bytes, budgets);
    case 'pdf':
      return readPages(await readers.pages(bytes, budgets), budgets.characters);
    case 'png':
    case 'jpeg': {
      const { read: reading, ...size } = await readers.picture(bytes, budgets);
      const out = new Composer(budgets.characters);
      addReadLines(out, reading, size);
      return out.document(recognised.format);
    }
    case 'zip':
      return readArchive(bytes, budgets, (inner) => read(inner, readers, budgets));
    default:
      return readText(bytes, recognised.format);
  }
}

/** Text is kept letter by letter, so that its places are those of the file. Throws Refusal. */
export function readText(bytes: Uint8Array, format: TextFormat): ReadDocument {
  const decoded = decodeText(bytes);
  if (decoded.kind === 'refused') {
    throw new Refusal(
      decoded.reason === 'empty' || decoded.reason === 'too-large' ? decoded.reason : 'unknown-format',
      decoded.message,
    );
  }
  const { text } = decoded;
  const block: Block = {
    kind: format === 'python' ? 'code' : 'prose',
    span: { start: 0, end: text.length },
    origin: { place: { kind: 'lines', from: 1, to: text.split('\n').length } },
    doubts: [],
  };
  const notes = decoded.notes.map(
    ({ says }) => ({ kind: 'encoding', span: { start: 0, end: 0 }, says }) as const,
  );
  return { kind: 'read', format, text, blocks: [block], notes };
}
