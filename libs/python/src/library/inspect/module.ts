import { PyFunction } from '../../compile/function.js';
import { coroutineClass, generatorClass } from '../../compile/generator.js';
import { defineClass } from '../../native/classes.js';
import type { NativeImplementation } from '../../native/functions.js';
import { defineModule } from '../../native/modules.js';
import { namesOf } from '../../builtins/inspection.js';
import { NativeFunction, PyMethod } from '../../objects/callables.js';
import { PyDict, PyList, PyTuple, tupleClass } from '../../objects/containers.js';
import { PyModule } from '../../objects/module.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { PyUnknown } from '../../objects/unknown.js';
import { findAttribute } from '../../operations/attributes.js';
import { asString } from '../../operations/conversion.js';
import { machineOf } from '../reaching.js';
import { emptyClass, parameterClass } from './parameters.js';
import { PySignature, signatureClass, signatureOf } from './signatures.js';

const unread = [
  'getsource',
  'getsourcelines',
  'getsourcefile',
  'getfile',
  'getcomments',
  'currentframe',
  'stack',
  'trace',
];

function bodyKind(value: PyValue): string | undefined {
  const callee = value instanceof PyMethod ? value.callee : value;
  return callee instanceof PyFunction ? callee.code.details().body.kind : undefined;
}

function isRoutine(value: PyValue): boolean {
  return value instanceof PyFunction || value instanceof NativeFunction || value instanceof PyMethod;
}

/** A docstring without the indentation of the code around it. */
function cleanDoc(doc: string): string {
  const [first = '', ...others] = doc.replaceAll('\t', '        ').split('\n');
  const margins = others
    .filter((line) => line.trim() !== '')
    .map((line) => line.length - line.trimStart().length);
  const margin = margins.length === 0 ? 0 : Math.min(...margins);
  const lines = [first.trimStart(), ...others.map((line) => line.slice(margin))];
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  while (lines.length > 0 && lines[0] === '') lines.shift();
  return lines.join('\n');
}

const FIELDS = ['args', 'varargs', 'varkw', 'defaults', 'kwonlyargs', 'kwonlydefaults', 'annotations'];
const fullArgSpecClass = defineClass({
  name: 'FullArgSpec',
  module: 'inspect',
  bases: [tupleClass],
  payload: PyTuple,
  methods: {
    '__repr__()': (rt, self) =>
      `FullArgSpec(${FIELDS.map((name, index) => `${name}=${rt.show(self.items[index] ?? null)}`).join(', ')})`,
  },
  properties: Object.fromEntries(
    FIELDS.map((name, index) => [name, (_rt: Runtime, self: PyTuple): PyValue => self.items[index] ?? null]),
  ),
});

function fullArgSpec(rt: Runtime, value: PyValue): PyValue {
  const callee = value instanceof PyMethod ? value.callee : value;
  const signature = signatureOf(rt, callee);
  if (!(signature instanceof PySignature)) return signature;
  const { parameters } = signature;
  const named = (kind: string): string | null => parameters.find((p) => p.kind === kind)?.name ?? null;
  const ordinary = parameters.filter((p) => p.kind === 'ordinary' || p.kind === 'positional-only');
  const only = parameters.filter((p) => p.kind === 'keyword-only');
  const defaults = ordinary.filter((p) => p.default !== emptyClass).map((p) => p.default);
  const onlyDefaults = only.filter((p) => p.default !== emptyClass);
  const annotations = findAttribute(rt, callee, '__annotations__');
  return new PyTuple(
    [
      new PyList(ordinary.map((p) => p.name)),
      named('rest'),
      named('keywords'),
      defaults.length === 0 ? null : new PyTuple(defaults),
      new PyList(only.map((p) => p.name)),
      onlyDefaults.length === 0
        ? null
        : PyDict.from(
            rt,
            onlyDefaults.map((p) => [p.name, p.default]),
          ),
      annotations ?? new PyDict(),
    ],
    fullArgSpecClass,
  );
}

const tests: Record<string, NativeImplementation> = {
  'isclass(object)': (_rt, value) => value instanceof PyClass,
  'isfunction(object)': (_rt, value) => value instanceof PyFunction,
  'ismethod(object)': (_rt, value) => value instanceof PyMethod && !(value.callee instanceof NativeFunction),
  'ismodule(object)': (_rt, value) => value instanceof PyModule,
  'isbuiltin(object)': (_rt, value) =>
    value instanceof NativeFunction || (value instanceof PyMethod && value.callee instanceof NativeFunction),
  'isroutine(object)': (_rt, value) => isRoutine(value ?? null),
  'isgenerator(object)': (_rt, value) => value instanceof PyObject && value.cls === generatorClass,
  'iscoroutine(object)': (_rt, value) => value instanceof PyObject && value.cls === coroutineClass,
  'isgeneratorfunction(object)': (_rt, value) => bodyKind(value ?? null) === 'generator',
  'iscoroutinefunction(object)': (_rt, value) => bodyKind(value ?? null) === 'coroutine',
  'isabstract(object)': (_rt, value) => {
    const names = value instanceof PyClass ? value.namespace.get('__abstractmethods__') : undefined;
    return names instanceof PyTuple && names.items.length > 0;
  },
};

export const inspectModule = defineModule({
  name: 'inspect',
  classes: [parameterClass, signatureClass, fullArgSpecClass],
  missing: 'unknown',
  values: { _empty: emptyClass },
  functions: {
    ...tests,
    ...Object.fromEntries(
      unread.map((name) => [
        `${name}(*args, **kwargs)`,
        (rt: Runtime): PyValue => rt.unknown(`inspect.${name} is not read`),
      ]),
    ),
    'signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False)': (rt, value) =>
      signatureOf(rt, value ?? null),
    'getfullargspec(func)': (rt, value) => fullArgSpec(rt, value ?? null),
    'getmembers(object, predicate=None)': (rt, value, predicate) => {
      const members: PyValue[] = [];
      for (const name of namesOf(rt, value ?? null).items) {
        const member = findAttribute(rt, value ?? null, asString(name));
        if (member === undefined) continue;
        const wanted =
          predicate === null || predicate === undefined || rt.truth(rt.call(predicate, [member]));
        if (wanted) members.push(new PyTuple([name, member]));
      }
      return new PyList(members);
    },
    'getdoc(object)': (rt, value) => {
      const doc = findAttribute(rt, value ?? null, '__doc__');
      return typeof doc === 'string' ? cleanDoc(doc) : doc instanceof PyUnknown ? doc : null;
    },
    'cleandoc(doc)': (_rt, doc) => cleanDoc(asString(doc ?? null)),
    'getmro(cls)': (rt, cls) =>
      cls instanceof PyClass ? new PyTuple(cls.mro) : rt.raise('AttributeError', '__mro__'),
    'getmodule(object)': (rt, value) => {
      const name = findAttribute(rt, value ?? null, '__module__');
      return typeof name === 'string' ? (machineOf(rt).importModule(name, 'known') ?? null) : null;
    },
    'unwrap(func)': (rt, value) => {
      let current = value ?? null;
      for (let depth = 0; depth < 100; depth++) {
        const inner = findAttribute(rt, current, '__wrapped__');
        if (inner === undefined) return current;
        current = inner;
      }
      return rt.raise('ValueError', 'wrapper loop when unwrapping');
    },
  },
});
