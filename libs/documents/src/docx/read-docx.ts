import type { DocumentBudgets } from '../budgets.js';
import { Composer, fenced, looksLikePython, quoted } from '../compose.js';
import { Refusal, type Doubt, type Origin, type Place, type ReadDocument } from '../document.js';
import type { XmlElement } from '../xml/read-xml.js';
import { attribute, child, elements, textOf, value } from '../xml/walk.js';
import { Numbering } from './numbering.js';
import { openParts, type Parts } from './parts.js';
import { readInlines, type Around, type Inline } from './runs.js';
import { Styles } from './styles.js';
import { tableText } from './table.js';

const CODE_STYLE = /code|source|listing|preformatted|verbatim|program/i;
const DEEPEST = 40;

/**
 * Reads a Word document (ECMA-376): headings and lists with the numbers that Word would print, equations as LaTeX,
 * tables and code as Markdown. What a reader of the page does not see is left out, quoted and doubted. Throws Refusal.
 */
export function readDocx(bytes: Uint8Array, budgets: DocumentBudgets): ReadDocument {
  const parts = openParts(bytes, budgets);
  const reader = new DocxReader(parts, budgets);
  const body = child(parts.main, 'body') ?? parts.main;
  reader.readAll(body);
  return reader.document();
}

interface CodeLine {
  readonly text: string;
  readonly place: Place;
}

class DocxReader {
  private readonly out: Composer;
  private readonly styles: Styles;
  private readonly numbering: Numbering;
  private readonly around: Around;
  private readonly footnotes = new Map<string, string>();
  private quotedFootnotes = 0;
  private paragraphs = 0;
  private tables = 0;
  private code: CodeLine[] = [];
  private pendingDoubts: Doubt[] = [];

  constructor(
    parts: Parts,
    private readonly budgets: DocumentBudgets,
  ) {
    this.out = new Composer(budgets.characters);
    const styles = parts.part('styles.xml');
    this.styles = new Styles(styles);
    this.numbering = new Numbering(parts.part('numbering.xml'));
    this.around = { styles: this.styles, usual: child(styles, 'docDefaults', 'rPrDefault', 'rPr') };
    for (const kind of ['footnote', 'endnote']) {
      const part = parts.part(`${kind}s.xml`);
      for (const note of part === undefined ? [] : elements(part)) {
        this.footnotes.set(`${kind}Reference ${attribute(note, 'id') ?? ''}`, textOf(note).trim());
      }
    }
  }

  document(): ReadDocument {
    this.endCode();
    return this.out.document('docx');
  }

  readAll(container: XmlElement, depth = 0, inTable?: number): void {
    if (depth > DEEPEST) {
      throw new Refusal(
        'unsafe-markup',
        `The document nests tables and text boxes over ${DEEPEST} deep. Put the answers into the text itself, and upload that.`,
      );
    }
    for (const each of elements(container)) {
      if (each.name === 'p') this.paragraph(each, depth, inTable);
      else if (each.name === 'tbl') this.table(each, depth);
      else if (each.name === 'AlternateContent')
        this.readAll(child(each, 'Choice') ?? each, depth + 1, inTable);
      else if (!/Pr$|^(?:sectPr|del|moveFrom)$/.test(each.name)) this.readAll(each, depth + 1, inTable);
    }
  }

  private paragraph(paragraph: XmlElement, depth: number, inTable?: number): void {
    const number = ++this.paragraphs;
    const place: Place =
      inTable === undefined
        ? { kind: 'paragraph', paragraph: number }
        : { kind: 'table', table: inTable, paragraph: number };
    const inlines = readInlines(paragraph, this.around, undefined);
    const chain = this.styles.chain(value(child(paragraph, 'pPr'), 'pStyle'));
    if (
      this.isCode(
        inlines,
        chain.map(({ name }) => name),
      )
    ) {
      const text = inlines
        .map((each) => this.inline(each, place))
        .join('')
        .replaceAll('\t', '    ');
      this.code.push({ text, place });
    } else {
      const blank = inlines.every((each) => each.kind === 'text' && each.text.trim() === '');
      if (blank) {
        if (this.code.length > 0) this.code.push({ text: '', place });
        return;
      }
      this.endCode();
      this.prose(
        paragraph,
        inlines,
        chain.map(({ name }) => name),
        place,
      );
    }
    for (const each of inlines) if (each.kind === 'box') this.readAll(each.content, depth + 1, inTable);
  }

  private prose(
    paragraph: XmlElement,
    inlines: readonly Inline[],
    styles: readonly string[],
    place: Place,
  ): void {
    const only = inlines.filter((each) => each.kind !== 'text' || each.text.trim() !== '');
    const displayed = only.length > 0 && only.every((each) => each.kind === 'equation');
    const text = displayed
      ? only.map((each) => (each.kind === 'equation' ? `$$${each.latex}$$` : '')).join('\n')
      : inlines
          .map((each) => this.inline(each, place))
          .join('')
          .trim();
    const level = this.headingLevel(paragraph, styles);
    const label = this.label(paragraph);
    const head = level === undefined ? '' : `${'#'.repeat(level)} `;
    const item = label === undefined ? '' : `${label.bullet ? '  '.repeat(label.level) : ''}${label.label} `;
    this.add(
      level === undefined
        ? displayed
          ? 'equation'
          : label === undefined
            ? 'prose'
            : 'list-item'
        : 'heading',
      `${head}${item}${text}`,
      place,
      label?.bullet === true,
    );
  }

