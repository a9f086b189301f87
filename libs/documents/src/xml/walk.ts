import type { XmlElement } from './read-xml.js';

export function elements({ children }: XmlElement): readonly XmlElement[] {
  return children.filter((child): child is XmlElement => typeof child !== 'string');
}

/** The child at the end of a way of names, the first of each. */
export function child(element: XmlElement | undefined, ...way: readonly string[]): XmlElement | undefined {
  let at = element;
  for (const name of way) at = at && elements(at).find((each) => each.name === name);
  return at;
}

export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  return element?.attributes.get(name);
}

/** The attribute `val` of a child, as Office writes most properties. */
export function value(element: XmlElement | undefined, ...way: readonly string[]): string | undefined {
  return attribute(child(element, ...way), 'val');
}

/** A property that is on by standing there, unless it says otherwise. */
export function isOn(element: XmlElement | undefined, ...way: readonly string[]): boolean {
  const found = child(element, ...way);
  return found !== undefined && !['0', 'false', 'off', 'none'].includes(attribute(found, 'val') ?? '1');
}

export function textOf(element: XmlElement): string {
  return element.children.map((each) => (typeof each === 'string' ? each : textOf(each))).join('');
}
