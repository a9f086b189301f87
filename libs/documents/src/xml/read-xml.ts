import { DEFAULT_DOCUMENT_BUDGETS, type DocumentBudgets } from '../budgets.js';
import { scanXml, type XmlTag } from './scan-xml.js';

export interface XmlElement extends XmlTag {
  readonly children: readonly XmlNode[];
}
export type XmlNode = XmlElement | string;

/** Reads the XML of an Office file into a tree; what is refused is in `scanXml`. Throws Refusal. */
export function readXml(
  text: string,
  budgets: Pick<DocumentBudgets, 'xmlNodes' | 'xmlDepth'> = DEFAULT_DOCUMENT_BUDGETS,
): XmlElement {
  const top: XmlNode[] = [];
  const open: XmlNode[][] = [top];
  scanXml(
    text,
    {
      opened: (tag) => {
        const children: XmlNode[] = [];
        open.at(-1)?.push({ ...tag, children });
        open.push(children);
      },
      text: (between) => open.at(-1)?.push(between),
      closed: () => open.pop(),
    },
    budgets,
  );
  const only = top.find((child) => typeof child !== 'string');
  if (only === undefined) throw new Error('a scan that ended met an element');
  return only;
}
