import type { XmlElement } from '../xml/read-xml.js';
import { attribute, child, elements, value } from '../xml/walk.js';

interface Level {
  readonly format: string;
  readonly pattern: string;
  readonly start: number;
}

/** What Word would print before the paragraphs of lists: it stands nowhere in the text, and often is the number of a question. */
export class Numbering {
  private readonly levels = new Map<string, ReadonlyMap<number, Level>>();
  private readonly abstractOf = new Map<string, string>();
  private readonly overrides = new Map<string, ReadonlyMap<number, number>>();
  private readonly counts = new Map<string, number[]>();
  private readonly started = new Set<string>();

  constructor(part: XmlElement | undefined) {
    for (const each of part === undefined ? [] : elements(part)) {
      if (each.name === 'abstractNum') {
        this.levels.set(attribute(each, 'abstractNumId') ?? '', readLevels(each));
      } else if (each.name === 'num') {
        const id = attribute(each, 'numId') ?? '';
        this.abstractOf.set(id, value(each, 'abstractNumId') ?? '');
        const starts = elements(each).flatMap((override): [number, number][] => {
          const start = value(override, 'startOverride');
          return start === undefined ? [] : [[Number(attribute(override, 'ilvl') ?? 0), Number(start)]];
        });
        this.overrides.set(id, new Map(starts));
      }
    }
  }

  /** The label of the next paragraph at this level of this list; undefined when it has none. */
  next(id: string, level: number): { readonly label: string; readonly bullet: boolean } | undefined {
    const abstract = this.abstractOf.get(id);
    const levels = abstract === undefined ? undefined : this.levels.get(abstract);
    const own = levels?.get(level);
    if (abstract === undefined || levels === undefined || own === undefined) return undefined;
    if (own.format === 'bullet') return { label: '-', bullet: true };
    if (own.format === 'none') return undefined;
    const counts = this.counts.get(abstract) ?? [];
    this.counts.set(abstract, counts);
    const override = this.overrides.get(id)?.get(level);
    const restart = override !== undefined && !this.started.has(`${id} ${level}`);
    this.started.add(`${id} ${level}`);
    const before = counts[level];
    counts[level] = restart ? override : before === undefined ? own.start : before + 1;
    counts.length = level + 1;
    const label = own.pattern.replace(/%(\d)/g, (_, digit: string) => {
      const index = Number(digit) - 1;
      const shape = levels.get(index);
      const count = counts[index] ?? shape?.start ?? 1;
      counts[index] = count;
      return inFormat(count, shape?.format ?? 'decimal');
    });
    return label.trim() === '' ? undefined : { label: label.trim(), bullet: false };
  }
}

function readLevels(abstract: XmlElement): ReadonlyMap<number, Level> {
  const levels = elements(abstract).filter(({ name }) => name === 'lvl');
  return new Map(
    levels.map((level): [number, Level] => [
      Number(attribute(level, 'ilvl') ?? 0),
      {
        format: value(level, 'numFmt') ?? 'decimal',
        pattern: attribute(child(level, 'lvlText'), 'val') ?? '',
        start: Number(value(level, 'start') ?? 1),
      },
    ]),
  );
}

function inFormat(count: number, format: string): string {
  switch (format) {
    case 'lowerLetter':
      return letters(count);
    case 'upperLetter':
      return letters(count).toUpperCase();
    case 'lowerRoman':
      return roman(count);
    case 'upperRoman':
      return roman(count).toUpperCase();
    default:
      return String(count);
  }
}

/** a to z, then aa to zz, as Word counts. */
function letters(count: number): string {
  const letter = String.fromCharCode(97 + ((count - 1 + 26 * 26) % 26));
  return letter.repeat(Math.min(8, Math.max(1, Math.ceil(count / 26))));
}

const ROMAN = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
] as const;

function roman(count: number): string {
  let rest = Math.min(count, 3999);
  let text = '';
  for (const [worth, sign] of ROMAN) {
    while (rest >= worth) {
      text += sign;
      rest -= worth;
    }
  }
  return text;
}
