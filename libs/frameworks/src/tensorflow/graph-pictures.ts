import { argument } from '../program/value.js';
import type { GraphCall } from './graph-calls.js';
import type { GraphShape, ShapeOf } from './graph-windows.js';
import { staticSize, staticSizes } from './static-sizes.js';

const AS_IT_IS =
  /^image\.((stateless_)?random_(flip_left_right|flip_up_down|brightness|contrast|hue|saturation|jpeg_quality)|flip_left_right|flip_up_down|adjust_\w+|convert_image_dtype|per_image_standardization)$/;

/** The shape of one picture or several that are read, resized, cropped or recoloured; undefined for other calls. */
export function pictured({ args, name }: GraphCall, of: ShapeOf): GraphShape | undefined {
  const given = (): GraphShape | undefined => of(argument(args, 'images', 0) ?? argument(args, 'image'));
  if (AS_IT_IS.test(name)) return given();
  switch (name) {
    case 'image.resize':
    case 'image.resize_images':
      // With the proportions kept one of the two sides is smaller.
      return args.named.has('preserve_aspect_ratio')
        ? resized(given(), [undefined, undefined])
        : resized(given(), staticSizes(argument(args, 'size', 1), of));
    case 'image.resize_with_pad':
    case 'image.resize_with_crop_or_pad':
    case 'image.resize_image_with_crop_or_pad':
      return resized(given(), [
        staticSize(argument(args, 'target_height', 1), of),
        staticSize(argument(args, 'target_width', 2), of),
      ]);
    case 'image.random_crop':
      return staticSizes(argument(args, 'size', 1), of);
    case 'image.grayscale_to_rgb':
      return given()?.with(-1, 3);
    case 'image.rgb_to_grayscale':
      return given()?.with(-1, 1);
    case 'image.decode_jpeg':
    case 'image.decode_png':
    case 'io.decode_jpeg':
    case 'io.decode_png': {
      const channels = argument(args, 'channels', 1);
      return [undefined, undefined, channels === 0n ? undefined : staticSize(channels, of)];
    }
    case 'io.read_file':
    case 'read_file':
      return [];
    case 'image.extract_patches':
      return patches(args, given(), of);
    case 'nn.depth_to_space':
      return blocks(args, of, 1);
    case 'nn.space_to_depth':
      return blocks(args, of, -1);
    default:
      return undefined;
  }
}

/** Height and width of pictures are the two before the last. */
function resized(given: GraphShape | undefined, size: GraphShape | undefined): GraphShape | undefined {
  return given === undefined || given.length < 3 || size?.length !== 2
    ? undefined
    : [...given.slice(0, -3), ...size, given.at(-1)];
}

/** Each patch of pictures as a row: `[batch, rows, columns, height * width * channels]`. */
function patches(
  args: GraphCall['args'],
  given: GraphShape | undefined,
  of: ShapeOf,
): GraphShape | undefined {
  const sizes = staticSizes(argument(args, 'sizes', 1), of);
  const steps = staticSizes(argument(args, 'strides', 2), of);
  const rates = staticSizes(argument(args, 'rates', 3), of);
  const padding = argument(args, 'padding', 4);
  if (given?.length !== 4 || sizes?.length !== 4 || steps?.length !== 4) return undefined;
  const [, height, width] = sizes;
  const depth = given[3];
  const along = (axis: number): number | undefined => {
    const [side, size, step, rate] = [given[axis], sizes[axis], steps[axis], rates?.[axis]];
    if (side === undefined || size === undefined || step === undefined || step < 1) return undefined;
    if (padding === 'SAME') return Math.ceil(side / step);
    if (padding !== 'VALID' || rate === undefined) return undefined;
    // Between the pixels of a patch others are passed over.
    return Math.ceil((side - (size - 1) * rate) / step);
  };
  return [
    given[0],
    along(1),
    along(2),
    height === undefined || width === undefined || depth === undefined ? undefined : height * width * depth,
  ];
}

/** Channels that become blocks of pixels, and the other way round. */
function blocks(args: GraphCall['args'], of: ShapeOf, way: 1 | -1): GraphShape | undefined {
  const [given, size] = [of(argument(args, 'input', 0)), staticSize(argument(args, 'block_size', 1), of)];
  if (given?.length !== 4 || size === undefined || size < 1) return undefined;
  const times = (side: number | undefined, power: number): number | undefined =>
    side === undefined ? undefined : side * size ** power;
  return [given[0], times(given[1], way), times(given[2], way), times(given[3], -2 * way)];
}
