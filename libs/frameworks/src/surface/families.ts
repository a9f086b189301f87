import type { Beside } from './signature.js';

/** Arguments that every object of a kind takes beside its own, which the tables leave to `**`. */
const FAMILIES: Readonly<Record<string, string>> = {
  layer: `name dtype trainable input_shape batch_input_shape batch_shape batch_size input_dim input_length weights dynamic
  autocast activity_regularizer sparse ragged implementation unroll time_major zero_output_for_mask experimental_autocast
  experimental_synchronization quantization_config`,
  optimizer: `name lr decay learning_rate clipnorm clipvalue global_clipnorm weight_decay use_ema ema_momentum
  ema_overwrite_frequency jit_compile is_legacy_optimizer gradient_accumulation_steps loss_scale_factor
  gradient_aggregator gradient_transformers momentum nesterov epsilon rho beta_1 beta_2 amsgrad schedule_decay`,
};

/** What functions of a library have been given in older versions, or by the names of another library; nothing is said of these. */
const FORMERLY: Readonly<Record<string, string>> = {
  // The first version, which the second still took; that within TensorFlow never did.
  keras: `nb_filter nb_row nb_col border_mode subsample dim_ordering init inner_init forget_bias_init inner_activation
  W_regularizer b_regularizer U_regularizer W_constraint b_constraint bias output_dim p pool_length stride filter_length
  kernel_dim1 kernel_dim2 kernel_dim3 atrous_rate dropout_W dropout_U sigma consume_less nb_feature beta_init gamma_init
  length size cropping mode input_dtype nb_epoch samples_per_epoch nb_val_samples nb_worker nb_classes nb_words
  concat_axis dot_axes output_shape arguments input output l epsilon grayscale std dim m
  val_samples max_q_size pickle_safe wait_time accuracy show_accuracy`,
  torch: `axis keepdims x a x1 x2 size_average reduce verbose memory_format seq resample fillcolor range`,
  tensorflow: `reduction_indices dim dimension keep_dims squeeze_dims seq_dim batch_dim logits targets labels infer_shape split_dim
  num_split concat_dim`,
  numpy: `normed interpolation missing`,
  pandas: `error_bad_lines warn_bad_lines squeeze prefix mangle_dupe_cols tupleize_cols how freq start end periods sheetname
  parse_cols convert_float cols rows join_axes`,
  sklearn: `n_iter n_jobs normalize presort min_impurity_split iid fit_params base_estimator algorithm affinity multi_class eps
  n_alphas force_all_finite sparse squared precompute_distances pooling_func behaviour n_folds store_cv_values verbose
  square_distances labels estimator_name sum_over_features data_transposed warn_on_dtype early_exaggeration refit
  neg_label pos_label threshold return_indices max_features bootstrap method error_score return_train_score
  n_topics doc_topic_prior random_state loss penalty passes y_pred y_score input charset`,
};

const kept = new Map<string, ReadonlySet<string>>();

function wordsOf(key: string, text: string | undefined): ReadonlySet<string> {
  let names = kept.get(key);
  if (names === undefined) {
    names = new Set(text?.split(/\s+/));
    kept.set(key, names);
  }
  return names;
}

/**
 * Why something takes an argument beside its own, if it does: as one of a family does, or as it was in an older version of the library, by
 * the path under which the program has it.
 */
export function alsoTaken(path: string, name: string, family: string | undefined): Beside | undefined {
  const [library = ''] = path.split('.');
  if (family !== undefined && wordsOf(`of ${family}`, FAMILIES[family]).has(name)) return 'family';
  const former = /^tensorflow\.(?:python\.)?keras\b/.test(path)
    ? ''
    : library === 'torchvision'
      ? 'torch'
      : library;
  return wordsOf(former, Object.hasOwn(FORMERLY, former) ? FORMERLY[former] : undefined).has(name)
    ? 'former'
    : undefined;
}
