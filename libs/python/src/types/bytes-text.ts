import type { MethodDefinition } from '../native/classes.js';
import { bytearrayClass, bytesClass, PyBytes } from '../objects/bytes.js';
import { ABSENT, typeOf } from '../objects/classes.js';
import { PyList, PySlice, PyTuple } from '../objects/containers.js';
import { raise } from '../objects/exceptions.js';
import type { PyValue, Runtime } from '../objects/object.js';
import { asInteger, plainInteger } from '../operations/conversion.js';
import { checkStringLength } from '../operations/iteration.js';
import { sliceBounds } from '../operations/subscripts.js';
import { splitAt, splitAtSpace, splitLines, strip } from '../text/split.js';

/** Bytes as a text of code points below 256, so that text algorithms serve them too. */
export const latin = (data: Uint8Array): string =>
  Array.from(data, (byte) => String.fromCharCode(byte)).join('');
export const unlatin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** Bytes of the same kind as others. */
export const like = (self: PyBytes, data: Uint8Array): PyBytes =>
  new PyBytes(data, self.cls.isSubclassOf(bytearrayClass) ? bytearrayClass : bytesClass);

export function dataOf(value: PyValue): Uint8Array {
  return value instanceof PyBytes
    ? value.data
    : raise('TypeError', `a bytes-like object is required, not '${typeOf(value).name}'`);
}

/** Bytes, or one byte as an int, as `find` and `count` take them. */
function pieceOf(value: PyValue): string {
  if (value instanceof PyBytes) return latin(value.data);
  const byte = plainInteger(value);
  if (byte === undefined)
    return raise('TypeError', `argument should be integer or bytes-like object, not '${typeOf(value).name}'`);
  return byte < 0n || byte > 255n
    ? raise('ValueError', 'byte must be in range(0, 256)')
    : String.fromCharCode(Number(byte));
}

type Method = MethodDefinition<PyBytes>;

function changed(change: (text: string) => string): Method {
  return (_rt, self) => like(self, unlatin(change(latin(self.data))));
}

/** The `is...` predicates: at least one byte, and all of them right. */
function every(pattern: RegExp): Method {
  return (_rt, self) => pattern.test(latin(self.data));
}

const upper = (text: string): string => text.replaceAll(/[a-z]/g, (char) => char.toUpperCase());
const lower = (text: string): string => text.replaceAll(/[A-Z]/g, (char) => char.toLowerCase());
const titled = (text: string): string =>
  text.replaceAll(/[A-Za-z]+/g, (word) => upper(word.slice(0, 1)) + lower(word.slice(1)));

function stripped(ends: 'left' | 'right' | 'both'): Method {
  return (_rt, self, characters) => {
    const set = characters === null || characters === undefined ? undefined : latin(dataOf(characters));
    return like(self, unlatin(strip(latin(self.data), set ?? ' \t\n\r\v\f', ends)));
  };
}

function split(fromRight: boolean): Method {
  return (rt, self, separator, limit) => {
    const most = Number(asInteger(rt, limit ?? null));
    const text = latin(self.data);
    const mark = separator === null || separator === undefined ? undefined : latin(dataOf(separator));
    if (mark === '') return raise('ValueError', 'empty separator');
    const parts =
      mark === undefined ? splitAtSpace(text, most, fromRight) : splitAt(text, mark, most, fromRight);
    return new PyList(parts.map((part) => like(self, unlatin(part))));
  };
}

function partition(last: boolean): Method {
  return (_rt, self, separator) => {
    const [text, mark] = [latin(self.data), latin(dataOf(separator ?? null))];
    if (mark === '') return raise('ValueError', 'empty separator');
    const at = last ? text.lastIndexOf(mark) : text.indexOf(mark);
    const parts =
      at < 0
        ? last
          ? ['', '', text]
          : [text, '', '']
        : [text.slice(0, at), mark, text.slice(at + mark.length)];
    return new PyTuple(parts.map((part) => like(self, unlatin(part))));
  };
}

