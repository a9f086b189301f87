import { evaluateAnnotation } from '../../compile/annotations.js';
import { PyFunction } from '../../compile/function.js';
import { bindArguments } from '../../native/bind.js';
import { defineClass } from '../../native/classes.js';
import { NativeFunction, PyClassMethod, PyMethod, PyStaticMethod } from '../../objects/callables.js';
import { ABSENT, NOT_IMPLEMENTED, objectClass } from '../../objects/classes.js';
import { PyDict, PyTuple } from '../../objects/containers.js';
import { equals } from '../../objects/equality.js';
import { PyRaise, raise } from '../../objects/exceptions.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import type { Parameter } from '../../objects/signature.js';
import { PyUnknown } from '../../objects/unknown.js';
import { keywords, rest } from '../../operations/conversion.js';
import { toArray } from '../../operations/iteration.js';
import { repr, str } from '../../operations/text.js';
import { fieldsOf } from '../dataclasses/fields.js';
import { PyPartial } from '../functools.js';
import { asParameter, emptyClass, PyParameter, showAnnotation } from './parameters.js';

/** `inspect.Signature` */
export class PySignature extends PyObject {
  parameters: readonly PyParameter[] = [];
  returns: () => PyValue = () => emptyClass;

  static of(parameters: readonly PyParameter[], returns: () => PyValue): PySignature {
    const signature = new PySignature(signatureClass);
    signature.parameters = parameters;
    signature.returns = returns;
    return signature;
  }

  text(rt: Runtime): string {
    const pieces: string[] = [];
    let starred = false;
    let positionalOnly = false;
    for (const parameter of this.parameters) {
      if (positionalOnly && parameter.kind !== 'positional-only') pieces.push('/');
      positionalOnly = parameter.kind === 'positional-only';
      if (parameter.kind === 'rest') starred = true;
      if (parameter.kind === 'keyword-only' && !starred) {
        starred = true;
        pieces.push('*');
      }
      pieces.push(parameter.text(rt));
    }
    if (positionalOnly) pieces.push('/');
    const hint = this.returns();
    return `(${pieces.join(', ')})${hint === emptyClass ? '' : ` -> ${showAnnotation(rt, hint)}`}`;
  }
}

/** `Signature.bind(...)`: the arguments by parameter, defaults left out. */
class PyBoundArguments extends PyObject {
  constructor(
    readonly signature: PySignature,
    readonly given: PyDict,
  ) {
    super(boundArgumentsClass);
  }
}

function bind(rt: Runtime, self: PySignature, args: PyValue, kwargs: PyValue, partial: boolean): PyValue {
  const parameters = self.parameters.map((p): Parameter => ({
    name: p.name,
    kind: p.kind,
    fallback: p.default === emptyClass ? (partial ? ABSENT : undefined) : ABSENT,
  }));
  let values: readonly PyValue[];
  try {
    values = bindArguments(rt, { name: 'bind', parameters }, rest(args), keywords(kwargs));
  } catch (thrown) {
    if (!(thrown instanceof PyRaise)) throw thrown;
    const text = str(rt, thrown.exception.args[0] ?? '');
    const missing = /'(\w+)'/.exec(text);
    if (text.includes('missing')) return raise('TypeError', `missing a required argument: '${missing?.[1]}'`);
    if (text.includes('unexpected keyword'))
      return raise('TypeError', `got an unexpected keyword argument '${missing?.[1]}'`);
    return raise('TypeError', text.includes('positional') ? 'too many positional arguments' : text);
  }
  const given = new PyDict();
  for (const [index, parameter] of parameters.entries()) {
    const value = values[index] ?? null;
    const none =
      value === ABSENT ||
      (parameter.kind === 'rest' && value instanceof PyTuple && value.items.length === 0) ||
      (parameter.kind === 'keywords' && value instanceof PyDict && value.size === 0);
    if (!none) given.set(rt, parameter.name, value);
  }
  return new PyBoundArguments(self, given);
}

