import { broadcastShapes, resultType } from '../../shapes.js';
import { DTYPES, isIntegral, tensorType, type DType, type TensorType } from '../../tensor.js';
import { raise, raiseAlike } from '../../values/errors.js';
import { bool, keptBool, keptFloat, keptString, nullable, tensor } from '../../values/kinds.js';
import { keywordOnly, optional, required } from '../../values/signature.js';
import { loss, reduced, reduceLoss, warnOfBroadcast } from './loss.js';

const inputAndTarget = { input: required(tensor), target: required(tensor) };

/** Each element's loss; integers on both sides have none. @throws Raised */
function compared(input: TensorType, target: TensorType, kernel: string | null): TensorType {
  const shape = broadcastShapes(input.shape, target.shape);
  const dtype: DType = resultType([input, target]);
  if (kernel !== null && isIntegral(dtype))
    raise(
      'RuntimeError',
      `"${kernel}" not implemented for '${DTYPES[dtype].scalarName}'`,
      tensorType([], 'float32'),
    );
  return tensorType(shape, dtype);
}

/** What PyTorch says where truth values are subtracted. */
function subtractionOf(truths: number): string {
  return truths === 2
    ? 'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.'
    : 'Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.';
}

const MSELoss = loss({
  type: 'MSELoss',
  reducesLast: true,
  name: 'mse_loss',
  tensors: inputAndTarget,
  signature: reduced,
  infer({ input, target }, config, context) {
    warnOfBroadcast(input, target, context);
    return reduceLoss(config, compared(input, target, 'mse_cpu'));
  },
});

const L1Loss = loss({
  type: 'L1Loss',
  reducesLast: true,
  name: 'l1_loss',
  tensors: inputAndTarget,
  signature: reduced,
  infer({ input, target }, config, context) {
    warnOfBroadcast(input, target, context);
    const each = compared(input, target, null);
    const truths = [input, target].filter(({ dtype }) => dtype === 'bool').length;
    if (truths > 0) raise('RuntimeError', subtractionOf(truths), tensorType([], 'float32'));
    return reduceLoss(config, each);
  },
});

const SmoothL1Loss = loss({
  type: 'SmoothL1Loss',
  reducesLast: true,
  name: 'smooth_l1_loss',
  tensors: inputAndTarget,
  signature: { ...reduced, beta: optional(keptFloat, 1.0) },
  infer({ input, target }, config, context) {
    warnOfBroadcast(input, target, context);
    const each = compared(input, target, 'smooth_l1_cpu');
    if (config.beta < 0) raise('RuntimeError', 'smooth_l1_loss does not support negative values for beta.');
    return reduceLoss(config, each);
  },
});

const HuberLoss = loss({
  type: 'HuberLoss',
  reducesLast: true,
  name: 'huber_loss',
  tensors: inputAndTarget,
  signature: { reduction: optional(keptString, 'mean'), delta: optional(keptFloat, 1.0) },
  infer({ input, target }, config, context) {
    warnOfBroadcast(input, target, context);
    const each = compared(input, target, 'huber_cpu');
    if (config.delta <= 0)
      raise('RuntimeError', 'huber_loss does not support non-positive values for delta.');
    return reduceLoss(config, each);
  },
});

const KL_MEAN =
  "reduction: 'mean' divides the total loss by both the batch size and the support size." +
  "'batchmean' divides only by the batch size, and aligns with the KL div math definition." +
  "'mean' will be changed to behave the same as 'batchmean' in the next major release.";

const KLDivLoss = loss({
  type: 'KLDivLoss',
  name: 'kl_div',
  tensors: inputAndTarget,
  signature: { ...reduced, log_target: optional(bool, false) },
  infer({ input, target }, config, { warn }) {
    // Multiplied the other way round, so the target is the first of the two in the message.
    const each = compared(target, input, null);
    if (isIntegral(target.dtype))
      raise('RuntimeError', 'kl_div: Integral inputs not supported.', tensorType([], 'float32'));
    if (config.reduction === 'mean') warn(KL_MEAN);
    return config.reduction === 'batchmean' ? tensorType([], each.dtype) : reduceLoss(config, each);
  },
});

