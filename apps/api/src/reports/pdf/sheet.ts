import PDFDocument from 'pdfkit';
import { bytesOf, FACES, type Face } from './faces.js';
import { wrap, type Line, type Run } from './wrap.js';

type Element = ReturnType<PDFKit.PDFDocument['struct']>;

export const INK = {
  text: '#1b1f24',
  quiet: '#57606a',
  good: '#17692d',
  bad: '#a8201a',
  unsure: '#7a5200',
  rule: '#d0d7de',
  shade: '#f5f7f9',
  bar: '#3f6ea5',
} as const;

/** A4, in points. */
const PAGE = { width: 595.28, height: 841.89, left: 54, right: 54, top: 54, bottom: 64 };
export const WIDTH = PAGE.width - PAGE.left - PAGE.right;
const LEADING = 1.42;
const HEADINGS = {
  1: { size: 18, before: 0 },
  2: { size: 13, before: 18 },
  3: { size: 9.5, before: 10 },
} as const;
const BODY = 9.5;
const CODE = 8;

export interface Column {
  readonly title: string;
  /** In points; one column may take what is left. */
  readonly width?: number;
  readonly numbers?: boolean;
}

interface Paragraph {
  readonly indent?: number;
  readonly size?: number;
  readonly after?: number;
  readonly tag?: string;
}

export interface About {
  readonly title: string;
  readonly subject: string;
  /** From what the report is about, so that the same report is the same bytes. */
  readonly date: Date;
}

/** Words recur from report to report, and measuring them is most of the work. */
const WIDTHS = new Map<string, number>();
const MOST_WIDTHS = 50_000;

/** A document of A4 pages that is filled from top to bottom, with its structure for assistive technology. */
export class Sheet {
  private readonly doc: PDFKit.PDFDocument;
  private readonly chunks: Buffer[] = [];
  private readonly root: Element;
  private readonly without = new Set<string>();
  private y = PAGE.top;

  constructor(private readonly about: About) {
    this.doc = new PDFDocument({
      size: 'A4',
      margin: 0,
      pdfVersion: '1.7',
      tagged: true,
      lang: 'en-GB',
      displayTitle: true,
      bufferPages: true,
      info: {
        Title: about.title,
        Subject: about.subject,
        Author: 'Tensormark',
        Creator: 'Tensormark',
        Producer: 'Tensormark',
        CreationDate: about.date,
        ModDate: about.date,
      },
    });
    this.doc.on('data', (chunk: Buffer) => this.chunks.push(chunk));
    for (const face of FACES) this.doc.registerFont(face, bytesOf(face));
    this.root = this.doc.struct('Document');
    this.doc.addStructure(this.root);
  }

  /** Characters that no face has a glyph for. */
  get missing(): readonly string[] {
    return [...this.without];
  }

  heading(level: 1 | 2 | 3, text: string, aside?: string): void {
    const { size, before } = HEADINGS[level];
    const beside = aside === undefined ? 0 : this.widthOf(aside, 'bold', size) + 16;
    const lines = this.wrapped(
      [{ text, face: 'bold', colour: level === 3 ? INK.quiet : INK.text }],
      size,
      WIDTH - beside,
    );
    // A heading stays with what follows it.
    this.room(before + lines.length * size * LEADING + 48);
    if (this.y > PAGE.top) this.y += before;
    if (level === 2) this.rule();
    this.within(`H${level}`, () => {
      const top = this.y;
      this.lines(lines, PAGE.left, size);
      if (aside !== undefined) {
        const x = PAGE.left + WIDTH - this.widthOf(aside, 'bold', size);
        this.write(aside, 'bold', size, INK.text, x, top);
      }
    });
    this.y += level === 1 ? 4 : 2;
  }

  paragraph(
    text: string | readonly Run[],
    { indent = 0, size = BODY, after = 5, tag = 'P' }: Paragraph = {},
  ): void {
    const runs = typeof text === 'string' ? [{ text }] : text;
    const lines = this.wrapped(runs, size, WIDTH - indent);
    this.within(tag, () => this.lines(lines, PAGE.left + indent, size));
    this.y += after;
  }

  /** Lines of code with their numbers, on a shade. */
  code(text: string, firstLine: number): void {
    const lines = text.split('\n');
    const digits = String(firstLine + lines.length - 1).length;
    const gutter = this.widthOf('0'.repeat(digits + 2), 'code', CODE);
    const height = CODE * LEADING;
    const element = this.doc.struct('Code');
    this.root.add(element);
    lines.forEach((line, at) => {
      const number = String(firstLine + at).padStart(digits);
      this.wrapped(
        [{ text: line.replaceAll('\t', '    '), face: 'code' }],
        CODE,
        WIDTH - gutter - 12,
      ).forEach((part, piece) => {
        this.room(height);
        this.artifact(() => this.doc.rect(PAGE.left, this.y, WIDTH, height).fill(INK.shade));
        const content = this.doc.markStructureContent('Code');
        if (piece === 0) this.write(number, 'code', CODE, INK.quiet, PAGE.left + 6, this.y);
        this.line(part, PAGE.left + 6 + gutter, this.y, CODE);
        this.doc.endMarkedContent();
        element.add(content);
        this.y += height;
      });
    });
    element.end();
    this.y += 6;
  }

