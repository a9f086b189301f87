import { add } from '../engine/elementwise.js';
import { matmul } from '../engine/products.js';
import { elements } from '../engine/shape.js';
import { permute, reshape, swap } from '../engine/structure.js';
import type { Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';

/** `x Wᵀ + b`. */
export function linear(x: Value, weight: Value, bias: Value | null): Value {
  const product = matmul(x, swap(weight, 0, 1));
  return bias ? add(product, bias) : product;
}

/** `x₁ᵀ A x₂ + b` for each output. */
function bilinear(call: RunningCall): Value {
  const [first, second] = [call.value('input1'), call.value('input2')];
  const weight = call.parameter('weight');
  const [outputs = 1, left = 1, right = 1] = weight.shape;
  const rows = elements(first.shape.slice(0, -1));
  // `[rows, left] × [left, outputs · right]`, then each row's matrix times its second vector.
  const mixed = matmul(
    reshape(first, [rows, left]),
    reshape(permute(weight, [1, 0, 2]), [left, outputs * right]),
  );
  const product = matmul(reshape(mixed, [rows, outputs, right]), reshape(second, [rows, right, 1]));
  const result = reshape(product, call.shape);
  const bias = call.state('bias');
  return bias ? add(result, bias) : result;
}

export const LINEAR: readonly Executor[] = [
  executor(['Linear', 'NonDynamicallyQuantizableLinear', 'linear'], (call) =>
    linear(call.value('input'), call.parameter('weight'), call.state('bias')),
  ),
  executor('Bilinear', bilinear),
  executor('Identity', (call) => call.value('input')),
];
