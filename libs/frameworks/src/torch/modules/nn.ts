import { defineModule, PyTuple, rawFunction, toArray, PyUnknown } from '@tensormark/python';
import type { NativeModule, PyValue } from '@tensormark/python';
import { beyondTheTable } from '../functions/beyond-the-table.js';
import { functionsAt } from '../functions/table.js';
import { FUNCTIONAL_NAMES, NN_NAMES } from '../names/torch.js';
import { containerClasses } from '../nn/containers.js';
import { initialisers } from '../nn/init.js';
import { FAMILY_BASES } from '../nn/layer-families.js';
import { layerClasses } from '../nn/layers.js';
import { moduleClass } from '../nn/module.js';
import { wrapperClasses } from '../nn/wrappers.js';
import { isSequence } from '../arguments.js';
import { bufferClass, parameterClass } from '../tensor/tensor.js';
import { alsoKnowing } from './known-names.js';

const classes = [
  moduleClass,
  ...containerClasses.values(),
  ...layerClasses,
  ...wrapperClasses,
  parameterClass,
  bufferClass,
];

export const nn: NativeModule = alsoKnowing(defineModule({ name: 'torch.nn', classes }), NN_NAMES);

export const functional: NativeModule = alsoKnowing(
  defineModule({
    name: 'torch.nn.functional',
    functions: beyondTheTable,
    values: functionsAt('functional', beyondTheTable),
  }),
  FUNCTIONAL_NAMES,
);

export const init: NativeModule = defineModule({ name: 'torch.nn.init', functions: initialisers });

/** `_pair(3)` is `(3, 3)`; what is iterable already is taken as it is. */
function repeated(name: string, count: number): PyValue {
  return rawFunction(name, (rt, [value = null]) => {
    if (value instanceof PyUnknown) return value;
    if (isSequence(value)) return new PyTuple(toArray(rt, value));
    return new PyTuple(Array.from({ length: count }, () => value));
  });
}

const utilities = defineModule({
  name: 'torch.nn.modules.utils',
  values: {
    _single: repeated('_single', 1),
    _pair: repeated('_pair', 2),
    _triple: repeated('_triple', 3),
    _quadruple: repeated('_quadruple', 4),
  },
  missing: 'unknown',
});

/** Where PyTorch keeps the classes; each file here has them all. */
const FILES = [
  'activation',
  'adaptive',
  'batchnorm',
  'channelshuffle',
  'container',
  'conv',
  'distance',
  'dropout',
  'flatten',
  'fold',
  'instancenorm',
  'linear',
  'loss',
  'module',
  'normalization',
  'padding',
  'pixelshuffle',
  'pooling',
  'rnn',
  'sparse',
  'transformer',
  'upsampling',
];

export const nnModules: readonly NativeModule[] = [
  utilities,
  defineModule({ name: 'torch.nn.modules', classes, missing: 'unknown' }),
  defineModule({ name: 'torch.nn.parameter', classes: [parameterClass, bufferClass], missing: 'unknown' }),
  ...FILES.map((file) =>
    defineModule({
      name: `torch.nn.modules.${file}`,
      classes: [...classes, ...FAMILY_BASES],
      missing: 'unknown',
    }),
  ),
];
