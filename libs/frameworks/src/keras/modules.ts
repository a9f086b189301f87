import { defineModule, nativeFunction } from '@tensormark/python';
import type { NativeImplementation, NativeModule, PyClass, PyValue } from '@tensormark/python';
import { identityDecorator } from '../torch/modules/decorators.js';
import { asPackages } from '../torch/modules/shared.js';
import { ALIASES } from './aliases.js';
import { applicationModules } from './applications.js';
import { drawn, FUNCTION_NAMES, functionsNamed } from './functions.js';
import { inputFunction } from './input.js';
import { inputLayerClass } from './input-layer.js';
import { lambdaClass } from './lambda.js';
import { layerClass } from './layer.js';
import { firstConvolutions, layerClasses } from './layer-classes.js';
import { merges } from './merges.js';
import { modelClass } from './model.js';
import './operations.js';
import { sequentialClass } from './sequential.js';
import { kerasTensorClass } from './tensor.js';
import { wrapperClasses } from './wrappers.js';

const byName = new Map<string, PyClass>(
  [...layerClasses, ...wrapperClasses, lambdaClass, layerClass, inputLayerClass].map((cls) => [
    cls.name,
    cls,
  ]),
);

function classesHere(): Record<string, PyValue> {
  const values: Record<string, PyValue> = Object.fromEntries(byName);
  for (const [alias, name] of Object.entries(ALIASES)) {
    const cls = byName.get(name);
    if (cls !== undefined) values[alias] = cls;
  }
  return values;
}

const input = nativeFunction(
  'Input(*args, **kwargs)',
  (rt, args, kwargs) => inputFunction(rt, args ?? null, kwargs ?? null),
  { unknowns: 'accept' },
);

/** What `keras.layers` has. */
const LAYERS: Readonly<Record<string, PyValue>> = { ...classesHere(), Input: input, ...merges };
const MODELS: Readonly<Record<string, PyValue>> = {
  Model: modelClass,
  Sequential: sequentialClass,
  Functional: modelClass,
  Input: input,
};

/** Names of classes and functions that a fragment may use without importing them. */
export const KERAS_NAMES: readonly string[] = [...Object.keys(LAYERS), ...Object.keys(MODELS)];

/** Modules below a root of Keras whose names are the layers': where Keras has kept them over the years. */
const LAYER_MODULES = [
  'layers',
  'layers.core',
  'layers.convolutional',
  'layers.pooling',
  'layers.recurrent',
  'layers.normalization',
  'layers.embeddings',
  'layers.advanced_activations',
  'layers.merge',
  'layers.noise',
  'layers.wrappers',
  'layers.experimental',
  'layers.experimental.preprocessing',
  'legacy.layers',
] as const;
const MODEL_MODULES = ['models', 'engine', 'engine.topology', 'engine.training'] as const;

const ACTIVATIONS = [
  'relu',
  'sigmoid',
  'tanh',
  'softmax',
  'gelu',
  'elu',
  'selu',
  'silu',
  'swish',
  'softplus',
];
/** Names that TensorFlow itself has not at its root. */
const LEGACY = new Set(['mean', 'sum', 'max', 'min', 'concatenate', 'int_shape', 'permute_dimensions']);
const DTYPES = ['float16', 'float32', 'float64', 'int32', 'int64', 'uint8', 'bool'];

/** A class that is registered for saving is the class it was. */
const REGISTERING = `
def register_keras_serializable(package='Custom', name=None):
    return lambda cls: cls
`;

const nothing: NativeImplementation = () => null;

/** Names of the first Keras, which stood by itself. */
const FIRST: Readonly<Record<string, PyValue>> = Object.fromEntries(
  firstConvolutions.map((cls) => [cls.name.replace('Conv', 'Convolution'), cls]),
);

function rootModules(root: string): readonly NativeModule[] {
  const own = root === 'keras' ? { ...LAYERS, ...MODELS, ...FIRST } : { ...LAYERS, ...MODELS };
  return [
    defineModule({
      name: root,
      values: { ...MODELS, KerasTensor: kerasTensorClass, Layer: layerClass },
      missing: 'unknown',
    }),
    ...LAYER_MODULES.map((name) =>
      defineModule({ name: `${root}.${name}`, values: own, missing: 'unknown' }),
    ),
    ...MODEL_MODULES.map((name) =>
      defineModule({
        name: `${root}.${name}`,
        values: { ...MODELS, Layer: layerClass, InputLayer: inputLayerClass },
        missing: 'unknown',
      }),
    ),
    defineModule({
      name: `${root}.utils`,
      functions: { 'set_random_seed(seed)': nothing, 'plot_model(*args, **kwargs)': nothing },
      source: REGISTERING,
      missing: 'unknown',
    }),
    defineModule({ name: `${root}.saving`, source: REGISTERING, missing: 'unknown' }),
    defineModule({
      name: `${root}.backend`,
      functions: { 'clear_session()': nothing, 'set_image_data_format(*args)': nothing },
      values: functionsNamed(FUNCTION_NAMES),
      missing: 'unknown',
    }),
    defineModule({ name: `${root}.ops`, values: functionsNamed(FUNCTION_NAMES), missing: 'unknown' }),
    defineModule({
      name: `${root}.activations`,
      values: functionsNamed(ACTIVATIONS),
      missing: 'unknown',
    }),
    ...applicationModules(root),
  ];
}

const tensorflow: readonly NativeModule[] = [
  defineModule({
    name: 'tensorflow',
    values: {
      __version__: '2.16.1',
      ...functionsNamed(FUNCTION_NAMES.filter((name) => !LEGACY.has(name))),
      function: identityDecorator('function'),
      ...Object.fromEntries(DTYPES.map((dtype) => [dtype, dtype])),
    },
    missing: 'unknown',
  }),
  defineModule({
    name: 'tensorflow.random',
    functions: { 'set_seed(seed)': nothing },
    values: { normal: drawn, uniform: drawn },
    missing: 'unknown',
    unknowns: 'accept',
  }),
  ...['tensorflow.math', 'tensorflow.nn', 'tensorflow.linalg'].map((name) =>
    defineModule({ name, values: functionsNamed(FUNCTION_NAMES), missing: 'unknown' }),
  ),
];

/** Keras under every name it goes by, and TensorFlow as far as models need it. */
export const kerasModules: readonly NativeModule[] = asPackages([
  ...['keras', 'tensorflow.keras', 'tensorflow.python.keras', 'tf_keras', 'keras_core'].flatMap(rootModules),
  ...tensorflow,
]);
