import { defineModule } from '../../native/modules.js';
import { PyBytes } from '../../objects/bytes.js';
import { typeOf, unbox } from '../../objects/classes.js';
import { PyList, PyTuple } from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyUnknown } from '../../objects/unknown.js';
import { asString, plainInteger } from '../../operations/conversion.js';
import { decodeBytes } from '../../text/codecs.js';
import { getAttribute } from '../../operations/attributes.js';
import { decodeErrorClass, JsonReader } from './reading.js';
import { JsonWriter, UnknownInside } from './writing.js';
import type { WritingOptions } from './writing.js';

function indentOf(value: PyValue): string | undefined {
  if (value === null) return undefined;
  const width = plainInteger(value);
  return width === undefined ? asString(value) : ' '.repeat(Math.min(Math.max(Number(width), 0), 100));
}

function optionsFrom(
  rt: Runtime,
  [skipKeys, asciiOnly, allowNan, sortKeys, indent, separators, convert, cls]: readonly PyValue[],
): WritingOptions {
  const pair = separators instanceof PyTuple || separators instanceof PyList ? separators.items : undefined;
  const own = cls === null || cls === undefined ? undefined : rt.call(cls, []);
  const hook = own === undefined ? (convert ?? null) : getAttribute(rt, own, 'default');
  const indentation = indentOf(indent ?? null);
  return {
    skipKeys: rt.truth(skipKeys ?? false),
    asciiOnly: rt.truth(asciiOnly ?? true),
    allowNan: rt.truth(allowNan ?? true),
    sortKeys: rt.truth(sortKeys ?? false),
    indent: indentation,
    itemSeparator: asString(pair?.[0] ?? (indentation === undefined ? ', ' : ',')),
    keySeparator: asString(pair?.[1] ?? ': '),
    convert: hook === null ? undefined : (value) => rt.call(hook, [value]),
  };
}

function dumps(rt: Runtime, value: PyValue, options: readonly PyValue[]): PyValue {
  try {
    return new JsonWriter(rt, optionsFrom(rt, options)).write(value);
  } catch (thrown) {
    if (thrown instanceof UnknownInside) return thrown.value;
    throw thrown;
  }
}

function textOf(value: PyValue): string {
  const plain = unbox(value);
  if (typeof plain === 'string') return plain;
  if (value instanceof PyBytes) return decodeBytes(value.data, 'utf-8', 'strict');
  return raise('TypeError', `the JSON object must be str, bytes or bytearray, not ${typeOf(value).name}`);
}

export const jsonModule = defineModule({
  name: 'json',
  missing: 'unknown',
  unknowns: 'accept',
  classes: [decodeErrorClass],
  functions: {
    'dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **kw)':
      (rt, value, skip, ascii, _circular, nan, cls, indent, separators, convert, sort) =>
        dumps(
          rt,
          value ?? null,
          [skip, ascii, nan, sort, indent, separators, convert, cls].map((option) => option ?? null),
        ),
    'loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw)':
      (rt, text, _cls, object, float, integer, constant, pairs) =>
        text instanceof PyUnknown
          ? text
          : new JsonReader(rt, textOf(text ?? null), {
              object: object ?? null,
              pairs: pairs ?? null,
              float: float ?? null,
              integer: integer ?? null,
              constant: constant ?? null,
            }).read(),
    'load(*args, **kwargs)': (rt) => rt.unknown('files are not read'),
    'dump(*args, **kwargs)': (rt) => {
      rt.note('refused', 'files are not written');
      return null;
    },
  },
});
