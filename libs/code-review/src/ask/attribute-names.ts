import { ALL_ARRAY_ATTRIBUTES } from '@tensormark/python';

/**
 * Public attributes of what programs handle most, as Python 3.11, PyTorch 2, Keras 2 and 3 and NumPy list them: to tell an attribute that is not
 * there from one that reading does not model.
 */
const WORDS: Readonly<Record<string, string>> = {
  str: `capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii
    isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper join ljust lower lstrip maketrans
    partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith
    strip swapcase title translate upper zfill`,
  list: 'append clear copy count extend index insert pop remove reverse sort',
  tuple: 'count index',
  dict: 'clear copy fromkeys get items keys pop popitem setdefault update values',
  int: `as_integer_ratio bit_count bit_length conjugate denominator from_bytes imag is_integer numerator real to_bytes`,
  float: 'as_integer_ratio conjugate fromhex hex imag is_integer real',
  set: `add clear copy difference difference_update discard intersection intersection_update isdisjoint issubset
    issuperset pop remove symmetric_difference symmetric_difference_update union update`,
  NoneType: '',
  method: '',
  function: '',
  builtin_function_or_method: '',
  Namespace: '',
  Module: `T_destination add_module apply bfloat16 buffers call_super_init children compile cpu cuda double dump_patches eval
    extra_repr float forward get_buffer get_extra_state get_parameter get_submodule half ipu load_state_dict modules mtia
    named_buffers named_children named_modules named_parameters parameters register_backward_hook register_buffer
    register_forward_hook register_forward_pre_hook register_full_backward_hook register_full_backward_pre_hook
    register_load_state_dict_post_hook register_load_state_dict_pre_hook register_module register_parameter
    register_state_dict_post_hook register_state_dict_pre_hook requires_grad_ set_extra_state set_submodule share_memory
    state_dict to to_empty train training type xpu zero_grad`,
  Optimizer: `add_param_group defaults load_state_dict param_groups profile_hook_step state state_dict step zero_grad
    register_load_state_dict_post_hook register_load_state_dict_pre_hook register_state_dict_post_hook
    register_state_dict_pre_hook register_step_post_hook register_step_pre_hook OptimizerPostHook OptimizerPreHook
    train eval`,
  Sequential: 'append extend insert pop name',
  'keras.Metric': `add_variable add_weight build built call count_params dtype dtype_policy dynamic from_config get_config
    get_weights input_spec losses metrics name name_scope non_trainable_variables non_trainable_weights
    reset_state reset_states result set_weights stateful stateless_reset_state stateless_result
    stateless_update_state submodules trainable trainable_variables trainable_weights update_state updates
    variables weights with_name_scope count total`,
  'keras.Optimizer': `add_optimizer_variables add_slot add_variable add_variable_from_reference add_weight amsgrad apply
    apply_gradients assign assign_add assign_sub beta_1 beta_2 build built centered clipnorm clipvalue
    compute_gradients decay ema_momentum ema_overwrite_frequency epsilon exclude_from_weight_decay
    finalize_variable_values from_config get_config get_gradients get_scaled_loss get_slot get_slot_names
    get_unscaled_gradients get_updates get_weights global_clipnorm gradient_accumulation_steps
    gradient_aggregator gradient_transformers inner_optimizer iterations jit_compile learning_rate
    load_own_variables loss_scale loss_scale_factor lr minimize momentum name nesterov rho save_own_variables
    scale_loss set_weights stateless_apply update_step updates use_ema variables weight_decay weights`,
  /** Of its Layer too, in the versions there have been. */
  'keras.Model': `activity_regularizer add add_loss add_metric add_update add_variable add_weight apply autocast
    batch_input_shape build build_from_config built call call_convention_args call_fn call_signature_parameters
    compile compile_from_config compiled compiled_loss compiled_metrics compute_dtype compute_loss compute_mask
    compute_metrics compute_output_shape compute_output_signature compute_output_spec constraints
    container_nodes count_params distribute_reduction_method distribute_strategy dtype dtype_policy dynamic
    evaluate evaluate_generator export finalize_state fit fit_generator from_config get_build_config
    get_compile_config get_config get_input_at get_input_mask_at get_input_shape_at get_layer get_losses_for
    get_metrics_result get_output_at get_output_mask_at get_output_shape_at get_quantization_layer_structure
    get_state_tree get_updates_for get_weights history inbound_nodes initial_weights input input_dtype
    input_mask input_names input_shape input_spec inputs jit_compile layers load_own_variables load_weights loss
    loss_functions loss_weights losses make_predict_function make_test_function make_train_function metrics
    metrics_names metrics_tensors metrics_updates metrics_variables name name_scope non_trainable_variables
    non_trainable_weights operations optimizer outbound_nodes output output_mask output_names output_shape
    outputs path pop predict predict_classes predict_function predict_generator predict_on_batch predict_proba
    predict_step quantization_mode quantize quantized_build quantized_call regularizers rematerialized_call
    reset_metrics reset_state reset_states run_eagerly sample_weight_mode save save_own_variables save_spec
    save_weights set_state_tree set_weights state state_updates stateful stateful_metric_functions
    stateful_metric_names stateless_call stateless_compute_loss states steps_per_execution stop_training
    submodules summary supports_jit supports_masking symbolic_call targets test_function test_on_batch test_step
    to_json to_yaml total_loss train_function train_on_batch train_step train_tf_function trainable
    trainable_variables trainable_weights unrolled_steps_per_execution updates uses_learning_phase
    validation_data variable_dtype variables weighted_metrics weights with_name_scope`,
  Layer: `activation activation_relu_or_gelu add_zero_attn affine align_corners all_weights batch_first bias bias_hh_l0
    bias_ih_l0 bias_k bias_v bidirectional ceil_mode dilation dim dropout dropout1 dropout2 elementwise_affine embed_dim
    embedding_dim end_dim eps flatten_parameters from_pretrained groups head_dim hidden_size ignore_index in_channels
    in_features in_proj_bias in_proj_weight inplace input_size k_proj_weight kdim kernel_size label_smoothing linear1
    linear2 max_norm mode momentum name nonlinearity norm1 norm2 norm_first norm_type normalized_shape
    num_batches_tracked num_channels num_embeddings num_features num_groups num_heads num_layers out_channels
    out_features out_proj output_padding output_size p padding padding_idx padding_mode pos_weight proj_size
    q_proj_weight recompute_scale_factor reduction reset_parameters reset_running_stats return_indices running_mean
    running_var scale_factor scale_grad_by_freq self_attn size sparse start_dim stride track_running_stats transposed
    v_proj_weight vdim weight weight_hh_l0 weight_ih_l0`,
};

