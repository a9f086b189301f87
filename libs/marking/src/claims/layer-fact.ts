import type { CodeQuote } from './claim.js';
import { spelledAlike } from '../kinds/code/computing/called-by.js';

/** What a layer or operation is, in the words that answers use. */
export type LayerKind =
  | 'convolution'
  | 'linear'
  | 'pooling'
  | 'dropout'
  | 'normalisation'
  | 'activation'
  | 'softmax'
  | 'recurrence'
  | 'attention'
  | 'embedding'
  | 'other';

const KINDS: readonly (readonly [RegExp, LayerKind])[] = [
  [/^(?:lazy|separable|depthwise)?conv(?:transpose)?[123]d$/, 'convolution'],
  [/^(?:lazy|bi)?linear$/, 'linear'],
  [/pool/, 'pooling'],
  [/dropout/, 'dropout'],
  [/norm(?:alization)?(?:[123]d)?$/, 'normalisation'],
  [/^(?:log)?softmax(?:2d)?$/, 'softmax'],
  [/^(?:lstm|gru|rnn)(?:cell)?$/, 'recurrence'],
  [/attention|^transformer/, 'attention'],
  [/^embedding/, 'embedding'],
  [
    /^(?:.*relu6?|.*sigmoid|.*tanh|gelu|elu|selu|celu|silu|mish|softplus|softsign|hardswish|glu|.*shrink)$/,
    'activation',
  ],
];

/** What a layer or operation is, of PyTorch or Keras, by its name. */
export function kindOf(operation: string): LayerKind {
  const name = spelledAlike(operation);
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'other';
}

/** A layer that was called, or an operation that was applied. */
export interface LayerFact {
  readonly kind: LayerKind;
  readonly operation: string;
  /** Dotted path of the layer; '' for an operation. */
  readonly path: string;
  /** Dotted path of the module that it is called in. */
  readonly within: string;
  /** What the inputs of others name it by. */
  readonly node: number;
  readonly inputs: readonly number[];
  readonly quote: CodeQuote | undefined;
  readonly config: Readonly<Record<string, unknown>> | undefined;
  readonly hasBias: boolean;
}

/** What Keras calls the arguments of PyTorch's layers. */
const KERAS_ARGUMENTS: Readonly<Record<string, string>> = {
  out_channels: 'filters',
  out_features: 'units',
  stride: 'strides',
  p: 'rate',
};

/** A layer's argument as whole numbers, one a dimension; undefined where it is not known. */
export function numbersOf({ config }: LayerFact, name: string): readonly number[] | undefined {
  const value = config?.[name] ?? config?.[KERAS_ARGUMENTS[name] ?? name];
  if (typeof value === 'number') return [value];
  if (typeof value === 'bigint') return [Number(value)];
  if (!Array.isArray(value)) return undefined;
  const numbers = value.map((each: unknown) => Number(each));
  return numbers.every(Number.isFinite) ? numbers : undefined;
}
