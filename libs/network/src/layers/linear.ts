import type { Cost } from '../costs.js';
import { literal, product, quantity, sum, type Formula } from '../formula/formula.js';
import { defineLayer, parameter } from '../layer.js';
import { EVERYTHING, POINTWISE } from '../reach.js';
import { DTYPES, tensorType, type DType, type TensorType } from '../tensor.js';
import { raise, raiseAlike } from '../values/errors.js';
import { anything, bool, device, dtype, int, tensor } from '../values/kinds.js';
import { optional, required, rest, restOfKeywords, type ConfigOf } from '../values/signature.js';
import { checkSizes } from './convolution/checks.js';

function linearLayer(type: string) {
  return defineLayer({
    type,
    signature: {
      in_features: required(int),
      out_features: required(int),
      bias: optional(bool, true),
      device: optional(device, null),
      dtype: optional(dtype, null),
    },
    forward: { input: required(tensor) },
    validate: ({ in_features, out_features }) => checkSizes([out_features, in_features]),
    parameters({ in_features, out_features, bias, dtype }) {
      const out = quantity('out_features', out_features);
      const weight = parameter('weight', 'weight', [out, quantity('in_features', in_features)], dtype);
      return bias ? [weight, parameter('bias', 'bias', [out], dtype)] : [weight];
    },
    parameterFormula({ in_features, out_features, bias }) {
      const input = quantity('in_features', in_features);
      return product(quantity('out_features', out_features), bias ? sum(input, quantity('bias', 1)) : input);
    },
    infer: ({ in_features, out_features, bias, dtype }, { input }) =>
      multiplyByWeight(input, [out_features, in_features], dtype ?? 'float32', bias),
    outputShape: ({ out_features }, { input }) => [...leading(input), quantity('out_features', out_features)],
    costs: (config, { input }) => linearCosts(input, config.in_features, config.out_features, config.bias),
    // On `[batch, features]` there is no place left to be local in; on `[…, positions, features]` each stands for itself.
    reach: (_, { input }) => (input.shape.length <= 2 ? EVERYTHING : POINTWISE),
    extraRepr: ({ in_features, out_features, bias }) =>
      `in_features=${in_features}, out_features=${out_features}, bias=${bias ? 'True' : 'False'}`,
  });
}

const Linear = linearLayer('Linear');

/** The class that `nn.MultiheadAttention` uses for its output, a Linear in all but name. */
export const AttentionOutput = linearLayer('NonDynamicallyQuantizableLinear');

/** The type of `input @ weight.T`. @throws Raised in the words of `addmm` and `mm`. */
export function multiplyByWeight(
  input: TensorType,
  [outFeatures, inFeatures]: readonly [number, number],
  weightType: DType,
  bias: boolean,
): TensorType {
  const { shape } = input;
  const output = tensorType([...shape.slice(0, -1), outFeatures], weightType);
  const features = shape.at(-1);
  if (features === undefined)
    raise('RuntimeError', 'both arguments to linear need to be at least 1D, but they are 0D and 2D');
  if (features !== inFeatures) {
    const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const say = shape.length === 1 ? raiseAlike : raise;
    say(
      'RuntimeError',
      `mat1 and mat2 shapes cannot be multiplied (${rows}x${features} and ${inFeatures}x${outFeatures})`,
      output,
    );
  }
  if (input.dtype !== weightType) {
    const given = DTYPES[input.dtype];
    const wanted = DTYPES[weightType];
    if (bias && shape.length > 1)
      raise(
        'RuntimeError',
        `mat1 and mat2 must have the same dtype, but got ${given.scalarName} and ${wanted.scalarName}`,
        output,
      );
    raise(
      'RuntimeError',
      `expected m1 and m2 to have the same dtype, but got: ${given.cppName} != ${wanted.cppName}`,
      output,
    );
  }
  return output;
}

/** Rows times `in_features · out_features` multiply-accumulates. */
export function linearCosts(
  input: TensorType,
  inFeatures: number,
  outFeatures: number,
  bias: boolean,
): readonly Cost[] {
  const outputs = [...leading(input), quantity('out_features', outFeatures)];
  const products: Cost = {
    kind: 'multiply-accumulate',
    count: product(...outputs, quantity('in_features', inFeatures)),
  };
  return bias ? [products, { kind: 'bias', count: product(...outputs) }] : [products];
}