/** The part between two positions, and where it begins. */
function window(rt: Runtime, self: PyBytes, start: PyValue, stop: PyValue): { text: string; from: number } {
  const bounds = sliceBounds(rt, new PySlice(start, stop, null), self.data.length);
  return {
    text: latin(self.data).slice(bounds.start, Math.max(bounds.start, bounds.stop)),
    from: bounds.start,
  };
}

function find(last: boolean, missing?: string): Method {
  return (rt, self, piece, start, stop) => {
    const { text, from } = window(rt, self, start ?? null, stop ?? null);
    const wanted = pieceOf(piece ?? null);
    const at = last ? text.lastIndexOf(wanted) : text.indexOf(wanted);
    if (at < 0) return missing === undefined ? -1n : raise('ValueError', missing);
    return BigInt(from + at);
  };
}

function affix(name: 'startswith' | 'endswith'): Method {
  return (rt, self, affixes, start, stop) => {
    const { text } = window(rt, self, start ?? null, stop ?? null);
    const test = (value: PyValue): boolean => {
      if (!(value instanceof PyBytes))
        return raise(
          'TypeError',
          `${name} first arg must be bytes or a tuple of bytes, not ${typeOf(value).name}`,
        );
      const piece = latin(value.data);
      return name === 'startswith' ? text.startsWith(piece) : text.endsWith(piece);
    };
    return affixes instanceof PyTuple ? affixes.items.some(test) : test(affixes ?? null);
  };
}

function justified(where: 'left' | 'right' | 'centre'): Method {
  return (rt, self, width, fill) => {
    const wide = Number(asInteger(rt, width ?? null));
    const char = fill === ABSENT || fill === undefined ? ' ' : latin(dataOf(fill));
    if (char.length !== 1) {
      const name = where === 'left' ? 'ljust' : where === 'right' ? 'rjust' : 'center';
      return raise('TypeError', `${name}() argument 2 must be a byte string of length 1, not bytes`);
    }
    const missing = wide - self.data.length;
    if (missing <= 0) return like(self, self.data.slice());
    checkStringLength(rt, wide);
    const left =
      where === 'left' ? 0 : where === 'right' ? missing : Math.floor(missing / 2) + (missing & wide & 1);
    return like(self, unlatin(char.repeat(left) + latin(self.data) + char.repeat(missing - left)));
  };
}

function expanded(text: string, size: number): string {
  let column = 0;
  let result = '';
  for (const char of text) {
    const width = char !== '\t' ? 1 : size > 0 ? size - (column % size) : 0;
    result += char === '\t' ? ' '.repeat(width) : char;
    column = char === '\n' || char === '\r' ? 0 : column + width;
  }
  return result;
}

/** Code points that mean nothing: bytes stand there that are no ends of lines to bytes. */
const PRIVATE = 0xe000;

/** Vertical tab, form feed, the separators of files, groups and records, and the next-line character. */
function endsTextOnly(byte: number): boolean {
  return byte === 0x0b || byte === 0x0c || (byte >= 0x1c && byte <= 0x1e) || byte === 0x85;
}

