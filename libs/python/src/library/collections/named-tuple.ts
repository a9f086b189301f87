import { nativeFunction } from '../../native/functions.js';
import { NativeProperty, PyClassMethod, PyStaticMethod } from '../../objects/callables.js';
import { typeClass } from '../../objects/classes.js';
import { PyDict, PyTuple, tupleClass } from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import { PyClass } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { bindArguments } from '../../native/bind.js';
import type { Signature } from '../../objects/signature.js';
import { keywords } from '../../operations/conversion.js';
import { toArray } from '../../operations/iteration.js';
import { repr } from '../../operations/text.js';
import { quote } from '../../text/quote.js';
import { KEYWORDS } from '../../syntax/tokens.js';

/** A field of a named tuple, with its default if it has one. */
export interface Field {
  readonly name: string;
  readonly fallback: PyValue | undefined;
}

function checkName(name: string, what: string): void {
  if (!/^[\p{ID_Start}_]\p{ID_Continue}*$/u.test(name))
    raise('ValueError', `Type names and field names must be valid identifiers: ${quote(name)}`);
  if (KEYWORDS.has(name))
    raise('ValueError', `Type names and field names cannot be a keyword: ${quote(name)}`);
  if (what === 'field' && name.startsWith('_'))
    raise('ValueError', `Field names cannot start with an underscore: ${quote(name)}`);
}

/** Makes a class of tuples with named fields; `extra` holds the methods of a `typing.NamedTuple` body. */
export function makeNamedTuple(
  name: string,
  fields: readonly Field[],
  module: string,
  extra: ReadonlyMap<string, PyValue> = new Map(),
): PyClass {
  checkName(name, 'type');
  const seen = new Set<string>();
  for (const field of fields) {
    checkName(field.name, 'field');
    if (seen.has(field.name)) raise('ValueError', `Encountered duplicate field name: ${quote(field.name)}`);
    seen.add(field.name);
  }
  const signature: Signature = {
    name: `${name}.__new__`,
    parameters: [{ name: '_cls', fallback: undefined }, ...fields].map((field) => ({
      ...field,
      kind: 'ordinary' as const,
    })),
  };
  const namespace = new Map<string, PyValue>(extra);
  const cls = new PyClass({
    name,
    module,
    bases: [tupleClass],
    metaclass: typeClass,
    namespace,
    native: false,
  });
  cls.slots = new Set();
  const define = (key: string, value: PyValue): void => {
    if (!extra.has(key)) namespace.set(key, value);
  };
  define(
    '__new__',
    new PyStaticMethod(
      nativeFunction(
        '__new__(*args, **kwargs)',
        (rt, args, kwargs) => {
          const [own, ...values] = bindArguments(rt, signature, toArray(rt, args), keywords(kwargs));
          return new PyTuple(values, own instanceof PyClass ? own : cls);
        },
        { unknowns: 'accept' },
      ),
    ),
  );
  define(
    '_make',
    new PyClassMethod(
      nativeFunction(
        '_make(cls, iterable, /)',
        (rt, own, iterable) => {
          const items = toArray(rt, iterable);
          if (items.length !== fields.length)
            return raise('TypeError', `Expected ${fields.length} arguments, got ${items.length}`);
          return rt.call(own, items);
        },
        {
          unknowns: 'accept',
        },
      ),
    ),
  );
  define('_fields', new PyTuple(fields.map((field) => field.name)));
  define('__match_args__', new PyTuple(fields.map((field) => field.name)));
  namespace.set('_field_defaults', defaultsOf(fields));
  define(
    '__repr__',
    method('__repr__(self)', (rt, self) => {
      const items = self instanceof PyTuple ? self.items : [];
      const shown = fields.map((field, index) => `${field.name}=${repr(rt, items[index] ?? null)}`);
      return `${self instanceof PyTuple ? self.cls.name : name}(${shown.join(', ')})`;
    }),
  );
  define(
    '_asdict',
    method('_asdict(self)', (rt, self) =>
      PyDict.from(
        rt,
        fields.map((field, index) => [
          field.name,
          self instanceof PyTuple ? (self.items[index] ?? null) : null,
        ]),
      ),
    ),
  );
  define(
    '_replace',
    method('_replace(self, /, **kwargs)', (rt, self, kwargs) => {
      const changes = keywords(kwargs);
      const items = fields.map((field, index) => {
        const change = changes.get(field.name);
        changes.delete(field.name);
        return change === undefined ? (self instanceof PyTuple ? (self.items[index] ?? null) : null) : change;
      });
      if (changes.size > 0)
        return raise(
          'ValueError',
          `Got unexpected field names: [${[...changes.keys()].map(quote).join(', ')}]`,
        );
      return new PyTuple(items, self instanceof PyTuple ? self.cls : cls);
    }),
  );
  for (const [index, field] of fields.entries()) {
    namespace.set(
      field.name,
      new NativeProperty(
        field.name,
        (_rt, self) => (self instanceof PyTuple ? (self.items[index] ?? null) : null),
        () => raise('AttributeError', "can't set attribute"),
      ),
    );
  }
  return cls;
}

function method(signature: string, body: (rt: Runtime, self: PyValue, more: PyValue) => PyValue): PyValue {
  return nativeFunction(signature, body, { binds: true, unknowns: 'accept' });
}

function defaultsOf(fields: readonly Field[]): PyDict {
  const dict = new PyDict();
  const { table } = dict;
  for (const { name, fallback } of fields) if (fallback !== undefined) table.setName(name, fallback);
  return dict;
}
