import { PyObject, typeOf } from '@tensormark/python';
import type { PyValue, Runtime } from '@tensormark/python';
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
  [/^(RNN|LSTM|GRU|EmbeddingBag)/, 'dim'],
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

/**
 * An input that is no tensor (an LSTM's tuple, most often) is refused in PyTorch's words. Where reading goes on, the
 * first tensor in it is taken for what was meant; undefined where there is none.
 */
export function checkedInput(rt: Runtime, type: string, input: PyValue): PyValue | undefined {
  if (input instanceof TensorObject) return input;
  const refusal = refusalOf(type);
  if (refusal === undefined) return input;
  const given = typeOf(input).name;
  const message =
    'calls' in refusal
      ? `${refusal.calls}(): argument 'input' (position 1) must be Tensor, not ${given}`
      : `'${given}' object has no attribute '${refusal.asks}'`;
  report(rt, { type: 'calls' in refusal ? 'TypeError' : 'AttributeError', message, exact: true });
  return input instanceof PyObject ? tensorsIn(input)[0] : undefined;
}
