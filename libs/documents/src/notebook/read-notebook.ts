import type { DocumentBudgets } from '../budgets.js';
import { Composer, fenced } from '../compose.js';
import { Refusal, type ReadDocument } from '../document.js';

const MOST_OUTPUT = 2000;
const DEEPEST = 60;
/** What colours the text of a terminal: escape, bracket, numbers, m. */
const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');
const SAVE_AGAIN = 'Open it in Jupyter, save it again, and upload that.';

/** Reads a Jupyter notebook (nbformat 3 and 4): its text as it is, its code fenced, its printed output marked as such. Throws Refusal. */
export function readNotebook(bytes: Uint8Array, budgets: DocumentBudgets): ReadDocument {
  const out = new Composer(budgets.characters);
  const notebook = parsed(bytes);
  const language = stringAt(notebook, ['metadata', 'language_info', 'name']) ?? 'python';
  cellsOf(notebook).forEach((cell, index) => {
    const origin = { place: { kind: 'cell', cell: index + 1 } as const };
    const type = stringAt(cell, ['cell_type']);
    const given = at(cell, 'source') ?? at(cell, 'input') ?? (isCell(cell) ? '' : cell);
    const source = joined(given);
    if (!isText(given)) {
      const says = `Cell ${index + 1} is no text as a notebook has it, and was not read.`;
      out.doubt({ why: 'not-read', says });
      out.note('not-read', says, origin);
    }
    if (type === 'code') {
      if (source.trim() !== '') {
        out.add({ kind: 'code', text: fenced(source, /^\w{1,20}$/.test(language) ? language : ''), origin });
      }
      const outputs = at(cell, 'outputs');
      for (const output of Array.isArray(outputs) ? outputs : []) {
        const said = outputText(output);
        if (said.trim() !== '') {
          out.add({
            kind: 'output',
            text: fenced(said.length > MOST_OUTPUT ? `${said.slice(0, MOST_OUTPUT)}…` : said, 'output'),
            origin,
          });
        } else if (hasPicture(output)) {
          out.note(
            'left-out',
            `Cell ${index + 1} shows a picture as its output, which was left out.`,
            origin,
          );
        }
      }
    } else {
      const before = out.isEmpty;
      out.add({
        kind: type === 'heading' ? 'heading' : 'prose',
        text: type === 'heading' ? `# ${source}` : source,
        origin,
      });
      if (/!\[[^[\]]*\]\((?:attachment|data):/.test(source) && (!before || !out.isEmpty)) {
        const says = `Cell ${index + 1} holds a picture, which was not read.`;
        out.doubt({ why: 'not-read', says });
        out.note('not-read', says, origin);
      }
    }
  });
  return out.document('notebook');
}

function parsed(bytes: Uint8Array): unknown {
  const decoded = new TextDecoder('utf-8').decode(bytes);
  if (nestsDeeper(decoded, DEEPEST)) {
    throw new Refusal('unsafe-markup', `The notebook nests its data over ${DEEPEST} deep. ${SAVE_AGAIN}`);
  }
  try {
    return JSON.parse(decoded);
  } catch {
    throw new Refusal('broken', `The notebook is broken: it is no JSON. ${SAVE_AGAIN}`);
  }
}

/** Outside of strings; JSON.parse would recurse as deep as the text does. */
function nestsDeeper(text: string, most: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > most) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}

function cellsOf(notebook: unknown): readonly unknown[] {
  const cells = at(notebook, 'cells');
  if (Array.isArray(cells)) return cells;
  const sheets = at(notebook, 'worksheets');
  const all = (Array.isArray(sheets) ? sheets : []).flatMap((sheet: unknown) => {
    const inner = at(sheet, 'cells');
    return Array.isArray(inner) ? inner : [];
  });
  if (all.length === 0)
    throw new Refusal('empty', 'The notebook has no cells. Check that you saved it, and upload it again.');
  return all;
}

function outputText(output: unknown): string {
  const text = at(output, 'text') ?? at(at(output, 'data'), 'text/plain');
  return joined(text ?? at(output, 'traceback')).replaceAll(COLOURS, '');
}

function hasPicture(output: unknown): boolean {
  const data = at(output, 'data');
  return (
    at(data, 'image/png') !== undefined ||
    at(data, 'image/jpeg') !== undefined ||
    at(output, 'png') !== undefined
  );
}

function isCell(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isText(source: unknown): boolean {
  return (
    typeof source === 'string' || (Array.isArray(source) && source.every((line) => typeof line === 'string'))
  );
}

function joined(text: unknown): string {
  if (typeof text === 'string') return text;
  return Array.isArray(text) ? text.filter((line) => typeof line === 'string').join('') : '';
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function stringAt(value: unknown, way: readonly string[]): string | undefined {
  let found = value;
  for (const name of way) found = at(found, name);
  return typeof found === 'string' ? found : undefined;
}
