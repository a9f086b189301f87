import { Refusal } from '../document.js';
import { scanXml, type XmlTag } from '../xml/scan-xml.js';
import type { WorkbookBudgets } from './budgets.js';
import { RichText, unescaped } from './rich-text.js';

interface SheetOf {
  readonly name: string;
  readonly strings: readonly string[];
  /** How many cells that hold something may still come. */
  readonly cellsLeft: number;
  readonly charactersLeft: number;
}

interface ReadSheet {
  readonly rows: readonly (readonly string[])[];
  readonly cells: number;
  readonly characters: number;
}

interface OpenCell {
  readonly row: number;
  readonly column: number;
  readonly type: string;
  value: string;
  formula: boolean;
}

const NOTHING: readonly string[] = [];

/** The cells of one sheet. Throws Refusal. */
export function readSheet(xml: string, sheet: SheetOf, budgets: WorkbookBudgets): ReadSheet {
  const rows: string[][] = [];
  const words = new RichText();
  let row = -1;
  let column = -1;
  let cell: OpenCell | undefined;
  let inValue = false;
  let cells = 0;
  let characters = 0;

  const put = (done: OpenCell) => {
    const value = valueOf(done, words.taken(), sheet);
    if (value === '') return;
    if (done.row < 0 || done.column < 0) throw nowhere();
    cells += 1;
    if (cells > sheet.cellsLeft) throw tooLarge(sheet, `over ${budgets.cells} cells`);
    characters += Math.min(value.length, budgets.cellCharacters);
    if (characters > sheet.charactersLeft) throw tooLarge(sheet, `over ${budgets.characters} characters`);
    if (done.row >= budgets.rows) throw tooLarge(sheet, `over ${budgets.rows} rows`);
    if (done.column >= budgets.columns) throw tooLarge(sheet, `over ${budgets.columns} columns`);
    const into = (rows[done.row] ??= []);
    while (into.length < done.column) into.push('');
    into[done.column] = value.slice(0, budgets.cellCharacters);
  };

  scanXml(
    xml,
    {
      opened: (tag) => {
        words.opened(tag.name);
        if (tag.name === 'row') {
          row = numbered(tag, row);
          column = -1;
        } else if (tag.name === 'c') {
          cell = cellAt(tag, row, column);
          ({ row, column } = cell);
        } else if (tag.name === 'v') inValue = true;
        else if (tag.name === 'f' && cell !== undefined) cell.formula = true;
      },
      text: (text) => {
        words.text(text);
        if (inValue && cell !== undefined) cell.value += text;
      },
      closed: (name) => {
        words.closed(name);
        if (name === 'v') inValue = false;
        else if (name === 'c' && cell !== undefined) {
          put(cell);
          cell = undefined;
        }
      },
    },
    budgets,
  );
  // Rows that have nothing in them are not in the file; their places are kept, so that a row has the number that people see.
  return { rows: Array.from(rows, (each) => each ?? NOTHING), cells, characters };
}

/** Numbers may be left out, and then count on. */
function numbered(tag: XmlTag, before: number): number {
  const given = tag.attributes.get('r');
  return given === undefined ? before + 1 : wholeNumber(given) - 1;
}

function cellAt(tag: XmlTag, row: number, before: number): OpenCell {
  const type = tag.attributes.get('t') ?? 'n';
  const at = tag.attributes.get('r');
  if (at === undefined) return { row, column: before + 1, type, value: '', formula: false };
  const { letters = '', digits = '' } = /^(?<letters>[A-Z]{1,3})(?<digits>\d{1,7})$/.exec(at)?.groups ?? {};
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: wholeNumber(digits) - 1, column: column - 1, type, value: '', formula: false };
}

function wholeNumber(digits: string): number {
  if (!/^[1-9]\d{0,6}$/.test(digits)) throw nowhere();
  return Number(digits);
}

function nowhere(): Refusal {
  return new Refusal(
    'broken',
    'The workbook is broken: a cell does not say where it stands. Save it again, and choose that.',
  );
}

function valueOf({ type, value, formula }: OpenCell, inline: string, { strings }: SheetOf): string {
  switch (type) {
    case 's':
      return strings[Number(value)] ?? '#REF!';
    case 'inlineStr':
      return inline;
    case 'str':
      return unescaped(value);
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'n':
      // A program that works nothing out leaves formulas without values; nothing is what they must not be taken for.
      return value === '' && formula ? '#N/A' : shownNumber(value);
    default:
      return value;
  }
}

/** With the 15 digits that spreadsheets show: what is written as 0.30000000000000004 is 0.3 to whoever looks at it. */
function shownNumber(value: string): string {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) ? String(Number(number.toPrecision(15))) : value;
}

function tooLarge({ name }: SheetOf, what: string): Refusal {
  return new Refusal(
    'too-large',
    `The sheet “${name.slice(0, 40)}” has ${what}, more than is read. Leave out what is not needed.`,
  );
}