const PoissonNLLLoss = loss({
  type: 'PoissonNLLLoss',
  reducesLast: true,
  name: 'poisson_nll_loss',
  tensors: inputAndTarget,
  signature: {
    log_input: optional(keptBool, true),
    full: optional(keptBool, false),
    size_average: reduced.size_average,
    eps: optional(keptFloat, 1e-8),
    reduce: reduced.reduce,
    reduction: reduced.reduction,
  },
  infer: ({ input, target }, config) => {
    const each = compared(target, input, null);
    if (!['none', 'mean', 'sum'].includes(config.reduction))
      raise('ValueError', `${config.reduction} is not a valid value for reduction`);
    return reduceLoss(config, each);
  },
});

const GaussianNLLLoss = loss({
  type: 'GaussianNLLLoss',
  reducesLast: true,
  name: 'gaussian_nll_loss',
  tensors: { ...inputAndTarget, var: required(tensor) },
  signature: {
    full: keywordOnly(bool, false),
    eps: keywordOnly(keptFloat, 1e-6),
    reduction: reduced.reduction,
  },
  infer({ input, target, var: variance }, config) {
    const { shape } = input;
    const fits =
      variance.shape.join() === shape.join() ||
      variance.shape.join() === shape.slice(0, -1).join() ||
      (variance.shape.length === shape.length && variance.shape.at(-1) === 1);
    const each = compared(input, target, null);
    if (!fits) raise('ValueError', 'var is of incorrect size', tensorType([], each.dtype));
    return reduceLoss(config, each);
  },
});

const SoftMarginLoss = loss({
  type: 'SoftMarginLoss',
  name: 'soft_margin_loss',
  tensors: inputAndTarget,
  signature: reduced,
  infer: ({ input, target }, config) => reduceLoss(config, compared(input, target, null)),
});

const HingeEmbeddingLoss = loss({
  type: 'HingeEmbeddingLoss',
  name: 'hinge_embedding_loss',
  tensors: inputAndTarget,
  signature: { margin: optional(keptFloat, 1.0), ...reduced },
  infer: ({ input, target }, config) => reduceLoss(config, compared(target, input, null)),
});

const MultiLabelMarginLoss = loss({
  type: 'MultiLabelMarginLoss',
  name: 'multilabel_margin_loss',
  tensors: inputAndTarget,
  signature: reduced,
  infer({ input, target }, config) {
    const each = tensorType(input.shape.slice(0, -1), input.dtype);
    if (target.shape.join() !== input.shape.join())
      raiseAlike(
        'RuntimeError',
        `inconsistent size [${target.shape.join(', ')}] for argument #2 'target'`,
        each,
      );
    if (target.dtype !== 'int64')
      raise('RuntimeError', `expected scalar type Long but found ${DTYPES[target.dtype].scalarName}`, each);
    return reduceLoss(config, each);
  },
});

const MultiLabelSoftMarginLoss = loss({
  type: 'MultiLabelSoftMarginLoss',
  reducesLast: true,
  name: 'multilabel_soft_margin_loss',
  tensors: inputAndTarget,
  signature: { weight: optional(nullable(tensor), null), ...reduced },
  infer({ input, target }, config) {
    const each = compared(target, input, null);
    if (target.dtype === 'bool') raise('RuntimeError', subtractionOf(1), tensorType([], input.dtype));
    if (each.shape.length === 0)
      raise('IndexError', 'Dimension specified as -1 but tensor has no dimensions', each);
    return reduceLoss(config, tensorType(each.shape.slice(0, -1), each.dtype));
  },
});

export const REGRESSION = {
  MSELoss,
  L1Loss,
  SmoothL1Loss,
  HuberLoss,
  KLDivLoss,
  PoissonNLLLoss,
  GaussianNLLLoss,
  SoftMarginLoss,
  HingeEmbeddingLoss,
  MultiLabelMarginLoss,
  MultiLabelSoftMarginLoss,
};
