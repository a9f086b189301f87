/** Words that an argument may be, as the library itself checks them. */
interface Options {
  /** The full names of what takes the argument. */
  readonly of: RegExp;
  readonly argument: string;
  readonly words: readonly string[];
  /** Whether capitals do not matter. */
  readonly isCaseless?: true;
}

const KERAS = 'keras\\.layers\\.';

const OPTIONS: readonly Options[] = [
  ...(
    [
      [
        /^torch\.nn\.KLDivLoss$|^torch\.nn\.functional\.kl_div$/,
        'reduction',
        'none mean sum batchmean elementwise_mean',
      ],
      [/^torch\.nn\.(?!KLDiv)\w*Loss$/, 'reduction', 'none mean sum elementwise_mean'],
      [
        /^torch\.nn\.functional\.(cross_entropy|binary_cross_entropy\w*|nll_loss|mse_loss|l1_loss|smooth_l1_loss|huber_loss)$/,
        'reduction',
        'none mean sum elementwise_mean',
      ],
      [/^torch\.nn\.Conv(Transpose)?[123]d$/, 'padding_mode', 'zeros reflect replicate circular'],
      [/^torch\.nn\.Conv[123]d$/, 'padding', 'valid same'],
      [/^torch\.nn\.RNN(Cell)?$/, 'nonlinearity', 'tanh relu'],
      [
        /^torch\.nn\.(Upsample|functional\.(interpolate|upsample))$/,
        'mode',
        'nearest linear bilinear bicubic trilinear area nearest-exact',
      ],
      [/^torch\.nn\.functional\.grid_sample$/, 'mode', 'bilinear nearest bicubic'],
      [/^torch\.nn\.functional\.grid_sample$/, 'padding_mode', 'zeros border reflection'],
      [/^torch\.nn\.functional\.pad$/, 'mode', 'constant reflect replicate circular'],
      [/^torch\.nn\.init\.kaiming_(uniform|normal)_?$/, 'mode', 'fan_in fan_out'],
      [
        /^torch\.nn\.init\.(kaiming_(uniform|normal)_?|calculate_gain)$/,
        'nonlinearity',
        'linear conv1d conv2d conv3d conv_transpose1d conv_transpose2d conv_transpose3d sigmoid tanh relu leaky_relu selu',
      ],
      [/^torch\.nn\.EmbeddingBag$/, 'mode', 'sum mean max'],
      [/^torch\.nn\.GELU$/, 'approximate', 'none tanh'],
      [/^torch\.nn\.Transformer(\w+Layer)?$/, 'activation', 'relu gelu'],
      [/^torch\.optim\.lr_scheduler\.ReduceLROnPlateau$/, 'mode', 'min max'],
      [/^torch\.optim\.lr_scheduler\.ReduceLROnPlateau$/, 'threshold_mode', 'rel abs'],
      [/^torch\.optim\.lr_scheduler\.OneCycleLR$/, 'anneal_strategy', 'cos linear'],
      [/^torch\.optim\.lr_scheduler\.CyclicLR$/, 'mode', 'triangular triangular2 exp_range'],
      [/^torchvision\.datasets\.EMNIST$/, 'split', 'byclass bymerge balanced letters digits mnist'],
      [/^torchvision\.datasets\.SVHN$/, 'split', 'train test extra'],
      [/^torchvision\.datasets\.STL10$/, 'split', 'train test unlabeled train+unlabeled'],
      [/^torchvision\.transforms\.(RandomCrop|Pad)$/, 'padding_mode', 'constant edge reflect symmetric'],
      [/^pandas\.merge$/, 'how', 'left right outer inner cross left_anti right_anti'],
      [/^tensorflow\.nn\.(conv[123]d|max_pool|avg_pool|depthwise_conv2d)$/, 'padding', 'SAME VALID EXPLICIT'],
      [/^keras\.preprocessing\.sequence\.pad_sequences$/, 'padding', 'pre post'],
      [/^keras\.preprocessing\.sequence\.pad_sequences$/, 'truncating', 'pre post'],
      [/^keras\.applications\.[A-Z]\w*$/, 'pooling', 'avg max'],
      [/^keras\.preprocessing\.image\.ImageDataGenerator$/, 'fill_mode', 'constant nearest reflect wrap'],
      [
        /^keras\.(?:preprocessing|utils)\.image_dataset_from_directory$/,
        'label_mode',
        'int categorical binary',
      ],
      [
        /^keras\.preprocessing\.image\.ImageDataGenerator#flow_from_(directory|dataframe)$/,
        'class_mode',
        'categorical binary sparse input other raw multi_output',
      ],
      [/^keras\.preprocessing\.image\.ImageDataGenerator#flow\w*$/, 'subset', 'training validation'],
      [
        /^keras\.preprocessing\.image\.ImageDataGenerator#flow_from_(directory|dataframe)$/,
        'color_mode',
        'grayscale rgb rgba',
      ],
    ] as const
  ).map(([of, argument, words]): Options => ({ of, argument, words: words.split(' ') })),
  ...(
    [
      [
        '(Separable|Depthwise)?Conv\\w*|(Max|Average)Pool\\w*|LocallyConnected[12]D|Convolution[123]D',
        'padding',
        'valid same causal',
      ],
      ['Convolution[123]D', 'border_mode', 'valid same full'],
      [
        '\\w*(Conv|Pool|Padding|Cropping|UpSampling|Flatten)\\w*',
        'data_format',
        'channels_last channels_first',
      ],
      ['Bidirectional', 'merge_mode', 'sum mul concat ave'],
    ] as const
  ).map(([of, argument, words]): Options => ({
    of: new RegExp(`^${KERAS}(?:${of})$`),
    argument,
    words: words.split(' '),
    isCaseless: true,
  })),
];

/** The words that an argument of something may be; undefined where nobody knows. */
export function optionsOf(
  path: string,
  argument: string,
): { readonly words: readonly string[]; readonly isCaseless: boolean } | undefined {
  const found = OPTIONS.find((one) => one.argument === argument && one.of.test(path));
  return found && { words: found.words, isCaseless: found.isCaseless === true };
}
