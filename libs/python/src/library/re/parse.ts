import { classTest, isWordAt, NAMED_ESCAPES, withCase } from './characters.js';
import type { CharTest } from './characters.js';
import { PatternError, widthOf } from './pattern.js';
import type { Flags, Node, Pattern, Subject } from './pattern.js';

const MAX_DEPTH = 100;
const FLAG_LETTERS = new Set(['i', 'm', 's', 'x', 'a', 'u', 'L']);

/** Parses a pattern as CPython's `re` does; throws a PatternError. */
export function parsePattern(source: Subject, flags: Flags): Pattern {
  return new Parser(source, flags).parse();
}

function literal(char: string, flags: Flags): Node {
  const test: CharTest = flags.i
    ? (other) =>
        other === char ||
        other.toLowerCase() === char.toLowerCase() ||
        other.toUpperCase() === char.toUpperCase()
    : (other) => other === char;
  return { kind: 'char', test };
}

const isAtEnd = (subject: Subject, at: number): boolean =>
  at === subject.length || (at === subject.length - 1 && subject[at] === '\n');

class Parser {
  #at = 0;
  #depth = 0;
  #flags: Flags;
  #groups = 0;
  readonly #open = new Set<number>();
  readonly #names = new Map<string, number>();

  constructor(
    readonly source: Subject,
    flags: Flags,
  ) {
    this.#flags = flags;
  }