/** What bytes and bytearrays do as texts do. */
export const bytesTextMethods: Record<string, Method> = {
  'upper()': changed(upper),
  'lower()': changed(lower),
  'title()': changed(titled),
  'capitalize()': changed((text) => upper(text.slice(0, 1)) + lower(text.slice(1))),
  'swapcase()': changed((text) =>
    text.replaceAll(/[A-Za-z]/g, (char) => (char === upper(char) ? lower(char) : upper(char))),
  ),
  'isalpha()': every(/^[A-Za-z]+$/),
  'isdigit()': every(/^[0-9]+$/),
  'isalnum()': every(/^[A-Za-z0-9]+$/),
  'isspace()': every(/^[ \t\n\r\v\f]+$/),
  // oxlint-disable-next-line no-control-regex
  'isascii()': every(/^[\0-\x7f]*$/),
  'isupper()': every(/^[^a-z]*[A-Z][^a-z]*$/),
  'islower()': every(/^[^A-Z]*[a-z][^A-Z]*$/),
  'istitle()': (_rt, self) =>
    /[A-Za-z]/.test(latin(self.data)) && titled(latin(self.data)) === latin(self.data),
  'strip(chars=None, /)': stripped('both'),
  'lstrip(chars=None, /)': stripped('left'),
  'rstrip(chars=None, /)': stripped('right'),
  'split(sep=None, maxsplit=-1)': split(false),
  'rsplit(sep=None, maxsplit=-1)': split(true),
  'splitlines(keepends=False)': (rt, self, keep) =>
    new PyList(
      // Of the ends of lines that texts know, bytes know these alone.
      splitLines(
        Array.from(self.data, (byte) => String.fromCharCode(byte + (endsTextOnly(byte) ? PRIVATE : 0))).join(
          '',
        ),
        rt.truth(keep ?? false),
      ).map((line) =>
        like(
          self,
          unlatin(
            line.replaceAll(/[\ue000-\ue0ff]/g, (char) => String.fromCharCode(char.charCodeAt(0) - PRIVATE)),
          ),
        ),
      ),
    ),
  'partition(sep, /)': partition(false),
  'rpartition(sep, /)': partition(true),
  'find(sub, start=None, end=None, /)': find(false),
  'rfind(sub, start=None, end=None, /)': find(true),
  'index(sub, start=None, end=None, /)': find(false, 'subsection not found'),
  'rindex(sub, start=None, end=None, /)': find(true, 'subsection not found'),
  'count(sub, start=None, end=None, /)': (rt, self, piece, start, stop) => {
    const { text } = window(rt, self, start ?? null, stop ?? null);
    const wanted = pieceOf(piece ?? null);
    return BigInt(wanted === '' ? text.length + 1 : text.split(wanted).length - 1);
  },
  'startswith(prefix, start=None, end=None, /)': affix('startswith'),
  'endswith(suffix, start=None, end=None, /)': affix('endswith'),
  'removeprefix(prefix, /)': (_rt, self, prefix) => {
    const start = latin(dataOf(prefix ?? null));
    return like(self, latin(self.data).startsWith(start) ? self.data.slice(start.length) : self.data.slice());
  },
  'removesuffix(suffix, /)': (_rt, self, suffix) => {
    const end = latin(dataOf(suffix ?? null));
    const ends = end !== '' && latin(self.data).endsWith(end);
    return like(self, self.data.slice(0, ends ? -end.length : undefined));
  },
  'ljust(width, fillchar?, /)': justified('left'),
  'rjust(width, fillchar?, /)': justified('right'),
  'center(width, fillchar?, /)': justified('centre'),
  'zfill(width, /)': (rt, self, width) => {
    const text = latin(self.data);
    const sign = /^[-+]/.exec(text)?.[0] ?? '';
    const missing = Number(asInteger(rt, width ?? null)) - text.length;
    if (missing > 0) checkStringLength(rt, missing);
    return like(self, unlatin(sign + '0'.repeat(Math.max(missing, 0)) + text.slice(sign.length)));
  },
  'expandtabs(tabsize=8)': (rt, self, size) => {
    const wide = Number(asInteger(rt, size ?? null));
    checkStringLength(rt, self.data.length * Math.max(wide, 1));
    return like(self, unlatin(expanded(latin(self.data), wide)));
  },
  'translate(table, /, delete?)': (_rt, self, table, deleted) => {
    const map = table === null || table === undefined ? undefined : dataOf(table);
    if (map !== undefined && map.length !== 256)
      return raise('ValueError', 'translation table must be 256 characters long');
    const gone = new Set(deleted === ABSENT || deleted === undefined ? [] : dataOf(deleted));
    return like(
      self,
      self.data.filter((byte) => !gone.has(byte)).map((byte) => map?.[byte] ?? byte),
    );
  },
};
