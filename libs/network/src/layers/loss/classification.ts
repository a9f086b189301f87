import { broadcastsTo, broadcastShapes } from '../../shapes.js';
import {
  DTYPES,
  formatShape,
  formatSize,
  isFloatingPoint,
  isIntegral,
  tensorType,
  type TensorType,
} from '../../tensor.js';
import { raise } from '../../values/errors.js';
import { float, int, nullable, tensor } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';
import { loss, reduced, reduceLoss } from './loss.js';

const inputAndTarget = { input: required(tensor), target: required(tensor) };
const weight = optional(nullable(tensor), null);

/** Checks a negative log likelihood's target against its input. @throws Raised in the order of `nll_loss` */
function likelihood(input: TensorType, target: TensorType, weight: TensorType | null): TensorType {
  const { shape } = input;
  const dims = shape.length;
  if (dims < 1) raise('ValueError', 'Expected 1 or more dimensions (got 0)');
  const each = tensorType(dims === 1 ? [] : [shape[0] ?? 0, ...shape.slice(2)], input.dtype);
  const assume = tensorType([], input.dtype);
  if (dims !== 1 && shape[0] !== target.shape[0])
    raise(
      'ValueError',
      `Expected input batch_size (${shape[0]}) to match target batch_size (${target.shape[0] ?? 0}).`,
      assume,
    );
  if (dims <= 2) checkRow(input, target, assume);
  else if (dims === 4) checkMap(input, target, assume);
  else if (target.shape.slice(1).join() !== shape.slice(2).join())
    raise(
      'RuntimeError',
      `Expected target size ${formatShape([shape[0] ?? 0, ...shape.slice(2)])}, got ${formatShape(target.shape)}`,
      assume,
    );
  const classes = shape[dims === 1 ? 0 : 1];
  if (weight && (weight.shape.length !== 1 || weight.shape[0] !== classes))
    raise(
      'RuntimeError',
      `weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: ` +
        formatShape(weight.shape),
      assume,
    );
  if (target.dtype !== 'int64' && target.dtype !== 'uint8')
    raise('RuntimeError', `expected scalar type Long but found ${DTYPES[target.dtype].scalarName}`, assume);
  return each;
}

function checkRow(input: TensorType, target: TensorType, assume: TensorType): void {
  if (target.shape.length > 1)
    raise('RuntimeError', '0D or 1D target tensor expected, multi-target not supported', assume);
  if (input.shape.length === 1 && target.shape.length === 1 && input.shape[0] !== target.shape[0])
    raise(
      'RuntimeError',
      `size mismatch (got input: ${formatShape(input.shape)}, target: ${formatShape(target.shape)})`,
      assume,
    );
}

function checkMap(input: TensorType, target: TensorType, assume: TensorType): void {
  if (target.shape.length !== 3)
    raise(
      'RuntimeError',
      `only batches of spatial targets supported (3D tensors) but got targets of dimension: ${target.shape.length}`,
      assume,
    );
  if (target.shape.slice(1).join() !== input.shape.slice(2).join())
    raise(
      'RuntimeError',
      `size mismatch (got input: ${formatShape(input.shape)} , target: ${formatShape(target.shape)}`,
      assume,
    );
}

const NLLLoss = loss({
  type: 'NLLLoss',
  name: 'nll_loss',
  tensors: inputAndTarget,
  signature: {
    weight,
    size_average: reduced.size_average,
    ignore_index: optional(int, -100n),
    reduce: reduced.reduce,
    reduction: reduced.reduction,
  },
  infer: ({ input, target }, config) => reduceLoss(config, likelihood(input, target, config.weight)),
});

