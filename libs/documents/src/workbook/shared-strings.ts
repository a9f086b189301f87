import { Refusal } from '../document.js';
import { scanXml } from '../xml/scan-xml.js';
import type { WorkbookBudgets } from './budgets.js';
import { RichText } from './rich-text.js';

/** The strings that cells point at, in order. Throws Refusal. */
export function readSharedStrings(
  xml: string | undefined,
  budgets: Pick<WorkbookBudgets, 'cells' | 'cellCharacters' | 'xmlNodes' | 'xmlDepth'>,
): readonly string[] {
  if (xml === undefined) return [];
  const strings: string[] = [];
  const words = new RichText();
  scanXml(
    xml,
    {
      opened: ({ name }) => words.opened(name),
      text: (text) => words.text(text),
      closed: (name) => {
        words.closed(name);
        if (name !== 'si') return;
        if (strings.length >= budgets.cells) {
          throw new Refusal('too-large', `The workbook has over ${budgets.cells} different texts.`);
        }
        strings.push(words.taken().slice(0, budgets.cellCharacters));
      },
    },
    budgets,
  );
  return strings;
}
