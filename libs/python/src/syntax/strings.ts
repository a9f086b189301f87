import { Span } from '../source/text.js';
import { unescapeBytes, unescapeText } from './literals.js';
import { stringPrefix } from './scan-string.js';
import type { Bytes, Constant, Expression, FormattedString, FormattedValue } from './tree.js';

/** Reads the expression between two offsets of the source; f-strings need it for their braces. */
export type SubExpressionReader = (start: number, end: number) => Expression;

/** Why a string literal cannot be read, and where. */
export interface StringFault {
  readonly fault: string;
  readonly span: Span;
}

class Fault {
  constructor(readonly at: StringFault) {}
}

/** Reads one or more adjacent string literals as one value. */
export function readStrings(
  spans: readonly Span[],
  read: SubExpressionReader,
): Constant | Bytes | FormattedString | StringFault {
  const [first] = spans;
  const last = spans[spans.length - 1];
  if (first === undefined || last === undefined) throw new Error('a string has at least one literal');
  const whole = new Span(first.source, first.start, last.end);
  try {
    return join(spans, whole, read);
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown.at;
    throw thrown;
  }
}

/** The text of what most literals are: one pair of quotes, with no prefix and nothing to decode between. */
export function plainText({ source: { text }, start, end }: Span): string | undefined {
  const mark = text.charCodeAt(start);
  if (mark !== 34 && mark !== 39) return undefined;
  if (text.charCodeAt(start + 1) === mark) return undefined;
  const body = text.slice(start + 1, end - 1);
  return body.includes('\\') ? undefined : body;
}

function join(
  spans: readonly Span[],
  whole: Span,
  read: SubExpressionReader,
): Constant | Bytes | FormattedString {
  const parts: (string | FormattedValue)[] = [];
  const chunks: Uint8Array[] = [];
  let formatted = false;
  for (const span of spans) {
    const { prefix, body, bodyStart } = open(span);
    if (prefix.bytes) {
      const decoded = unescapeBytes(body, prefix.raw);
      if ('fault' in decoded) throw new Fault({ fault: decoded.fault, span });
      chunks.push(decoded.bytes);
    } else if (prefix.formatted) {
      formatted = true;
      parts.push(...new FormatReader(span, prefix.raw, read).parts(bodyStart, bodyStart + body.length, 0));
    } else parts.push(decode(body, prefix.raw, span));
  }
  if (chunks.length > 0) {
    if (parts.length > 0) throw new Fault({ fault: 'cannot mix bytes and nonbytes literals', span: whole });
    return { kind: 'Bytes', value: concatenate(chunks), span: whole };
  }
  const merged = merge(parts);
  const [only = ''] = merged;
  if (!formatted && typeof only === 'string') return { kind: 'Constant', value: only, span: whole };
  return { kind: 'JoinedStr', parts: merged, span: whole };
}

function open(span: Span): {
  prefix: NonNullable<ReturnType<typeof stringPrefix>>;
  body: string;
  bodyStart: number;
} {
  const { text } = span;
  const quoteAt = text.search(/['"]/);
  const prefix = stringPrefix(text.slice(0, quoteAt)) ?? { raw: false, bytes: false, formatted: false };
  const mark = text.charAt(quoteAt);
  const width = text.startsWith(mark.repeat(3), quoteAt) && text.length >= quoteAt + 6 ? 3 : 1;
  const body = text.slice(quoteAt + width, text.length - width);
  return { prefix, body, bodyStart: span.start + quoteAt + width };
}

function decode(body: string, raw: boolean, span: Span): string {
  const text = body.includes('\r') ? body.replaceAll(/\r\n?/g, '\n') : body;
  if (raw) return text;
  const decoded = unescapeText(text);
  if ('fault' in decoded) throw new Fault({ fault: decoded.fault, span });
  return decoded.text;
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    result.set(chunk, offset);
    offset += chunk.length;
  }
  return result;
}

function merge(parts: readonly (string | FormattedValue)[]): (string | FormattedValue)[] {
  const merged: (string | FormattedValue)[] = [];
  for (const part of parts) {
    const last = merged[merged.length - 1];
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else if (part !== '') merged.push(part);
  }
  return merged;
}

const MAX_FORMAT_NESTING = 2;

/** Where the characters from `start` on end that stand for themselves in an f-string. */
function plainEnd(text: string, start: number, end: number): number {
  for (let offset = start; offset < end; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 92 || code === 123 || code === 125) return offset;
  }
  return end;
}

/** Reads the inside of an f-string: text, and expressions in braces with conversion and format. */
class FormatReader {
  readonly #text: string;

  constructor(
    readonly span: Span,
    readonly raw: boolean,
    readonly read: SubExpressionReader,
  ) {
    this.#text = span.source.text;
  }

