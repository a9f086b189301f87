import { getAttribute, keywords, PyList, PyTuple, toArray } from '@tensormark/python';
import type { MethodDefinition, NativeImplementation, PyClass, PyValue, Runtime } from '@tensormark/python';
import { operation } from '@tensormark/network';
import { asCount } from '../arguments.js';
import { applyOperation } from '../operations.js';
import { TensorObject } from '../tensor/tensor.js';
import { filled, triangle } from '../values/creation.js';
import { tensorsOf } from './module-object.js';
import type { ModuleObject } from './module-object.js';

/** What PyTorch's own layers have besides `forward`: what subclasses call and override. */
export interface LayerMethods {
  readonly methods: Readonly<Record<string, MethodDefinition<ModuleObject>>>;
  readonly properties?: Readonly<Record<string, (rt: Runtime, self: ModuleObject) => PyValue>>;
  readonly classMethods?: Readonly<
    Record<string, (rt: Runtime, cls: PyClass, ...args: PyValue[]) => PyValue>
  >;
  readonly staticMethods?: Readonly<Record<string, NativeImplementation>>;
}

const nothing: MethodDefinition<ModuleObject> = () => null;

function apply(
  rt: Runtime,
  name: string,
  args: readonly PyValue[],
  named?: ReadonlyMap<string, PyValue>,
): PyValue {
  const definition = operation(name);
  return definition === undefined
    ? rt.unknown(`${name} is not interpreted`)
    : applyOperation(rt, definition, args, named);
}

/** Calls a child, or whatever else stands under the name. */
function call(rt: Runtime, self: ModuleObject, name: string, ...args: readonly PyValue[]): PyValue {
  return rt.call(getAttribute(rt, self, name), args);
}

function integers(rt: Runtime, value: PyValue): bigint[] {
  return toArray(rt, value).map((item) => BigInt(asCount(rt, item)));
}

/** `padding` as `F.pad` takes it: the last axis first, each size twice. */
function paddingForPad(rt: Runtime, self: ModuleObject): PyValue {
  const padding = getAttribute(rt, self, 'padding');
  const kernel = integers(rt, getAttribute(rt, self, 'kernel_size'));
  if (padding === 'valid') return new PyList(kernel.flatMap(() => [0n, 0n]));
  if (padding === 'same') {
    const dilation = integers(rt, getAttribute(rt, self, 'dilation'));
    const totals = kernel.map((size, axis) => (dilation[axis] ?? 1n) * (size - 1n));
    return new PyList(totals.toReversed().flatMap((total) => [total / 2n, total - total / 2n]));
  }
  return new PyTuple(
    integers(rt, padding)
      .toReversed()
      .flatMap((size) => [size, size]),
  );
}

function convolution(rank: number): LayerMethods {
  return {
    methods: {
      'reset_parameters()': nothing,
      '_conv_forward(input, weight, bias)': (rt, self, input, weight, bias) => {
        const mode = getAttribute(rt, self, 'padding_mode');
        const [stride, padding, dilation, groups] = ['stride', 'padding', 'dilation', 'groups'].map((name) =>
          getAttribute(rt, self, name),
        );
        const isPadded = mode !== 'zeros';
        const source = isPadded
          ? apply(rt, 'pad', [input ?? null, paddingForPad(rt, self)], new Map([['mode', mode]]))
          : (input ?? null);
        return apply(rt, `conv${rank}d`, [
          source,
          weight ?? null,
          bias ?? null,
          stride ?? null,
          isPadded ? 0n : (padding ?? null),
          dilation ?? null,
          groups ?? null,
        ]);
      },
    },
    properties: { _reversed_padding_repeated_twice: paddingForPad },
  };
}

const statistics: LayerMethods = {
  methods: {
    'reset_parameters()': nothing,
    'reset_running_stats()': nothing,
    '_check_input_dim(input)': nothing,
  },
};

const resettable: LayerMethods = { methods: { 'reset_parameters()': nothing } };

const embedding: LayerMethods = {
  ...resettable,
  methods: { ...resettable.methods, '_fill_padding_idx_with_zero()': nothing },
  classMethods: {
    'from_pretrained(embeddings, freeze=True, **kwargs)': (rt, cls, embeddings, freeze, kwargs) => {
      if (!(embeddings instanceof TensorObject)) return rt.unknown('an embedding made of unknown weights');
      if (embeddings.shape.length !== 2)
        return rt.raise('AssertionError', 'Embeddings parameter is expected to be 2-dimensional');
      const [rows = 0, columns = 0] = embeddings.shape;
      const made = rt.call(cls, [BigInt(rows), BigInt(columns)], keywords(kwargs ?? null));
      const weight = getAttribute(rt, made, 'weight');
      if (weight instanceof TensorObject) weight.requiresGrad = !rt.truth(freeze ?? true);
      return made;
    },
  },
};

