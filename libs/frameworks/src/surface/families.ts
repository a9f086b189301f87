/** What the first Keras called the arguments of its layers, which Keras 2 still took. */
const OF_FIRST_LAYERS = `nb_filter nb_row nb_col border_mode subsample dim_ordering init inner_init forget_bias_init
inner_activation W_regularizer b_regularizer U_regularizer W_constraint b_constraint bias output_dim p pool_length stride
filter_length kernel_dim1 kernel_dim2 kernel_dim3 atrous_rate dropout_W dropout_U sigma consume_less nb_feature beta_init
gamma_init length size cropping mode input_dtype`;

/** Arguments that every object of a kind takes beside its own, which the tables leave to `**`. */
const FAMILIES: Readonly<Record<string, string>> = {
  layer: `name dtype trainable input_shape batch_input_shape batch_shape batch_size input_dim input_length weights dynamic
  autocast activity_regularizer sparse ragged implementation unroll time_major zero_output_for_mask experimental_autocast
  experimental_synchronization quantization_config`,
  optimizer: `name lr decay learning_rate clipnorm clipvalue global_clipnorm weight_decay use_ema ema_momentum
  ema_overwrite_frequency jit_compile is_legacy_optimizer gradient_accumulation_steps loss_scale_factor
  gradient_aggregator gradient_transformers momentum nesterov epsilon rho beta_1 beta_2 amsgrad schedule_decay`,
};

const kept = new Map<string, ReadonlySet<string>>();

/** The arguments that a family has; those of the first version too where a program may be of it. */
export function familyOf(family: string, isOfFirst: boolean): ReadonlySet<string> {
  const key = `${family}${isOfFirst ? ' of first' : ''}`;
  let names = kept.get(key);
  if (names === undefined) {
    const text = `${FAMILIES[family] ?? ''}${family === 'layer' && isOfFirst ? ` ${OF_FIRST_LAYERS}` : ''}`;
    names = new Set(text.split(/\s+/));
    kept.set(key, names);
  }
  return names;
}