  /** Terms beside what they are. */
  facts(rows: readonly (readonly [term: string, value: string | readonly Run[]])[]): void {
    const beside = 118;
    for (const [term, value] of rows) {
      const lines = this.wrapped(typeof value === 'string' ? [{ text: value }] : value, BODY, WIDTH - beside);
      this.room(BODY * LEADING);
      this.within('P', () => {
        this.write(term, 'text', BODY, INK.quiet, PAGE.left, this.y);
        this.lines(lines, PAGE.left + beside, BODY);
      });
    }
    this.y += 6;
  }

  table(columns: readonly Column[], rows: readonly (readonly (string | readonly Run[])[])[]): void {
    const size = 8.5;
    const pad = 6;
    const taken = columns.reduce((sum, { width = 0 }) => sum + width, 0);
    const widths = columns.map(({ width }) => width ?? WIDTH - taken);
    const table = this.doc.struct('Table');
    this.root.add(table);
    const head = columns.map(({ title }): Run[] => [{ text: title, face: 'bold', colour: INK.quiet }]);
    const all = [
      head,
      ...rows.map((row) => row.map((cell) => (typeof cell === 'string' ? [{ text: cell }] : cell))),
    ];
    const fits = Math.floor((PAGE.height - PAGE.top - PAGE.bottom - pad) / (size * LEADING));
    for (const [at, cells] of all.entries()) {
      const wrapped = cells.map((cell, column) => this.wrapped(cell, size, (widths[column] ?? 0) - pad));
      const tallest = Math.max(1, ...wrapped.map((lines) => lines.length));
      // A row that no page holds goes on in another.
      for (let from = 0; from < tallest; from += fits) {
        const lines = wrapped.map((each) => each.slice(from, from + fits));
        table.add(this.row(at === 0 ? 'TH' : 'TD', columns, widths, lines, size, pad));
      }
    }
    table.end();
    this.y += 8;
  }

  private row(
    tag: 'TH' | 'TD',
    columns: readonly Column[],
    widths: readonly number[],
    cells: readonly (readonly Line[])[],
    size: number,
    pad: number,
  ): Element {
    const height = Math.max(...cells.map((lines) => lines.length)) * size * LEADING + pad;
    this.room(height);
    const row = this.doc.struct('TR');
    const top = this.y;
    let x = PAGE.left;
    cells.forEach((lines, column) => {
      const cell = this.doc.struct(tag);
      row.add(cell);
      const content = this.doc.markStructureContent(tag);
      const end = (widths[column] ?? 0) - (column === columns.length - 1 ? 0 : pad);
      lines.forEach((line, number) => {
        const width = line.reduce((sum, piece) => sum + piece.width, 0);
        const shift = columns[column]?.numbers === true ? end - width : 0;
        this.line(line, x + shift, top + pad / 2 + number * size * LEADING, size);
      });
      this.doc.endMarkedContent();
      cell.add(content);
      cell.end();
      x += widths[column] ?? 0;
    });
    row.end();
    this.y = top + height;
    this.rule(0);
    return row;
  }

  /** Columns of a height that is their share of the highest; `says` tells the same in words. */
  histogram(values: readonly number[], labels: readonly string[], says: string): void {
    const [height, label] = [96, 14];
    const most = Math.max(1, ...values);
    const step = WIDTH / Math.max(1, values.length);
    this.room(height + label * 2 + 8);
    this.figure(says, () => {
      const floor = this.y + label + height;
      values.forEach((value, at) => {
        const tall = (value / most) * height;
        const x = PAGE.left + at * step;
        if (value > 0) this.doc.rect(x + 3, floor - tall, step - 6, tall).fill(INK.bar);
        this.centred(String(value), x, step, floor - tall - 12, value === 0 ? INK.quiet : INK.text);
        this.centred(labels[at] ?? '', x, step, floor + 3, INK.quiet);
      });
      this.doc
        .moveTo(PAGE.left, floor)
        .lineTo(PAGE.left + WIDTH, floor)
        .lineWidth(0.6)
        .stroke(INK.rule);
    });
    this.y += height + label * 2 + 8;
  }

