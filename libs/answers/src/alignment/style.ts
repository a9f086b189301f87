import type { Label } from '../headings/label.js';

/** The looks of a heading. People keep to one style for questions and one for parts, nearly always. */
export interface Style {
  readonly keyword: 'question' | 'part' | 'answer' | 'none';
  readonly hash: number;
  readonly bold: boolean;
  readonly bullet: boolean;
  readonly punctuation: Label['punctuation'];
  readonly upper: boolean;
  readonly numbered: boolean;
  readonly levels: number;
}

export function styleOf(label: Label, levels: number): Style {
  const last = label.numerals[levels - 1];
  return {
    keyword: label.keyword?.names ?? 'none',
    hash: label.decoration.hash,
    bold: label.decoration.bold,
    bullet: label.decoration.bullet,
    punctuation: label.punctuation,
    upper: last?.upper ?? false,
    numbered: last?.number !== undefined,
    levels,
  };
}

export function styleKey(style: Style): string {
  return Object.values(style).join('|');
}

const ALIKE = 0.8;
const PER_DIFFERENCE = 0.8;
const LEAST = -2.4;

/** Log-odds for a heading of this style in a document whose headings of its rank look like `usual`. */
export function styleScore(style: Style, usual: Style): number {
  let differences = 0;
  if ((style.keyword === 'none') !== (usual.keyword === 'none')) differences += 2;
  else if (style.keyword !== usual.keyword) differences += 0.5;
  if (style.hash > 0 !== usual.hash > 0) differences += 2;
  else if (style.hash !== usual.hash) differences += 1;
  if (style.bold !== usual.bold) differences += 1;
  if (style.bullet !== usual.bullet) differences += 1;
  if (style.punctuation !== usual.punctuation) differences += style.keyword === 'none' ? 1 : 0.25;
  if (style.upper !== usual.upper) differences += 0.5;
  if (style.numbered !== usual.numbered) differences += 1;
  if (style.levels !== usual.levels) differences += 0.5;
  return Math.max(LEAST, ALIKE - PER_DIFFERENCE * differences);
}
