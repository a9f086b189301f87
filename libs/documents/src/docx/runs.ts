import type { XmlElement } from '../xml/read-xml.js';
import { attribute, child, elements, textOf, value } from '../xml/walk.js';
import { toLatex } from './omml.js';
import type { Styles } from './styles.js';
import { hiddenBecause } from './visibility.js';

/** What a paragraph says, piece by piece. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string; readonly mono: boolean }
  | { readonly kind: 'equation'; readonly latex: string; readonly displayed: boolean }
  | { readonly kind: 'hidden'; readonly text: string; readonly why: string }
  | { readonly kind: 'deleted'; readonly text: string }
  | { readonly kind: 'picture' }
  | { readonly kind: 'footnote'; readonly id: string }
  | { readonly kind: 'box'; readonly content: XmlElement };

const MONOSPACE =
  /courier|consol|\bmono|mono\b|menlo|monaco|lucida console|source code|fira code|typewriter|andale|cascadia|inconsolata/i;
const SCRIPTS: Readonly<Record<string, string>> = { superscript: '^', subscript: '_' };
/** Symbol font, in the private area where Word writes it: the signs that arithmetic needs. */
const SYMBOLS: Readonly<Record<string, string>> = {
  f0b4: '×',
  f0d7: '⋅',
  f0b1: '±',
  f0a3: '≤',
  f0b3: '≥',
  f0b9: '≠',
  f0bb: '≈',
  f0b8: '÷',
  f0e5: '∑',
  f0d5: '∏',
  f0ae: '→',
  f0b0: '°',
  f061: 'α',
  f062: 'β',
  f067: 'γ',
  f064: 'δ',
  f065: 'ε',
  f068: 'η',
  f071: 'θ',
  f06c: 'λ',
  f06d: 'μ',
  f070: 'π',
  f073: 'σ',
  f074: 'τ',
  f077: 'ω',
  f0d6: '√',
  f0a5: '∞',
  f02b: '+',
  f02d: '−',
  f03d: '=',
};

export interface Around {
  readonly styles: Styles;
  /** Of the whole document: its usual run properties. */
  readonly usual: XmlElement | undefined;
}

/** Reads the runs of a paragraph, what tracked changes left of them, and what hides among them. */
export function readInlines(
  paragraph: XmlElement,
  around: Around,
  shade: XmlElement | undefined,
): readonly Inline[] {
  const properties = child(paragraph, 'pPr');
  const chain = around.styles.chain(value(properties, 'pStyle'));
  const shaded = [
    child(properties, 'shd'),
    ...chain.map((style) => child(style.paragraphProperties, 'shd')),
    shade,
  ];
  const beneath = chain.flatMap(({ runProperties }) => runProperties ?? []);
  const found: Inline[] = [];
  const walk = (element: XmlElement): void => {
    for (const each of elements(element)) {
      switch (each.name) {
        case 'r':
          if (each.prefix === 'm') found.push({ kind: 'equation', latex: toLatex(each), displayed: false });
          else run(each);
          break;
        case 'oMath':
          found.push({ kind: 'equation', latex: toLatex(each).trim(), displayed: false });
          break;
        case 'oMathPara':
          for (const math of elements(each).filter(({ name }) => name === 'oMath')) {
            found.push({ kind: 'equation', latex: toLatex(math).trim(), displayed: true });
          }
          break;
        case 'del':
        case 'moveFrom':
          found.push({ kind: 'deleted', text: textOf(each) });
          break;
        case 'AlternateContent':
          walk(child(each, 'Choice') ?? child(each, 'Fallback') ?? each);
          break;
        case 'pPr':
        case 'rPr':
          break;
        default:
          walk(each);
      }
    }
  };
  const run = (element: XmlElement): void => {
    const own = child(element, 'rPr');
    const styled = around.styles
      .chain(value(own, 'rStyle') ?? '')
      .flatMap(({ runProperties }) => runProperties ?? []);
    const all = [own, ...styled, ...beneath, around.usual].filter((each) => each !== undefined);
    const fonts = all.map((each) => child(each, 'rFonts')).find((each) => each !== undefined);
    const mono = MONOSPACE.test(
      attribute(fonts, 'ascii') ?? attribute(fonts, 'hAnsi') ?? attribute(fonts, 'cs') ?? '',
    );
    const why = hiddenBecause(all, shaded);
    let text = '';
    const flush = (): void => {
      if (text === '') return;
      const script = SCRIPTS[value(own, 'vertAlign') ?? ''];
      if (why !== undefined && text.trim() !== '') found.push({ kind: 'hidden', text, why });
      else
        found.push({
          kind: 'text',
          text: script === undefined || text.trim() === '' ? text : scripted(script, text),
          mono,
        });
      text = '';
    };
    for (const each of elements(element)) {
      if (each.name === 't') text += textOf(each);
      else if (each.name === 'tab' || each.name === 'ptab') text += '\t';
      else if (each.name === 'br' || each.name === 'cr') text += '\n';
      else if (each.name === 'noBreakHyphen') text += '-';
      else if (each.name === 'sym')
        text += SYMBOLS[(attribute(each, 'char') ?? '').toLowerCase()] ?? '\ufffd';
      else if (each.name === 'footnoteReference' || each.name === 'endnoteReference') {
        flush();
        found.push({ kind: 'footnote', id: `${each.name} ${attribute(each, 'id') ?? ''}` });
      } else if (['drawing', 'pict', 'object', 'AlternateContent'].includes(each.name)) {
        flush();
        found.push(...drawn(each));
      }
    }
    flush();
  };
  walk(paragraph);
  return found;
}

/** A superscript read as plain digits would be another number: 7² must not become 72. */
function scripted(sign: string, text: string): string {
  const plain = text.trim();
  return plain.length === 1 ? `${sign}${plain}` : `${sign}{${plain}}`;
}

function drawn(element: XmlElement): readonly Inline[] {
  const found: Inline[] = [];
  const walk = (each: XmlElement): void => {
    if (each.name === 'txbxContent') found.push({ kind: 'box', content: each });
    else if (each.name === 'blip' || each.name === 'imagedata' || each.name === 'chart')
      found.push({ kind: 'picture' });
    else if (each.name === 'AlternateContent') walk(child(each, 'Choice') ?? child(each, 'Fallback') ?? each);
    else elements(each).forEach(walk);
  };
  if (element.name === 'AlternateContent') walk(element);
  else elements(element).forEach(walk);
  return found;
}