  parts(start: number, end: number, nesting: number): (string | FormattedValue)[] {
    const parts: (string | FormattedValue)[] = [];
    let literal = '';
    let offset = start;
    while (offset < end) {
      const plain = plainEnd(this.#text, offset, end);
      if (plain > offset) {
        literal += this.#text.slice(offset, plain);
        offset = plain;
        continue;
      }
      const char = this.#text.charAt(offset);
      const doubled = this.#text.charAt(offset + 1) === char && offset + 1 < end;
      if (char === '\\' && !this.raw && this.#text.startsWith('\\N{', offset)) {
        const close = this.#text.indexOf('}', offset);
        literal += this.#text.slice(offset, close + 1);
        offset = close + 1;
      } else if (char === '\\') {
        literal += this.#text.slice(offset, offset + (this.#text.charAt(offset + 1) === '{' ? 1 : 2));
        offset += this.#text.charAt(offset + 1) === '{' ? 1 : 2;
      } else if ((char === '{' || char === '}') && doubled && nesting === 0) {
        literal += char;
        offset += 2;
      } else if (char === '{') {
        if (literal !== '') parts.push(decode(literal, this.raw, this.span));
        literal = '';
        const field = this.#field(offset + 1, end, nesting);
        parts.push(field.value);
        offset = field.end;
      } else return this.#fail("f-string: single '}' is not allowed");
    }
    if (literal !== '') parts.push(decode(literal, this.raw, this.span));
    return parts;
  }

  #fail(fault: string): never {
    throw new Fault({ fault, span: this.span });
  }

  /** One `{...}`, from after its brace; gives the offset after its closing brace. */
  #field(start: number, end: number, nesting: number): { value: FormattedValue; end: number } {
    if (nesting >= MAX_FORMAT_NESTING) return this.#fail('f-string: expressions nested too deeply');
    const stop = this.#expressionEnd(start, end);
    let offset = stop;
    let label: string | undefined;
    let expressionStop = stop;
    if (this.#text.charAt(offset) === '=') {
      offset++;
      while (/\s/.test(this.#text.charAt(offset))) offset++;
      label = this.#text.slice(start, offset);
      expressionStop = stop;
    }
    if (this.#text.slice(start, expressionStop).trim() === '')
      return this.#fail('f-string: empty expression not allowed');
    const value = this.read(start, expressionStop);
    let conversion: FormattedValue['conversion'];
    if (this.#text.charAt(offset) === '!') {
      const letter = this.#text.charAt(offset + 1);
      if (letter !== 'r' && letter !== 's' && letter !== 'a') {
        return this.#fail(`f-string: invalid conversion character: expected 's', 'r', or 'a'`);
      }
      conversion = letter;
      offset += 2;
    }
    let format: FormattedString | undefined;
    if (this.#text.charAt(offset) === ':') {
      const close = this.#formatEnd(offset + 1, end);
      const parts = merge(this.parts(offset + 1, close, nesting + 1));
      format = { kind: 'JoinedStr', parts, span: new Span(this.span.source, offset + 1, close) };
      offset = close;
    }
    if (offset >= end || this.#text.charAt(offset) !== '}') return this.#fail("f-string: expecting '}'");
    return { value: { value, conversion, format, label }, end: offset + 1 };
  }

  /** Where the expression ends: at `=`, `!`, `:` or `}` outside brackets and strings. */
  #expressionEnd(start: number, end: number): number {
    let depth = 0;
    for (let offset = start; offset < end; offset++) {
      const char = this.#text.charAt(offset);
      const next = this.#text.charAt(offset + 1);
      if (char === "'" || char === '"') {
        const mark = this.#text.startsWith(char.repeat(3), offset) ? char.repeat(3) : char;
        const close = this.#text.indexOf(mark, offset + mark.length);
        if (close < 0 || close >= end) return this.#fail('f-string: unterminated string');
        offset = close + mark.length - 1;
      } else if (char === '(' || char === '[' || char === '{') depth++;
      else if (depth > 0 && (char === ')' || char === ']' || char === '}')) depth--;
      else if (depth > 0) continue;
      else if (char === '}' || char === ':') return offset;
      else if (char === '!' && next !== '=') return offset;
      else if ('=!<>'.includes(char) && next === '=') offset++;
      else if (char === '=') return offset;
      else if (char === '\\') return this.#fail('f-string expression part cannot include a backslash');
      else if (char === '#') return this.#fail("f-string expression part cannot include '#'");
    }
    return end;
  }

  #formatEnd(start: number, end: number): number {
    let depth = 0;
    for (let offset = start; offset < end; offset++) {
      const char = this.#text.charAt(offset);
      if (char === '{') depth++;
      else if (char === '}' && depth-- === 0) return offset;
    }
    return end;
  }
}
