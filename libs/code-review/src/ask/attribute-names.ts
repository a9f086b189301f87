/**
 * Public attributes of what programs handle most, as Python 3.11 and PyTorch 2 list them: to tell an attribute that is not
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
