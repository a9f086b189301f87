import type { SourceText } from '../source/text.js';
import { passOver } from './pass-over.js';
import { isDefinition, passOverHead } from './pass-over-head.js';
import { BEYOND_ASCII } from '../source/codes.js';
import { plainNumberEnd, scanNumber } from './scan-number.js';
import { isTriple, scanString, stringPrefix } from './scan-string.js';
import {
  BODY,
  DEDENT,
  END,
  HEAD,
  INDENT,
  KEYWORD,
  NAME,
  NEWLINE,
  NUMBER,
  OPERATOR,
  STRING,
  STRINGS,
  Tokens,
} from './tokens.js';
import { beginsList, plainStringsEnd } from './string-list.js';
import { IN_WORD, interned, Word } from './words.js';

/** Operators of more characters than one, by what a text has; each is given as the one string that is compared quickest. */
const LONG = new Map(
  '**= //= >>= <<= ... ** // << >> <= >= == != -> += -= *= /= %= &= |= ^= @= := <>'
    .split(' ')
    .map((operator) => [operator, interned(operator)]),
);
/** Operators of one character by its code; empty for characters that are none. */
const ONE: readonly string[] = Array.from({ length: BEYOND_ASCII + 1 }, (_, code) =>
  '+-*/%@&|^~<>()[]{},:.;='.includes(String.fromCharCode(code)) ? String.fromCharCode(code) : '',
);
const CLOSES = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);
/** Keywords that only ever begin a statement: one of them at the start of a line means a bracket was left open. */
const STATEMENT_STARTS = new Set(
  'def class return import while try raise del pass break continue global nonlocal assert with'.split(' '),
);
const MAX_BRACKETS = 200;
const MAX_INDENTS = 100;
/** Far more than any file written by hand has. */
const MOST_TOKENS = 500_000;
const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;

/** How far a line is indented: with tabs to multiples of 8, and with tabs as one, to tell mixtures apart. */
export interface Indent {
  readonly column: number;
  readonly tabless: number;
}

export interface LexerOptions {
  readonly start?: number;
  readonly end?: number;
  readonly indents?: readonly Indent[];
  readonly inline?: boolean;
  /** Functions' bodies are passed over, where that can be done safely. */
  readonly defers?: boolean;
  /** Classes whose bodies are passed over as well. */
  readonly classWaits?: ((name: string) => boolean) | undefined;
}

/** Cuts a text into tokens: the whole of it, from some line on, or one expression inside an f-string. */
export class Lexer {
  readonly tokens: Tokens;
  readonly #text: string;
  /** The text's characters by their codes. */
  readonly #codes: Uint8Array;
  readonly #word = new Word();
  readonly #end: number;
  readonly #indents: Indent[];
  /** Where the brackets stand that are open. */
  readonly #brackets: number[] = [];
  #offset: number;
  /** Inside an f-string's braces there are no lines. */
  readonly #inline: boolean;
  readonly #defers: boolean;
  readonly #classWaits: ((name: string) => boolean) | undefined;
  /** How far the `def` or `class` is indented whose line is being read, where its body may be passed over; else negative. */
  #definition = -1;

