import { eachElement } from '../../costs.js';
import { product, quantity, type Formula } from '../../formula/formula.js';
import { defineLayer } from '../../layer.js';
import { defineOperation } from '../../operation.js';
import { POINTWISE, type Reach } from '../../reach.js';
import { DTYPES, isIntegral, tensorType, type TensorType } from '../../tensor.js';
import { spatialRoles, type SpatialRank } from '../convolution/arithmetic.js';
import { isSequence, pythonRepr, tupleRepr, type Argument } from '../../values/argument.js';
import { raise } from '../../values/errors.js';
import { bool, float, int, nullable, string, tensor, type Kind } from '../../values/kinds.js';
import { optional, required, type Bound } from '../../values/signature.js';

type OneOrMany = number | readonly number[];

function oneOrMany(kind: Kind<number>): Kind<OneOrMany> {
  return {
    expects: `${kind.expects} or tuple of them`,
    read: (value, name) =>
      isSequence(value) ? value.map((item) => kind.read(item, name)) : kind.read(value, name),
  };
}

interface Interpolation {
  readonly size: OneOrMany | null;
  readonly scale_factor: OneOrMany | null;
  readonly mode: string;
  readonly align_corners: boolean | null;
  readonly recompute_scale_factor: boolean | null;
}

/** The rank of input each mode is for; any of three where null. */
const MODES: Readonly<Record<string, number | null>> = {
  nearest: null,
  'nearest-exact': null,
  area: null,
  linear: 3,
  bilinear: 4,
  bicubic: 4,
  trilinear: 5,
  lanczos: 4,
};
const LISTED = 'nearest | linear | bilinear | bicubic | trilinear | lanczos | area | nearest-exact';
const UNALIGNED = ['nearest', 'nearest-exact', 'area'];
const SMOOTH = ['linear', 'bilinear', 'bicubic', 'trilinear'];

/** @throws Raised as `torch.nn.functional.interpolate` */
function interpolate(input: TensorType, args: Interpolation, antialias = false): TensorType {
  const { mode, align_corners } = args;
  // A mode that there is none of is refused later.
  if (align_corners !== null && UNALIGNED.includes(mode))
    raise(
      'ValueError',
      'align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear',
    );
  const sizes = sizesOf(input, args);
  if (antialias && mode !== 'bilinear' && mode !== 'bicubic')
    raise('ValueError', 'Anti-alias option is only supported for bilinear and bicubic modes');
  checkMode(input, mode);
  const output = tensorType([...input.shape.slice(0, 2), ...sizes], input.dtype);
  checkSizes(input, sizes);
  if (isIntegral(input.dtype) && input.dtype !== 'uint8')
    raise(
      'RuntimeError',
      `"compute_indices_weights_${mode === 'bicubic' ? 'cubic' : SMOOTH.includes(mode) ? 'linear' : 'nearest'}" ` +
        `not implemented for '${DTYPES[input.dtype].scalarName}'`,
      { ...output, dtype: 'float32' },
    );
  return output;
}

/** Whole factors as products, `H · r`; undefined of broken ones, and where sizes are given. */
function interpolatedShape(
  { shape }: TensorType,
  { size, scale_factor }: Pick<Interpolation, 'size' | 'scale_factor'>,
): readonly Formula[] | undefined {
  const rank = shape.length - 2;
  if (size !== null || scale_factor === null || (rank !== 1 && rank !== 2 && rank !== 3)) return undefined;
  const factors = shape
    .slice(2)
    .map((_, axis) => (typeof scale_factor === 'number' ? scale_factor : (scale_factor[axis] ?? 1)));
  if (!factors.every(Number.isInteger)) return undefined;
  const scaled = (each: number, spatialRank: SpatialRank, axis: number): Formula =>
    product(
      quantity(spatialRoles(spatialRank, axis).input, each),
      quantity('scale_factor', factors[axis] ?? 1),
    );
  return [
    quantity('batch_size', shape[0] ?? 1),
    quantity('channels', shape[1] ?? 1),
    ...shape.slice(2).map((each, axis) => scaled(each, rank, axis)),
  ];
}

function sizesOf(
  { shape }: TensorType,
  { size, scale_factor, recompute_scale_factor }: Interpolation,
): readonly number[] {
  const spatial = shape.slice(2);
  if (size !== null && scale_factor !== null)
    raise('ValueError', 'only one of size or scale_factor should be defined');
  if (size !== null) {
    if (recompute_scale_factor === true)
      raise('ValueError', 'recompute_scale_factor is not meaningful with an explicit size.');
    if (typeof size === 'number') return spatial.map(() => size);
    if (size.length !== spatial.length)
      raise(
        'ValueError',
        `Input and output must have the same number of spatial dimensions, but got input with spatial dimensions of ` +
          `[${spatial.join(', ')}] and output size of ${tupleRepr(size)}. Please provide input tensor in ` +
          `(N, C, d1, d2, ...,dK) format and output size in (o1, o2, ...,oK) format.`,
      );
    return size;
  }
  if (scale_factor === null) return raise('ValueError', 'either size or scale_factor should be defined');
  if (typeof scale_factor !== 'number' && scale_factor.length !== spatial.length)
    raise(
      'ValueError',
      `Input and scale_factor must have the same number of spatial dimensions, but got input with spatial dimensions of ` +
        `[${spatial.join(', ')}] and scale_factor of shape ${pythonRepr([...scale_factor])}. Please provide input tensor ` +
        `in (N, C, d1, d2, ...,dK) format and scale_factor in (s1, s2, ...,sK) format.`,
    );
  const factors = typeof scale_factor === 'number' ? spatial.map(() => scale_factor) : scale_factor;
  return spatial.map((each, axis) => Math.floor(each * (factors[axis] ?? 1)));
}

