import type { DocumentRefused } from '../document.js';
import { Refusal } from '../document.js';
import { readXml } from '../xml/read-xml.js';
import { decodeXml } from '../xml/scan-xml.js';
import { attribute, child, elements } from '../xml/walk.js';
import { readDirectory } from '../zip/directory.js';
import { partsByName } from '../zip/parts-by-name.js';
import { unpack } from '../zip/unpack.js';
import { DEFAULT_WORKBOOK_BUDGETS, type WorkbookBudgets } from './budgets.js';
import { readSharedStrings } from './shared-strings.js';
import { readSheet } from './sheet.js';

const MIB = 1024 * 1024;

export interface Sheet {
  readonly name: string;
  /** By row and column from the top left. An empty cell is ''; a number is as a program shows it, with 15 digits and a point. */
  readonly rows: readonly (readonly string[])[];
}

export interface Workbook {
  readonly kind: 'workbook';
  /** In the order of the workbook, hidden ones included. */
  readonly sheets: readonly Sheet[];
}

const AGAIN = 'Save it again as an Excel workbook (.xlsx), and choose that.';

/**
 * Reads the values of an Excel workbook (ECMA-376, part 1, chapter 18). A formula counts as the value that was last worked out
 * for it; nothing is computed, fetched or run. Formats are not read, so dates are numbers.
 */
export function readWorkbook(
  bytes: Uint8Array,
  budgets: WorkbookBudgets = DEFAULT_WORKBOOK_BUDGETS,
): Workbook | DocumentRefused {
  try {
    if (bytes.length > budgets.bytes) {
      throw new Refusal(
        'too-large',
        `The workbook has ${Math.ceil(bytes.length / MIB)} MB; at most ${budgets.bytes / MIB} MB are read. Leave out what is not needed.`,
      );
    }
    return { kind: 'workbook', sheets: sheetsOf(bytes, budgets) };
  } catch (error) {
    if (error instanceof Refusal) return error.result;
    throw error;
  }
}

function sheetsOf(bytes: Uint8Array, budgets: WorkbookBudgets): readonly Sheet[] {
  const directory = readDirectory(bytes, budgets);
  if (directory.kind === 'refused') throw new Refusal(directory.reason, directory.message);
  const entries = partsByName(directory);
  const part = (name: string): string | undefined => {
    const entry = entries.get(name.toLowerCase());
    return entry && decodeXml(unpack(bytes, entry));
  };
  const workbook = part('xl/workbook.xml');
  if (workbook === undefined)
    throw new Refusal('unknown-format', `This archive is no Excel workbook. ${AGAIN}`);
  const targets = targetsOf(part('xl/_rels/workbook.xml.rels'), budgets);
  const listed = child(readXml(workbook, budgets), 'sheets');
  const named = listed === undefined ? [] : elements(listed);
  if (named.length > budgets.sheets) {
    throw new Refusal(
      'too-large',
      `The workbook has ${named.length} sheets; at most ${budgets.sheets} are read. Leave out what is not needed.`,
    );
  }
  const strings = readSharedStrings(part('xl/sharedStrings.xml'), budgets);
  let cells = 0;
  let characters = 0;
  return named.map((each) => {
    const name = attribute(each, 'name') ?? '';
    const xml = part(targets.get(attribute(each, 'id') ?? '') ?? '');
    if (xml === undefined) {
      throw new Refusal(
        'broken',
        `The workbook is broken: its sheet “${name.slice(0, 40)}” is missing. ${AGAIN}`,
      );
    }
    const sheet = readSheet(
      xml,
      { name, strings, cellsLeft: budgets.cells - cells, charactersLeft: budgets.characters - characters },
      budgets,
    );
    cells += sheet.cells;
    characters += sheet.characters;
    return { name, rows: sheet.rows };
  });
}

/** Where the parts of the workbook stand, by the id that it knows them by. */
function targetsOf(xml: string | undefined, budgets: WorkbookBudgets): ReadonlyMap<string, string> {
  const relations = xml === undefined ? [] : elements(readXml(xml, budgets));
  return new Map(
    relations.map((each) => {
      const target = attribute(each, 'Target') ?? '';
      return [attribute(each, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`];
    }),
  );
}
