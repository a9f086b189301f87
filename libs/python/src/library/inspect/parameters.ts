import { ABSENT, builtinClass, intClass, NOT_IMPLEMENTED, PyBoxed } from '../../objects/classes.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import type { ParameterKind } from '../../objects/signature.js';
import { raise } from '../../objects/exceptions.js';
import { defineClass } from '../../native/classes.js';
import { equals } from '../../objects/equality.js';
import { asString, plainInteger } from '../../operations/conversion.js';
import { repr } from '../../operations/text.js';

/** `inspect.Parameter.empty` and `inspect.Signature.empty` */
export const emptyClass = builtinClass('_empty', { module: 'inspect' });

const KIND_NAMES = [
  'POSITIONAL_ONLY',
  'POSITIONAL_OR_KEYWORD',
  'VAR_POSITIONAL',
  'KEYWORD_ONLY',
  'VAR_KEYWORD',
] as const;
type KindName = (typeof KIND_NAMES)[number];

function kindName(value: PyValue): KindName {
  return KIND_NAMES[Number(plainInteger(value) ?? 1n)] ?? 'POSITIONAL_OR_KEYWORD';
}

const kindClass = defineClass({
  name: '_ParameterKind',
  module: 'inspect',
  bases: [intClass],
  payload: PyBoxed,
  methods: {
    '__str__()': (_rt, self) => kindName(self),
    '__repr__()': (_rt, self) => `<_ParameterKind.${kindName(self)}: ${self.primitive}>`,
  },
  properties: { name: (_rt, self) => kindName(self), value: (_rt, self) => self.primitive },
});

const KINDS = Object.fromEntries(
  KIND_NAMES.map((name, index) => [name, new PyBoxed(kindClass, BigInt(index))]),
);

const KIND_OF: Record<ParameterKind, KindName> = {
  'positional-only': 'POSITIONAL_ONLY',
  ordinary: 'POSITIONAL_OR_KEYWORD',
  rest: 'VAR_POSITIONAL',
  'keyword-only': 'KEYWORD_ONLY',
  keywords: 'VAR_KEYWORD',
};

const KIND_BY_NAME = new Map<KindName, ParameterKind>([
  ['POSITIONAL_ONLY', 'positional-only'],
  ['POSITIONAL_OR_KEYWORD', 'ordinary'],
  ['VAR_POSITIONAL', 'rest'],
  ['KEYWORD_ONLY', 'keyword-only'],
  ['VAR_KEYWORD', 'keywords'],
]);

/** `inspect.Parameter` */
export class PyParameter extends PyObject {
  name = '';
  kind: ParameterKind = 'ordinary';
  /** `Parameter.empty` where there is none. */
  default: PyValue = emptyClass;
  annotation: () => PyValue = () => emptyClass;

  static of(name: string, kind: ParameterKind, fallback: PyValue, annotation: () => PyValue): PyParameter {
    const parameter = new PyParameter(parameterClass);
    parameter.name = name;
    parameter.kind = kind;
    parameter.default = fallback;
    parameter.annotation = annotation;
    return parameter;
  }

  /** As it stands in a signature: `*args`, `x: int = 3`. */
  text(rt: Runtime): string {
    const stars = this.kind === 'rest' ? '*' : this.kind === 'keywords' ? '**' : '';
    const hint = this.annotation();
    const named = hint === emptyClass ? '' : `: ${showAnnotation(rt, hint)}`;
    const equal = named === '' ? '=' : ' = ';
    const fallback = this.default === emptyClass ? '' : `${equal}${repr(rt, this.default)}`;
    return `${stars}${this.name}${named}${fallback}`;
  }
}

/** An annotation as a signature shows it. */
export function showAnnotation(rt: Runtime, hint: PyValue): string {
  if (hint instanceof PyClass)
    return hint.module === 'builtins' ? hint.qualname : `${hint.module}.${hint.qualname}`;
  const text = repr(rt, hint);
  return typeof hint === 'string' ? text : text.replaceAll('typing.', '');
}

export const parameterClass: PyClass = defineClass({
  name: 'Parameter',
  module: 'inspect',
  payload: PyParameter,
  allocate: (cls) => new PyParameter(cls),
  unknowns: 'accept',
  constants: { empty: emptyClass, ...KINDS },
  methods: {
    '__init__(name, kind, *, default?, annotation?)': (_rt, self, name, kind, fallback, annotation) => {
      self.name = asString(name);
      self.kind = KIND_BY_NAME.get(kindName(kind)) ?? 'ordinary';
      if (!isAbsent(fallback)) self.default = fallback;
      if (!isAbsent(annotation)) self.annotation = () => annotation;
      return null;
    },
    '__str__()': (rt, self) => self.text(rt),
    '__repr__()': (rt, self) => `<Parameter "${self.text(rt)}">`,
    '__eq__(other)': (rt, self, other) =>
      other instanceof PyParameter
        ? self.name === other.name &&
          self.kind === other.kind &&
          equals(rt, self.default, other.default) &&
          equals(rt, self.annotation(), other.annotation())
        : NOT_IMPLEMENTED,
    '__hash__()': () => 0n,
    '__copy__()': (_rt, self) => self,
    '__deepcopy__(memo)': (_rt, self) => self,
    'replace(*, name?, kind?, default?, annotation?)': (_rt, self, name, kind, fallback, annotation) =>
      PyParameter.of(
        isAbsent(name) ? self.name : asString(name),
        isAbsent(kind) ? self.kind : (KIND_BY_NAME.get(kindName(kind)) ?? 'ordinary'),
        isAbsent(fallback) ? self.default : fallback,
        isAbsent(annotation) ? self.annotation : () => annotation,
      ),
  },
  properties: {
    name: (_rt, self) => self.name,
    kind: (_rt, self) => KINDS[KIND_OF[self.kind]] ?? null,
    default: (_rt, self) => self.default,
    annotation: (_rt, self) => self.annotation(),
  },
});

function isAbsent(value: PyValue): boolean {
  return value === ABSENT;
}

/** A parameter, or a TypeError. */
export function asParameter(value: PyValue): PyParameter {
  return value instanceof PyParameter
    ? value
    : raise('TypeError', 'a signature is made of Parameter objects');
}
