import { literal, product, quantity, type Formula } from './formula/formula.js';
import { elementCount, type TensorType } from './tensor.js';

/**
 * Kinds of arithmetic, counted apart because published figures differ in which they include:
 * - `multiply-accumulate`: convolutions and matrix products, one multiplication with its addition counted as one;
 * - `bias`: additions of a bias to those products;
 * - `normalisation`: two operations an element (scale and shift by statistics already known);
 * - `activation`, `pooling`, `elementwise`, `reduction`, `interpolation`: as each definition says.
 */
export type CostKind =
  | 'multiply-accumulate'
  | 'bias'
  | 'normalisation'
  | 'activation'
  | 'pooling'
  | 'elementwise'
  | 'reduction'
  | 'interpolation';

/** One kind of work that a layer or operation does on given inputs, as a formula. */
export interface Cost {
  readonly kind: CostKind;
  readonly count: Formula;
}

/** So many operations of a kind to each element of a tensor. */
export function eachElement(kind: CostKind, type: TensorType | undefined, times = 1): readonly Cost[] {
  if (!type) return [];
  const elements = quantity('elements', elementCount(type.shape));
  return [{ kind, count: times === 1 ? elements : product(literal(times), elements) }];
}

/** What is counted, and how. */
export interface CostConvention {
  readonly name: string;
  /** Which kinds of work count, and how many operations one unit of each stands for. */
  readonly weights: Readonly<Partial<Record<CostKind, bigint>>>;
}

/**
 * Multiply-accumulates of convolutions and matrix products only: the convention of torchvision's published figures
 * (`GFLOPS` in its tables), and of most papers' "FLOPs" or "MACs".
 */
export const MULTIPLY_ACCUMULATES: CostConvention = {
  name: 'multiply-accumulates of convolutions and matrix products',
  weights: { 'multiply-accumulate': 1n },
};

/** Two operations to each multiply-accumulate, products only: what `torch.utils.flop_counter` counts. */
export const FLOPS_OF_PRODUCTS: CostConvention = {
  name: 'floating-point operations of convolutions and matrix products',
  weights: { 'multiply-accumulate': 2n },
};

/** Every floating-point operation of the forward pass: two to each multiply-accumulate, one to each other. */
export const ALL_FLOPS: CostConvention = {
  name: 'all floating-point operations',
  weights: {
    'multiply-accumulate': 2n,
    bias: 1n,
    normalisation: 1n,
    activation: 1n,
    pooling: 1n,
    elementwise: 1n,
    reduction: 1n,
    interpolation: 1n,
  },
};
