import { defineModule, nativeFunction } from '@tensormark/python';
import type { NativeImplementation, NativeModule, PyClass, PyValue } from '@tensormark/python';
import { asPackages } from '../torch/modules/shared.js';
import { inputFunction } from './input.js';
import { inputLayerClass } from './input-layer.js';
import { layerClass } from './layer.js';
import { layerClasses } from './layer-classes.js';
import { merges } from './merges.js';
import { modelClass } from './model.js';
import './operations.js';
import { sequentialClass } from './sequential.js';
import { kerasTensorClass } from './tensor.js';
import { wrapperClasses } from './wrappers.js';

const byName = new Map<string, PyClass>(
  [...layerClasses, ...wrapperClasses, layerClass, inputLayerClass].map((cls) => [cls.name, cls]),
);

/** Further names of the same classes. */
const ALIASES: Readonly<Record<string, string>> = {
  MaxPool1D: 'MaxPooling1D',
  MaxPool2D: 'MaxPooling2D',
  MaxPool3D: 'MaxPooling3D',
  AvgPool1D: 'AveragePooling1D',
  AvgPool2D: 'AveragePooling2D',
  AvgPool3D: 'AveragePooling3D',
  GlobalMaxPool1D: 'GlobalMaxPooling1D',
  GlobalMaxPool2D: 'GlobalMaxPooling2D',
  GlobalMaxPool3D: 'GlobalMaxPooling3D',
  GlobalAvgPool1D: 'GlobalAveragePooling1D',
  GlobalAvgPool2D: 'GlobalAveragePooling2D',
  GlobalAvgPool3D: 'GlobalAveragePooling3D',
  Convolution1D: 'Conv1D',
  Convolution2D: 'Conv2D',
  Convolution3D: 'Conv3D',
  Convolution1DTranspose: 'Conv1DTranspose',
  Convolution2DTranspose: 'Conv2DTranspose',
  Convolution3DTranspose: 'Conv3DTranspose',
  Deconvolution2D: 'Conv2DTranspose',
  SeparableConvolution1D: 'SeparableConv1D',
  SeparableConvolution2D: 'SeparableConv2D',
};

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

const LAYERS: Readonly<Record<string, PyValue>> = { ...classesHere(), Input: input, ...merges };
const MODELS: Readonly<Record<string, PyValue>> = {
  Model: modelClass,
  Sequential: sequentialClass,
  Functional: modelClass,
  Input: input,
};

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

const nothing: NativeImplementation = () => null;

function rootModules(root: string): readonly NativeModule[] {
  return [
    defineModule({
      name: root,
      values: { ...MODELS, KerasTensor: kerasTensorClass, Layer: layerClass },
      missing: 'unknown',
    }),
    ...LAYER_MODULES.map((name) =>
      defineModule({ name: `${root}.${name}`, values: { ...LAYERS, ...MODELS }, missing: 'unknown' }),
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
      missing: 'unknown',
    }),
    defineModule({
      name: `${root}.backend`,
      functions: { 'clear_session()': nothing, 'set_image_data_format(*args)': nothing },
      missing: 'unknown',
    }),
  ];
}

const tensorflow: readonly NativeModule[] = [
  defineModule({
    name: 'tensorflow',
    values: { __version__: '2.16.1' },
    missing: 'unknown',
  }),
  defineModule({
    name: 'tensorflow.random',
    functions: { 'set_seed(seed)': nothing },
    missing: 'unknown',
    unknowns: 'accept',
  }),
];

/** Keras under every name it goes by, and TensorFlow as far as models need it. */
export const kerasModules: readonly NativeModule[] = asPackages([
  ...['keras', 'tensorflow.keras', 'tensorflow.python.keras', 'tf_keras'].flatMap(rootModules),
  ...tensorflow,
]);
