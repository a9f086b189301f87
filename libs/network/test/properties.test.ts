import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  elementCount,
  evaluateInteger,
  inferLayer,
  inferOperation,
  isTensor,
  tensorType,
  toText,
  type Cost,
  type TensorType,
} from '@tensormark/network';
import { layerOf } from './assembled.js';

const small = fc.integer({ min: 1, max: 5 });

const convolution = fc.record({
  input: small,
  output: small,
  kernel: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  padding: fc.integer({ min: 0, max: 2 }),
  dilation: fc.integer({ min: 1, max: 2 }),
  groups: fc.integer({ min: 1, max: 3 }),
  bias: fc.boolean(),
  size: fc.integer({ min: 7, max: 16 }),
});

/** Places where a window fits, counted one by one. */
function places(size: number, kernel: number, stride: number, padding: number, dilation: number): number {
  const span = dilation * (kernel - 1) + 1;
  let count = 0;
  for (let start = -padding; start + span <= size + padding; start += stride) count++;
  return count;
}

function shapeOf(
  type: string,
  positional: readonly number[],
  options: Record<string, number | boolean>,
  input: TensorType,
) {
  const { outputs } = inferLayer(layerOf(type, positional, options), { positional: [input] });
  return isTensor(outputs) ? outputs.shape : undefined;
}

describe('a convolution', () => {
  it('of one group is an ungrouped one', () => {
    fc.assert(
      fc.property(convolution, ({ input, output, kernel, bias }) => {
        const grouped = layerOf('Conv2d', [input, output, kernel], { groups: 1, bias }).parameterFormula();
        const plain = layerOf('Conv2d', [input, output, kernel], { bias }).parameterFormula();
        expect(toText(grouped)).toBe(toText(plain));
      }),
    );
  });

  it('counts by formula the elements of its tensors', () => {
    fc.assert(
      fc.property(convolution, ({ input, output, kernel, groups, bias }) => {
        const layer = layerOf('Conv2d', [input * groups, output * groups, kernel], { groups, bias });
        const elements = layer.parameters.reduce((sum, { shape }) => sum + elementCount(shape), 0n);
        expect(evaluateInteger(layer.parameterFormula())).toBe(elements);
        expect(elements).toBe(
          BigInt(output * groups) * (BigInt(input) * BigInt(kernel) ** 2n + (bias ? 1n : 0n)),
        );
      }),
    );
  });

  it('gives as many places as its window takes', () => {
    fc.assert(
      fc.property(convolution, ({ input, output, kernel, stride, padding, dilation, size }) => {
        const shape = shapeOf(
          'Conv1d',
          [input, output, kernel],
          { stride, padding, dilation },
          tensorType([1, input, size]),
        );
        expect(shape).toEqual([1, output, places(size, kernel, stride, padding, dilation)]);
      }),
    );
  });

  it('multiplies once for each weight at each place', () => {
    fc.assert(
      fc.property(convolution, ({ input, output, kernel, stride, padding, dilation, groups, size }) => {
        const layer = layerOf('Conv1d', [input * groups, output * groups, kernel], {
          stride,
          padding,
          dilation,
          groups,
          bias: false,
        });
        const { costs } = inferLayer(layer, { positional: [tensorType([2, input * groups, size])] });
        const weights = evaluateInteger(layer.parameterFormula());
        expect(total(costs)).toBe(2n * weights * BigInt(places(size, kernel, stride, padding, dilation)));
      }),
    );
  });

  it('is undone in shape by its transposed one where nothing is left over', () => {
    fc.assert(
      fc.property(convolution, ({ input, output, kernel, stride, padding, dilation, size }) => {
        const there = shapeOf(
          'Conv1d',
          [input, output, kernel],
          { stride, padding, dilation },
          tensorType([1, input, size]),
        );
        const left = (size + 2 * padding - dilation * (kernel - 1) - 1) % stride;
        fc.pre(there !== undefined && left === 0 && size > 2 * padding);
        const back = shapeOf(
          'ConvTranspose1d',
          [output, input, kernel],
          { stride, padding, dilation },
          tensorType(there ?? []),
        );
        expect(back).toEqual([1, input, size]);
      }),
    );
  });
});

function total(costs: readonly Cost[]): bigint {
  return costs
    .filter(({ kind }) => kind === 'multiply-accumulate')
    .reduce((sum, { count }) => sum + evaluateInteger(count), 0n);
}

describe('tensor operations', () => {
  const shape = fc.array(small, { minLength: 1, maxLength: 4 });

  it('broadcast the same either way round', () => {
    fc.assert(
      fc.property(shape, shape, (a, b) => {
        const one = inferOperation('add', { positional: [tensorType(a), tensorType(b)] });
        const other = inferOperation('add', { positional: [tensorType(b), tensorType(a)] });
        expect(one.error === undefined).toBe(other.error === undefined);
        expect(one.error ? null : one.outputs).toEqual(other.error ? null : other.outputs);
      }),
    );
  });

  it('split and joined are whole again', () => {
    fc.assert(
      fc.property(shape, small, fc.nat(), (sizes, count, at) => {
        const dim = BigInt(at % sizes.length);
        const { outputs } = inferOperation('chunk', { positional: [tensorType(sizes), BigInt(count), dim] });
        const pieces = Array.isArray(outputs) ? outputs.filter(isTensor) : [];
        expect(inferOperation('cat', { positional: [pieces, dim] }).outputs).toEqual(tensorType(sizes));
      }),
    );
  });

  it('keep their elements through view and permute', () => {
    fc.assert(
      fc.property(shape, (sizes) => {
        const order = sizes.map((_, axis) => BigInt(sizes.length - 1 - axis));
        const { outputs } = inferOperation('permute', { positional: [tensorType(sizes), ...order] });
        const flat = inferOperation('reshape', {
          positional: [isTensor(outputs) ? outputs : tensorType([]), -1n],
        });
        expect(flat.outputs).toEqual(tensorType([Number(elementCount(sizes))]));
      }),
    );
  });

  it.each([
    // What PyTorch 1.13 dispatches: products where a letter of both is summed over, else elementwise multiplication.
    [
      'bld,dn->bldn',
      [
        [1, 6, 16],
        [16, 4],
      ],
      0n,
    ],
    [
      'bld,bln,bld->bldn',
      [
        [1, 6, 16],
        [1, 6, 4],
        [1, 6, 16],
      ],
      0n,
    ],
    [
      'bdn,bn->bd',
      [
        [1, 16, 4],
        [1, 4],
      ],
      64n,
    ],
    [
      'nd,nde->ne',
      [
        [7, 2],
        [7, 2, 3],
      ],
      42n,
    ],
    ['ij,k->k', [[5, 2], [3]], 0n],
  ] as const)('einsum of %s', (equation, shapes, products) => {
    const applied = inferOperation('einsum', {
      positional: [equation, ...shapes.map((shape) => tensorType(shape))],
    });
    expect(total(applied.costs)).toBe(products);
  });

  it('einsum and matmul agree in shape and work', () => {
    fc.assert(
      fc.property(small, small, small, small, (batch, rows, inner, columns) => {
        const operands = [tensorType([batch, rows, inner]), tensorType([batch, inner, columns])];
        const product = inferOperation('matmul', { positional: operands });
        const summed = inferOperation('einsum', { positional: ['bij,bjk->bik', ...operands] });
        expect(summed.outputs).toEqual(product.outputs);
        expect(total(summed.costs)).toBe(total(product.costs));
      }),
    );
  });
});
