import { defineModule, PyTuple } from '@tensormark/python';
import type { NativeModule, PyValue, Runtime } from '@tensormark/python';
import { operation } from '@tensormark/network';
import { asCount } from '../arguments.js';
import { derived, tensorOf } from '../functions/derived.js';
import { applyOperation } from '../operations.js';
import type { TensorObject } from '../tensor/tensor.js';

/** Windows of regions, from `input, rois, spatial_scale, pooled_height, pooled_width`: for each, so many places of so many channels. */
function regions(
  rt: Runtime,
  [input, rois, , height, width]: readonly (PyValue | undefined)[],
  channels: (of: number, places: number) => number = (of) => of,
): TensorObject {
  const [source, windows] = [tensorOf(rt, input ?? null, 'roi'), tensorOf(rt, rois ?? null, 'roi')];
  const size = [asCount(rt, height ?? null), asCount(rt, width ?? null)];
  const [rows = 1, columns = 1] = size;
  return derived(rt, source, [
    windows.shape[0] ?? 0,
    channels(source.shape[1] ?? 1, rows * columns),
    rows,
    columns,
  ]);
}

/** What was pooled, and from which place each of it is. */
function withPlaces(rt: Runtime, pooled: TensorObject): PyTuple {
  return new PyTuple([pooled, derived(rt, pooled, pooled.shape, 'int32')]);
}

/** Channels that stand for places are shared out among them. */
const perPlace = (channels: number, places: number): number => Math.floor(channels / places);

/** A convolution whose window bends: as much work, and as large a result, as one whose window does not. */
function deformed(rt: Runtime, args: readonly (PyValue | undefined)[]): PyValue {
  const [input, weight, , , bias, strideH, strideW, padH, padW, dilationH, dilationW, groups] = args.map(
    (value) => value ?? null,
  );
  const convolution = operation('conv2d');
  const pair = (first: PyValue = null, second: PyValue = null): PyTuple => new PyTuple([first, second]);
  return convolution === undefined
    ? rt.unknown('conv2d is not interpreted')
    : applyOperation(rt, convolution, [
        input ?? null,
        weight ?? null,
        bias ?? null,
        pair(strideH, strideW),
        pair(padH, padW),
        pair(dilationH, dilationW),
        groups ?? 1n,
      ]);
}

/** `torch.ops`: compiled operations that packages add, of which torchvision's are known. */
export const extensionOps: readonly NativeModule[] = [
  defineModule({ name: 'torch.ops', functions: { 'load_library(path)': () => null }, missing: 'unknown' }),
  defineModule({
    name: 'torch.ops.torchvision',
    functions: {
      'deform_conv2d(input, weight, offset, mask, bias, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups, offset_groups, use_mask)':
        (rt, ...args) => deformed(rt, args),
      'roi_align(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio, aligned)': (
        rt,
        ...args
      ) => regions(rt, args),
      'roi_pool(input, rois, spatial_scale, pooled_height, pooled_width)': (rt, ...args) =>
        withPlaces(rt, regions(rt, args)),
      'ps_roi_align(input, rois, spatial_scale, pooled_height, pooled_width, sampling_ratio)': (
        rt,
        ...args
      ) => withPlaces(rt, regions(rt, args, perPlace)),
      'ps_roi_pool(input, rois, spatial_scale, pooled_height, pooled_width)': (rt, ...args) =>
        withPlaces(rt, regions(rt, args, perPlace)),
      'nms(dets, scores, iou_threshold)': (rt) => rt.unknown('which boxes are kept'),
      '_cuda_version()': () => -1n,
    },
    missing: 'unknown',
  }),
];