const CrossEntropyLoss = loss({
  type: 'CrossEntropyLoss',
  name: 'cross_entropy',
  tensors: inputAndTarget,
  signature: {
    weight,
    size_average: reduced.size_average,
    ignore_index: optional(int, -100n),
    reduce: reduced.reduce,
    reduction: reduced.reduction,
    label_smoothing: optional(float, 0.0),
  },
  infer({ input, target }, config) {
    const { shape, dtype } = input;
    const assume = tensorType([], isFloatingPoint(dtype) ? dtype : 'float32');
    if (shape.join() === target.shape.join()) {
      // As many targets as scores: they are probabilities of the classes.
      if (!isFloatingPoint(target.dtype))
        raise(
          'RuntimeError',
          `Expected floating point type for target with class probabilities, got ${DTYPES[target.dtype].scalarName}`,
          assume,
        );
      return reduceLoss(
        config,
        tensorType(shape.length === 1 ? [] : [shape[0] ?? 0, ...shape.slice(2)], dtype),
      );
    }
    if (isIntegral(dtype))
      raise(
        'RuntimeError',
        `"log_softmax_${shape.length === 2 ? 'lastdim_' : ''}kernel_impl" not implemented for '${DTYPES[dtype].scalarName}'`,
        assume,
      );
    if (config.label_smoothing < 0 || config.label_smoothing > 1)
      raise(
        'RuntimeError',
        `label_smoothing must be between 0.0 and 1.0. Got: ${config.label_smoothing}`,
        assume,
      );
    return reduceLoss(config, likelihood(input, target, config.weight));
  },
});

const BCELoss = loss({
  type: 'BCELoss',
  name: 'binary_cross_entropy',
  tensors: inputAndTarget,
  signature: { weight, ...reduced },
  infer({ input, target }, config) {
    const assume = tensorType([], input.dtype);
    if (input.shape.join() !== target.shape.join())
      raise(
        'ValueError',
        `Using a target size (${formatSize(target.shape)}) that is different to the input size (${formatSize(input.shape)}) is deprecated. ` +
          `Please ensure they have the same size.`,
        assume,
      );
    if (config.weight && !broadcastsTo(config.weight.shape, target.shape))
      broadcastShapes(target.shape, config.weight.shape);
    if (target.dtype !== input.dtype)
      raise(
        'RuntimeError',
        `Found dtype ${DTYPES[target.dtype].scalarName} but expected ${DTYPES[input.dtype].scalarName}`,
        assume,
      );
    return reduceLoss(config, tensorType(input.shape, input.dtype));
  },
});

const BCEWithLogitsLoss = loss({
  type: 'BCEWithLogitsLoss',
  name: 'binary_cross_entropy_with_logits',
  tensors: inputAndTarget,
  signature: { weight, ...reduced, pos_weight: optional(nullable(tensor), null) },
  infer({ input, target }, config) {
    const assume = tensorType([], input.dtype);
    if (input.shape.join() !== target.shape.join())
      raise(
        'ValueError',
        `Target size (${formatSize(target.shape)}) must be the same as input size (${formatSize(input.shape)})`,
        assume,
      );
    for (const each of [config.pos_weight, config.weight]) if (each) broadcastShapes(each.shape, input.shape);
    // Each target is taken from one first.
    if (target.dtype === 'bool')
      raise(
        'RuntimeError',
        'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.',
        assume,
      );
    if (isIntegral(target.dtype))
      raise(
        'RuntimeError',
        `result type ${DTYPES[input.dtype].scalarName} can't be cast to the desired output type ${DTYPES[target.dtype].scalarName}`,
        assume,
      );
    return reduceLoss(config, tensorType(input.shape, input.dtype));
  },
});

const MultiMarginLoss = loss({
  type: 'MultiMarginLoss',
  name: 'multi_margin_loss',
  tensors: inputAndTarget,
  signature: { p: optional(int, 1n), margin: optional(float, 1.0), weight, ...reduced },
  validate({ p }) {
    if (p !== 1 && p !== 2) raise('ValueError', 'only p == 1 and p == 2 supported');
  },
  infer({ input, target }, config) {
    const each = tensorType(input.shape.slice(0, -1), input.dtype);
    if (target.shape.join() !== each.shape.join())
      raise(
        'RuntimeError',
        `inconsistent target size, got: ${formatShape(target.shape)}`,
        tensorType([], input.dtype),
      );
    if (target.dtype !== 'int64')
      raise(
        'RuntimeError',
        `expected scalar type Long but found ${DTYPES[target.dtype].scalarName}`,
        tensorType([], input.dtype),
      );
    return reduceLoss(config, each);
  },
});

export const CLASSIFICATION = { NLLLoss, CrossEntropyLoss, BCELoss, BCEWithLogitsLoss, MultiMarginLoss };
