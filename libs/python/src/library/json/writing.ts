import { PyDict, PyList, PyTuple } from '../../objects/containers.js';
import { typeOf, unbox } from '../../objects/classes.js';
import { raise } from '../../objects/exceptions.js';
import type { PyObject, PyValue, Runtime } from '../../objects/object.js';
import { PyUnknown } from '../../objects/unknown.js';
import { limitStringLength, checkStringLength } from '../../operations/iteration.js';
import { sortValues } from '../../types/sorting.js';
import { floatRepr, integerText } from '../../text/numbers.js';

/** How `json.dumps` writes. */
export interface WritingOptions {
  readonly skipKeys: boolean;
  readonly asciiOnly: boolean;
  readonly allowNan: boolean;
  readonly sortKeys: boolean;
  /** Undefined: all on one line. */
  readonly indent: string | undefined;
  readonly itemSeparator: string;
  readonly keySeparator: string;
  /** Turns what JSON has no form for into something it has. */
  readonly convert: ((value: PyValue) => PyValue) | undefined;
}

/** Thrown when something to be written is unknown: then the whole text is. */
export class UnknownInside {
  constructor(readonly value: PyUnknown) {}
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

function escapeUnit(unit: string): string {
  return SHORT[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function quote(text: string, asciiOnly: boolean): string {
  // oxlint-disable-next-line no-control-regex
  const special = asciiOnly ? /[^ !#-[\]-~]/g : /["\\\u0000-\u001f]/g;
  return `"${text.replaceAll(special, escapeUnit)}"`;
}

function number(value: number, options: WritingOptions): string {
  if (Number.isFinite(value)) return floatRepr(value);
  if (!options.allowNan) return raise('ValueError', 'Out of range float values are not JSON compliant');
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}

function key(value: PyValue, options: WritingOptions): string | undefined {
  const plain = unbox(value);
  if (typeof plain === 'string') return plain;
  if (typeof plain === 'number') return number(plain, options);
  if (typeof plain === 'bigint') return integerText(plain);
  if (plain === true) return 'true';
  if (plain === false) return 'false';
  if (plain === null) return 'null';
  if (value instanceof PyUnknown) throw new UnknownInside(value);
  if (options.skipKeys) return undefined;
  return raise('TypeError', `keys must be str, int, float, bool or None, not ${typeOf(value).name}`);
}

/** Writes one value; containers within containers that hold themselves are refused. */
export class JsonWriter {
  readonly #open = new Set<PyObject>();
  #length = 0;

  constructor(
    readonly rt: Runtime,
    readonly options: WritingOptions,
  ) {}

  write(value: PyValue, depth = 0): string {
    this.rt.step();
    const text = this.#text(value, depth);
    this.#length += text.length;
    checkStringLength(this.rt, text.length);
    if (this.#length > 1_000_000) limitStringLength(this.rt, this.#length);
    return text;
  }

  #text(value: PyValue, depth: number): string {
    const plain = unbox(value);
    if (plain === null) return 'null';
    switch (typeof plain) {
      case 'boolean':
        return plain ? 'true' : 'false';
      case 'string':
        return quote(plain, this.options.asciiOnly);
      case 'bigint':
        return integerText(plain);
      case 'number':
        return number(plain, this.options);
      default:
        return this.#object(plain, depth);
    }
  }

  #object(value: PyObject, depth: number): string {
    if (value instanceof PyUnknown) throw new UnknownInside(value);
    if (this.#open.has(value)) return raise('ValueError', 'Circular reference detected');
    if (depth > 500)
      return raise('RecursionError', 'maximum recursion depth exceeded while encoding a JSON object');
    this.#open.add(value);
    try {
      if (value instanceof PyDict) return this.#dict(value, depth);
      if (value instanceof PyList || value instanceof PyTuple)
        return this.#wrap(
          '[',
          value.items.map((item) => this.write(item, depth + 1)),
          ']',
          depth,
        );
      if (this.options.convert !== undefined) return this.write(this.options.convert(value), depth + 1);
      return raise('TypeError', `Object of type ${value.cls.name} is not JSON serializable`);
    } finally {
      this.#open.delete(value);
    }
  }

  #dict(dict: PyDict, depth: number): string {
    const { options, rt } = this;
    let entries = [...dict.entries()];
    if (options.sortKeys) {
      const order = sortValues(
        rt,
        entries.map((entry) => entry.key),
        null,
        false,
      );
      entries = order.map((each) => ({ key: each, value: dict.get(rt, each) ?? null }));
    }
    const pieces: string[] = [];
    for (const entry of entries) {
      const name = key(entry.key, options);
      if (name === undefined) continue;
      pieces.push(quote(name, options.asciiOnly) + options.keySeparator + this.write(entry.value, depth + 1));
    }
    return this.#wrap('{', pieces, '}', depth);
  }

  #wrap(open: string, pieces: readonly string[], close: string, depth: number): string {
    const { indent, itemSeparator } = this.options;
    if (pieces.length === 0) return open + close;
    if (indent === undefined) return open + pieces.join(itemSeparator) + close;
    const inner = `\n${indent.repeat(depth + 1)}`;
    return `${open}${inner}${pieces.join(itemSeparator + inner)}\n${indent.repeat(depth)}${close}`;
  }
}