/** Layers: what one of them has is no slip in another's case either, and is left alone. */
const LAYERS =
  /^(Linear|Conv[12]d|ConvTranspose2d|BatchNorm[12]d|LayerNorm|GroupNorm|Embedding|LSTM|GRU|RNN|Dropout|ReLU|\w*Pool[12]d|\w+Loss)$/;

/** Optimisers, which all have the same. */
const OPTIMIZERS = /^(SGD|Adam|AdamW|RMSprop|Adagrad|Adadelta|Adamax|ASGD|NAdam|RAdam|Rprop)$/;

const known = new Map<string, ReadonlySet<string>>();

/** The attributes of a type of Python's or PyTorch's by its name, where all of them are known. */
export function attributesOf(type: string): ReadonlySet<string> | undefined {
  if (/^(numpy\.)?ndarray$/.test(type)) return ALL_ARRAY_ATTRIBUTES;
  const owner = familyOf(type);
  const words = Object.hasOwn(WORDS, owner) ? WORDS[owner] : undefined;
  if (words === undefined) return undefined;
  let names = known.get(owner);
  if (names === undefined) {
    const all = /^(Layer|Sequential)$/.test(owner) ? `${words} ${WORDS['Module'] ?? ''}` : words;
    known.set(owner, (names = new Set(all.split(/\s+/))));
  }
  return names;
}

function familyOf(type: string): string {
  if (OPTIMIZERS.test(type)) return 'Optimizer';
  if (LAYERS.test(type)) return 'Layer';
  return type === 'bool' ? 'int' : type;
}