  parse(): Pattern {
    const root = this.#choice();
    if (this.#at < this.source.length) this.#fail('unbalanced parenthesis', this.#at);
    return { root, groupCount: this.#groups, names: this.#names, flags: this.#flags };
  }

  #fail(message: string, position: number): never {
    throw new PatternError(message, position);
  }

  #peek(): string {
    return this.source[this.#at] ?? '';
  }

  #take(text: string): boolean {
    for (let index = 0; index < text.length; index++)
      if (this.source[this.#at + index] !== text[index]) return false;
    this.#at += text.length;
    return true;
  }

  /** The text up to a mark, which is skipped. */
  #until(mark: string, what: string): string {
    const begin = this.#at;
    let text = '';
    while (this.#peek() !== mark) {
      if (this.#at >= this.source.length)
        this.#fail(text === '' ? `missing ${what}` : `missing ${mark}, unterminated name`, begin);
      text += this.#peek();
      this.#at++;
    }
    this.#at++;
    return text === '' ? this.#fail(`missing ${what}`, begin) : text;
  }

  #choice(): Node {
    if (++this.#depth > MAX_DEPTH) this.#fail('the pattern is nested too deeply', this.#at);
    const options = [this.#sequence()];
    while (this.#take('|')) options.push(this.#sequence());
    this.#depth--;
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  #sequence(): Node {
    const items: Node[] = [];
    for (;;) {
      if (this.#flags.x) this.#skipBlanks();
      const char = this.#peek();
      if (char === '' || char === '|' || char === ')') break;
      const begin = this.#at;
      const item = this.#item(begin);
      if (item !== undefined) items.push(this.#repeats(item, begin));
    }
    return { kind: 'sequence', items };
  }

  #skipBlanks(): void {
    for (;;) {
      const char = this.#peek();
      if (char === '#') while (this.#peek() !== '' && this.#peek() !== '\n') this.#at++;
      else if (char !== '' && ' \t\n\r\f\v'.includes(char)) this.#at++;
      else return;
    }
  }

  #item(begin: number): Node | undefined {
    const flags = this.#flags;
    const char = this.#peek();
    this.#at++;
    switch (char) {
      case '.':
        return { kind: 'char', test: flags.s ? () => true : (other) => other !== '\n' };
      case '^':
        return {
          kind: 'place',
          holds: (subject, at) => at === 0 || (flags.m && subject[at - 1] === '\n'),
        };
      case '$':
        return {
          kind: 'place',
          holds: (subject, at) => isAtEnd(subject, at) || (flags.m && subject[at] === '\n'),
        };
      case '[':
        return { kind: 'char', test: withCase(this.#set(begin), flags) };
      case '(':
        return this.#group(begin);
      case '\\':
        return this.#escape(begin);
      case '*':
      case '+':
      case '?':
        return this.#fail('nothing to repeat', begin);
      default:
        return literal(char, flags);
    }
  }

  #repeats(item: Node, begin: number): Node {
    if (this.#flags.x) this.#skipBlanks();
    const at = this.#at;
    const bounds = this.#bounds();
    if (bounds === undefined) return item;
    if (item.kind === 'place') return this.#fail('nothing to repeat', at);
    const mode = this.#take('?') ? 'lazy' : this.#take('+') ? 'possessive' : 'greedy';
    const [min, max] = bounds;
    if (min > max) this.#fail('min repeat greater than max repeat', at);
    const repeat: Node = { kind: 'repeat', item, min, max, mode };
    if (this.#flags.x) this.#skipBlanks();
    const again = this.#at;
    if (this.#bounds() !== undefined) this.#fail('multiple repeat', again);
    this.#at = again;
    if (begin < 0) this.#fail('nothing to repeat', at);
    return repeat;
  }

  #bounds(): readonly [number, number] | undefined {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    if (this.#peek() !== '{') return undefined;
    const begin = this.#at;
    this.#at++;
    const low = this.#number();
    const comma = this.#take(',');
    const high = comma ? this.#number() : low;
    if (!this.#take('}') || (low === '' && !comma)) {
      this.#at = begin;
      return undefined;
    }
    return [low === '' ? 0 : Number(low), high === '' ? Infinity : Number(high)];
  }

  #number(): string {
    let digits = '';
    while (/^[0-9]$/.test(this.#peek())) {
      digits += this.#peek();
      this.#at++;
    }
    return digits;
  }

  #group(begin: number): Node | undefined {
    if (!this.#take('?')) return this.#capture(begin, undefined);
    if (this.#take('P')) {
      if (this.#take('<')) return this.#capture(begin, this.#groupName('>'));
      if (this.#take('=')) return this.#namedBack();
      return this.#fail(`unknown extension ?P${this.#peek()}`, begin + 1);
    }
    if (this.#take(':')) return this.#close(this.#choice(), begin);
    if (this.#take('>')) return { kind: 'atomic', item: this.#close(this.#choice(), begin) };
    if (this.#take('#')) {
      while (this.#peek() !== ')') {
        if (this.#peek() === '') this.#fail('missing ), unterminated comment', begin);
        this.#at++;
      }
      this.#at++;
      return undefined;
    }
    if (this.#take('=')) return this.#look(begin, false, false);
    if (this.#take('!')) return this.#look(begin, true, false);
    if (this.#take('<=')) return this.#look(begin, false, true);
    if (this.#take('<!')) return this.#look(begin, true, true);
    if (this.#take('(')) return this.#condition(begin);
    return this.#inlineFlags(begin);
  }

  #close(item: Node, begin: number): Node {
    if (!this.#take(')')) this.#fail('missing ), unterminated subpattern', begin);
    return item;
  }

  #groupName(mark: string): string {
    const begin = this.#at;
    const name = this.#until(mark, 'group name');
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) this.#fail(`bad character in group name '${name}'`, begin);
    return name;
  }

  #capture(begin: number, name: string | undefined): Node {
    const index = ++this.#groups;
    if (name !== undefined) {
      const earlier = this.#names.get(name);
      if (earlier !== undefined) {
        this.#fail(
          `redefinition of group name '${name}' as group ${index}; was group ${earlier}`,
          this.#at - name.length - 1,
        );
      }
      this.#names.set(name, index);
    }
    this.#open.add(index);
    const flags = this.#flags;
    const item = this.#close(this.#choice(), begin);
    this.#flags = flags;
    this.#open.delete(index);
    return { kind: 'group', index, item };
  }

  #namedBack(): Node {
    const begin = this.#at;
    const name = this.#groupName(')');
    const index = this.#names.get(name);
    if (index === undefined) return this.#fail(`unknown group name '${name}'`, begin);
    return this.#backTo(index, begin);
  }

  #backTo(index: number, position: number): Node {
    if (index > this.#groups) this.#fail(`invalid group reference ${index}`, position);
    if (this.#open.has(index)) this.#fail('cannot refer to an open group', position);
    return { kind: 'back', index, ignoreCase: this.#flags.i };
  }

  #look(begin: number, negated: boolean, behind: boolean): Node {
    const item = this.#close(this.#choice(), begin);
    if (!behind) return { kind: 'look', item, negated, behind: undefined };
    const [low, high] = widthOf(item);
    if (low !== high) this.#fail('look-behind requires fixed-width pattern', begin);
    return { kind: 'look', item, negated, behind: low };
  }

  #condition(begin: number): Node {
    const name = this.#until(')', 'group name');
    const index = /^\d+$/.test(name) ? Number(name) : this.#names.get(name);
    if (index === undefined) return this.#fail(`unknown group name '${name}'`, begin + 3);
    if (index > this.#groups) this.#fail(`invalid group reference ${index}`, begin + 3);
    const yes = this.#sequence();
    const no: Node = this.#take('|') ? this.#sequence() : { kind: 'sequence', items: [] };
    return this.#close({ kind: 'condition', index, yes, no }, begin);
  }

  #inlineFlags(begin: number): Node | undefined {
    const on: string[] = [];
    const off: string[] = [];
    let target = on;
    for (;;) {
      const char = this.#peek();
      this.#at++;
      if (char === '-' && target === on) target = off;
      else if (FLAG_LETTERS.has(char)) target.push(char);
      else if (char === ')' && off.length === 0 && on.length > 0) {
        if (begin !== 0) this.#fail('global flags not at the start of the expression', begin);
        this.#flags = changed(this.#flags, on, off);
        return undefined;
      } else if (char === ':' && on.length + off.length > 0) {
        const outside = this.#flags;
        this.#flags = changed(outside, on, off);
        const item = this.#close(this.#choice(), begin);
        this.#flags = outside;
        return item;
      } else return this.#fail(`unknown extension ?${char}`, begin + 1);
    }
  }

  /** An escape outside a set; the backslash is taken already. */
  #escape(begin: number): Node {
    const char = this.#peek();
    const { a: ascii } = this.#flags;
    if (char === '') return this.#fail('bad escape (end of pattern)', begin);
    const test = classTest(char, ascii);
    if (test !== undefined) {
      this.#at++;
      return { kind: 'char', test };
    }
    if (/^[AZbB]$/.test(char)) {
      this.#at++;
      return { kind: 'place', holds: placeTest(char, ascii) };
    }
    if (/^[1-9]$/.test(char)) {
      this.#at++;
      const digits = /^[0-9]$/.test(this.#peek()) ? char + this.#peek() : char;
      if (digits.length > 1) this.#at++;
      return this.#backTo(Number(digits), begin + 1);
    }
    return literal(this.#escapedCharacter(begin), this.#flags);
  }

  #escapedCharacter(begin: number): string {
    const char = this.#peek();
    this.#at++;
    const lengths = new Map([
      ['x', 2],
      ['u', 4],
      ['U', 8],
    ]);
    const length = lengths.get(char);
    if (length !== undefined) {
      let digits = '';
      while (digits.length < length && /^[\da-fA-F]$/.test(this.#peek())) {
        digits += this.#peek();
        this.#at++;
      }
      const code = Number.parseInt(digits, 16);
      if (digits.length < length || code > 0x10ffff)
        this.#fail(`incomplete escape \\${char}${digits}`, begin);
      return String.fromCodePoint(code);
    }
    if (char === '0') {
      let digits = '0';
      while (digits.length < 3 && /^[0-7]$/.test(this.#peek())) {
        digits += this.#peek();
        this.#at++;
      }
      return String.fromCodePoint(Number.parseInt(digits, 8));
    }
    const named = NAMED_ESCAPES.get(char);
    if (named !== undefined) return named;
    return /^[a-zA-Z0-9]$/.test(char) ? this.#fail(`bad escape \\${char}`, begin) : char;
  }

  #set(begin: number): CharTest {
    const negated = this.#take('^');
    const tests: CharTest[] = [];
    for (let first = true; first || this.#peek() !== ']'; first = false) {
      if (this.#peek() === '') this.#fail('unterminated character set', begin);
      const at = this.#at;
      const low = this.#setItem();
      if (
        this.#peek() === '-' &&
        this.source[this.#at + 1] !== ']' &&
        this.source[this.#at + 1] !== undefined
      ) {
        this.#at++;
        const high = this.#setItem();
        const text = this.#text(at);
        if (typeof low !== 'string' || typeof high !== 'string')
          return this.#fail(`bad character range ${text}`, at);
        const [from, to] = [low.codePointAt(0) ?? 0, high.codePointAt(0) ?? 0];
        if (from > to) this.#fail(`bad character range ${text}`, at);
        tests.push((char) => {
          const code = char.codePointAt(0) ?? -1;
          return code >= from && code <= to;
        });
      } else tests.push(typeof low === 'string' ? (char) => char === low : low);
    }
    this.#at++;
    return (char) => tests.some((test) => test(char)) !== negated;
  }

  /** The pattern's own text from a place to here. */
  #text(from: number): string {
    const { source } = this;
    return typeof source === 'string' ? source.slice(from, this.#at) : source.slice(from, this.#at).join('');
  }

  #setItem(): string | CharTest {
    const begin = this.#at;
    const char = this.#peek();
    this.#at++;
    if (char !== '\\') return char;
    const test = classTest(this.#peek(), this.#flags.a);
    if (test === undefined) return this.#escapedCharacter(begin);
    this.#at++;
    return test;
  }
}

function placeTest(letter: string, ascii: boolean): (subject: Subject, at: number) => boolean {
  if (letter === 'A') return (_subject, at) => at === 0;
  if (letter === 'Z') return (subject, at) => at === subject.length;
  const wanted = letter === 'b';
  return (subject, at) => (isWordAt(subject, at - 1, ascii) !== isWordAt(subject, at, ascii)) === wanted;
}

function changed(flags: Flags, on: readonly string[], off: readonly string[]): Flags {
  const holds = (letter: keyof Flags): boolean =>
    (flags[letter] || on.includes(letter)) && !off.includes(letter);
  return { i: holds('i'), m: holds('m'), s: holds('s'), x: holds('x'), a: holds('a') };
}
