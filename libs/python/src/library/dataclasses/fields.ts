import { evaluateAnnotation, LazyAnnotations } from '../../compile/annotations.js';
import type { LazyAnnotation } from '../../compile/annotations.js';
import { builtinClass, typeOf } from '../../objects/classes.js';
import { dictClass, listClass, PyDict, setClass } from '../../objects/containers.js';
import { raise } from '../../objects/exceptions.js';
import { ClassRecord, PyClass, PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { defineClass } from '../../native/classes.js';
import { repr } from '../../operations/text.js';

/** `dataclasses.MISSING` */
export const MISSING = new PyObject(builtinClass('_MISSING_TYPE', { module: 'dataclasses' }));
/** `dataclasses.KW_ONLY` */
export const KW_ONLY = new PyObject(builtinClass('_KW_ONLY_TYPE', { module: 'dataclasses' }));

/** What a field is: kept on the instance, only handed to `__post_init__`, or the class's own. */
export type FieldKind = 'field' | 'init-only' | 'class';

/** `dataclasses.Field` */
export class PyField extends PyObject {
  name = '';
  kind: FieldKind = 'field';
  hint: LazyAnnotation | undefined = undefined;
  default: PyValue = MISSING;
  factory: PyValue = MISSING;
  init = true;
  repr = true;
  compare = true;
  /** None: as `compare` says. */
  hash: PyValue = null;
  keywordOnly: PyValue = MISSING;
  metadata: PyValue = null;

  constructor() {
    super(fieldClass);
  }

  get hasDefault(): boolean {
    return this.default !== MISSING || this.factory !== MISSING;
  }

  get type(): PyValue {
    return this.hint === undefined ? null : evaluateAnnotation(this.hint);
  }
}

export const fieldClass: PyClass = defineClass({
  name: 'Field',
  module: 'dataclasses',
  payload: PyField,
  unknowns: 'accept',
  methods: {
    '__copy__()': (_rt, self) => self,
    '__deepcopy__(memo)': (_rt, self) => self,
    '__repr__()': (rt, self) =>
      `Field(name=${repr(rt, self.name)},type=${repr(rt, self.type)},default=${repr(rt, self.default)},` +
      `default_factory=${repr(rt, self.factory)},init=${repr(rt, self.init)},repr=${repr(rt, self.repr)},` +
      `hash=${repr(rt, self.hash)},compare=${repr(rt, self.compare)},metadata=mappingproxy(${repr(rt, self.metadata ?? new PyDict())}),` +
      `kw_only=${repr(rt, self.keywordOnly)},_field_type=${self.kind === 'field' ? '_FIELD' : self.kind === 'class' ? '_FIELD_CLASSVAR' : '_FIELD_INITVAR'})`,
  },
  properties: {
    name: (_rt, self) => self.name,
    type: (_rt, self) => self.type,
    default: (_rt, self) => self.default,
    default_factory: (_rt, self) => self.factory,
    init: (_rt, self) => self.init,
    repr: (_rt, self) => self.repr,
    compare: (_rt, self) => self.compare,
    hash: (_rt, self) => self.hash,
    kw_only: (_rt, self) => self.keywordOnly,
    metadata: (_rt, self) => self.metadata ?? new PyDict(),
  },
});

const FIELDS = new ClassRecord<ReadonlyMap<string, PyField>>();

/** The fields of a dataclass, inherited ones first; undefined for any other class. */
export function fieldsOf(cls: PyClass): ReadonlyMap<string, PyField> | undefined {
  for (const base of cls.mro) {
    const own = FIELDS.get(base);
    if (own !== undefined) return own;
  }
  return undefined;
}

/** The fields that instances keep. */
export function instanceFields(cls: PyClass): PyField[] {
  return [...(fieldsOf(cls)?.values() ?? [])].filter((field) => field.kind === 'field');
}

/** A class's own annotations, by name, not evaluated where they need not be. */
function hintsOf(rt: Runtime, cls: PyClass): ReadonlyMap<string, LazyAnnotation> {
  const own = cls.namespace.get('__annotations__');
  if (own instanceof LazyAnnotations) return own.hints;
  const hints = new Map<string, LazyAnnotation>();
  if (own instanceof PyDict) {
    for (const [name, value] of own.keywords())
      hints.set(name, { evaluate: () => value, text: typeof value === 'string' ? value : repr(rt, value) });
  }
  return hints;
}

/** What an annotation's text says about the field; quotes around it are looked through. */
function kindOf(hint: LazyAnnotation): FieldKind | 'keyword-only mark' {
  const text = hint.text.replace(/^\s*['"]?\s*/, '');
  if (/^(\w+\.)?ClassVar\b|^<?(class ')?typing\.ClassVar/.test(text)) return 'class';
  if (/^(\w+\.)?InitVar\b/.test(text)) return 'init-only';
  return /^(\w+\.)?KW_ONLY\b/.test(text) ? 'keyword-only mark' : 'field';
}

/** Gathers a class's fields: those of its bases, then its own in the order of their annotations. */
export function collectFields(rt: Runtime, cls: PyClass, keywordOnly: boolean): ReadonlyMap<string, PyField> {
  const fields = new Map<string, PyField>();
  for (const base of cls.mro.slice(1).toReversed())
    for (const [name, field] of FIELDS.get(base) ?? []) fields.set(name, field);
  let onlyKeywords = keywordOnly;
  const hints = hintsOf(rt, cls);
  for (const [name, hint] of hints) {
    const kind = kindOf(hint);
    if (kind === 'keyword-only mark') onlyKeywords = true;
    else fields.set(name, makeField(rt, cls, name, hint, kind, onlyKeywords));
  }
  for (const [name, value] of cls.namespace) {
    if (value instanceof PyField && !hints.has(name))
      raise('TypeError', `${repr(rt, name)} is a field but has no type annotation`);
  }
  FIELDS.set(cls, fields);
  return fields;
}

function makeField(
  rt: Runtime,
  cls: PyClass,
  name: string,
  hint: LazyAnnotation,
  kind: FieldKind,
  keywordOnly: boolean,
): PyField {
  const given = cls.namespace.get(name);
  const field = given instanceof PyField ? given : new PyField();
  if (given !== undefined && !(given instanceof PyField)) field.default = given;
  field.name = name;
  field.hint = hint;
  field.kind = kind;
  if (field.keywordOnly === MISSING) field.keywordOnly = keywordOnly;
  if (given instanceof PyField)
    rt.setClassAttribute(cls, name, field.default === MISSING ? undefined : field.default);
  if (kind === 'field' && isMutable(field.default)) {
    raise(
      'ValueError',
      `mutable default ${repr(rt, typeOf(field.default))} for field ${name} is not allowed: use default_factory`,
    );
  }
  return field;
}

function isMutable(value: PyValue): boolean {
  const cls = typeOf(value);
  return (
    value !== MISSING &&
    value instanceof PyObject &&
    !(value instanceof PyClass) &&
    ([listClass, dictClass, setClass].some((type) => cls.isSubclassOf(type)) ||
      cls.lookup('__hash__') === null)
  );
}
