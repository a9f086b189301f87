import { isLineBreak, isSpace } from './characters.js';
import type { Scanner } from './scanner.js';

/** Named characters of HTML that worked answers hold after a conversion. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['times', '*'],
  ['middot', '*'],
  ['sdot', '*'],
  ['minus', '-'],
  ['divide', '/'],
  ['nbsp', ' '],
  ['thinsp', ' '],
  ['asymp', '≈'],
  ['rarr', '→'],
]);

/**
 * Reads the signs that Markdown, HTML and LaTeX use for layout: `&`, `|`, a backtick, `~` and `<`.
 * Returns false where the character is an ordinary sign after all.
 */
export function scanMarkup(scanner: Scanner, ampersandSeparates: boolean): boolean {
  switch (scanner.text.charAt(scanner.at)) {
    case '&':
      return scanAmpersand(scanner, ampersandSeparates);
    case '|':
      emitCell(scanner);
      return true;
    case '`':
      while (scanner.text.charAt(scanner.at) === '`') scanner.at++;
      scanner.markBorder();
      return true;
    case '~':
      return scanTilde(scanner);
    default:
      return scanTag(scanner);
  }
}

function emitCell(scanner: Scanner): void {
  const start = scanner.at++;
  scanner.forgetBrackets();
  scanner.emit({ kind: 'cell' }, start, start + 1);
}

function scanAmpersand(scanner: Scanner, separates: boolean): boolean {
  const { text, at } = scanner;
  const semicolon = text.slice(at, at + 9).indexOf(';');
  const meaning = semicolon > 1 ? ENTITIES.get(text.slice(at + 1, at + semicolon)) : undefined;
  if (meaning !== undefined) {
    const end = at + semicolon + 1;
    scanner.at = end;
    if (meaning === ' ') scanner.markSpace();
    else if (meaning === '≈' || meaning === '→') scanner.emit({ kind: 'relation', sign: meaning }, at, end);
    else if (meaning === '*' || meaning === '-' || meaning === '/') {
      scanner.emit(
        { kind: 'operator', operator: meaning, cross: text.charAt(at + 1) === 't', dash: false },
        at,
        end,
      );
    }
    return true;
  }
  if (separates) emitCell(scanner);
  else if (scanner.math) {
    scanner.at++;
    scanner.markBorder();
  } else return false;
  return true;
}

/** A tilde is a LaTeX space in mathematics, crossed-out text when doubled, and "about" anywhere else. */
function scanTilde(scanner: Scanner): boolean {
  const { text, at } = scanner;
  if (text.startsWith('~~', at)) {
    const close = text.slice(at + 2, at + 2002).indexOf('~~');
    const struck = close === -1 ? '' : text.slice(at + 2, at + 2 + close);
    if (close !== -1 && !/\n\s*\n/.test(struck)) {
      scanner.at = at + close + 4;
      scanner.struckOut.push({ start: at, end: scanner.at });
      scanner.markBorder();
      return true;
    }
    scanner.at = at + 2;
    return true;
  }
  scanner.at = at + 1;
  if (scanner.math) scanner.markSpace();
  else scanner.emit({ kind: 'relation', sign: '≈' }, at, at + 1);
  return true;
}

/** Tags are layout; `<sup>` raises and `<br>` ends a line. */
function scanTag(scanner: Scanner): boolean {
  const { text, at } = scanner;
  const match = /^<\/?([A-Za-z]{1,10})(?:\s[^<>\n]{0,60})?\/?>/.exec(text.slice(at, at + 80));
  if (!match?.[1]) return false;
  const end = at + match[0].length;
  const name = match[1].toLowerCase();
  const closing = text.charAt(at + 1) === '/';
  scanner.at = end;
  if (name === 'br' || (closing && (name === 'p' || name === 'li' || name === 'tr'))) {
    let after = end;
    while (isSpace(text.charCodeAt(after))) after++;
    if (!isLineBreak(text.charCodeAt(after))) scanner.emit({ kind: 'newline', blank: false }, at, end);
    scanner.markSpace();
  } else if (name === 'sup' && !closing) {
    scanner.emit({ kind: 'operator', operator: '^', cross: false, dash: false }, at, end);
  } else if ((name === 'del' || name === 's') && !closing) {
    const close = text.slice(end, end + 2000).search(/<\/(?:del|s)>/i);
    if (close !== -1) {
      scanner.at = end + close;
      scanner.struckOut.push({ start: at, end: scanner.at });
    }
    scanner.markBorder();
  } else if (name === 'td' || name === 'th') {
    if (closing) scanner.emit({ kind: 'cell' }, at, end);
  } else if (name !== 'sup') scanner.markBorder();
  return true;
}
