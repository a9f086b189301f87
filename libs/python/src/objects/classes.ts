import { PyClass, PyObject } from './object.js';
import type { Allocate, PyValue } from './object.js';

/** `type`, the class of classes, and of itself. */
export const typeClass = new PyClass({ name: 'type', module: 'builtins', bases: [], native: true });

/** `object`, the root of every class. */
export const objectClass = new PyClass({
  name: 'object',
  module: 'builtins',
  bases: [],
  metaclass: typeClass,
  allocate: (cls) => new PyObject(cls),
  native: true,
});
typeClass.rebase([objectClass]);
typeClass.open = false;
objectClass.open = false;

/** A built-in class, still empty: its methods are filled in by the file in `types/` that knows them. */
export function builtinClass(
  name: string,
  options: { allocate?: Allocate; base?: PyClass; module?: string } = {},
): PyClass {
  const cls = new PyClass({
    name,
    module: options.module ?? 'builtins',
    bases: [options.base ?? objectClass],
    metaclass: typeClass,
    ...(options.allocate === undefined ? {} : { allocate: options.allocate }),
    native: true,
  });
  cls.open = false;
  cls.written = 'c';
  return cls;
}

export const noneClass = builtinClass('NoneType');
export const intClass = builtinClass('int', { allocate: (cls) => new PyBoxed(cls, 0n) });
export const boolClass = builtinClass('bool', { base: intClass });
export const floatClass = builtinClass('float', { allocate: (cls) => new PyBoxed(cls, 0) });
export const strClass = builtinClass('str', { allocate: (cls) => new PyBoxed(cls, '') });

/** An instance of a user's subclass of int, float or str, or an element of NumPy's: an object around the primitive. */
export class PyBoxed extends PyObject {
  constructor(
    cls: PyClass,
    readonly primitive: bigint | number | string | boolean,
  ) {
    super(cls);
  }
}

const ellipsisClass = builtinClass('ellipsis');
const notImplementedClass = builtinClass('NotImplementedType');
/** `...` */
export const ELLIPSIS = new PyObject(ellipsisClass);
/** `NotImplemented` */
export const NOT_IMPLEMENTED = new PyObject(notImplementedClass);
/** What a native function receives for an argument marked `?` that was not given; programs never see it. */
export const ABSENT = new PyObject(builtinClass('absent'));

/** The class of any value. */
export function typeOf(value: PyValue): PyClass {
  switch (typeof value) {
    case 'string':
      return strClass;
    case 'bigint':
      return intClass;
    case 'number':
      return floatClass;
    case 'boolean':
      return boolClass;
    default:
      return value === null ? noneClass : value.cls;
  }
}

/** The value behind an instance of a subclass of int, float or str; any other value itself. */
export function unbox(value: PyValue): PyValue {
  return value instanceof PyBoxed ? value.primitive : value;
}
