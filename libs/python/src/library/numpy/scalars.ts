import { ELEMENT_ATTRIBUTES } from './attribute-names.js';
import { extendClass } from '../../native/classes.js';
import type { MethodDefinition } from '../../native/classes.js';
import { NOT_IMPLEMENTED, PyBoxed } from '../../objects/classes.js';
import { PyTuple } from '../../objects/containers.js';
import {
  dtypeObject,
  FLOAT32,
  FLOAT64,
  numberOf,
  readDType,
  scalarOf,
  scalarTypes,
  typeOfScalar,
} from './dtypes.js';
import type { DType } from './dtypes.js';
import { applyBinary, applyUnary, BINARY, roundTo, UNARY } from './elementwise.js';
import { guardedMethods } from './giving-up.js';
import { isOperand } from './methods.js';
import { shortestSingle } from './text.js';
import { floatRepr } from '../../text/numbers.js';
import { asInteger } from '../../operations/conversion.js';

const ARITHMETIC = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'pow'];

function typeOf(self: PyBoxed): DType {
  return typeOfScalar(self) ?? FLOAT64;
}

function arithmetic(): Record<string, MethodDefinition<PyBoxed>> {
  const methods: Record<string, MethodDefinition<PyBoxed>> = {};
  for (const name of ARITHMETIC) {
    const operation = BINARY[name];
    if (operation === undefined) continue;
    methods[`__${name}__(other)`] = (rt, self, other) =>
      isOperand(other) ? applyBinary(rt, operation, self, other) : NOT_IMPLEMENTED;
    methods[`__r${name}__(other)`] = (rt, self, other) =>
      isOperand(other) ? applyBinary(rt, operation, other, self) : NOT_IMPLEMENTED;
  }
  for (const [name, own] of [
    ['__neg__()', UNARY['negative']],
    ['__abs__()', UNARY['absolute']],
  ] as const) {
    if (own !== undefined) methods[name] = (rt, self) => applyUnary(rt, own, self);
  }
  return methods;
}

/** What single elements do: arithmetic stays NumPy's, so that dividing by zero is no error. */
for (const [name, cls] of Object.entries(scalarTypes)) {
  if (name === 'bool_') continue;
  extendClass(cls, {
    payload: PyBoxed,
    methods: guardedMethods<PyBoxed>({
      ...arithmetic(),
      'item()': (_rt, self) => self.primitive,
      'tolist()': (_rt, self) => self.primitive,
      'astype(dtype)': (rt, self, dtype) => {
        const type = readDType(rt, dtype) ?? typeOf(self);
        return scalarOf(type, type.fit(numberOf(self) ?? 0));
      },
      'round(decimals=0)': (rt, self, decimals) => roundTo(rt, self, Number(asInteger(rt, decimals))),
      'reshape(*shape)': (rt, self) => rt.unknown(`an array of ${rt.show(self)}`),
      '__repr__()': (_rt, self) =>
        typeof self.primitive !== 'number'
          ? String(self.primitive)
          : typeOf(self) === FLOAT32
            ? shortestSingle(self.primitive)
            : floatRepr(self.primitive),
    }),
    properties: {
      dtype: (_rt, self) => dtypeObject(typeOf(self)),
      shape: () => new PyTuple([]),
      ndim: () => 0n,
      size: () => 1n,
      T: (_rt, self) => self,
    },
    unfollowed: ELEMENT_ATTRIBUTES,
  });
}