const boundArgumentsClass: PyClass = defineClass({
  name: 'BoundArguments',
  module: 'inspect',
  payload: PyBoundArguments,
  methods: {
    'apply_defaults()': (rt, self) => {
      const given = self.given.keywords();
      self.given.table.clear();
      for (const parameter of self.signature.parameters) {
        const own = given.get(parameter.name);
        const fallback =
          parameter.kind === 'rest'
            ? new PyTuple([])
            : parameter.kind === 'keywords'
              ? new PyDict()
              : parameter.default;
        if (own !== undefined) self.given.set(rt, parameter.name, own);
        else if (fallback !== emptyClass) self.given.set(rt, parameter.name, fallback);
      }
      return null;
    },
    '__repr__()': (rt, self) => {
      const pieces = [...self.given.keywords()].map(([name, value]) => `${name}=${repr(rt, value)}`);
      return `<BoundArguments (${pieces.join(', ')})>`;
    },
  },
  properties: {
    arguments: (_rt, self) => self.given,
    signature: (_rt, self) => self.signature,
    args: (rt, self) =>
      new PyTuple(
        self.signature.parameters.flatMap((p) => {
          const value = self.given.get(rt, p.name);
          if (value === undefined || p.kind === 'keyword-only' || p.kind === 'keywords') return [];
          return p.kind === 'rest' && value instanceof PyTuple ? value.items : [value];
        }),
      ),
    kwargs: (rt, self) => {
      const result = new PyDict();
      for (const p of self.signature.parameters) {
        const value = self.given.get(rt, p.name);
        if (value === undefined) continue;
        if (p.kind === 'keyword-only') result.set(rt, p.name, value);
        if (p.kind === 'keywords' && value instanceof PyDict)
          for (const [name, item] of value.keywords()) result.set(rt, name, item);
      }
      return result;
    },
  },
});

export const signatureClass: PyClass = defineClass({
  name: 'Signature',
  module: 'inspect',
  payload: PySignature,
  allocate: (cls) => new PySignature(cls),
  constants: { empty: emptyClass },
  unknowns: 'accept',
  methods: {
    '__init__(parameters=None, *, return_annotation?)': (rt, self, parameters, returns) => {
      self.parameters = parameters === null ? [] : toArray(rt, parameters).map(asParameter);
      if (returns !== ABSENT) self.returns = () => returns;
      return null;
    },
    '__str__()': (rt, self) => self.text(rt),
    '__repr__()': (rt, self) => `<Signature ${self.text(rt)}>`,
    '__copy__()': (_rt, self) => self,
    '__deepcopy__(memo)': (_rt, self) => self,
    '__eq__(other)': (rt, self, other) =>
      other instanceof PySignature
        ? self.parameters.length === other.parameters.length &&
          self.parameters.every((p, index) => equals(rt, p, other.parameters[index] ?? null))
        : NOT_IMPLEMENTED,
    '__hash__()': () => 0n,
    'bind(*args, **kwargs)': (rt, self, args, kwargs) => bind(rt, self, args, kwargs, false),
    'bind_partial(*args, **kwargs)': (rt, self, args, kwargs) => bind(rt, self, args, kwargs, true),
    'replace(*, parameters?, return_annotation?)': (rt, self, parameters, returns) =>
      PySignature.of(
        parameters === ABSENT ? self.parameters : toArray(rt, parameters).map(asParameter),
        returns === ABSENT ? self.returns : () => returns,
      ),
  },
  properties: {
    parameters: (rt, self) =>
      PyDict.from(
        rt,
        self.parameters.map((p) => [p.name, p]),
      ),
    return_annotation: (_rt, self) => self.returns(),
  },
  classMethods: { 'from_callable(obj)': (rt, _cls, value) => signatureOf(rt, value) },
});