/** The blocks of a transformer's layer, which subclasses put together in their own order. */
function block(attention: string, dropout: string): MethodDefinition<ModuleObject> {
  return (rt, self, query, ...others) => {
    const isCross = attention !== 'self_attn';
    const [memory, mask, padding] = isCross ? others : [query, ...others];
    const result = rt.call(
      getAttribute(rt, self, attention),
      [query ?? null, memory ?? null, memory ?? null],
      new Map<string, PyValue>([
        ['attn_mask', mask ?? null],
        ['key_padding_mask', padding ?? null],
        ['need_weights', false],
      ]),
    );
    return call(rt, self, dropout, result instanceof PyTuple ? (result.items[0] ?? null) : result);
  };
}

/** The parameters of each layer and direction, a list each. */
function weightsByLayer(self: ModuleObject): PyValue {
  const groups = new Map<string, PyValue[]>();
  for (const [name, tensor] of tensorsOf(self, 'parameters')) {
    const suffix = /_l\d+(_reverse)?$/.exec(name)?.[0] ?? '';
    groups.set(suffix, [...(groups.get(suffix) ?? []), tensor]);
  }
  return new PyList([...groups.values()].map((group) => new PyList(group)));
}

function feedForward(last: string): MethodDefinition<ModuleObject> {
  return (rt, self, input) => {
    const inside = call(rt, self, 'activation', call(rt, self, 'linear1', input ?? null));
    return call(rt, self, last, call(rt, self, 'linear2', call(rt, self, 'dropout', inside)));
  };
}

const SELF_ATTENTION = '_sa_block(x, attn_mask, key_padding_mask, is_causal=False)';

const METHODS: readonly (readonly [RegExp, LayerMethods])[] = [
  [/^(Lazy)?Conv1d$/, convolution(1)],
  [/^(Lazy)?Conv2d$/, convolution(2)],
  [/^(Lazy)?Conv3d$/, convolution(3)],
  [
    /^SyncBatchNorm$/,
    {
      ...statistics,
      // One of several processes: its layers have the shapes they had.
      classMethods: {
        'convert_sync_batchnorm(module, process_group=None)': (_rt, _cls, module) => module ?? null,
      },
    },
  ],
  [/BatchNorm|InstanceNorm/, statistics],
  [/^Embedding/, embedding],
  [
    /^(RNN|LSTM|GRU)$/,
    {
      methods: {
        'reset_parameters()': nothing,
        'flatten_parameters()': nothing,
        '_init_flat_weights()': nothing,
      },
      properties: { all_weights: (_rt, self) => weightsByLayer(self) },
    },
  ],
  [/^MultiheadAttention$/, { methods: { '_reset_parameters()': nothing } }],
  [
    /^Transformer$/,
    {
      methods: { '_reset_parameters()': nothing },
      staticMethods: {
        'generate_square_subsequent_mask(sz, device=None, dtype=None)': (rt, size) =>
          causalMask(rt, asCount(rt, size ?? null)),
      },
    },
  ],
  [
    /^TransformerEncoderLayer$/,
    {
      methods: { [SELF_ATTENTION]: block('self_attn', 'dropout1'), '_ff_block(x)': feedForward('dropout2') },
    },
  ],
  [
    /^TransformerDecoderLayer$/,
    {
      methods: {
        [SELF_ATTENTION]: block('self_attn', 'dropout1'),
        '_mha_block(x, mem, attn_mask, key_padding_mask, is_causal=False)': block(
          'multihead_attn',
          'dropout2',
        ),
        '_ff_block(x)': feedForward('dropout3'),
      },
    },
  ],
  [
    /^(ConvTranspose|LazyConvTranspose|Linear|LazyLinear|Bilinear|.*Cell$|LayerNorm|GroupNorm|RMSNorm|AdaptiveLog)/,
    resettable,
  ],
];

/** First match wins. */
export function methodsOf(type: string): LayerMethods {
  return METHODS.find(([pattern]) => pattern.test(type))?.[1] ?? { methods: {} };
}

/** Minus infinity above the diagonal, so that no place attends to a later one. */
function causalMask(rt: Runtime, size: number): PyValue {
  const shape = [size, size];
  const full = filled(shape, -Infinity, 'float32');
  rt.allocate(200 + (full?.count ?? 0) * 8);
  return TensorObject.holding(full && triangle(full, 1, 'upper'), { shape, dtype: 'float32' });
}
