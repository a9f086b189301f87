import { builtinClass, noneClass, NOT_IMPLEMENTED } from '../../objects/classes.js';
import { PyTuple } from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import { PyClass, PyObject } from '../../objects/object.js';
import type { Keywords, PyValue, Runtime } from '../../objects/object.js';
import { extendClass } from '../../native/classes.js';
import { asString } from '../../operations/conversion.js';
import { PyAlias, showHint, unionOf } from '../../types/generic.js';

export const specialFormClass = builtinClass('_SpecialForm', { module: 'typing' });
export const typeVarClass = builtinClass('TypeVar', { module: 'typing' });

/** `typing.List`, `Optional`, `Any`, ...: a name that takes parameters; some stand for a class. */
export class PySpecialForm extends PyObject {
  constructor(
    readonly name: string,
    /** What `List[int]()` makes, and `isinstance(x, typing.List)` asks about; None for pure hints. */
    readonly originIn: (rt: Runtime) => PyValue = () => null,
  ) {
    super(specialFormClass);
  }

  override call(rt: Runtime, args: readonly PyValue[], keywords?: Keywords): PyValue {
    const origin = this.originIn(rt);
    if (origin === null) return raise('TypeError', `Cannot instantiate typing.${this.name}`);
    return rt.call(origin, args, keywords);
  }

  subscript(rt: Runtime, key: PyValue): PyValue {
    const args = key instanceof PyTuple ? key.items : [key];
    if (this.name === 'Optional') return new PyTypingUnion([...args, null]);
    if (this.name === 'Union') {
      const union = unionOf(rt, args);
      return union instanceof PyObject && 'args' in union ? new PyTypingUnion(args) : union;
    }
    if (this.name === 'Annotated') return args[0] ?? null;
    return new PyAlias((rt) => this.originIn(rt) ?? this, args, `typing.${this.name}`);
  }
}

const typingUnionClass = builtinClass('_UnionGenericAlias', { module: 'typing' });

/** `Union[...]` and `Optional[...]` as typing shows them. */
export class PyTypingUnion extends PyObject {
  constructor(readonly args: readonly PyValue[]) {
    super(typingUnionClass);
  }
}

extendClass(typingUnionClass, {
  payload: PyTypingUnion,
  unknowns: 'accept',
  methods: {
    '__repr__()': (rt, self) => {
      const shown = (args: readonly PyValue[]): string =>
        args.map((arg) => (arg === null ? 'NoneType' : showHint(rt, arg))).join(', ');
      const others = self.args.filter((arg) => arg !== null);
      if (others.length < self.args.length && others.length === 1) return `typing.Optional[${shown(others)}]`;
      return `typing.Union[${shown(self.args)}]`;
    },
    '__eq__(other)': (_rt, self, other) =>
      other instanceof PyTypingUnion
        ? self.args.length === other.args.length && self.args.every((arg) => other.args.includes(arg))
        : NOT_IMPLEMENTED,
    '__hash__()': () => 0n,
    // What stands for the variables in it: a hint all the same.
    '__getitem__(key)': (_rt, self) => self,
    '__or__(other)': (_rt, self, other) => new PyTypingUnion([...self.args, other]),
    '__instancecheck__(instance)': (rt, self, instance) =>
      rt.truth(
        rt.call(rt.builtin('isinstance'), [instance, new PyTuple(self.args.map((arg) => arg ?? noneClass))]),
      ),
  },
  properties: {
    __args__: (_rt, self) => new PyTuple(self.args),
    __origin__: () => unionForm,
  },
});

export const unionForm = new PySpecialForm('Union');

extendClass(specialFormClass, {
  payload: PySpecialForm,
  unknowns: 'accept',
  methods: {
    '__repr__()': (_rt, self) => `typing.${self.name}`,
    '__getitem__(key)': (rt, self, key) => self.subscript(rt, key),
    '__or__(other)': (_rt, self, other) => new PyTypingUnion([self, other]),
    '__ror__(other)': (_rt, self, other) => new PyTypingUnion([other, self]),
    '__mro_entries__(bases)': (rt, self) => {
      const origin = self.originIn(rt);
      return new PyTuple(origin instanceof PyClass ? [origin] : []);
    },
    '__instancecheck__(instance)': (rt, self, instance) => {
      const origin = self.originIn(rt);
      if (origin === null) return raise('TypeError', `typing.${self.name} cannot be used with isinstance()`);
      return rt.call(rt.builtin('isinstance'), [instance, origin]);
    },
    '__call__(*args, **kwargs)': (rt, self, args) => self.call(rt, args instanceof PyTuple ? args.items : []),
  },
  properties: { __name__: (_rt, self) => self.name, __origin__: (rt, self) => self.originIn(rt) },
});

/** `TypeVar('T')`, `ParamSpec('P')`, `NewType`'s results: a name in hints. */
export class PyTypeVar extends PyObject {
  constructor(
    readonly name: string,
    readonly sign: string,
  ) {
    super(typeVarClass);
  }

  /** `NewType('UserId', int)(5)` is just 5. */
  override call(_rt: Runtime, args: readonly PyValue[]): PyValue {
    return args[0] ?? null;
  }
}

extendClass(typeVarClass, {
  payload: PyTypeVar,
  unknowns: 'accept',
  methods: {
    '__repr__()': (_rt, self) => `${self.sign}${self.name}`,
    '__or__(other)': (_rt, self, other) => new PyTypingUnion([self, other]),
    '__ror__(other)': (_rt, self, other) => new PyTypingUnion([other, self]),
    '__call__(value, /)': (_rt, _self, value) => value,
  },
  properties: {
    __name__: (_rt, self) => self.name,
    args: (_rt, self) => self,
    kwargs: (_rt, self) => self,
    __bound__: () => null,
    __constraints__: () => new PyTuple([]),
  },
  staticMethods: {
    '__new__(cls, name, *constraints, **kwargs)': (_rt, _cls, name) => new PyTypeVar(asString(name), '~'),
  },
});