  /** A line of text with a bar under it that is its share of the largest. */
  bars(
    rows: readonly { readonly says: string; readonly value: number; readonly of: string }[],
    most: number,
  ): void {
    for (const { says, value, of } of rows) {
      const aside = this.widthOf(of, 'text', 8.5) + 12;
      const lines = this.wrapped([{ text: says }], 8.5, WIDTH - aside);
      this.room(lines.length * 8.5 * LEADING + 9);
      this.within('P', () => {
        this.write(of, 'text', 8.5, INK.quiet, PAGE.left + WIDTH - aside + 12, this.y);
        this.lines(lines, PAGE.left, 8.5);
      });
      this.artifact(() => {
        this.doc.rect(PAGE.left, this.y + 1, WIDTH, 3).fill(INK.shade);
        this.doc.rect(PAGE.left, this.y + 1, (WIDTH * value) / Math.max(1, most), 3).fill(INK.bar);
      });
      this.y += 9;
    }
    this.y += 4;
  }

  space(points: number): void {
    this.y += points;
  }

  /** Numbers the pages and closes the document. */
  finish(): Promise<Uint8Array> {
    this.root.end();
    const { start, count } = this.doc.bufferedPageRange();
    for (let page = start; page < start + count; page += 1) {
      this.doc.switchToPage(page);
      const number = `Page ${page + 1} of ${count}`;
      this.doc.markContent('Artifact', { type: 'Pagination' });
      const y = PAGE.height - 40;
      this.write(fitting(this.about.title, 90), 'text', 7.5, INK.quiet, PAGE.left, y);
      this.write(number, 'text', 7.5, INK.quiet, PAGE.left + WIDTH - this.widthOf(number, 'text', 7.5), y);
      this.doc.endMarkedContent();
    }
    return new Promise((done, fail) => {
      this.doc.on('end', () => done(new Uint8Array(Buffer.concat(this.chunks))));
      this.doc.on('error', fail);
      this.doc.end();
    });
  }

  /** Goes on to the next page where less than this is left. */
  room(height: number): void {
    if (this.y + height <= PAGE.height - PAGE.bottom || this.y === PAGE.top) return;
    this.doc.continueOnNewPage();
    this.y = PAGE.top;
  }

  private within(tag: string, draw: () => void): void {
    const element = this.doc.struct(tag);
    this.root.add(element);
    const content = this.doc.markStructureContent(tag);
    draw();
    this.doc.endMarkedContent();
    element.add(content);
    element.end();
  }

  private figure(alt: string, draw: () => void): void {
    const element = this.doc.struct('Figure', { alt });
    this.root.add(element);
    const content = this.doc.markStructureContent('Figure');
    draw();
    this.doc.endMarkedContent();
    element.add(content);
    element.end();
  }

  private artifact(draw: () => void): void {
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw();
    this.doc.endMarkedContent();
  }

  private rule(after = 8): void {
    this.artifact(() =>
      this.doc
        .moveTo(PAGE.left, this.y)
        .lineTo(PAGE.left + WIDTH, this.y)
        .lineWidth(0.6)
        .stroke(INK.rule),
    );
    this.y += after;
  }

  private lines(lines: readonly Line[], x: number, size: number): void {
    for (const line of lines) {
      this.room(size * LEADING);
      this.line(line, x, this.y, size);
      this.y += size * LEADING;
    }
  }

  private line(line: Line, x: number, y: number, size: number): void {
    let at = x;
    for (const { text, face, colour, width } of line) {
      this.place(text, face, size, colour ?? INK.text, at, y);
      at += width;
    }
  }

  private centred(text: string, x: number, width: number, y: number, colour: string): void {
    this.write(text, 'text', 7.5, colour, x + (width - this.widthOf(text, 'text', 7.5)) / 2, y);
  }

  /** One line of whatever characters. */
  private write(text: string, face: Face, size: number, colour: string, x: number, y: number): void {
    this.line(this.wrapped([{ text, face, colour }], size, Infinity)[0] ?? [], x, y, size);
  }

  private place(text: string, face: Face, size: number, colour: string, x: number, y: number): void {
    this.doc
      .font(face)
      .fontSize(size)
      .fillColor(colour)
      .text(text, x, y + size * 1.05, { lineBreak: false, baseline: 'alphabetic' });
  }

  private wrapped(runs: readonly Run[], size: number, width: number): Line[] {
    return wrap(runs, {
      width,
      size,
      measure: (text, face) => this.measure(text, face),
      missing: (character) => this.without.add(character),
    });
  }

  private widthOf(text: string, face: Face, size: number): number {
    return (this.wrapped([{ text, face }], size, Infinity)[0] ?? []).reduce(
      (sum, { width }) => sum + width,
      0,
    );
  }

  private measure(text: string, face: Face): number {
    const key = `${face} ${text}`;
    const known = WIDTHS.get(key);
    if (known !== undefined) return known;
    const width = this.doc.font(face).fontSize(1000).widthOfString(text) / 1000;
    if (WIDTHS.size >= MOST_WIDTHS) WIDTHS.clear();
    WIDTHS.set(key, width);
    return width;
  }
}

const fitting = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
