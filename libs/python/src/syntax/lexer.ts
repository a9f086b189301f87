import type { SourceText } from '../source/text.js';
import { passOver } from './pass-over.js';
import { scanNumber } from './scan-number.js';
import { scanString, stringPrefix } from './scan-string.js';
import {
  BODY,
  DEDENT,
  END,
  INDENT,
  KEYWORD,
  KEYWORDS,
  LONGEST_KEYWORD,
  NAME,
  NEWLINE,
  NUMBER,
  OPERATOR,
  STRING,
  Tokens,
} from './tokens.js';

const THREE = new Set(['**=', '//=', '>>=', '<<=', '...']);
const TWO = new Set([
  '**',
  '//',
  '>>',
  '<<',
  '<=',
  '>=',
  '==',
  '!=',
  '->',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
  '@=',
  ':=',
  '<>',
]);
const ONE = new Set('+-*/%@&|^~<>()[]{},:.;=');
const CLOSES = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);
/** Keywords that only ever begin a statement: one of them at the start of a line means a bracket was left open. */
const STATEMENT_STARTS = new Set(
  'def class return import while try raise del pass break continue global nonlocal assert with'.split(' '),
);
/** How the lines of definitions begin. */
const DEFINITION: ReadonlySet<string> = new Set(['def ', 'asyn']);
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
}

/** Cuts a text into tokens: the whole of it, from some line on, or one expression inside an f-string. */
export class Lexer {
  readonly tokens: Tokens;
  readonly #text: string;
  readonly #end: number;
  readonly #indents: Indent[];
  readonly #brackets: { char: string; offset: number }[] = [];
  #offset: number;
  /** Inside an f-string's braces there are no lines. */
  readonly #inline: boolean;
  readonly #defers: boolean;
  /** How far the `def` is indented whose line is being read, where its body may be passed over; else negative. */
  #definition = -1;

