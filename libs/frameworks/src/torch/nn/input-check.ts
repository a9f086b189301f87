import { PyObject, typeOf } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
import type { Layer } from '@tensormark/network';
import { report } from '../../trace/reading.js';
import { tensorsIn } from '../convert.js';
import { TensorObject } from '../tensor/tensor.js';

/** How PyTorch refuses an input that is no tensor: by the function a layer calls, or by the method it asks for. */
type Refusal = { readonly calls: string } | { readonly asks: string };

const CALLS =
  /^(Conv\dd|ConvTranspose\dd|Linear|LayerNorm|MaxPool\dd|AvgPool\dd|ReLU|ReLU6|Sigmoid|Tanh|GELU|SiLU|Mish|Dropout|AlphaDropout|FeatureAlphaDropout|PReLU|RReLU|SELU|CELU|ELU|LeakyReLU|Hardswish|Hardsigmoid|Hardtanh|Hardshrink|Softshrink|Softplus|LogSigmoid|PixelShuffle|PixelUnshuffle|ChannelShuffle)$/;

/** Functions that layers call by another name than their own. */
const CALLED: Readonly<Record<string, string>> = { ReLU6: 'hardtanh', SiLU: 'silu' };

/** First match wins. */
const ASKS: readonly (readonly [RegExp, string])[] = [
  [/^(BatchNorm|InstanceNorm|SyncBatchNorm)/, 'dim'],
  [/^(RNN|LSTM|GRU|EmbeddingBag|LazyConv)/, 'dim'],
  [/^Lazy/, 'shape'],
  [/^Dropout\dd$/, 'dim'],
  [/^(GroupNorm|AdaptiveMaxPool[23]d)$/, 'size'],
  [/^Softsign$/, 'abs'],
  [/^Tanhshrink$/, 'tanh'],
  [/^Flatten$/, 'flatten'],
  [/^(Log)?Softmax$/, 'softmax'],
  [/^MultiheadAttention$/, 'dim'],
  [/^AdaptiveAvgPool/, 'size'],
];

function refusalOf(type: string): Refusal | undefined {
  if (CALLS.test(type))
    return {
      calls:
        CALLED[type] ??
        type
          .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_')
          .toLowerCase()
          .replace('re_lu', 'relu'),
    };
  const asked = ASKS.find(([pattern]) => pattern.test(type))?.[1];
  return asked === undefined ? undefined : { asks: asked };
}

/** A convolution takes its padding as numbers or as a word: none of its two signatures suits. */
function convolutionRefusal({ type, config, parameters }: Layer, given: string): string {
  const { padding_mode: mode, padding } = config;
  if (typeof mode === 'string' && mode !== 'zeros')
    return `pad(): argument 'input' (position 1) must be Tensor, not ${given}`;
  const bias = parameters.some(({ name }) => name === 'bias') ? 'Parameter' : 'NoneType';
  const spread = typeof padding === 'string' ? 'str' : 'tuple';
  return `${type.toLowerCase()}() received an invalid combination of arguments - got (${given}, Parameter, ${bias}, tuple, ${spread}, tuple, int), but expected one of:`;
}

/** Losses written in Python, which ask the target for its size first. */
const SIZED = /^(MSELoss|L1Loss|SmoothL1Loss|HuberLoss|BCELoss|BCEWithLogitsLoss)$/;

/** Refuses a target that is no tensor. */
export function checkTarget(rt: Runtime, { type }: Layer, target: PyValue | undefined): boolean {
  if (target === undefined || target instanceof TensorObject || !SIZED.test(type)) return true;
  const message = `'${typeOf(target).name}' object has no attribute 'size'`;
  report(rt, { type: 'AttributeError', message, exact: true });
  return false;
}

/**
 * An input that is no tensor (an LSTM's tuple, most often) is refused in PyTorch's words. Where reading goes on, the
 * first tensor in it is taken for what was meant; undefined where there is none.
 */
export function checkedInput(rt: Runtime, layer: Layer, input: PyValue): PyValue | undefined {
  const { type } = layer;
  if (input instanceof TensorObject) return input;
  const refusal = refusalOf(type);
  if (refusal === undefined) return input;
  const given = typeOf(input).name;
  const message =
    'calls' in refusal
      ? /^Conv\dd$/.test(type)
        ? convolutionRefusal(layer, given)
        : `${refusal.calls}(): argument 'input' (position 1) must be Tensor, not ${given}`
      : `'${given}' object has no attribute '${refusal.asks}'`;
  report(rt, { type: 'calls' in refusal ? 'TypeError' : 'AttributeError', message, exact: true });
  return input instanceof PyObject ? tensorsIn(input)[0] : undefined;
}