  private add(
    kind: 'heading' | 'prose' | 'list-item' | 'equation' | 'code' | 'table',
    text: string,
    place: Place,
    close = false,
  ): void {
    const origin: Origin = { place };
    this.out.add({ kind, text, origin, doubts: this.pendingDoubts, ...(close ? { before: '\n' } : {}) });
    for (const doubt of this.pendingDoubts) {
      this.out.note(
        doubt.why === 'hidden-text' ? 'hidden-text' : doubt.why === 'layout' ? 'layout' : 'not-read',
        doubt.says,
        origin,
      );
    }
    this.pendingDoubts = [];
  }

  private inline(inline: Inline, place: Place): string {
    switch (inline.kind) {
      case 'text':
        return inline.text;
      case 'equation':
        return inline.displayed ? `\n$$${inline.latex}$$\n` : `$${inline.latex}$`;
      case 'footnote': {
        return this.footnote(inline.id);
      }
      case 'hidden':
        this.pendingDoubts.push({
          why: 'hidden-text',
          says: `Text that a reader of the page does not see, ${inline.why}, was left out: ${quoted(inline.text)}.`,
        });
        return '';
      case 'picture':
        this.pendingDoubts.push({
          why: 'not-read',
          says: `Paragraph ${placeNumber(place)} holds a picture, which was not read.`,
        });
        return '[picture]';
      case 'deleted':
      case 'box':
        return '';
    }
  }

  /** It stands wherever it is named, so that naming it often makes a long text of a short file. */
  private footnote(id: string): string {
    const text = this.footnotes.get(id) ?? '';
    this.quotedFootnotes += text.length;
    if (this.quotedFootnotes > this.budgets.characters) {
      throw new Refusal(
        'too-large',
        `The document's footnotes have over ${this.budgets.characters} characters. Upload only your answers.`,
      );
    }
    return text === '' ? '' : ` [footnote: ${text}]`;
  }

  private isCode(inlines: readonly Inline[], styles: readonly string[]): boolean {
    const texts = inlines.filter((each) => each.kind === 'text' && each.text.trim() !== '');
    if (texts.length === 0 || inlines.some(({ kind }) => kind === 'equation')) return false;
    return (
      styles.some((name) => CODE_STYLE.test(name)) || texts.every((each) => each.kind === 'text' && each.mono)
    );
  }

  private endCode(): void {
    while (this.code.at(-1)?.text === '') this.code.pop();
    const [first] = this.code;
    if (first === undefined) return;
    const text = this.code.map((line) => line.text).join('\n');
    this.code = [];
    this.add('code', fenced(text, looksLikePython(text) ? 'python' : ''), first.place);
  }

  private headingLevel(paragraph: XmlElement, styles: readonly string[]): number | undefined {
    const outline = value(child(paragraph, 'pPr'), 'outlineLvl');
    const named = styles
      .map((name) => /^(?:heading|überschrift|titre|título) ?(\d)$/i.exec(name)?.[1])
      .find(Boolean);
    const level = named ?? (outline === undefined ? undefined : String(Number(outline) + 1));
    if (level !== undefined) return Math.min(6, Math.max(1, Number(level)));
    return styles[0]?.toLowerCase() === 'title' ? 1 : undefined;
  }

  private label(paragraph: XmlElement) {
    const properties = [
      child(paragraph, 'pPr'),
      ...this.styles
        .chain(value(child(paragraph, 'pPr'), 'pStyle'))
        .map((style) => style.paragraphProperties),
    ];
    const found = properties.map((each) => child(each, 'numPr')).find((each) => each !== undefined);
    const id = value(found, 'numId');
    if (id === undefined || id === '0') return undefined;
    const level = Math.min(8, Math.max(0, Number(value(found, 'ilvl') ?? 0)));
    const label = this.numbering.next(id, level);
    return label && { ...label, level };
  }

  private table(table: XmlElement, depth: number): void {
    this.endCode();
    const number = ++this.tables;
    const rows = elements(table).filter(({ name }) => name === 'tr');
    // A table of one column is a frame around ordinary text.
    if (rows.every((row) => elements(row).filter(({ name }) => name === 'tc').length <= 1)) {
      for (const row of rows) {
        for (const cell of elements(row).filter(({ name }) => name === 'tc'))
          this.readAll(cell, depth + 1, number);
      }
      return;
    }
    const place: Place = { kind: 'table', table: number, paragraph: this.paragraphs + 1 };
    const text = tableText(rows, (paragraph, shade) => {
      this.paragraphs++;
      const inlines = readInlines(paragraph, this.around, shade);
      const label = this.label(paragraph);
      const said = inlines
        .map((each) => this.inline(each, place))
        .join('')
        .trim();
      return label === undefined ? said : `${label.label} ${said}`;
    });
    this.add('table', text, place);
  }
}

function placeNumber(place: Place): string {
  return place.kind === 'paragraph' || place.kind === 'table' ? String(place.paragraph) : '';
}
