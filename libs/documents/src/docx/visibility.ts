import type { XmlElement } from '../xml/read-xml.js';
import { attribute, child, isOn, value } from '../xml/walk.js';

/** Half points. */
const SMALLEST = 8;
const NEARLY_WHITE = 0xf0;

/** The properties that bear on one run, nearest first: its own, those of its styles, those of the whole document. */
export type Properties = readonly XmlElement[];

/** Why a reader of the printed page would not see this run; undefined when they would. */
export function hiddenBecause(
  properties: Properties,
  shaded: readonly (XmlElement | undefined)[],
): string | undefined {
  const hidden = first(properties, 'vanish') ?? first(properties, 'webHidden');
  if (hidden !== undefined && isOn(hidden.parent, hidden.element.name)) return 'formatted as hidden';
  const size = Number(attribute(first(properties, 'sz')?.element, 'val') ?? NaN);
  if (size <= SMALLEST) return `set in ${size / 2} points`;
  const colour = first(properties, 'color')?.element;
  const ink = attribute(colour, 'val') ?? 'auto';
  const themed = /^(?:background1|light1)$/.test(attribute(colour, 'themeColor') ?? '');
  const ground = [...properties.map((each) => child(each, 'shd')), ...shaded]
    .map((shade) => attribute(shade, 'fill'))
    .find((fill) => fill !== undefined && fill !== 'auto');
  const highlighted = value(first(properties, 'highlight')?.parent, 'highlight');
  if (highlighted !== undefined && highlighted !== 'none' && highlighted !== 'white') return undefined;
  if (ground !== undefined && ink !== 'auto' && near(ink, ground)) return 'in the colour of its background';
  if (ground !== undefined && !isWhite(ground)) return undefined;
  return themed || isWhite(ink) ? 'in white on white' : undefined;
}

function first(properties: Properties, name: string) {
  for (const parent of properties) {
    const element = child(parent, name);
    if (element !== undefined) return { parent, element };
  }
  return undefined;
}

function isWhite(colour: string): boolean {
  return channels(colour).length === 3 && channels(colour).every((channel) => channel >= NEARLY_WHITE);
}

function near(one: string, other: string): boolean {
  const [these, those] = [channels(one), channels(other)];
  return (
    these.length === 3 &&
    those.length === 3 &&
    these.every((each, at) => Math.abs(each - (those[at] ?? 0)) <= 12)
  );
}

function channels(colour: string): readonly number[] {
  if (!/^[\da-f]{6}$/i.test(colour)) return [];
  return [0, 2, 4].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
