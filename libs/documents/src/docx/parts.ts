import { type DocumentBudgets } from '../budgets.js';
import { Refusal } from '../document.js';
import { readXml, type XmlElement } from '../xml/read-xml.js';
import { decodeXml } from '../xml/scan-xml.js';
import { attribute, elements } from '../xml/walk.js';
import { readDirectory } from '../zip/directory.js';
import { partsByName } from '../zip/parts-by-name.js';
import { unpack } from '../zip/unpack.js';

export interface Parts {
  readonly main: XmlElement;
  part(name: string): XmlElement | undefined;
}

/** Opens the package of a Word document. Throws Refusal. */
export function openParts(bytes: Uint8Array, budgets: DocumentBudgets): Parts {
  const directory = readDirectory(bytes, budgets);
  if (directory.kind === 'refused') throw new Refusal(directory.reason, directory.message);
  const parts = partsByName(directory);
  const at = (name: string): XmlElement | undefined => {
    const entry = parts.get(name.toLowerCase());
    return entry && readXml(decodeXml(unpack(bytes, entry)), budgets);
  };
  const rels = at('_rels/.rels');
  const target = (rels === undefined ? [] : elements(rels))
    .filter((each) => attribute(each, 'Type')?.endsWith('/officeDocument') === true)
    .map((each) => attribute(each, 'Target')?.replace(/^\//, ''))[0];
  const name = target ?? 'word/document.xml';
  const main = at(name);
  if (main === undefined) {
    throw new Refusal(
      'broken',
      'The Word document is broken: its main part is missing. Save it again as DOCX, or as PDF, and upload that.',
    );
  }
  const folder = name.slice(0, name.lastIndexOf('/') + 1);
  return { main, part: (each) => at(`${folder}${each}`) };
}
