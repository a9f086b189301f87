import { isDigit, isLetter, isLineBreak, isSpace } from './characters.js';
import type { Scanner } from './scanner.js';

/**
 * Reads a word or a name from `start`: `filters`, `sub-tensor`, `ResNet-50`, `self.conv1`, `W_1`, `C_{out}`.
 * `known` is a beginning that was written otherwise (`\alpha`), ending at `from`.
 */
export function scanWord(scanner: Scanner, start: number, from = start, known = ''): void {
  const { text } = scanner;
  const { math } = scanner;
  let at = from;
  let name = known;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isLetter(code) || isDigit(code)) {
      if (isTimesBetweenDigits(text, at, name)) break;
      name += text.charAt(at++);
      continue;
    }
    if (name.length > 0 && !math && joins(text, at, name)) {
      name += text.charAt(at++);
      continue;
    }
    if (name.length > 0 && text.charAt(at) === '_') {
      const subscript = scanSubscript(scanner, at, math);
      if (subscript === null) break;
      name += `_${subscript.name}`;
      at = subscript.end;
      continue;
    }
    break;
  }
  if (text.startsWith('://', at)) {
    while (at < text.length && !isSpace(text.charCodeAt(at)) && !isLineBreak(text.charCodeAt(at))) at++;
    scanner.at = at;
    scanner.emit({ kind: 'other' }, start, at);
    return;
  }
  if (at === from && known === '') at = from + 1;
  scanner.at = at;
  scanner.emit({ kind: 'word', text: name, phrase: false }, start, at);
}

/** The x of `C3x3` stays in the name; that of `64x3` never comes here. A unit before a cross does not swallow it. */
function isTimesBetweenDigits(text: string, at: number, name: string): boolean {
  return (
    (text.charAt(at) === 'x' || text.charAt(at) === 'X') &&
    isDigit(name.charCodeAt(name.length - 1)) &&
    name.length > 1 &&
    isDigit(text.charCodeAt(at + 1)) &&
    /^[A-Z]\d+$/.test(name)
  );
}

function joins(text: string, at: number, name: string): boolean {
  const next = text.charCodeAt(at + 1);
  switch (text.charAt(at)) {
    case '-':
    case '\u2010':
    case '\u2011':
      return name.length > 1 && (isLetter(next) || isDigit(next));
    case '.':
    case "'":
    case '’':
      return isLetter(next);
    default:
      return false;
  }
}

function scanSubscript(scanner: Scanner, at: number, math: boolean): { name: string; end: number } | null {
  const { text } = scanner;
  if (text.charAt(at + 1) === '{') {
    const close = scanner.braces.get(at + 1);
    if (close === undefined || close - at > 80) return null;
    const name = text
      .slice(at + 2, close)
      .replace(/\\(?:text|mathrm|mathit|rm|operatorname)\b/g, '')
      .replace(/[\s{}\\,]/g, '');
    return { name, end: close + 1 };
  }
  const code = text.charCodeAt(at + 1);
  if (!isLetter(code) && !isDigit(code)) return null;
  if (math) return { name: text.charAt(at + 1), end: at + 2 };
  let end = at + 1;
  while (isLetter(text.charCodeAt(end)) || isDigit(text.charCodeAt(end))) end++;
  return { name: text.slice(at + 1, end), end };
}