  constructor(
    readonly source: SourceText,
    options: LexerOptions = {},
  ) {
    this.#text = source.text;
    this.#offset = options.start ?? 0;
    this.#end = options.end ?? source.text.length;
    this.#indents = [...(options.indents ?? [{ column: 0, tabless: 0 }])];
    this.#inline = options.inline ?? false;
    this.#defers = options.defers ?? false;
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
      this.tokens.fault(
        open.offset,
        open.offset + 1,
        `'${this.#brackets[this.#brackets.length - 1]?.char ?? '('}' was never closed`,
      );
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
    let offset = this.#offset;
    let column = 0;
    let tabless = 0;
    for (; offset < this.#end; offset++) {
      const code = this.#text.charCodeAt(offset);
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
    const code = this.#text.charCodeAt(offset);
    if (offset >= this.#end) return true;
    if (code === 35) offset = this.#skipComment(offset);
    const ending = this.#text.charCodeAt(offset);
    if (offset >= this.#end || ending === 10 || ending === 13) {
      this.#offset = offset + (ending === 13 && this.#text.charCodeAt(offset + 1) === 10 ? 2 : 1);
      return true;
    }
    this.#indentTo({ column, tabless });
    if (this.#defers) this.#definition = DEFINITION.has(this.#text.slice(offset, offset + 4)) ? column : -1;
    return false;
  }

  #indentTo(indent: Indent): void {
    const at = this.#offset;
    const top = this.#indents[this.#indents.length - 1] ?? { column: 0, tabless: 0 };
    if (indent.column === top.column) {
      if (indent.tabless !== top.tabless) this.#tabFault(at);
      return;
    }
    if (indent.column > top.column) {
      if (indent.tabless <= top.tabless) this.#tabFault(at);
      if (this.#indents.length >= MAX_INDENTS) {
        this.tokens.fault(at, at, 'too many levels of indentation', 'IndentationError');
        this.#offset = this.#end;
        return;
      }
      this.#indents.push(indent);
      this.tokens.push(INDENT, at, at, '');
      return;
    }
    while ((this.#indents[this.#indents.length - 1]?.column ?? 0) > indent.column) {
      this.#indents.pop();
      this.tokens.push(DEDENT, at, at, '');
    }
    const now = this.#indents[this.#indents.length - 1] ?? { column: 0, tabless: 0 };
    if (now.column !== indent.column) {
      this.tokens.fault(at, at, 'unindent does not match any outer indentation level', 'IndentationError');
    } else if (now.tabless !== indent.tabless) this.#tabFault(at);
  }

  #tabFault(at: number): void {
    this.tokens.fault(at, at, 'inconsistent use of tabs and spaces in indentation', 'TabError');
  }

  #skipComment(from: number): number {
    let offset = from;
    while (offset < this.#end) {
      const code = this.#text.charCodeAt(offset);
      if (code === 10 || code === 13) break;
      offset++;
    }
    return offset;
  }

  /** Reads one token; true if it ended the line. */
  #token(): boolean {
    const start = this.#offset;
    const code = this.#text.charCodeAt(start);
    if (code === 32 || code === 9 || code === 12) {
      let next = start + 1;
      while (this.#text.charCodeAt(next) === 32) next++;
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
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 127)
      return this.#word(start, code);
    if ((code >= 48 && code <= 57) || (code === 46 && isDigit(this.#text.charCodeAt(start + 1)))) {
      const number = scanNumber(this.#text, start);
      this.#offset = number.end;
      if (number.fault === undefined)
        this.tokens.push(NUMBER, start, number.end, this.#text.slice(start, number.end));
      else this.tokens.fault(start, number.end, number.fault);
      return false;
    }
    if (code === 34 || code === 39) {
      this.#string(start, start);
      return false;
    }
    this.#operator(start);
    return false;
  }

  #newline(start: number, code: number): boolean {
    this.#offset = start + (code === 13 && this.#text.charCodeAt(start + 1) === 10 ? 2 : 1);
    if (this.#inline) return false;
    if (this.#brackets.length > 0) {
      if (!this.#statementBegins()) return false;
      const open = this.#brackets[this.#brackets.length - 1];
      if (open !== undefined)
        this.tokens.fault(open.offset, open.offset + 1, `'${open.char}' was never closed`);
      this.#brackets.length = 0;
    }
    this.tokens.push(NEWLINE, start, this.#offset, '');
    if (this.#definition >= 0 && this.tokens.texts[this.tokens.count - 2] === ':') this.#passOverBody();
    return true;
  }

  #passOverBody(): void {
    const start = this.#offset;
    const end = passOver(this.#text, start, this.#definition, this.#end);
    this.#definition = -1;
    if (end === undefined) return;
    this.tokens.push(BODY, start, end.at, '');
    this.#offset = end.line;
  }

  /** Whether the next line can only be a new statement, so that the open bracket was forgotten. */
  #statementBegins(): boolean {
    let start = this.#offset;
    while (isBlank(this.#text.charCodeAt(start))) start++;
    let end = start;
    while (isLowercase(this.#text.charCodeAt(end))) end++;
    return (
      STATEMENT_STARTS.has(this.#text.slice(start, end)) &&
      /^(?!\w)(?!\s*=[^=])/.test(this.#text.slice(end, end + 8))
    );
  }

  #continuation(start: number): void {
    const next = this.#text.charCodeAt(start + 1);
    if (next === 10 || next === 13) {
      this.#offset = start + (next === 13 && this.#text.charCodeAt(start + 2) === 10 ? 3 : 2);
      if (this.#offset >= this.#end) this.tokens.fault(start, start + 1, 'unexpected EOF while parsing');
      return;
    }
    this.#offset = this.#skipComment(start + 1);
    this.tokens.fault(start + 1, start + 2, 'unexpected character after line continuation character');
  }

  #word(start: number, code: number): boolean {
    let end = start + 1;
    for (; end < this.#end; end++) {
      const next = this.#text.charCodeAt(end);
      if (next > 127) break;
      if (!((next >= 97 && next <= 122) || (next >= 65 && next <= 90) || next === 95 || isDigit(next))) break;
    }
    if (code > 127 || this.#text.charCodeAt(end) > 127) {
      IDENTIFIER.lastIndex = start;
      const found = IDENTIFIER.exec(this.#text);
      if (found === null) return this.#strange(start);
      end = Math.min(start + found[0].length, this.#end);
    }
    const quote = this.#text.charCodeAt(end);
    if (
      (quote === 34 || quote === 39) &&
      end - start <= 2 &&
      stringPrefix(this.#text.slice(start, end)) !== undefined
    ) {
      this.#string(start, end);
      return false;
    }
    this.#offset = end;
    const word = this.#text.slice(start, end);
    if (end - start <= LONGEST_KEYWORD && KEYWORDS.has(word)) this.tokens.push(KEYWORD, start, end, word);
    else
      this.tokens.push(
        NAME,
        start,
        end,
        code > 127 || end - start !== word.length ? word.normalize('NFKC') : word,
      );
    return false;
  }

  /** A character no token begins with. */
  #strange(start: number): boolean {
    const char = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    this.#offset = start + char.length;
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    if (char === '\ufeff' && start === 0) return false;
    const message =
      char <= '~' && char >= ' '
        ? 'invalid syntax'
        : /[\p{Z}\p{C}]/u.test(char)
          ? `invalid non-printable character U+${code}`
          : `invalid character '${char}' (U+${code})`;
    this.tokens.fault(start, this.#offset, message);
    return false;
  }

  #string(start: number, quoteAt: number): void {
    const scanned = scanString(this.#text, start, quoteAt, this.#end);
    this.#offset = scanned.end;
    if (scanned.closed) {
      this.tokens.push(STRING, start, scanned.end, '');
      return;
    }
    const line = this.source.position(
      scanned.triple ? this.#text.slice(0, this.#end).trimEnd().length : start,
    ).line;
    const kind = scanned.triple ? 'unterminated triple-quoted string literal' : 'unterminated string literal';
    this.tokens.fault(start, start + 1, `${kind} (detected at line ${line})`);
  }

  /** The longest operator that begins here, or the one character that is none. */
  #operatorAt(start: number): string {
    const one = this.#text.charAt(start);
    if (!goesOn(this.#text.charCodeAt(start + 1)) || one === ')' || one === ']' || one === ',') return one;
    const three = this.#text.slice(start, start + 3);
    if (THREE.has(three)) return three;
    const two = three.slice(0, 2);
    return TWO.has(two) ? two : one;
  }

  #operator(start: number): void {
    const operator = this.#operatorAt(start);
    if (operator.length === 1 && !ONE.has(operator)) {
      this.#strange(start);
      return;
    }
    this.#offset = start + operator.length;
    if (operator === '(' || operator === '[' || operator === '{') {
      if (this.#brackets.length >= MAX_BRACKETS) {
        this.tokens.fault(start, start + 1, 'too many nested parentheses');
        this.#offset = this.#end;
        this.#brackets.length = 0;
        return;
      }
      this.#brackets.push({ char: operator, offset: start });
    } else if (operator === ')' || operator === ']' || operator === '}') {
      const open = this.#brackets.pop();
      if (open === undefined) {
        this.tokens.fault(start, start + 1, `unmatched '${operator}'`);
        return;
      }
      if (open.char !== CLOSES.get(operator)) {
        const lines = [open.offset, start].map((offset) => this.source.position(offset).line);
        const where = lines[0] === lines[1] ? '' : ` on line ${lines[0]}`;
        this.tokens.fault(
          start,
          start + 1,
          `closing parenthesis '${operator}' does not match opening parenthesis '${open.char}'${where}`,
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