  constructor(
    readonly source: SourceText,
    options: LexerOptions = {},
  ) {
    this.#text = source.text;
    this.#codes = source.codes;
    this.#offset = options.start ?? 0;
    this.#end = options.end ?? source.text.length;
    this.#indents = [...(options.indents ?? [{ column: 0, tabless: 0 }])];
    this.#inline = options.inline ?? false;
    this.#defers = options.defers ?? false;
    this.#classWaits = options.classWaits;
    this.tokens = new Tokens(16 + (Math.max(0, this.#end - this.#offset) >> 2));
  }

  /** All tokens, to END. */
  run(): Tokens {
    let lineStart = !this.#inline;
    while (this.#offset < this.#end) {
      if (this.tokens.count > MOST_TOKENS) {
        this.tokens.fault(this.#offset, this.#offset, `the source has more than ${MOST_TOKENS} tokens`);
        this.#brackets.length = 0;
        break;
      }
      if (lineStart && this.#brackets.length === 0 && this.#startLine()) continue;
      lineStart = this.#token();
    }
    this.#finish();
    return this.tokens;
  }

  #finish(): void {
    const end = this.#end;
    const open = this.#brackets[0];
    if (open !== undefined && !this.#inline) {
      const last = this.#brackets[this.#brackets.length - 1] ?? open;
      this.tokens.fault(open, open + 1, `'${this.#text.charAt(last)}' was never closed`);
    }
    if (!this.#inline) {
      if (this.tokens.kinds[this.tokens.count - 1] !== NEWLINE) this.tokens.push(NEWLINE, end, end, '');
      for (let level = this.#indents.length; level > 1; level--) this.tokens.push(DEDENT, end, end, '');
    }
    this.tokens.push(END, end, end, '');
    this.tokens.close(this.#text.length);
  }

  /** Reads a line's indentation; true if the line is blank and done with. */
  #startLine(): boolean {
    const codes = this.#codes;
    let offset = this.#offset;
    let column = 0;
    let tabless = 0;
    for (; offset < this.#end; offset++) {
      const code = codes[offset];
      if (code === 32) {
        column++;
        tabless++;
      } else if (code === 9) {
        column += 8 - (column % 8);
        tabless++;
      } else if (code === 12) {
        column = 0;
        tabless = 0;
      } else break;
    }
    this.#offset = offset;
    if (offset >= this.#end) return true;
    if (codes[offset] === 35) offset = this.#skipComment(offset);
    const ending = codes[offset];
    if (offset >= this.#end || ending === 10 || ending === 13) {
      this.#offset = offset + (ending === 13 && codes[offset + 1] === 10 ? 2 : 1);
      return true;
    }
    this.#indentTo(column, tabless);
    if (!this.#defers) return false;
    const defines = isDefinition(codes, offset);
    if (defines && this.#passOverDefinition(column)) return true;
    this.#definition = defines || this.#isWaitingClass(offset, column) ? column : -1;
    return false;
  }

  #indentTo(column: number, tabless: number): void {
    const at = this.#offset;
    const top = this.#indents[this.#indents.length - 1] ?? { column: 0, tabless: 0 };
    if (column === top.column) {
      if (tabless !== top.tabless) this.#tabFault(at);
      return;
    }
    if (column > top.column) {
      if (this.#indents.length >= MAX_INDENTS) {
        this.tokens.fault(at, at, 'too many levels of indentation', 'IndentationError');
        this.#offset = this.#end;
        return;
      }
      this.#indents.push({ column, tabless });
      this.tokens.push(INDENT, at, at, '');
      if (tabless <= top.tabless) this.#tabFault(at);
      return;
    }
    while ((this.#indents[this.#indents.length - 1]?.column ?? 0) > column) {
      const ended = this.#indents.pop();
      const around = this.#indents[this.#indents.length - 1]?.column ?? 0;
      if (ended !== undefined && around < column && ended.column - column <= column - around) {
        // A line that is indented a little less than a block is still of it.
        this.#indents.push({ column, tabless });
        this.#unindentFault(at);
        return;
      }
      this.tokens.push(DEDENT, at, at, '');
    }
    const now = this.#indents[this.#indents.length - 1] ?? { column: 0, tabless: 0 };
    if (now.column !== column) {
      this.#unindentFault(at);
    } else if (now.tabless !== tabless) this.#tabFault(at);
  }

  #unindentFault(at: number): void {
    this.tokens.fault(at, at, 'unindent does not match any outer indentation level', 'IndentationError');
  }

  #tabFault(at: number): void {
    this.tokens.fault(at, at, 'inconsistent use of tabs and spaces in indentation', 'TabError');
  }

  #skipComment(from: number): number {
    const codes = this.#codes;
    let offset = from;
    while (offset < this.#end && codes[offset] !== 10 && codes[offset] !== 13) offset++;
    return offset;
  }

  /** Reads one token; true if it ended the line. */
  #token(): boolean {
    const codes = this.#codes;
    const start = this.#offset;
    const code = codes[start] ?? 0;
    if (code === 32 || code === 9 || code === 12) {
      let next = start + 1;
      while (codes[next] === 32) next++;
      this.#offset = Math.min(next, this.#end);
      return false;
    }
    if (code === 10 || code === 13) return this.#newline(start, code);
    if (code === 35) {
      this.#offset = this.#skipComment(start);
      return false;
    }
    if (code === 92) {
      this.#continuation(start);
      return false;
    }
    if (isDigit(code) || (code === 46 && isDigit(codes[start + 1] ?? 0))) this.#number(start);
    else if (IN_WORD[code] === 1 || code === BEYOND_ASCII) this.#name(start, code);
    else if (code === 34 || code === 39) this.#string(start, start);
    else this.#operator(start, code);
    return false;
  }

  #number(start: number): void {
    const plain = plainNumberEnd(this.#codes, start);
    const number = plain < 0 ? scanNumber(this.#text, start) : { end: plain, fault: undefined };
    this.#offset = number.end;
    if (number.fault === undefined)
      this.tokens.push(NUMBER, start, number.end, this.#text.slice(start, number.end));
    else this.tokens.fault(start, number.end, number.fault);
  }

  #newline(start: number, code: number): boolean {
    this.#offset = start + (code === 13 && this.#codes[start + 1] === 10 ? 2 : 1);
    if (this.#inline) return false;
    if (this.#brackets.length > 0) {
      if (!this.#statementBegins()) return false;
      const open = this.#brackets[this.#brackets.length - 1];
      if (open !== undefined)
        this.tokens.fault(open, open + 1, `'${this.#text.charAt(open)}' was never closed`);
      this.#brackets.length = 0;
    }
    this.tokens.push(NEWLINE, start, this.#offset, '');
    if (this.#definition >= 0 && this.tokens.texts[this.tokens.count - 2] === ':') this.#passOverBody();
    return true;
  }

  /** Whether a class begins here, on the module's own level, whose body may wait. */
  #isWaitingClass(at: number, column: number): boolean {
    if (this.#classWaits === undefined || column > 0 || !this.#text.startsWith('class ', at)) return false;
    const start = at + 6;
    let end = start;
    while (IN_WORD[this.#codes[end] ?? 0] === 1) end++;
    return this.#classWaits(this.#text.slice(start, end));
  }

  /** Passes over all of a definition but its name; false where nothing was taken. */
  #passOverDefinition(column: number): boolean {
    const start = this.#offset;
    const codes = this.#codes;
    const head = codes[start] === 100 ? passOverHead(this.source, start, this.#end) : undefined;
    const body = head && passOver(this.source, head.line, column, this.#end);
    if (head === undefined || body === undefined) return false;
    this.tokens.push(KEYWORD, start, start + 3, 'def');
    this.#name(start + 4, codes[start + 4] ?? 0);
    this.tokens.push(HEAD, head.open, head.end, '');
    this.tokens.push(BODY, head.line, body.at, '');
    this.#offset = body.line;
    return true;
  }

  #passOverBody(): void {
    const start = this.#offset;
    const end = passOver(this.source, start, this.#definition, this.#end);
    this.#definition = -1;
    if (end === undefined) return;
    this.tokens.push(BODY, start, end.at, '');
    this.#offset = end.line;
  }

  /** Whether the next line can only be a new statement, so that the open bracket was forgotten. */
  #statementBegins(): boolean {
    const codes = this.#codes;
    let start = this.#offset;
    while (isBlank(codes[start] ?? 0)) start++;
    let end = start;
    while (isLowercase(codes[end] ?? 0)) end++;
    return (
      end > start &&
      STATEMENT_STARTS.has(this.#text.slice(start, end)) &&
      /^(?!\w)(?!\s*=[^=])/.test(this.#text.slice(end, end + 8))
    );
  }

  #continuation(start: number): void {
    const next = this.#codes[start + 1];
    if (next === 10 || next === 13) {
      this.#offset = start + (next === 13 && this.#codes[start + 2] === 10 ? 3 : 2);
      if (this.#offset >= this.#end) this.tokens.fault(start, start + 1, 'unexpected EOF while parsing');
      return;
    }
    this.#offset = this.#skipComment(start + 1);
    this.tokens.fault(start + 1, start + 2, 'unexpected character after line continuation character');
  }

  #name(start: number, code: number): void {
    const codes = this.#codes;
    let end = start + 1;
    let hash = code;
    for (; end < this.#end; end++) {
      const next = codes[end] ?? 0;
      if (IN_WORD[next] !== 1) break;
      hash = (Math.imul(hash, 31) + next) | 0;
    }
    const behind = codes[end];
    if (code === BEYOND_ASCII || behind === BEYOND_ASCII) return this.#foreignName(start);
    if (behind === 34 || behind === 39) {
      if (end - start <= 2 && stringPrefix(this.#text.slice(start, end)) !== undefined)
        return this.#string(start, end);
    }
    this.#offset = end;
    this.#word.read(this.#text, codes, start, end, hash);
    this.tokens.push(this.#word.kind, start, end, this.#word.text);
  }

  /** A name with letters beyond ASCII in it. */
  #foreignName(start: number): void {
    IDENTIFIER.lastIndex = start;
    const found = IDENTIFIER.exec(this.#text);
    if (found === null) return this.#strange(start);
    const end = Math.min(start + found[0].length, this.#end);
    this.#offset = end;
    this.tokens.push(NAME, start, end, this.#text.slice(start, end).normalize('NFKC'));
  }

  /** A character no token begins with. */
  #strange(start: number): void {
    const char = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    this.#offset = start + char.length;
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    if (char === '\ufeff' && start === 0) return;
    const message =
      char <= '~' && char >= ' '
        ? 'invalid syntax'
        : /[\p{Z}\p{C}]/u.test(char)
          ? `invalid non-printable character U+${code}`
          : `invalid character '${char}' (U+${code})`;
    this.tokens.fault(start, this.#offset, message);
  }

  #string(start: number, quoteAt: number): void {
    const end = scanString(this.source, start, quoteAt, this.#end);
    if (end >= 0) {
      this.#offset = end;
      this.tokens.push(STRING, start, end, '');
      return;
    }
    this.#offset = ~end;
    const triple = isTriple(this.#codes, quoteAt);
    const { line } = this.source.position(triple ? this.#text.slice(0, this.#end).trimEnd().length : start);
    const kind = triple ? 'unterminated triple-quoted string literal' : 'unterminated string literal';
    this.tokens.fault(start, start + 1, `${kind} (detected at line ${line})`);
  }

  /** The longest operator that begins here with the one of a single character, which is given. */
  #longest(start: number, one: string): string {
    if (!goesOn(this.#codes[start + 1] ?? 0) || one === ')' || one === ']' || one === ',') return one;
    const three = this.#text.slice(start, start + 3);
    return LONG.get(three) ?? LONG.get(three.slice(0, 2)) ?? one;
  }

  /** Goes on behind a bracket that opens a list: many plain strings in it are one token. */
  #list(open: number): void {
    this.tokens.push(OPERATOR, open, open + 1, '[');
    const end = plainStringsEnd(this.source, open + 1, this.#end);
    if (end < 0) return;
    this.tokens.push(STRINGS, open + 1, end, '');
    this.#offset = end;
  }

  #operator(start: number, code: number): void {
    // Of all operators only != begins with what is none itself.
    const operator = this.#longest(start, ONE[code] || this.#text.charAt(start));
    if (operator.length === 1 && ONE[code] === '') return this.#strange(start);
    this.#offset = start + operator.length;
    if (operator === '(' || operator === '[' || operator === '{') {
      if (this.#brackets.length >= MAX_BRACKETS) {
        this.tokens.fault(start, start + 1, 'too many nested parentheses');
        this.#offset = this.#end;
        this.#brackets.length = 0;
        return;
      }
      this.#brackets.push(start);
      if (operator === '[' && beginsList(this.tokens)) return this.#list(start);
    } else if (operator === ')' || operator === ']' || operator === '}') {
      const open = this.#brackets.pop();
      if (open === undefined) {
        this.tokens.fault(start, start + 1, `unmatched '${operator}'`);
        return;
      }
      const opened = this.#text.charAt(open);
      if (opened !== CLOSES.get(operator)) {
        const lines = [open, start].map((offset) => this.source.position(offset).line);
        const where = lines[0] === lines[1] ? '' : ` on line ${lines[0]}`;
        this.tokens.fault(
          start,
          start + 1,
          `closing parenthesis '${operator}' does not match opening parenthesis '${opened}'${where}`,
        );
        return;
      }
    }
    this.tokens.push(OPERATOR, start, this.#offset, operator);
  }
}

// Whether a character can follow another inside one operator, as * / < = > and . do: all others end it.
function goesOn(code: number): boolean {
  return code === 42 || code === 47 || (code >= 60 && code <= 62) || code === 46;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function isLowercase(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
