import { DEFAULT_DOCUMENT_BUDGETS, type DocumentBudgets } from '../budgets.js';
import { Refusal } from '../document.js';

/** What is told of an element as it is met. */
export interface XmlTag {
  /** Without its prefix: `p` for `w:p`. */
  readonly name: string;
  /** `w` for `w:p`; the prefixes of Office files are the same everywhere in practice. */
  readonly prefix: string;
  /** By name without prefix. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** Who is told what stands in an XML document, in its order. */
export interface XmlListener {
  opened(tag: XmlTag): void;
  text(text: string): void;
  closed(name: string): void;
}

/** Begins where a word does: in a word without end, each letter would be tried for its beginning. */
const ATTRIBUTE = /(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const BROKEN = 'Open it in the program that made it, save it again, and upload that.';

/**
 * Reads the XML of an Office file from front to back, keeping nothing. No document type is allowed, so there are no entities but
 * the five of XML itself: nothing can be expanded or fetched. Throws Refusal, and where the document is not one element.
 */
export function scanXml(
  text: string,
  listener: XmlListener,
  { xmlNodes, xmlDepth }: Pick<DocumentBudgets, 'xmlNodes' | 'xmlDepth'> = DEFAULT_DOCUMENT_BUDGETS,
): void {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) {
    throw new Refusal(
      'unsafe-markup',
      `The document declares a document type or entities of its own, which no office program writes. ${BROKEN}`,
    );
  }
  const open: string[] = [];
  let roots = 0;
  let nodes = 0;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) {
    if (++nodes > xmlNodes)
      throw new Refusal(
        'too-large',
        `The document has over ${xmlNodes} pieces of markup. Upload only what is needed.`,
      );
    const start = text.indexOf('<', at);
    if (start !== at) {
      const between = plain(text.slice(at, start < 0 ? text.length : start));
      if (open.length > 0) listener.text(between);
      if (start < 0) break;
    }
    if (text.startsWith('<!--', start)) at = after(text, '-->', start + 4);
    else if (text.startsWith('<?', start)) at = after(text, '?>', start + 2);
    else if (text.startsWith('<![CDATA[', start)) {
      at = after(text, ']]>', start + 9);
      if (open.length > 0) listener.text(text.slice(start + 9, at - 3));
    } else if (text.startsWith('</', start)) {
      at = after(text, '>', start + 2);
      const tag = text.slice(start + 2, at - 1).trim();
      if (open.pop() !== tag) throw broken();
      listener.closed(local(tag));
    } else {
      const end = tagEnd(text, start + 1);
      const empty = text.charAt(end - 1) === '/';
      const inner = text.slice(start + 1, empty ? end - 1 : end);
      const tag = tagOf(inner);
      if (open.length === 0) roots += 1;
      listener.opened(described(tag, inner));
      if (empty) listener.closed(local(tag));
      else open.push(tag);
      if (open.length >= xmlDepth)
        throw new Refusal('unsafe-markup', `The document nests its markup over ${xmlDepth} deep. ${BROKEN}`);
      at = end + 1;
    }
  }
  if (open.length > 0 || roots === 0) throw broken();
}

/** Bytes of an Office file's part as text: UTF-8, or UTF-16 where its mark says so. */
export function decodeXml(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes);
}

function tagOf(inner: string): string {
  const tag = /^[^\s/]+/.exec(inner)?.[0];
  if (tag === undefined || !/^[\w:.-]+$/.test(tag)) throw broken();
  return tag;
}

function described(tag: string, inner: string): XmlTag {
  const attributes = new Map<string, string>();
  for (const match of inner.slice(tag.length).matchAll(ATTRIBUTE)) {
    attributes.set(local(match[1] ?? ''), plain(match[2] ?? match[3] ?? ''));
  }
  return { name: local(tag), prefix: tag.includes(':') ? tag.slice(0, tag.indexOf(':')) : '', attributes };
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
