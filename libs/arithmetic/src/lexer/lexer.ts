import type { Budget, BudgetName } from '../budget.js';
import type { Span } from '../expression.js';
import type { Token } from '../tokens.js';
import { isDigit, isLetter, isLineBreak, isSpace } from './characters.js';
import { readAsterisks } from './emphasis.js';
import { ampersandSeparates, scanBackslash } from './latex.js';
import { isRuleLine, lineAt, scanMarkers } from './line-starts.js';
import { scanMarkup } from './markup.js';
import { scanNumeral, wholeNumeral } from './numerals.js';
import { Scanner } from './scanner.js';
import { SIGNS, SUPERSCRIPTS, VULGAR_FRACTIONS } from './signs.js';
import { scanWord } from './words.js';

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly struckOut: readonly Span[];
  /** Set when the text holds more tokens than the budget allows; `tokens` is empty then. */
  readonly refused: BudgetName | null;
}

/** Splits text into tokens in time linear in its length. Every character string is text to it. */
export function lex(source: string, budget: Budget): Lexed {
  const text = halfWidth(source);
  const scanner = new Scanner(text);
  startLine(scanner);
  while (scanner.at < text.length) {
    if (scanner.tokens.length > budget.tokens) return { tokens: [], struckOut: [], refused: 'tokens' };
    scanOne(scanner);
  }
  return { tokens: scanner.tokens, struckOut: scanner.struckOut, refused: null };
}

/** Full-width forms to their common ones, one character for one, so that places stay true. */
function halfWidth(text: string): string {
  return /[\uff01-\uff5e]/.test(text)
    ? text.replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    : text;
}

function scanOne(scanner: Scanner): void {
  const { text, at } = scanner;
  const code = text.charCodeAt(at);
  if (isSpace(code)) {
    scanner.at++;
    scanner.markSpace();
  } else if (isDigit(code)) scanNumber(scanner);
  else if ((code === 120 || code === 88 || code === 0x445) && isCross(scanner)) {
    emitOperator(scanner, '*', 1, true);
  } else if (isLetter(code)) scanWord(scanner, at);
  else if (isLineBreak(code)) scanLineBreak(scanner);
  else scanSign(scanner);
}

/** `16@32x32`, as feature maps have been written since LeNet: 16 channels of 32 by 32. */
const CHANNELS_AT = /^@\s?\d{1,4}\s?[x×*]/i;

function scanNumber(scanner: Scanner): void {
  const start = scanner.at;
  const { end, numeral } = scanNumeral(scanner.text, start, scanner.math);
  scanner.at = end;
  scanner.emit(numeral ? { kind: 'number', numeral } : { kind: 'other' }, start, end);
}

/** An x multiplies where both of its neighbours are operands: `3x3`, `3 x 3`, `(3·3)x64`, `K x K`. */
function isCross(scanner: Scanner): boolean {
  const { text, at, last } = scanner;
  const next = text.charCodeAt(at + 1);
  const operandBefore = last?.kind === 'number' || last?.kind === 'close' || last?.kind === 'word';
  if (!operandBefore) return false;
  const gap = last.end !== at;
  if (!isLetter(next) && next !== 95) {
    let after = at + 1;
    while (isSpace(text.charCodeAt(after)) || text.charAt(after) === '$') after++;
    const character = text.charAt(after);
    const spaced = after !== at + 1;
    const begins =
      isDigit(text.charCodeAt(after)) ||
      '([⌊⌈√'.includes(character || ' ') ||
      (character === '\\' &&
        /^\\(?:frac|dfrac|tfrac|sqrt|left|lfloor|lceil|text|mathrm)/.test(text.slice(after, after + 8)));
    if (last.kind === 'word') {
      return (
        gap && spaced && (begins || isLetter(text.charCodeAt(after))) && (last.text.length <= 6 || begins)
      );
    }
    if (begins) return true;
    return (
      gap && spaced && isLetter(text.charCodeAt(after)) && !/^[a-z]{3}/.test(text.slice(after, after + 3))
    );
  }
  return last.kind === 'number' && !gap && next >= 65 && next <= 90;
}

function scanLineBreak(scanner: Scanner): void {
  const { text } = scanner;
  const start = scanner.at;
  let breaks = 0;
  let at = start;
  let afterBreak = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 13 && text.charCodeAt(at + 1) === 10) at += 2;
    else if (isLineBreak(code)) at++;
    else if (isSpace(code)) {
      at++;
      continue;
    } else break;
    breaks++;
    afterBreak = at;
  }
  scanner.at = afterBreak;
  const blank = breaks > 1;
  if (blank) {
    scanner.dollars = '';
    scanner.displayDepth = 0;
    scanner.environments.length = 0;
    scanner.forgetBrackets();
  }
  scanner.emit({ kind: 'newline', blank }, start, afterBreak);
  scanner.markSpace();
  startLine(scanner);
}

