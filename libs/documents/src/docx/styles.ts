import type { XmlElement } from '../xml/read-xml.js';
import { attribute, child, elements, value } from '../xml/walk.js';

export interface Style {
  readonly name: string;
  readonly runProperties: XmlElement | undefined;
  readonly paragraphProperties: XmlElement | undefined;
  readonly basedOn: string | undefined;
}

const DEEPEST = 20;

/** The styles of a document, each looked up through those that it is based on. */
export class Styles {
  private readonly byId = new Map<string, Style>();
  private readonly usual: string | undefined;

  constructor(part: XmlElement | undefined) {
    let usual: string | undefined;
    for (const style of part === undefined ? [] : elements(part)) {
      const id = attribute(style, 'styleId');
      if (style.name !== 'style' || id === undefined) continue;
      if (attribute(style, 'type') === 'paragraph' && attribute(style, 'default') === '1') usual = id;
      this.byId.set(id, {
        name: value(style, 'name') ?? id,
        runProperties: child(style, 'rPr'),
        paragraphProperties: child(style, 'pPr'),
        basedOn: value(style, 'basedOn'),
      });
    }
    this.usual = usual;
  }

  /** The style and those beneath it, nearest first; of none given, the usual one of paragraphs. */
  chain(id: string | undefined): readonly Style[] {
    const chain: Style[] = [];
    let at = id ?? this.usual;
    while (at !== undefined && chain.length < DEEPEST) {
      const style = this.byId.get(at);
      if (style === undefined) break;
      chain.push(style);
      at = style.basedOn;
    }
    return chain;
  }
}
