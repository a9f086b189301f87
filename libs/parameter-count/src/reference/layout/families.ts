/** Layers that people speak of by one name, and number among themselves. */
export interface Family {
  readonly name: string;
  readonly types: RegExp;
  /** How a working names one of them, the most telling first. */
  readonly words: readonly string[];
}

/** Adding a family is adding a line; the first that fits is taken. */
export const FAMILIES: readonly Family[] = [
  {
    name: 'transposed convolution',
    types: /^(?:ConvTranspose\dd|(?:keras\.)?Conv\dDTranspose|conv_transpose\dd\(\))$/,
    words: ['transposed convolution', 'deconvolution', 'upconvolution', 'conv transpose'],
  },
  {
    name: 'convolution',
    types: /^(?:Conv\dd|(?:keras\.)?(?:Separable|Depthwise)?Conv\dD|conv\dd\(\))$/,
    words: ['convolution', 'convolutional layer', 'conv layer', 'conv'],
  },
  {
    name: 'linear layer',
    types: /^(?:Linear|Bilinear|(?:keras\.)?Dense|linear\(\))$/,
    words: [
      'fully connected layer',
      'fully connected',
      'linear layer',
      'dense layer',
      'fc',
      'linear',
      'dense',
    ],
  },
  {
    name: 'pooling',
    types:
      /^(?:(?:Max|Avg|LP|FractionalMax|Adaptive\w+)Pool\dd|(?:keras\.)?(?:Global)?(?:Max|Average)Pooling\dD|(?:adaptive_)?(?:max|avg)_pool\dd\(\))$/,
    words: ['pooling layer', 'pooling', 'pool'],
  },
  {
    name: 'batch normalisation',
    types: /^(?:BatchNorm\dd|SyncBatchNorm|(?:keras\.)?BatchNormalization)$/,
    words: ['batch normalisation', 'batch normalization', 'batch norm', 'batchnorm', 'bn', 'norm'],
  },
  {
    name: 'normalisation',
    types: /^(?:LayerNorm|GroupNorm|RMSNorm|InstanceNorm\dd|LocalResponseNorm|(?:keras\.)?\w*Normalization)$/,
    words: ['normalisation', 'normalization', 'layer norm', 'layernorm', 'group norm', 'norm', 'ln'],
  },
  {
    name: 'recurrent layer',
    types: /^(?:keras\.)?(?:(?:Simple)?RNN|LSTM|GRU)(?:Cell)?$/,
    words: ['recurrent layer', 'recurrent'],
  },
  {
    name: 'embedding',
    types: /^(?:keras\.)?(?:Embedding|EmbeddingBag)$/,
    words: ['embedding layer', 'embedding', 'word embedding', 'lookup table'],
  },
  {
    name: 'attention',
    types: /^(?:MultiheadAttention|(?:keras\.)?MultiHeadAttention)$/,
    words: ['multi-head attention', 'self-attention', 'attention', 'mha'],
  },
  {
    name: 'output projection',
    types: /^NonDynamicallyQuantizableLinear$/,
    words: ['output projection', 'out projection', 'W_O', 'projection'],
  },
  {
    name: 'encoder layer',
    types: /^Transformer(?:Encoder|Decoder)Layer$/,
    words: ['transformer layer', 'encoder layer', 'decoder layer', 'transformer block'],
  },
  {
    name: 'flattening',
    types: /^(?:(?:keras\.)?Flatten|flatten\(\)|view\(\)|reshape\(\))$/,
    words: ['flatten', 'flattening'],
  },
  {
    name: 'activation',
    types: /^(?:(?:keras\.)?\w*ReLU6?|(?:keras\.)?Activation|GELU|SiLU|Tanh|Sigmoid|relu\(\))$/,
    words: ['activation', 'relu'],
  },
  { name: 'dropout', types: /^(?:keras\.)?\w*Dropout\d?[dD]?$/, words: ['dropout'] },
];

/** Words that a type's own name adds: `max pooling`, `LSTM`. */
export const TYPE_WORDS: Readonly<Record<string, readonly string[]>> = {
  MaxPool1d: ['max pooling', 'max pool'],
  MaxPool2d: ['max pooling', 'max pool'],
  MaxPool3d: ['max pooling', 'max pool'],
  AvgPool1d: ['average pooling', 'avg pool'],
  AvgPool2d: ['average pooling', 'avg pool', 'subsampling'],
  AvgPool3d: ['average pooling', 'avg pool'],
  AdaptiveAvgPool1d: ['global average pooling', 'average pooling', 'gap'],
  AdaptiveAvgPool2d: ['global average pooling', 'average pooling', 'gap'],
  AdaptiveMaxPool2d: ['global max pooling', 'max pooling'],
  LSTM: ['LSTM', 'long short-term memory'],
  GRU: ['GRU', 'gated recurrent unit'],
  RNN: ['RNN', 'vanilla RNN', 'Elman network'],
  LayerNorm: ['layer normalisation', 'layer norm'],
  GroupNorm: ['group normalisation', 'group norm'],
};

export const ORDINALS = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
  'eleventh',
  'twelfth',
] as const;

export function familyOf(type: string): Family | undefined {
  return FAMILIES.find(({ types }) => types.test(type));
}
