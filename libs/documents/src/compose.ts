import type {
  Block,
  BlockKind,
  DocumentNote,
  DocumentNoteKind,
  Doubt,
  Format,
  Origin,
  ReadDocument,
} from './document.js';
import { Refusal } from './document.js';

/** NUL, and halves of surrogate pairs: no database and no other program takes them for text. */
const NO_CHARACTER = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export interface Draft {
  readonly kind: BlockKind;
  readonly text: string;
  readonly origin: Origin;
  readonly doubts?: readonly Doubt[];
  readonly confidence?: number;
  /** What stands before it: a blank line, unless said. */
  readonly before?: '\n' | '\n\n' | '\n\f\n';
}

/** Writes one text, block by block, and remembers where each of them came from. */
export class Composer {
  private text = '';
  private readonly blocks: Block[] = [];
  private readonly notes: DocumentNote[] = [];

  constructor(private readonly characters: number) {}

  add({ kind, text, origin, doubts = [], confidence, before = '\n\n' }: Draft): void {
    const clean = text.replaceAll(NO_CHARACTER, '\ufffd').replaceAll(/\r\n?/g, '\n').trimEnd();
    if (clean.trim() === '') return;
    if (this.text !== '') this.text += before;
    const start = this.text.length;
    this.text += clean;
    if (this.text.length > this.characters) {
      throw new Refusal(
        'too-large',
        `The document has over ${this.characters} characters. Upload only your answers.`,
      );
    }
    this.blocks.push({
      kind,
      span: { start, end: this.text.length },
      origin,
      doubts,
      ...(confidence === undefined ? {} : { confidence }),
    });
  }

  /** About the last block. */
  note(kind: DocumentNoteKind, says: string, origin?: Origin): void {
    const last = this.blocks.at(-1)?.span;
    this.notes.push({
      kind,
      span: last ?? { start: 0, end: 0 },
      says,
      ...(origin === undefined ? {} : { origin }),
    });
  }

  /** A doubt about what was written last, for what stands beside it and was not written. */
  doubt(doubt: Doubt): void {
    const last = this.blocks.pop();
    if (last !== undefined) this.blocks.push({ ...last, doubts: [...last.doubts, doubt] });
  }

  get isEmpty(): boolean {
    return this.blocks.length === 0;
  }

  document(format: Format): ReadDocument {
    if (this.isEmpty) {
      throw new Refusal(
        'empty',
        'No text was found in the document. Check that you chose the right file; if it holds pictures, upload them as PDF, PNG or JPEG.',
      );
    }
    return { kind: 'read', format, text: this.text, blocks: this.blocks, notes: this.notes };
  }
}

const LONGEST_QUOTE = 300;

export function quoted(text: string): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > LONGEST_QUOTE ? `“${flat.slice(0, LONGEST_QUOTE)}…”` : `“${flat}”`;
}

export function fenced(code: string, language = ''): string {
  let longest = 2;
  for (const [ticks] of code.matchAll(/`+/g)) longest = Math.max(longest, ticks.length);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${code.slice(0, endOf(code))}\n${fence}`;
}

/** Where the line breaks at its end begin. */
function endOf(code: string): number {
  let end = code.length;
  while (code[end - 1] === '\n') end -= 1;
  return end;
}

export function looksLikePython(code: string): boolean {
  return /^[ \t]*(?:import \w|from [\w.]+ import|def \w+\(|class \w+|self\.|@\w+|for .{1,80} in .{1,200}:$|print\()/m.test(
    code,
  );
}
