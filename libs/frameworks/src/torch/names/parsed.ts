import type { Home } from '@tensormark/network';

/**
 * Functions whose arguments PyTorch's own parser takes, which has words of its own: those with one signature, and those
 * with several. The others are written in Python, and refuse as Python does.
 */
export interface Parsed {
  readonly one: ReadonlySet<string>;
  readonly several: ReadonlySet<string>;
}

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

export const PARSED: Readonly<Record<Home, Parsed>> = {
  torch: {
    one: names(`abs alpha_dropout amax amin argmax argmin asin atan atan2 batch_norm binary_cross_entropy_with_logits
    bitwise_not bmm broadcast_to ceil celu channel_shuffle chunk cos cosh cosine_embedding_loss cosine_similarity
    diag_embed dot dropout embedding erf exp expm1 feature_alpha_dropout flip floor frac ger group_norm hardshrink
    hinge_embedding_loss instance_norm isfinite isinf isnan kl_div layer_norm lgamma log log1p log2 logaddexp
    logical_and logical_not logical_or logit margin_ranking_loss matmul maximum minimum mm mul mv nansum
    native_channel_shuffle neg negative outer pairwise_distance permute pixel_shuffle pixel_unshuffle
    poisson_nll_loss positive prelu reciprocal relu reshape roll rot90 rrelu rsqrt selu sigmoid sign sin smm
    split_with_sizes spmm sqrt square stack swapaxes swapdims t tan tanh threshold tile topk tril
    triplet_margin_loss trunc unsqueeze vdot`),
    several:
      names(`add addcmul addmm all any baddbmm cat clamp clamp_min clip concat concatenate ctc_loss cumprod cumsum diagonal
    div eq flatten fmod gather ge gt index_select le lerp logcumsumexp logsumexp lt masked_fill max mean median
    min moveaxis movedim narrow ne pow prod remainder repeat_interleave round select softmax log_softmax sort squeeze std sub sum
    tensor_split transpose unbind unflatten var where`),
  },
  functional: {
    one: names(`channel_shuffle cosine_similarity gelu hardshrink linear logsigmoid native_channel_shuffle pad
    pairwise_distance pixel_shuffle pixel_unshuffle prelu softplus softshrink`),
    several: names(``),
  },
  Tensor: {
    one: names(`amax amin argmax argmin atan2 bmm broadcast_to chunk diag_embed dot expand expand_as flip ger hardshrink
    logaddexp logical_and logical_or logit matmul maximum minimum mm mul mv nansum outer permute prelu repeat
    reshape roll rot90 smm split_with_sizes swapaxes swapdims tile topk tril type_as unfold unsqueeze vdot view_as`),
    several:
      names(`add addcmul addmm all any baddbmm clamp clamp_min clip cumprod cumsum diagonal div eq flatten fmod gather ge
    gt index_select le lerp logcumsumexp logsumexp lt masked_fill max mean median min moveaxis movedim narrow ne
    pow prod remainder repeat_interleave round select softmax log_softmax sort squeeze std sub sum tensor_split transpose unbind var
    view where`),
  },
};
