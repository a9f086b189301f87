import { PyClass } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyDict, PyList, PyTuple } from '../../objects/containers.js';
import { exceptionClass, PyException, PyRaise } from '../../objects/exceptions.js';
import { parseInteger } from '../../text/parse-number.js';

export const decodeErrorClass = new PyClass({
  name: 'JSONDecodeError',
  module: 'json.decoder',
  bases: [exceptionClass('ValueError')],
  metaclass: exceptionClass('ValueError').cls,
  native: true,
});

/** What `json.loads` is told to make of objects and numbers. */
export interface ReadingHooks {
  readonly object: PyValue;
  readonly pairs: PyValue;
  readonly float: PyValue;
  readonly integer: PyValue;
  readonly constant: PyValue;
}

function fail(text: string, message: string, position: number): never {
  const before = text.slice(0, position);
  const line = before.split('\n').length;
  const column = position - before.lastIndexOf('\n');
  const exception = new PyException(decodeErrorClass, [
    `${message}: line ${line} column ${column} (char ${position})`,
  ]);
  exception.attributes = new Map<string, PyValue>([
    ['msg', message],
    ['doc', text],
    ['pos', BigInt(position)],
    ['lineno', BigInt(line)],
    ['colno', BigInt(column)],
  ]);
  throw new PyRaise(exception);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const CONSTANTS: readonly (readonly [string, PyValue, boolean])[] = [
  ['null', null, false],
  ['true', true, false],
  ['false', false, false],
  ['NaN', NaN, true],
  ['Infinity', Infinity, true],
  ['-Infinity', -Infinity, true],
];

/** Reads JSON as CPython's decoder does, errors and their places included. */
export class JsonReader {
  #position = 0;

  constructor(
    readonly rt: Runtime,
    readonly text: string,
    readonly hooks: ReadingHooks,
  ) {}

  read(): PyValue {
    this.#space();
    const value = this.#value(0);
    this.#space();
    if (this.#position < this.text.length) fail(this.text, 'Extra data', this.#position);
    return value;
  }

  #peek(): string {
    return this.text[this.#position] ?? '';
  }

  #space(): void {
    while (/^[ \t\n\r]$/.test(this.#peek())) this.#position++;
  }

  #value(depth: number): PyValue {
    this.rt.step();
    if (depth > 500)
      return this.rt.raise('RecursionError', 'maximum recursion depth exceeded while decoding a JSON object');
    const char = this.#peek();
    if (char === '"') return this.#string();
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    for (const [word, value, hooked] of CONSTANTS) {
      if (!this.text.startsWith(word, this.#position)) continue;
      this.#position += word.length;
      return hooked && this.hooks.constant !== null ? this.rt.call(this.hooks.constant, [word]) : value;
    }
    return this.#number();
  }

  #number(): PyValue {
    const pattern = /(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?/y;
    pattern.lastIndex = this.#position;
    const match = pattern.exec(this.text);
    if (match === null) return fail(this.text, 'Expecting value', this.#position);
    this.#position += match[0].length;
    const whole = match[2] === undefined && match[3] === undefined;
    const hook = whole ? this.hooks.integer : this.hooks.float;
    if (hook !== null) return this.rt.call(hook, [match[0]]);
    return whole ? parseInteger(this.rt, match[0], 10) : Number(match[0]);
  }

  #string(): string {
    const begin = this.#position++;
    let result = '';
    for (;;) {
      const char = this.text[this.#position];
      if (char === undefined) return fail(this.text, 'Unterminated string starting at', begin);
      if (char === '"') {
        this.#position++;
        return result;
      }
      if (char < ' ') return fail(this.text, 'Invalid control character at', this.#position);
      result += char === '\\' ? this.#escape(begin) : char;
      this.#position++;
    }
  }

  /** Reads an escape and stops at its last character. */
  #escape(begin: number): string {
    const at = this.#position++;
    const char = this.#peek();
    if (char === '') return fail(this.text, 'Unterminated string starting at', begin);
    if (char !== 'u') return ESCAPES[char] ?? fail(this.text, 'Invalid \\escape', at);
    const digits = this.text.slice(this.#position + 1, this.#position + 5);
    if (!/^[\da-fA-F]{4}$/.test(digits)) return fail(this.text, 'Invalid \\uXXXX escape', this.#position);
    this.#position += 4;
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  #array(depth: number): PyValue {
    this.#position++;
    const items: PyValue[] = [];
    this.#space();
    if (this.#peek() === ']') {
      this.#position++;
      return new PyList(items);
    }
    for (;;) {
      items.push(this.#value(depth + 1));
      this.#space();
      const end = this.#peek();
      if (end !== ',' && end !== ']') return fail(this.text, "Expecting ',' delimiter", this.#position);
      this.#position++;
      if (end === ']') return new PyList(items);
      this.#space();
    }
  }

  #object(depth: number): PyValue {
    this.#position++;
    const entries: [string, PyValue][] = [];
    this.#space();
    if (this.#peek() === '}') this.#position++;
    else this.#entries(entries, depth);
    const { rt, hooks } = this;
    const dict = PyDict.from(rt, entries);
    if (hooks.pairs !== null)
      return rt.call(hooks.pairs, [new PyList(entries.map((entry) => new PyTuple(entry)))]);
    return hooks.object === null ? dict : rt.call(hooks.object, [dict]);
  }

  #entries(entries: [string, PyValue][], depth: number): void {
    for (;;) {
      if (this.#peek() !== '"')
        fail(this.text, 'Expecting property name enclosed in double quotes', this.#position);
      const name = this.#string();
      this.#space();
      if (this.#peek() !== ':') fail(this.text, "Expecting ':' delimiter", this.#position);
      this.#position++;
      this.#space();
      entries.push([name, this.#value(depth + 1)]);
      this.#space();
      const end = this.#peek();
      if (end !== ',' && end !== '}') fail(this.text, "Expecting ',' delimiter", this.#position);
      this.#position++;
      if (end === '}') return;
      this.#space();
    }
  }
}