function checkMode({ shape }: TensorType, mode: string): void {
  const dims = shape.length;
  const wanted = MODES[mode];
  if (wanted === null && dims >= 3 && dims <= 5) return;
  if (wanted === dims) return;
  const clear = wanted !== null && wanted !== undefined && mode !== 'bicubic' && mode !== 'lanczos';
  if (clear && dims >= 3 && dims <= 5)
    raise('NotImplementedError', `Got ${dims}D input, but ${mode} mode needs ${wanted}D input`);
  raise(
    'NotImplementedError',
    `Input Error: Only 3D, 4D and 5D input Tensors supported (got ${dims}D) for the modes: ${LISTED} (got ${mode})`,
  );
}

function checkSizes({ shape }: TensorType, sizes: readonly number[]): void {
  const spatial = shape.slice(2);
  if ([...spatial, ...sizes].every((size) => size > 0)) return;
  const letters = ['D', 'H', 'W'].slice(-spatial.length);
  const named = (values: readonly number[]): string =>
    values.map((value, axis) => `${letters[axis]}: ${value}`).join(', ');
  raise(
    'RuntimeError',
    `Input and output sizes should be greater than 0, but got input (${named(spatial)})${spatial.length === 1 ? ' and' : ''} output (${named(sizes)})`,
  );
}

/** Neighbours that a mode mixes, and by how much places multiply. */
function reach(input: TensorType, output: TensorType | undefined, mode: string): Reach {
  const before = input.shape.slice(2);
  const after = output?.shape.slice(2) ?? before;
  const factors = after.map((size, axis) => size / (before[axis] ?? 1));
  if (factors.every((factor) => factor === 1)) return POINTWISE;
  const mixed = mode === 'bicubic' ? 4 : SMOOTH.includes(mode) ? 2 : 1;
  const ones = factors.map(() => 1);
  return {
    kind: 'transposed-window',
    kernel: factors.map((factor) => Math.max(Math.ceil(factor) * mixed, 1)),
    stride: factors,
    dilation: ones,
    padding: factors.map((factor) => (Math.ceil(factor) * (mixed - 1)) / 2),
  };
}

/** Multiplications and additions of one element by mode: none to copy, one a neighbour mixed in. */
const WORK: Readonly<Record<string, number>> = {
  linear: 4,
  bilinear: 11,
  trilinear: 30,
  bicubic: 259,
  area: 1,
};

const slots = {
  size: optional(nullable(oneOrMany(int)), null),
  scale_factor: optional(nullable(oneOrMany(float)), null),
  mode: optional(string, 'nearest'),
  align_corners: optional(nullable(bool), null),
  recompute_scale_factor: optional(nullable(bool), null),
};

function asFloats(scale: Argument): Argument {
  if (isSequence(scale)) return scale.map((item) => (typeof item === 'bigint' ? Number(item) : item));
  return typeof scale === 'bigint' ? Number(scale) : scale;
}

function repr(written: Bound, mode: string): string {
  const scale = written['scale_factor'] ?? null;
  const first =
    scale === null
      ? `size=${pythonRepr(written['size'] ?? null)}`
      : `scale_factor=${pythonRepr(asFloats(scale))}`;
  return `${first}, mode=${pythonRepr(mode)}`;
}

const Upsample = defineLayer({
  type: 'Upsample',
  signature: slots,
  forward: { input: required(tensor) },
  infer: (config, { input }) => interpolate(input, config),
  outputShape: (config, { input }) => interpolatedShape(input, config),
  costs: ({ mode }, _, [output]) => (WORK[mode] ? eachElement('interpolation', output, WORK[mode]) : []),
  reach: (config, { input }) => reach(input, interpolate(input, config), config.mode),
  extraRepr: ({ mode }, written) => repr(written, mode),
  attributes: () => ({}),
});

function fixed(type: string, mode: string, align: boolean | null) {
  const whole = (config: {
    readonly size: OneOrMany | null;
    readonly scale_factor: OneOrMany | null;
  }): Interpolation => ({
    ...config,
    mode,
    align_corners: align,
    recompute_scale_factor: null,
  });
  return defineLayer({
    type,
    signature: { size: slots.size, scale_factor: slots.scale_factor },
    forward: { input: required(tensor) },
    infer: (config, { input }) => interpolate(input, whole(config)),
    outputShape: (config, { input }) => interpolatedShape(input, config),
    costs: (_, __, [output]) => (WORK[mode] ? eachElement('interpolation', output, WORK[mode]) : []),
    reach: (config, { input }) => reach(input, interpolate(input, whole(config)), mode),
    extraRepr: (_, written) => repr(written, mode),
    attributes: () => ({ mode, align_corners: align }),
  });
}

export const UPSAMPLINGS = {
  Upsample,
  UpsamplingNearest2d: fixed('UpsamplingNearest2d', 'nearest', null),
  UpsamplingBilinear2d: fixed('UpsamplingBilinear2d', 'bilinear', true),
};

export const UPSAMPLING_OPERATIONS = [
  defineOperation({
    name: 'interpolate',
    homes: ['functional'],
    aliases: ['upsample'],
    signature: { input: required(tensor), ...slots, antialias: optional(bool, false) },
    infer: ({ input, antialias, ...args }) => interpolate(input, args, antialias),
    outputShape: ({ input, ...args }) => interpolatedShape(input, args),
    costs: ({ mode }, [output]) => (WORK[mode] ? eachElement('interpolation', output, WORK[mode]) : []),
    reach: ({ input, ...args }) => reach(input, interpolate(input, args), args.mode),
  }),
];