function startLine(scanner: Scanner): void {
  const { text } = scanner;
  while (isSpace(text.charCodeAt(scanner.at))) scanner.at++;
  const start = scanner.at;
  const first = text.charCodeAt(start);
  if (Number.isNaN(first)) return;
  if (!scanner.math && text.startsWith('```', start)) {
    const line = lineAt(text, start);
    scanner.at = start + (/^`{3,}[ \t]*[A-Za-z]*[ \t]*$/.test(line) ? line.length : 3);
    scanner.markBorder();
    return;
  }
  if ('-–—_=─|:+'.includes(text.charAt(start))) {
    const line = lineAt(text, start);
    if (isRuleLine(line)) {
      scanner.at = start + line.length;
      scanner.emit({ kind: 'rule' }, start, scanner.at);
      return;
    }
  }
  if (scanner.math) return;
  const markers = scanMarkers(text, start);
  if (markers.length > 0) scanner.forgetBrackets();
  for (const marker of markers) {
    scanner.at = marker.end;
    scanner.emit({ kind: 'marker' }, marker.start, marker.end);
  }
}

function emitOperator(
  scanner: Scanner,
  operator: '+' | '-' | '*' | '/' | '^' | '!' | 'mod',
  length: number,
  cross = false,
): void {
  const start = scanner.at;
  scanner.at += length;
  scanner.emit({ kind: 'operator', operator, cross, dash: false }, start, start + length);
}

function scanSign(scanner: Scanner): void {
  const { text, at } = scanner;
  const character = text.charAt(at);
  switch (character) {
    case '\\':
      scanBackslash(scanner);
      return;
    case '{':
      scanner.openBrace();
      return;
    case '}':
      scanner.closeBrace();
      return;
    case '$':
      scanDollars(scanner);
      return;
    case '*':
      scanAsterisks(scanner);
      return;
    case '^':
      emitOperator(scanner, '^', 1);
      scanner.expecting = 1;
      return;
    case '_':
      scanUnderscore(scanner);
      return;
    case '.':
      if (
        isDigit(text.charCodeAt(at + 1)) &&
        !(at > 0 && (isDigit(text.charCodeAt(at - 1)) || isLetter(text.charCodeAt(at - 1))))
      ) {
        scanNumber(scanner);
        return;
      }
      break;
    case '&':
    case '|':
    case '`':
    case '~':
    case '<':
      if (scanMarkup(scanner, ampersandSeparates(scanner))) return;
      break;
    case '@':
      if (scanner.last?.kind === 'number' && CHANNELS_AT.test(text.slice(at, at + 12))) {
        emitOperator(scanner, '*', 1, true);
        return;
      }
      break;
    case '%':
      scanPercent(scanner);
      return;
    case '√':
      scanner.at++;
      scanner.emit({ kind: 'command', command: 'root', name: '√' }, at, at + 1);
      return;
    case '∑':
    case 'Σ':
    case '∏':
      scanner.at++;
      scanner.emit(
        { kind: 'command', command: character === '∏' ? 'product' : 'sum', name: character },
        at,
        at + 1,
      );
      return;
  }
  if (VULGAR_FRACTIONS.has(character)) scanNumber(scanner);
  else if (SUPERSCRIPTS.has(character)) scanSuperscript(scanner);
  else scanPlainSign(scanner, character);
}

/** `->`, `=>`, `==`, `:=`, `!=`, `<=` and single signs. */
function scanPlainSign(scanner: Scanner, character: string): void {
  const { text, at } = scanner;
  const next = text.charAt(at + 1);
  const relation = (sign: '=' | '≈' | '→', length: number) => {
    scanner.at = at + length;
    scanner.emit({ kind: 'relation', sign }, at, scanner.at);
  };
  if (character === '/' && next === '/') {
    scanner.at = at + 2;
    scanner.emit({ kind: 'operator', operator: '//', cross: false, dash: false }, at, at + 2);
    return;
  }
  if (character === '-' && (next === '>' || (next === '-' && text.charAt(at + 2) === '>'))) {
    return relation('→', next === '>' ? 2 : 3);
  }
  if (character === '-' && next === '-' && isSpace(text.charCodeAt(at - 1))) {
    let end = at + 2;
    while (text.charAt(end) === '-') end++;
    if (isSpace(text.charCodeAt(end))) {
      scanner.at = end; // a dash as typewriters have it
      scanner.emit({ kind: 'semicolon' }, at, end);
      return;
    }
  }
  if (character === '=' && next === '>') return relation('→', 2);
  if (character === '=' && next === '=') return relation('=', text.charAt(at + 2) === '=' ? 3 : 2);
  if (character === '=' && next === '~') return relation('≈', 2);
  if (character === ':' && next === '=') return relation('=', 2);
  const spaced = scanner.last === undefined || scanner.last.end !== at;
  if (
    (character === '!' && next === '=' && spaced) ||
    ((character === '<' || character === '>') && next === '=')
  ) {
    scanner.at = at + 2;
    scanner.emit({ kind: 'inequality' }, at, at + 2);
    return;
  }
  if (character === ':' && isDigit(text.charCodeAt(at - 1)) && isDigit(next.charCodeAt(0))) {
    scanner.at = at + 1; // a ratio or a time of day
    scanner.emit({ kind: 'other' }, at, at + 1);
    return;
  }
  const sign = SIGNS.get(character);
  scanner.at = at + 1;
  if (!sign) scanner.emit({ kind: 'other' }, at, at + 1);
  else if (sign.kind === 'operator') {
    const dash = sign.dash === true && spaced && (isSpace(text.charCodeAt(at + 1)) || next === '$');
    scanner.emit({ kind: 'operator', operator: sign.operator, cross: sign.cross ?? false, dash }, at, at + 1);
  } else if (sign.kind === 'open' || sign.kind === 'close')
    scanner.emit({ kind: sign.kind, bracket: sign.bracket }, at, at + 1);
  else if (sign.kind === 'relation') scanner.emit({ kind: 'relation', sign: sign.sign }, at, at + 1);
  else scanner.emit({ kind: sign.kind }, at, at + 1);
}

function scanDollars(scanner: Scanner): void {
  const { text, at } = scanner;
  const mark = text.charAt(at + 1) === '$' ? '$$' : '$';
  scanner.at = at + mark.length;
  if (scanner.dollars !== '') scanner.dollars = '';
  else if (closesInParagraph(text, scanner.at, mark)) scanner.dollars = mark;
  scanner.markBorder();
}

function closesInParagraph(text: string, from: number, mark: string): boolean {
  const close = text.indexOf(mark, from);
  if (close === -1 || close - from > 20_000) return false;
  return !/\n[ \t]*\r?\n/.test(text.slice(from, close));
}

function scanAsterisks(scanner: Scanner): void {
  const { text, at } = scanner;
  let length = 1;
  while (text.charAt(at + length) === '*') length++;
  const meaning = scanner.math && length === 1 ? 'times' : readAsterisks(text, at, length);
  if (meaning === 'times') emitOperator(scanner, '*', 1);
  else if (meaning === 'power') emitOperator(scanner, '^', 2);
  else {
    scanner.at = at + length;
    scanner.markBorder();
  }
}

/** Behind a bracket a subscript says which; anywhere else outside mathematics it is emphasis. */
function scanUnderscore(scanner: Scanner): void {
  const { text, at } = scanner;
  const opens = text.charAt(at + 1) === '{';
  scanner.at = at + 1;
  if (scanner.math || opens || scanner.last?.kind === 'command') {
    scanner.emit({ kind: 'subscript' }, at, at + 1);
    scanner.expecting = opens ? 1 : 0;
  } else scanner.markBorder();
}

/** `7 % 3` is a remainder, `50%` is a half. */
function scanPercent(scanner: Scanner): void {
  const { text, at } = scanner;
  let after = at + 1;
  while (isSpace(text.charCodeAt(after))) after++;
  const operand = isDigit(text.charCodeAt(after)) || text.charAt(after) === '(';
  const spaceBefore = isSpace(text.charCodeAt(at - 1));
  if (operand && spaceBefore === after > at + 1) emitOperator(scanner, 'mod', 1);
  else {
    scanner.at = at + 1;
    scanner.emit({ kind: 'word', text: '%', phrase: false }, at, at + 1);
  }
}

function scanSuperscript(scanner: Scanner): void {
  const { text } = scanner;
  const start = scanner.at;
  let at = start;
  let digits = '';
  for (;;) {
    const plain = SUPERSCRIPTS.get(text.charAt(at));
    if (plain === undefined || digits.length > 6) break;
    digits += plain;
    at++;
  }
  scanner.at = at;
  if (!/^[-+]?\d{1,5}$/.test(digits)) {
    scanner.emit({ kind: 'other' }, start, at);
    return;
  }
  scanner.emit({ kind: 'operator', operator: '^', cross: false, dash: false }, start, start);
  const signed = /^[-+]/.test(digits);
  if (digits.startsWith('-'))
    scanner.emit({ kind: 'operator', operator: '-', cross: false, dash: false }, start, start + 1);
  scanner.emit(
    { kind: 'number', numeral: wholeNumeral(digits.replace(/^[-+]/, '')) },
    signed ? start + 1 : start,
    at,
  );
}
