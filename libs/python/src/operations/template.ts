import { raise } from '../objects/exceptions.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { toAscii } from '../text/quote.js';
import { getAttribute } from './attributes.js';
import { formatValue } from './format.js';
import { checkStringLength } from './iteration.js';
import { getItem } from './subscripts.js';
import { repr, str } from './text.js';

/** Finds a replacement field's value by its first name or number. */
export type FieldLookup = (name: string) => PyValue;

/** `text.format(...)`: replacement fields looked up through `find`. */
export function formatTemplate(rt: Runtime, text: string, find: FieldLookup): string {
  const state = { automatic: 0, manual: false };
  const result = expand(rt, text, find, state, 2);
  checkStringLength(rt, result.length);
  return result;
}

interface Numbering {
  automatic: number;
  manual: boolean;
}

function expand(rt: Runtime, text: string, find: FieldLookup, numbering: Numbering, depth: number): string {
  if (depth < 0) return raise('ValueError', 'Max string recursion exceeded');
  let result = '';
  let offset = 0;
  while (offset < text.length) {
    const char = text.charAt(offset);
    if ((char === '{' || char === '}') && text.charAt(offset + 1) === char) {
      result += char;
      offset += 2;
    } else if (char === '}') {
      return raise('ValueError', "Single '}' encountered in format string");
    } else if (char === '{') {
      const end = fieldEnd(text, offset + 1);
      result += field(rt, text.slice(offset + 1, end), find, numbering, depth);
      offset = end + 1;
    } else {
      const next = text.slice(offset).search(/[{}]/);
      const stop = next < 0 ? text.length : offset + next;
      result += text.slice(offset, stop);
      offset = stop;
    }
  }
  return result;
}

function fieldEnd(text: string, start: number): number {
  let depth = 0;
  for (let offset = start; offset < text.length; offset++) {
    const char = text.charAt(offset);
    if (char === '{') depth++;
    else if (char === '}' && depth-- === 0) return offset;
  }
  return start >= text.length
    ? raise('ValueError', "Single '{' encountered in format string")
    : raise('ValueError', "expected '}' before end of string");
}

function field(rt: Runtime, text: string, find: FieldLookup, numbering: Numbering, depth: number): string {
  const [, name = '', conversion, spec = ''] = /^((?:[^[!:]|\[[^\]]*\])*)(?:!(.))?(?::(.*))?$/su.exec(
    text,
  ) ?? [undefined, text];
  let value = lookUp(rt, name, find, numbering);
  if (conversion === 'r') value = repr(rt, value);
  else if (conversion === 's') value = str(rt, value);
  else if (conversion === 'a') value = toAscii(repr(rt, value));
  else if (conversion !== undefined) return raise('ValueError', `Unknown conversion specifier ${conversion}`);
  return formatValue(rt, value, spec.includes('{') ? expand(rt, spec, find, numbering, depth - 1) : spec);
}

function lookUp(rt: Runtime, name: string, find: FieldLookup, numbering: Numbering): PyValue {
  const [, first = '', rest = ''] = /^([^.[]*)(.*)$/s.exec(name) ?? [];
  let value = find(numbered(first, numbering));
  for (const step of rest.matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
    const [, attribute, key] = step;
    if (attribute !== undefined) value = getAttribute(rt, value, attribute);
    else if (key !== undefined) value = getItem(rt, value, /^\d+$/.test(key) ? BigInt(key) : key);
  }
  return value;
}

function numbered(name: string, numbering: Numbering): string {
  if (name === '') {
    if (numbering.manual)
      return raise(
        'ValueError',
        'cannot switch from manual field specification to automatic field numbering',
      );
    return String(numbering.automatic++);
  }
  if (/^\d+$/.test(name)) {
    if (numbering.automatic > 0)
      return raise(
        'ValueError',
        'cannot switch from automatic field numbering to manual field specification',
      );
    numbering.manual = true;
  }
  return name;
}
