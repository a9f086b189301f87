import { broadcastShapes } from '../../shapes.js';
import { formatSize, tensorType, type TensorType } from '../../tensor.js';
import { isTensor } from '../../values/argument.js';
import { raise } from '../../values/errors.js';
import { anything, bool, int, keptFloat, tensor } from '../../values/kinds.js';
import { keywordOnly, optional, required } from '../../values/signature.js';
import { loss, reduced, reduceLoss } from './loss.js';

const MarginRankingLoss = loss({
  type: 'MarginRankingLoss',
  name: 'margin_ranking_loss',
  tensors: { input1: required(tensor), input2: required(tensor), target: required(tensor) },
  signature: { margin: optional(keptFloat, 0.0), ...reduced },
  infer({ input1, input2, target }, config) {
    if (input1.shape.length !== input2.shape.length || input1.shape.length !== target.shape.length)
      raise(
        'RuntimeError',
        `margin_ranking_loss : All input tensors should have same dimension but got sizes: ` +
          `input1: ${formatSize(input1.shape)}, input2: ${formatSize(input2.shape)}, target: ${formatSize(target.shape)} `,
        tensorType([], input1.dtype),
      );
    const shape = broadcastShapes(broadcastShapes(input1.shape, input2.shape), target.shape);
    return reduceLoss(config, tensorType(shape, input1.dtype));
  },
});

const CosineEmbeddingLoss = loss({
  type: 'CosineEmbeddingLoss',
  name: 'cosine_embedding_loss',
  tensors: { input1: required(tensor), input2: required(tensor), target: required(tensor) },
  signature: { margin: optional(keptFloat, 0.0), ...reduced },
  infer({ input1, input2, target }, config) {
    const assume = tensorType([], input1.dtype);
    if (target.shape.length > 1)
      raise('RuntimeError', '0D or 1D target tensor expected, multi-target not supported', assume);
    const wanted =
      target.shape.length === 1
        ? '1D target tensor expects 2D input tensors'
        : '0D target tensor expects 1D input tensors';
    const rank = target.shape.length + 1;
    if (input1.shape.length !== rank || input2.shape.length !== rank)
      raise(
        'RuntimeError',
        `${wanted}, but found inputs with sizes ${sizes(input1)} and ${sizes(input2)}.`,
        assume,
      );
    const shape = broadcastShapes(input1.shape, input2.shape).slice(0, -1);
    return reduceLoss(config, tensorType(broadcastShapes(shape, target.shape), input1.dtype));
  },
});

function sizes({ shape }: TensorType): string {
  return `[${shape.join(', ')}]`;
}

/** Each triple's loss: distances along the last dimension. @throws Raised */
function triple(anchor: TensorType, positive: TensorType, negative: TensorType): TensorType {
  const ranks = [anchor, positive, negative].map(({ shape }) => shape.length);
  if (new Set(ranks).size > 1)
    raise(
      'RuntimeError',
      `The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: ` +
        `anchor ${ranks[0]}D, positive ${ranks[1]}D, and negative ${ranks[2]}D inputs`,
      tensorType([], anchor.dtype),
    );
  const first = broadcastShapes(anchor.shape, positive.shape).slice(0, -1);
  const second = broadcastShapes(anchor.shape, negative.shape).slice(0, -1);
  return tensorType(broadcastShapes(first, second), anchor.dtype);
}

const triplet = { anchor: required(tensor), positive: required(tensor), negative: required(tensor) };

const TripletMarginLoss = loss({
  type: 'TripletMarginLoss',
  name: 'triplet_margin_loss',
  tensors: triplet,
  signature: {
    margin: optional(keptFloat, 1.0),
    p: optional(keptFloat, 2.0),
    eps: optional(keptFloat, 1e-6),
    swap: optional(bool, false),
    ...reduced,
  },
  infer: ({ anchor, positive, negative }, config) => reduceLoss(config, triple(anchor, positive, negative)),
});

const TripletMarginWithDistanceLoss = loss({
  type: 'TripletMarginWithDistanceLoss',
  reducesLast: true,
  name: 'triplet_margin_with_distance_loss',
  tensors: triplet,
  signature: {
    distance_function: keywordOnly(anything, null),
    margin: keywordOnly(keptFloat, 1.0),
    swap: keywordOnly(bool, false),
    reduction: reduced.reduction,
  },
  infer: ({ anchor, positive, negative }, config) => reduceLoss(config, triple(anchor, positive, negative)),
});

const CTCLoss = loss({
  type: 'CTCLoss',
  name: 'ctc_loss',
  tensors: {
    log_probs: required(tensor),
    targets: required(tensor),
    input_lengths: required(anything),
    target_lengths: required(anything),
  },
  signature: {
    blank: optional(int, 0n),
    reduction: reduced.reduction,
    zero_infinity: optional(bool, false),
  },
  infer({ log_probs, input_lengths, target_lengths }, config) {
    const count = log_probs.shape.length === 3 ? log_probs.shape[1] : 1;
    for (const [name, lengths] of Object.entries({ input_lengths, target_lengths }))
      if (isTensor(lengths) && (lengths.shape[0] ?? 1) !== count)
        raise('RuntimeError', `${name} must be of size batch_size`, tensorType([], log_probs.dtype));
    const batch = log_probs.shape.length === 3 ? [log_probs.shape[1] ?? 0] : [];
    return reduceLoss(config, tensorType(batch, log_probs.dtype));
  },
});

export const RANKING = {
  MarginRankingLoss,
  CosineEmbeddingLoss,
  TripletMarginLoss,
  TripletMarginWithDistanceLoss,
  CTCLoss,
};
