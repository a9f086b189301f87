import { PyTuple } from '../../objects/containers.js';
import type { PyClass } from '../../objects/object.js';
import { PyObject } from '../../objects/object.js';
import type { PyValue, Runtime } from '../../objects/object.js';
import { binary } from '../../operations/binary.js';
import type { BinarySymbol } from '../../operations/binary.js';
import { defineClass } from '../../native/classes.js';
import type { MethodDefinition } from '../../native/classes.js';

/** `auto()`: a value chosen once the members before it are known. */
export class AutoValue extends PyObject {
  resolved: PyValue | undefined = undefined;
}

/** `RED | GREEN` in a class body where either is still to be chosen. */
class AutoExpression extends AutoValue {
  constructor(
    cls: PyClass,
    readonly symbol: BinarySymbol,
    readonly left: PyValue,
    readonly right: PyValue,
  ) {
    super(cls);
  }
}

function operators(): Record<string, MethodDefinition<AutoValue>> {
  const methods: Record<string, MethodDefinition<AutoValue>> = {};
  const names: readonly (readonly [BinarySymbol, string])[] = [
    ['|', 'or'],
    ['&', 'and'],
    ['^', 'xor'],
    ['+', 'add'],
    ['-', 'sub'],
    ['*', 'mul'],
    ['<<', 'lshift'],
  ];
  for (const [symbol, name] of names) {
    methods[`__${name}__(other)`] = (_rt, self, other) => new AutoExpression(self.cls, symbol, self, other);
    methods[`__r${name}__(other)`] = (_rt, self, other) => new AutoExpression(self.cls, symbol, other, self);
  }
  return methods;
}

export const autoClass = defineClass({
  name: 'auto',
  module: 'enum',
  payload: AutoValue,
  allocate: (cls) => new AutoValue(cls),
  unknowns: 'accept',
  methods: {
    ...operators(),
    '__repr__()': (rt, self) =>
      `auto(${self.resolved === undefined ? '_auto_null' : rt.show(self.resolved)})`,
  },
  properties: { value: (_rt, self) => self.resolved ?? null },
});

/** A member's value with what `auto()` stands for put in; `choose` gives the next one. */
export function resolveValue(rt: Runtime, value: PyValue, choose: () => PyValue): PyValue {
  if (value instanceof AutoExpression) {
    value.resolved ??= binary(
      rt,
      value.symbol,
      resolveValue(rt, value.left, choose),
      resolveValue(rt, value.right, choose),
    );
    return value.resolved;
  }
  if (value instanceof AutoValue) {
    value.resolved ??= choose();
    return value.resolved;
  }
  return value instanceof PyTuple && value.items.some((item) => item instanceof AutoValue)
    ? new PyTuple(value.items.map((item) => resolveValue(rt, item, choose)))
    : value;
}
