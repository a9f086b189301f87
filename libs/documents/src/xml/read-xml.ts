import { DEFAULT_DOCUMENT_BUDGETS, type DocumentBudgets } from '../budgets.js';
import { Refusal } from '../document.js';

export interface XmlElement {
  /** Without its prefix: `p` for `w:p`. */
  readonly name: string;
  /** By name without prefix. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  /** `w` for `w:p`; the prefixes of Office files are the same everywhere in practice. */
  readonly prefix: string;
}
export type XmlNode = XmlElement | string;

interface Open {
  readonly tag: string;
  readonly element: XmlElement;
  readonly children: XmlNode[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const BROKEN = 'Open it in the program that made it, save it again, and upload that.';

/**
 * Reads the XML of an Office file. No document type is allowed, so there are no entities but the five of XML itself:
 * nothing can be expanded or fetched. Throws Refusal.
 */
export function readXml(
  text: string,
  { xmlNodes, xmlDepth }: Pick<DocumentBudgets, 'xmlNodes' | 'xmlDepth'> = DEFAULT_DOCUMENT_BUDGETS,
): XmlElement {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    throw new Refusal(
      'unsafe-markup',
      `The document declares a document type or entities of its own, which no word processor writes. ${BROKEN}`,
    );
  }
  const root: Open = open('', '', new Map());
  const stack: Open[] = [root];
  let nodes = 0;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    const top = stack.at(-1);
    if (top === undefined) throw broken();
    if (++nodes > xmlNodes)
      throw new Refusal(
        'too-large',
        `The document has over ${xmlNodes} pieces of markup. Upload only your answers.`,
      );
    const start = text.indexOf('<', at);
    if (start !== at) {
      top.children.push(plain(text.slice(at, start < 0 ? text.length : start)));
      if (start < 0) break;
    }
    if (text.startsWith('<!--', start)) at = after(text, '-->', start + 4);
    else if (text.startsWith('<?', start)) at = after(text, '?>', start + 2);
    else if (text.startsWith('<![CDATA[', start)) {
      at = after(text, ']]>', start + 9);
      top.children.push(text.slice(start + 9, at - 3));
    } else if (text.startsWith('</', start)) {
      at = after(text, '>', start + 2);
      if (stack.length < 2 || text.slice(start + 2, at - 1).trim() !== top.tag) throw broken();
      stack.pop();
    } else {
      const end = tagEnd(text, start + 1);
      const closed = text.charAt(end - 1) === '/';
      const inner = text.slice(start + 1, closed ? end - 1 : end);
      const element = opened(inner);
      top.children.push(element.element);
      if (!closed) stack.push(element);
      if (stack.length > xmlDepth)
        throw new Refusal('unsafe-markup', `The document nests its markup over ${xmlDepth} deep. ${BROKEN}`);
      at = end + 1;
    }
  }
  const [only] = root.children.filter((child) => typeof child !== 'string');
  if (stack.length !== 1 || only === undefined) throw broken();
  return only;
}

function open(tag: string, prefix: string, attributes: ReadonlyMap<string, string>): Open {
  const children: XmlNode[] = [];
  return { tag, children, element: { name: local(tag), prefix, attributes, children } };
}

function opened(inner: string): Open {
  const tag = /^[^\s/]+/.exec(inner)?.[0];
  if (tag === undefined || !/^[\w:.-]+$/.test(tag)) throw broken();
  const attributes = new Map<string, string>();
  for (const match of inner.slice(tag.length).matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    attributes.set(local(match[1] ?? ''), plain(match[2] ?? match[3] ?? ''));
  }
  return open(tag, tag.includes(':') ? tag.slice(0, tag.indexOf(':')) : '', attributes);
}

function tagEnd(text: string, from: number): number {
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  throw broken();
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  if (at < 0) throw broken();
  return at + mark.length;
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function plain(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x[\da-f]{1,6}|#\d{1,7}|\w{1,10});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) {
      const known = ENTITIES[name];
      if (known === undefined)
        throw new Refusal('unsafe-markup', `The document uses an undeclared entity, ${whole}. ${BROKEN}`);
      return known;
    }
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code === 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
  });
}

function broken(): Refusal {
  return new Refusal('broken', `The document is broken: its markup does not fit together. ${BROKEN}`);
}
