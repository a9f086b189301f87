import { defineClass } from '@tensormark/python';
import type { PyClass } from '@tensormark/python';
import { lossBase, weightedLossBase } from './loss-bases.js';
import { moduleClass } from './module.js';
import { ModuleObject } from './module-object.js';

/** What PyTorch's class of a layer has besides the layer itself. */
export interface LayerFamily {
  /** Where PyTorch keeps the class. */
  readonly module: string;
  /** The class it derives from, for `isinstance`. */
  readonly base: PyClass;
  /** Parameters or buffers that are None where the layer does without. */
  readonly nullable: readonly string[];
}

function base(name: string, module: string, parent: PyClass = moduleClass): PyClass {
  return defineClass({ name, module: `torch.nn.modules.${module}`, bases: [parent], payload: ModuleObject });
}

const convolution = base('_ConvNd', 'conv');
const transposedConvolution = base('_ConvTransposeNd', 'conv', convolution);
const normBase = base('_NormBase', 'batchnorm');
const batchNorm = base('_BatchNorm', 'batchnorm', normBase);
const instanceNorm = base('_InstanceNorm', 'instancenorm', normBase);
const dropout = base('_DropoutNd', 'dropout');
const recurrent = base('RNNBase', 'rnn');
const recurrentCell = base('RNNCellBase', 'rnn');
const maximumPooling = base('_MaxPoolNd', 'pooling');
const averagePooling = base('_AvgPoolNd', 'pooling');
const adaptiveAverage = base('_AdaptiveAvgPoolNd', 'pooling');
const adaptiveMaximum = base('_AdaptiveMaxPoolNd', 'pooling');

/** Classes that only serve `isinstance`. */
export const FAMILY_BASES: readonly PyClass[] = [
  convolution,
  transposedConvolution,
  normBase,
  batchNorm,
  instanceNorm,
  dropout,
  recurrent,
  recurrentCell,
  maximumPooling,
  averagePooling,
  adaptiveAverage,
  adaptiveMaximum,
  lossBase,
  weightedLossBase,
];

const WEIGHT_AND_BIAS = ['weight', 'bias'];
const STATISTICS = ['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked'];
const ATTENTION = [
  'in_proj_weight',
  'q_proj_weight',
  'k_proj_weight',
  'v_proj_weight',
  'in_proj_bias',
  'bias_k',
  'bias_v',
];

/** First match wins. */
const FAMILIES: readonly (readonly [RegExp, string, PyClass, readonly string[]])[] = [
  [/ConvTranspose/, 'conv', transposedConvolution, ['bias']],
  [/Conv\dd$/, 'conv', convolution, ['bias']],
  [/(Linear|Identity)$/, 'linear', moduleClass, ['bias']],
  [/^Bilinear$/, 'linear', moduleClass, ['bias']],
  [/BatchNorm/, 'batchnorm', batchNorm, STATISTICS],
  [/InstanceNorm/, 'instancenorm', instanceNorm, STATISTICS],
  [/(LayerNorm|GroupNorm|RMSNorm|LocalResponseNorm)$/, 'normalization', moduleClass, WEIGHT_AND_BIAS],
  [/Dropout/, 'dropout', dropout, []],
  [/Cell$/, 'rnn', recurrentCell, []],
  [/^(RNN|LSTM|GRU)$/, 'rnn', recurrent, []],
  [/^MaxPool/, 'pooling', maximumPooling, []],
  [/^AvgPool/, 'pooling', averagePooling, []],
  [/^AdaptiveAvgPool/, 'pooling', adaptiveAverage, []],
  [/^AdaptiveMaxPool/, 'pooling', adaptiveMaximum, []],
  [/Pool/, 'pooling', moduleClass, []],
  [
    /^(CrossEntropyLoss|NLLLoss\w*|BCELoss|MultiMarginLoss|MultiLabelSoftMarginLoss)$/,
    'loss',
    weightedLossBase,
    [],
  ],
  [/Loss/, 'loss', lossBase, []],
  [/^MultiheadAttention$/, 'activation', moduleClass, ATTENTION],
  [/^Transformer/, 'transformer', moduleClass, []],
  [/^Embedding/, 'sparse', moduleClass, []],
  [/Flatten/, 'flatten', moduleClass, []],
  [/^(Upsample|UpsamplingNearest2d|UpsamplingBilinear2d)$/, 'upsampling', moduleClass, []],
  [/^Pixel/, 'pixelshuffle', moduleClass, []],
  [/Pad\dd$/, 'padding', moduleClass, []],
  [/^(Cosine|Pairwise)/, 'distance', moduleClass, []],
  [/^(Fold|Unfold)$/, 'fold', moduleClass, []],
  [/^ChannelShuffle$/, 'channelshuffle', moduleClass, []],
];

export function familyOf(type: string): LayerFamily {
  const found = FAMILIES.find(([pattern]) => pattern.test(type));
  if (found === undefined) return { module: 'torch.nn.modules.activation', base: moduleClass, nullable: [] };
  const [, module, base, nullable] = found;
  return { module: `torch.nn.modules.${module}`, base, nullable };
}

/** Parameters and buffers that are None where the layer does without. */
export function nullableNames(type: string): readonly string[] {
  return familyOf(type).nullable;
}
