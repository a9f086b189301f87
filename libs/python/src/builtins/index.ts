import { bytearrayClass, bytesClass } from '../objects/bytes.js';
import {
  classMethodClass,
  NativeFunction,
  propertyClass,
  PyStaticMethod,
  staticMethodClass,
} from '../objects/callables.js';
import {
  boolClass,
  builtinClass,
  ELLIPSIS,
  floatClass,
  intClass,
  NOT_IMPLEMENTED,
  objectClass,
  strClass,
  typeClass,
} from '../objects/classes.js';
import {
  dictClass,
  frozensetClass,
  listClass,
  rangeClass,
  setClass,
  sliceClass,
  tupleClass,
} from '../objects/containers.js';
import { exceptionClasses } from '../objects/exceptions.js';
import type { PyValue } from '../objects/object.js';
import { nativeFunction, rawFunction } from '../native/functions.js';
import type { NativeImplementation } from '../native/functions.js';
import '../types/bytes.js';
import '../types/exceptions.js';
import '../types/functions.js';
import '../types/generic.js';
import '../types/mappings.js';
import '../types/numbers.js';
import '../types/object.js';
import '../types/sequences.js';
import '../types/sets.js';
import { superClass } from '../types/super.js';
import '../types/text.js';
import '../types/type.js';
import { dynamic } from './dynamic.js';
import { inspection } from './inspection.js';
import { enumerateClass, filterClass, iteration, mapClass, reversedClass, zipClass } from './iteration.js';
import { showing, values } from './values.js';

/** Kinds of values that are not followed: the types are there, what they make is unknown. */
const unfollowed = ['complex', 'memoryview'].map((name) => {
  const cls = builtinClass(name);
  cls.define(
    '__new__',
    new PyStaticMethod(rawFunction('__new__', (rt) => rt.unknown(`${name} values are not followed`))),
  );
  return cls;
});

const classes = [
  ...unfollowed,
  boolClass,
  bytearrayClass,
  bytesClass,
  classMethodClass,
  dictClass,
  enumerateClass,
  filterClass,
  floatClass,
  frozensetClass,
  intClass,
  listClass,
  mapClass,
  objectClass,
  propertyClass,
  rangeClass,
  reversedClass,
  setClass,
  sliceClass,
  staticMethodClass,
  strClass,
  superClass,
  tupleClass,
  typeClass,
  zipClass,
];

function functionsOf(
  table: Record<string, NativeImplementation>,
  unknowns: 'flow' | 'accept',
): NativeFunction[] {
  return Object.entries(table).map(([signature, body]) => nativeFunction(signature, body, { unknowns }));
}

function assemble(): Map<string, PyValue> {
  const names = new Map<string, PyValue>();
  for (const cls of classes) names.set(cls.name, cls);
  for (const [name, cls] of exceptionClasses) names.set(name, cls);
  names.set('EnvironmentError', exceptionClasses.get('OSError') ?? null);
  names.set('IOError', exceptionClasses.get('OSError') ?? null);
  for (const callee of [
    ...functionsOf(values, 'flow'),
    ...functionsOf(inspection, 'accept'),
    ...functionsOf(iteration, 'accept'),
    ...functionsOf(showing, 'accept'),
    ...dynamic,
  ]) {
    names.set(callee.name, callee);
  }
  for (const name of ['aiter', 'anext', 'copyright', 'credits', 'help', 'license'])
    names.set(
      name,
      rawFunction(name, (rt) => rt.unknown(`${name}() is not followed`)),
    );
  names.set('NotImplemented', NOT_IMPLEMENTED);
  names.set('Ellipsis', ELLIPSIS);
  names.set('__debug__', true);
  names.set('__name__', 'builtins');
  return names;
}

/** Everything a program finds without importing; shared by all interpreters, and immutable. */
export const builtins: ReadonlyMap<string, PyValue> = assemble();
