import { binary, defineClass, defineModule } from '@tensormark/python';
import type { MethodDefinition, NativeModule, PyClass, PyValue, Runtime } from '@tensormark/python';
import { operation } from '@tensormark/network';
import { assign, moduleClass } from '../nn/module.js';
import { ModuleObject } from '../nn/module-object.js';
import { classesByType } from '../nn/install.js';
import { applyOperation } from '../operations.js';

/** Modules that mark where numbers are quantised; before conversion they hand on what they are given. */
function stub(name: string): PyClass {
  return defineClass({
    name,
    module: 'torch.ao.quantization.stubs',
    bases: [moduleClass],
    payload: ModuleObject,
    methods: {
      '__init__(qconfig=None)': (rt, self) => {
        self.initialise(rt);
        return null;
      },
      'forward(x)': (_rt, _self, x) => x ?? null,
    },
  });
}

function named(rt: Runtime, name: string, args: readonly PyValue[]): PyValue {
  const definition = operation(name);
  return definition === undefined
    ? rt.unknown(`${name} is not interpreted`)
    : applyOperation(rt, definition, args);
}

const relu = (rt: Runtime, value: PyValue): PyValue => named(rt, 'relu', [value]);
const sum = (rt: Runtime, x: PyValue, y: PyValue): PyValue => binary(rt, '+', x, y);
const times = (rt: Runtime, x: PyValue, y: PyValue): PyValue => binary(rt, '*', x, y);

type Method = MethodDefinition<ModuleObject>;
const two =
  (combine: (rt: Runtime, x: PyValue, y: PyValue) => PyValue): Method =>
  (rt, _self, x, y) =>
    combine(rt, x ?? null, y ?? null);

/** Operations as a module, so that what they give can be observed. */
const floatFunctional = defineClass({
  name: 'FloatFunctional',
  module: 'torch.ao.nn.quantized.modules.functional_modules',
  bases: [moduleClass],
  payload: ModuleObject,
  methods: {
    '__init__()': (rt, self) => {
      self.initialise(rt);
      const identity = classesByType.get('Identity');
      if (identity !== undefined) assign(rt, self, 'activation_post_process', rt.instantiate(identity, []));
      return null;
    },
    'add(x, y)': two(sum),
    'add_scalar(x, y)': two(sum),
    'mul(x, y)': two(times),
    'mul_scalar(x, y)': two(times),
    'add_relu(x, y)': two((rt, x, y) => relu(rt, sum(rt, x, y))),
    'matmul(x, y)': two((rt, x, y) => binary(rt, '@', x, y)),
    'cat(x, dim=0)': (rt, _self, x, dim) => named(rt, 'cat', [x ?? null, dim ?? null]),
    'forward(x)': (rt) =>
      rt.raise(
        'RuntimeError',
        'FloatFunctional is not intended to use the forward. Please use the specific operation',
      ),
  },
});

const stubs = [stub('QuantStub'), stub('DeQuantStub')];

/** `fuse_modules` and what converts: nothing changes that is counted before conversion, so they are unknown. */
export const quantization: readonly NativeModule[] = [
  ...[
    'torch.ao.quantization',
    'torch.quantization',
    'torch.ao.quantization.stubs',
    'torch.quantization.stubs',
  ].map((name) => defineModule({ name, classes: stubs, missing: 'unknown' })),
  ...['torch.nn.quantized', 'torch.ao.nn.quantized'].map((name) =>
    defineModule({ name, classes: [floatFunctional], missing: 'unknown' }),
  ),
  defineModule({ name: 'torch.ao', missing: 'unknown' }),
  defineModule({ name: 'torch.ao.nn', missing: 'unknown' }),
];
