import { NAMED_ESCAPES } from './characters.js';
import { PatternError } from './pattern.js';
import type { Pattern } from './pattern.js';

/** A replacement: texts, and the numbers of groups to put in. */
export type Template = readonly (string | number)[];

/** Parses a replacement such as `\2-\g<name>`; throws a PatternError. */
export function parseTemplate(text: string, pattern: Pattern): Template {
  const parts: (string | number)[] = [];
  const reference = (name: string, position: number): number => {
    const index = /^\d+$/.test(name) ? Number(name) : pattern.names.get(name);
    if (index === undefined) {
      throw new PatternError(`unknown group name '${name}'`, position);
    }
    if (index > pattern.groupCount) throw new PatternError(`invalid group reference ${index}`, position);
    return index;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char !== '\\') {
      parts.push(char);
      continue;
    }
    const rest = text.slice(at + 1, at + 200);
    const named = /^g<([^>]*)>/.exec(rest);
    const octal = /^(0[0-7]{0,2}|[1-3][0-7]{2})/.exec(rest);
    const number = /^[1-9]\d?/.exec(rest);
    const letter = rest[0] ?? '';
    if (named !== null) {
      parts.push(reference(named[1] ?? '', at + 3));
      at += named[0].length;
    } else if (octal !== null) {
      parts.push(String.fromCodePoint(Number.parseInt(octal[0], 8)));
      at += octal[0].length;
    } else if (number !== null) {
      parts.push(reference(number[0], at + 1));
      at += number[0].length;
    } else if (NAMED_ESCAPES.has(letter)) {
      parts.push(NAMED_ESCAPES.get(letter) ?? '');
      at++;
    } else if (/^[a-zA-Z]$/.test(letter)) {
      throw new PatternError(letter === 'g' ? 'missing <' : `bad escape \\${letter}`, at);
    } else parts.push(char);
  }
  return parts;
}