function leading({ shape }: TensorType): readonly Formula[] {
  return shape.slice(0, -1).map((size, at) => quantity(at === 0 ? 'batch_size' : 'positions', size));
}

const LazyLinear = defineLayer({
  type: 'LazyLinear',
  signature: {
    out_features: required(int),
    bias: optional(bool, true),
    device: optional(device, null),
    dtype: optional(dtype, null),
  },
  forward: { input: required(tensor) },
  infer: () => null,
  extraRepr: ({ out_features, bias }) =>
    `in_features=0, out_features=${out_features}, bias=${bias ? 'True' : 'False'}`,
  materialize: (_, { input }, written) =>
    Linear.build({
      positional: [],
      named: { ...written, in_features: BigInt(input.shape.at(-1) ?? 0) },
    }),
});

const bilinear = {
  in1_features: required(int),
  in2_features: required(int),
  out_features: required(int),
  bias: optional(bool, true),
  device: optional(device, null),
  dtype: optional(dtype, null),
};

const Bilinear = defineLayer({
  type: 'Bilinear',
  signature: bilinear,
  forward: { input1: required(tensor), input2: required(tensor) },
  validate({ in1_features, in2_features, out_features }) {
    if (in1_features <= 0) raise('ValueError', `in1_features must be > 0, but got ${in1_features}`);
    checkSizes([out_features, in1_features, in2_features]);
  },
  parameters({ in1_features, in2_features, out_features, bias, dtype }) {
    const out = quantity('out_features', out_features);
    const dims = [out, quantity('in_features', in1_features), quantity('in_features', in2_features)];
    const weight = parameter('weight', 'weight', dims, dtype);
    return bias ? [weight, parameter('bias', 'bias', [out], dtype)] : [weight];
  },
  parameterFormula({ in1_features, in2_features, out_features, bias }) {
    const pairs = product(quantity('in_features', in1_features), quantity('in_features', in2_features));
    return product(quantity('out_features', out_features), bias ? sum(pairs, quantity('bias', 1)) : pairs);
  },
  infer: inferBilinear,
  costs({ in1_features, in2_features, out_features }, { input1 }) {
    const pairs = [quantity('in_features', in1_features), quantity('in_features', in2_features)];
    const outputs = [...leading(input1), quantity('out_features', out_features)];
    // Each pair of features takes two products: x1·W, and that times x2.
    return [{ kind: 'multiply-accumulate', count: product(literal(2), ...outputs, ...pairs) }];
  },
  reach: () => EVERYTHING,
  extraRepr: ({ in1_features, in2_features, out_features, bias }) =>
    `in1_features=${in1_features}, in2_features=${in2_features}, out_features=${out_features}, bias=${bias ? 'True' : 'False'}`,
});

function inferBilinear(
  config: ConfigOf<typeof bilinear>,
  { input1, input2 }: { readonly input1: TensorType; readonly input2: TensorType },
): TensorType {
  const output = tensorType([...input1.shape.slice(0, -1), config.out_features], config.dtype ?? 'float32');
  if (input1.shape.length !== input2.shape.length)
    raise(
      'RuntimeError',
      `bilinear(): input dimensions do not match: got ${input1.shape.length} and ${input2.shape.length}`,
      output,
    );
  for (const [axis, size] of input1.shape.slice(0, -1).entries()) {
    if (size !== input2.shape[axis])
      raise(
        'RuntimeError',
        `bilinear(): input batch dimensions do not match at dim ${axis}: got ${size} and ${input2.shape[axis]}`,
        output,
      );
  }
  const sizes = [
    ['input1', input1.shape.at(-1), config.in1_features],
    ['input2', input2.shape.at(-1), config.in2_features],
  ] as const;
  for (const [name, size, wanted] of sizes) {
    if (size !== wanted)
      raise(
        'RuntimeError',
        `bilinear(): ${name} size does not match weight size: got ${size} but expected ${wanted}`,
        output,
      );
  }
  return output;
}

const Identity = defineLayer({
  type: 'Identity',
  signature: { args: rest(anything), kwargs: restOfKeywords(anything) },
  forward: { input: required(tensor) },
  infer: (_, { input }) => tensorType(input.shape, input.dtype),
  extraRepr: () => '',
});

export const LINEAR_LAYERS = { Linear, LazyLinear, Bilinear, Identity };
