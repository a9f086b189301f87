import type { NativeImplementation } from '../../native/functions.js';
import { extendClass } from '../../native/classes.js';
import { defineModule } from '../../native/modules.js';
import type { NativeModule } from '../../native/modules.js';
import { asInteger } from '../../operations/conversion.js';
import { arranging } from './arranging.js';
import { NdArray, ndarrayClass } from './array.js';
import { creation, uninitialised } from './creation.js';
import { abstractClasses, BOOL, dtypeClass, scalarTypes } from './dtypes.js';
import { applyBinary, applyUnary, BINARY, roundTo, UNARY } from './elementwise.js';
import { guardedFunctions } from './giving-up.js';
import './methods.js';
import './scalars.js';
import { accumulate, reduce, REDUCTIONS, withoutDegrees } from './reductions.js';
import { shaping } from './shaping.js';

/** NumPy's names for the binary operations. */
const BINARY_NAMES: Readonly<Record<string, string>> = {
  add: 'add',
  subtract: 'sub',
  multiply: 'mul',
  divide: 'truediv',
  true_divide: 'truediv',
  floor_divide: 'floordiv',
  mod: 'mod',
  remainder: 'mod',
  power: 'pow',
  maximum: 'maximum',
  minimum: 'minimum',
  equal: 'eq',
  not_equal: 'ne',
  less: 'lt',
  less_equal: 'le',
  greater: 'gt',
  greater_equal: 'ge',
};

function binaries(): Record<string, NativeImplementation> {
  const table: Record<string, NativeImplementation> = {};
  for (const [name, method] of Object.entries(BINARY_NAMES)) {
    const operation = BINARY[method];
    if (operation !== undefined)
      table[`${name}(x1, x2, /)`] = (rt, a, b) => applyBinary(rt, operation, a ?? null, b ?? null);
  }
  for (const [name, apply] of [
    ['logical_and', (a: number, b: number) => Number(a !== 0 && b !== 0)],
    ['logical_or', (a: number, b: number) => Number(a !== 0 || b !== 0)],
  ] as const) {
    table[`${name}(x1, x2, /)`] = (rt, a, b) =>
      applyBinary(rt, { apply, type: () => BOOL }, a ?? null, b ?? null);
  }
  return table;
}

function unaries(): Record<string, NativeImplementation> {
  return Object.fromEntries(
    Object.entries(UNARY).map(([name, operation]): [string, NativeImplementation] => [
      `${name}(x, /)`,
      (rt, x) => applyUnary(rt, operation, x ?? null),
    ]),
  );
}

function reductions(): Record<string, NativeImplementation> {
  const table: Record<string, NativeImplementation> = {};
  for (const name of Object.keys(REDUCTIONS)) {
    if (name === 'var' || name === 'std') continue;
    table[`${name}(a, axis=None, dtype=None, out=None, keepdims=False)`] = (
      rt,
      a,
      axis,
      _dtype,
      _out,
      keep,
    ) => reduce(rt, name, a ?? null, axis ?? null, rt.truth(keep ?? false));
  }
  for (const name of ['var', 'std'])
    table[`${name}(a, axis=None, dtype=None, out=None, ddof=0, keepdims=False)`] = (
      rt,
      a,
      axis,
      _dtype,
      _out,
      ddof,
      keep,
    ) => {
      withoutDegrees(name, ddof);
      return reduce(rt, name, a ?? null, axis ?? null, rt.truth(keep ?? false));
    };
  for (const [name, own] of [
    ['amax', 'max'],
    ['amin', 'min'],
  ] as const) {
    table[`${name}(a, axis=None, out=None, keepdims=False)`] = (rt, a, axis, _out, keep) =>
      reduce(rt, own, a ?? null, axis ?? null, rt.truth(keep ?? false));
  }
  return table;
}

const rounding: NativeImplementation = (rt, a, decimals) =>
  roundTo(rt, a ?? null, Number(asInteger(rt, decimals ?? 0n)));

extendClass(ndarrayClass, {
  payload: NdArray,
  staticMethods: guardedFunctions({
    // What stands in it is whatever was in memory.
    '__new__(cls, shape, dtype=None)': (rt, _cls, shape, dtype) =>
      uninitialised(rt, shape ?? null, dtype ?? null).forget(),
  }),
});

/** Enough of NumPy for tables of indices and numbers; everything else in it is unknown. */
export const numpyModule = defineModule({
  name: 'numpy',
  missing: 'unknown',
  classes: [ndarrayClass, dtypeClass, ...abstractClasses],
  values: {
    ...scalarTypes,
    pi: Math.PI,
    e: Math.E,
    inf: Infinity,
    nan: NaN,
    newaxis: null,
    random: (rt) => numpyRandom.instantiate(rt),
  },
  functions: guardedFunctions({
    ...creation,
    ...shaping,
    ...arranging,
    ...binaries(),
    ...unaries(),
    ...reductions(),
    'cumsum(a, axis=None)': (rt, a, axis) => accumulate(rt, 'cumsum', a ?? null, axis ?? null),
    'cumprod(a, axis=None)': (rt, a, axis) => accumulate(rt, 'cumprod', a ?? null, axis ?? null),
    'round(a, decimals=0)': rounding,
    'around(a, decimals=0)': rounding,
    'set_printoptions(*args, **kwargs)': () => null,
    'seterr(**kwargs)': () => null,
  }),
});

/** `numpy.random`: whatever is drawn is unknown. */
export const numpyRandom: NativeModule = defineModule({
  name: 'numpy.random',
  missing: 'unknown',
  unknowns: 'accept',
  functions: {
    'seed(seed=None)': () => null,
    'shuffle(x)': (rt) => {
      rt.note(
        'other',
        'numpy.random.shuffle leaves the order as it was, because the real one is drawn at random',
      );
      return null;
    },
  },
});
