import { COMMANDS, TABLE_ENVIRONMENTS, type CommandMeaning } from './commands.js';
import { isDigit, isLetter, isSpace } from './characters.js';
import { wholeNumeral } from './numerals.js';
import type { Scanner } from './scanner.js';
import { scanWord } from './words.js';

const ESCAPES = /[$%#&_{}*+=\-.!|>`~[\]()]/;

/** Reads what a backslash begins. */
export function scanBackslash(scanner: Scanner): void {
  const { text, at } = scanner;
  const next = text.charAt(at + 1);
  if (isLetter(text.charCodeAt(at + 1)) && text.charCodeAt(at + 1) < 128) {
    scanCommand(scanner);
    return;
  }
  scanner.at = at + 2;
  switch (next) {
    case '\\':
      scanRowBreak(scanner, at);
      return;
    case ',':
    case ';':
    case ':':
    case '!':
    case ' ':
    case '/':
      scanner.markSpace();
      return;
    case '(':
    case '[':
      scanner.displayDepth = 1;
      scanner.markBorder();
      return;
    case ')':
    case ']':
      scanner.displayDepth = 0;
      scanner.markBorder();
      return;
    case '{':
      scanner.emit({ kind: 'open', bracket: '(' }, at, at + 2);
      return;
    case '}':
      scanner.emit({ kind: 'close', bracket: '(' }, at, at + 2);
      return;
    case '%':
      scanner.emit({ kind: 'word', text: '%', phrase: false }, at, at + 2);
      return;
    case '*':
      scanner.emit({ kind: 'operator', operator: '*', cross: false, dash: false }, at, at + 2);
      return;
    case '=':
      scanner.emit({ kind: 'relation', sign: '=' }, at, at + 2);
      return;
    case '+':
      scanner.emit({ kind: 'operator', operator: '+', cross: false, dash: false }, at, at + 2);
      return;
    case '-':
      scanner.emit({ kind: 'operator', operator: '-', cross: false, dash: true }, at, at + 2);
      return;
    default:
      if (next === '' || !ESCAPES.test(next)) scanner.at = at + 1;
      scanner.emit({ kind: 'other' }, at, scanner.at);
  }
}

function scanRowBreak(scanner: Scanner, start: number): void {
  const { text } = scanner;
  if (text.charAt(scanner.at) === '[') {
    const close = text.slice(scanner.at, scanner.at + 12).indexOf(']');
    if (close !== -1 && /^\[[\d.]+(?:pt|em|ex|mm|cm)$/.test(text.slice(scanner.at, scanner.at + close))) {
      scanner.at += close + 1;
    }
  }
  // A line break right behind belongs to the same row break.
  let at = scanner.at;
  while (isSpace(text.charCodeAt(at))) at++;
  if (text.charAt(at) === '\r') at++;
  if (text.charAt(at) === '\n') scanner.at = at + 1;
  scanner.emit({ kind: 'newline', blank: false }, start, scanner.at);
  scanner.markSpace();
}

function scanCommand(scanner: Scanner): void {
  const { text, at: start } = scanner;
  let end = start + 1;
  while (isLetter(text.charCodeAt(end)) && text.charCodeAt(end) < 128) end++;
  const name = text.slice(start + 1, end);
  if (text.charAt(end) === '*') end++;
  scanner.at = end;
  const meaning = COMMANDS.get(name);
  if (!meaning) {
    scanner.emit({ kind: 'word', text: `\\${name}`, phrase: false }, start, end);
    return;
  }
  apply(scanner, meaning, name, start, end);
}

function apply(scanner: Scanner, meaning: CommandMeaning, name: string, start: number, end: number): void {
  switch (meaning.kind) {
    case 'operator':
      scanner.emit(
        { kind: 'operator', operator: meaning.operator, cross: meaning.cross ?? false, dash: false },
        start,
        end,
      );
      return;
    case 'relation':
      scanner.emit({ kind: 'relation', sign: meaning.sign }, start, end);
      return;
    case 'inequality':
    case 'rule':
      scanner.emit({ kind: meaning.kind }, start, end);
      return;
    case 'dots':
      scanner.emit({ kind: 'other' }, start, end);
      return;
    case 'construct':
      scanner.emit({ kind: 'command', command: meaning.command, name }, start, end);
      scanner.expecting = meaning.arguments;
      if (meaning.command === 'fraction') scanDigitArguments(scanner);
      return;
    case 'series':
      scanner.emit({ kind: 'command', command: meaning.command, name }, start, end);
      return;
    case 'function':
      scanner.emit({ kind: 'command', command: 'function', name: meaning.name }, start, end);
      return;
    case 'bracket':
      scanner.emit({ kind: meaning.opens ? 'open' : 'close', bracket: meaning.bracket }, start, end);
      return;
    case 'letter':
      scanWord(scanner, start, end, meaning.letter);
      return;
    case 'ignored':
      if (meaning.space) scanner.markSpace();
      if (name === 'left' || name === 'right') scanDelimiter(scanner, start);
      if (meaning.skipped > 0) skipArgument(scanner, name);
      return;
    case 'look':
      for (let skipped = 0; skipped < meaning.skipped; skipped++)
        scanner.at = scanner.argumentEnd(scanner.at);
      if (meaning.text) scanText(scanner, start);
      return;
  }
}

/** `\left` belongs to the bracket behind it; `\left.` draws nothing. */
function scanDelimiter(scanner: Scanner, start: number): void {
  const next = scanner.text.charAt(scanner.at);
  if (next === '.') scanner.at++;
  else if (next !== '' && '([\\'.includes(next)) scanner.prefix = start;
}

/** `\frac12` is one half: each argument without braces is one digit. */
function scanDigitArguments(scanner: Scanner): void {
  const { text } = scanner;
  let at = scanner.at;
  while (isSpace(text.charCodeAt(at))) at++;
  if (!isDigit(text.charCodeAt(at))) return;
  for (let remaining = 2; remaining > 0 && isDigit(text.charCodeAt(at)); remaining--) {
    scanner.emit({ kind: 'open', bracket: '{' }, at, at);
    scanner.emit({ kind: 'number', numeral: wholeNumeral(text.charAt(at)) }, at, at + 1);
    scanner.emit({ kind: 'close', bracket: '{' }, at + 1, at + 1);
    scanner.expecting = remaining - 1;
    at++;
  }
  scanner.at = at;
}

function skipArgument(scanner: Scanner, name: string): void {
  const start = scanner.at;
  const end = scanner.argumentEnd(start);
  const argument = scanner.text.slice(start, Math.min(end, start + 40)).replace(/[{}* ]/g, '');
  scanner.at = end;
  if (name === 'begin' && argument !== '') {
    scanner.environments.push(argument);
    if (TABLE_ENVIRONMENTS.has(argument)) scanner.at = scanner.argumentEnd(scanner.at);
    scanner.markBorder();
  } else if (name === 'end') {
    scanner.environments.pop();
    scanner.markBorder();
  }
}

/** `\text{ params}` is a word; `\text{385,536}` and `\mathrm{W = 9}` are content in another type. */
function scanText(scanner: Scanner, start: number): void {
  const end = scanner.argumentEnd(scanner.at);
  if (end === scanner.at) return;
  const inner = scanner.text.slice(scanner.at, end).trim().slice(1, -1);
  if (!/[\p{L}%]/u.test(inner) || inner.includes('=') || inner.includes('\\') || inner.includes('{')) return;
  scanner.at = end;
  const words = inner.trim().slice(0, 200);
  if (words.startsWith(' ') || inner.startsWith(' ')) scanner.markSpace();
  const word = /^[\p{L}][\p{L}\p{N}_]*$/u.test(words);
  if (word) scanWord(scanner, start, end, words);
  else scanner.emit({ kind: 'word', text: words, phrase: words !== '%' }, start, end);
}

/** True where `&` separates cells. */
export function ampersandSeparates(scanner: Scanner): boolean {
  const environment = scanner.environments[scanner.environments.length - 1];
  return environment !== undefined && TABLE_ENVIRONMENTS.has(environment);
}