function ofFunction(self: PyFunction): PySignature {
  const hint = (name: string) => (): PyValue => {
    const found = self.annotations().get(name);
    return found === undefined ? emptyClass : evaluateAnnotation(found);
  };
  return PySignature.of(
    self.signature.parameters.map((p) =>
      PyParameter.of(p.name, p.kind, p.fallback === undefined ? emptyClass : p.fallback, hint(p.name)),
    ),
    hint('return'),
  );
}

function ofNative(rt: Runtime, self: NativeFunction): PyValue {
  if (self.signature === undefined) return rt.unknown(`the signature of ${self.name} is not known here`);
  const fields = self.name === '__init__' && self.owner !== undefined ? fieldsOf(self.owner) : undefined;
  return PySignature.of(
    self.signature.parameters.map((p) => {
      const field = fields?.get(p.name);
      const fallback =
        p.fallback === undefined
          ? emptyClass
          : p.fallback === ABSENT
            ? rt.unknown(`the default of ${p.name} is not known here`)
            : p.fallback;
      return PyParameter.of(p.name, p.kind, fallback, () => (field === undefined ? emptyClass : field.type));
    }),
    () => (fields === undefined ? emptyClass : null),
  );
}

/** What is left once the receiver is bound. */
function withoutReceiver(signature: PyValue): PyValue {
  if (!(signature instanceof PySignature)) return signature;
  const [first] = signature.parameters;
  const keepsAll = first === undefined || first.kind === 'rest' || first.kind === 'keywords';
  return keepsAll ? signature : PySignature.of(signature.parameters.slice(1), signature.returns);
}

/** `inspect.signature(callable)`; unknown for native code without one. */
export function signatureOf(rt: Runtime, value: PyValue): PyValue {
  rt.step();
  if (value instanceof PyUnknown) return value;
  if (value instanceof PyMethod) return withoutReceiver(signatureOf(rt, value.callee));
  if (value instanceof PyStaticMethod || value instanceof PyClassMethod) return signatureOf(rt, value.callee);
  if (value instanceof PyPartial) return ofPartial(rt, value);
  const wrapped = value instanceof PyObject ? value.attributes?.get('__wrapped__') : undefined;
  if (wrapped !== undefined) return signatureOf(rt, wrapped);
  if (value instanceof PyFunction) return ofFunction(value);
  if (value instanceof NativeFunction) return ofNative(rt, value);
  if (value instanceof PyClass) return ofClass(rt, value);
  const call = value instanceof PyObject ? value.cls.lookup('__call__') : undefined;
  if (call === undefined || call === null)
    return raise('TypeError', `${repr(rt, value)} is not a callable object`);
  return withoutReceiver(signatureOf(rt, call));
}

/** What a partial leaves to be given: bound names become keyword-only with their values as defaults. */
function ofPartial(rt: Runtime, partial: PyPartial): PyValue {
  const signature = signatureOf(rt, partial.callee);
  if (!(signature instanceof PySignature)) return signature;
  let taken = partial.args.length;
  let named = false;
  const parameters = signature.parameters.flatMap((parameter) => {
    const isPositional = parameter.kind === 'ordinary' || parameter.kind === 'positional-only';
    if (isPositional && taken > 0) {
      taken--;
      return [];
    }
    const given = partial.keywords.get(parameter.name);
    if (isPositional && given !== undefined) named = true;
    if (named && parameter.kind === 'rest') return [];
    const kind = named && isPositional ? 'keyword-only' : parameter.kind;
    return [PyParameter.of(parameter.name, kind, given ?? parameter.default, parameter.annotation)];
  });
  return PySignature.of(parameters, signature.returns);
}

function ofClass(rt: Runtime, cls: PyClass): PyValue {
  for (const name of ['__init__', '__new__']) {
    const found = cls.lookup(name);
    if (found === undefined || found === null || found === objectClass.lookup(name)) continue;
    return withoutReceiver(signatureOf(rt, found));
  }
  return PySignature.of([], () => emptyClass);
}
