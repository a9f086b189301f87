import { codesOf } from './codes.js';

/** Where something stands in a source text; lines and columns count from 1, as editors show them. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Positions up to here are counted out, as those of a module's imports: they cost no table of all its lines. */
const NEAR = 2000;

/** A source text that knows its lines, so that nodes need to carry no more than two offsets. */
export class SourceText {
  #lineStarts: number[] | undefined;
  #codes: Uint8Array | undefined;

  constructor(
    readonly file: string,
    readonly text: string,
  ) {}

  /** The characters' codes; see {@link codesOf}. */
  get codes(): Uint8Array {
    this.#codes ??= codesOf(this.text);
    return this.#codes;
  }

  /** Offsets at which lines begin; `\n`, `\r\n` and a lone `\r` all end a line, as in Python. */
  get lineStarts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0];
      const { text } = this;
      if (!text.includes('\r')) {
        for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
      } else
        for (let offset = 0; offset < text.length; offset++) {
          const code = text.charCodeAt(offset);
          if (code === 10 || (code === 13 && text.charCodeAt(offset + 1) !== 10)) starts.push(offset + 1);
        }
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }

  /** Line and column, both from 1, of an offset in UTF-16 units. */
  position(offset: number): { line: number; column: number } {
    if (this.#lineStarts === undefined && offset < NEAR) {
      const near = this.#nearPosition(offset);
      if (near !== undefined) return near;
    }
    const starts = this.lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** A position near the beginning, where no lone `\r` ends a line before it. */
  #nearPosition(offset: number): { line: number; column: number } | undefined {
    const { text } = this;
    if (text.lastIndexOf('\r', offset) >= 0) return undefined;
    let line = 1;
    let start = 0;
    for (;;) {
      const end = text.indexOf('\n', start);
      if (end < 0 || end >= offset) return { line, column: offset - start + 1 };
      line++;
      start = end + 1;
    }
  }

  /** The text of one line, without its end. */
  line(number: number): string {
    const start = this.lineStarts[number - 1];
    if (start === undefined) return '';
    const end = this.lineStarts[number] ?? this.text.length + 1;
    return this.text.slice(start, end).replace(/[\r\n]+$/, '');
  }

  place(start: number, end: number): Place {
    const from = this.position(start);
    const to = this.position(end);
    return { file: this.file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }
}

/** A piece of a source text; line and column are worked out only when someone asks. */
export class Span {
  constructor(
    readonly source: SourceText,
    readonly start: number,
    readonly end: number,
  ) {}

  get line(): number {
    return this.source.position(this.start).line;
  }

  get column(): number {
    return this.source.position(this.start).column;
  }

  get endLine(): number {
    return this.source.position(this.end).line;
  }

  get endColumn(): number {
    return this.source.position(this.end).column;
  }

  get text(): string {
    return this.source.text.slice(this.start, this.end);
  }

  get place(): Place {
    return this.source.place(this.start, this.end);
  }
}
