import type { ErrorRaised, ProgramModule, Value } from '@tensormark/frameworks';
import { behind, makerOf } from '../../ask/ancestry.js';
import { inputOf, layerOf, numbersIn } from '../../ask/errors.js';

/** A linear layer that refused the width of its input. */
export interface RefusedWidth {
  readonly layer: ProgramModule;
  readonly input: Value;
  readonly wanted: number;
  readonly given: number;
  readonly cause: 'flatten-missing' | 'flatten-size' | 'shape-linear-in';
}

const SPATIAL = /(Conv|Pool|Upsample)/;

/** Reads the error of a linear layer, and tells by where its input comes from what is wrong. */
export function refusedWidth(error: ErrorRaised): RefusedWidth | undefined {
  const layer = layerOf(error);
  const input = inputOf(error);
  const sizes = numbersIn(
    error.message,
    /^mat1 and mat2 shapes cannot be multiplied \((\d+)x(\d+) and (\d+)x(\d+)\)/,
  );
  const given = input?.shape?.at(-1);
  const wanted = layer?.layer?.config['in_features'];
  if (layer === undefined || input === undefined || given === undefined || sizes === undefined)
    return undefined;
  if (typeof wanted !== 'number') return undefined;
  return { layer, input, wanted, given, cause: causeOf(input) };
}

function causeOf(input: Value): RefusedWidth['cause'] {
  const source = behindShape(input);
  const isSpatial = source !== undefined && (source.shape?.length ?? 0) >= 4;
  if (!isSpatial) return 'shape-linear-in';
  return (input.shape?.length ?? 0) >= 4 ? 'flatten-missing' : 'flatten-size';
}

/** The value with height and width that a flat one comes from. */
function behindShape(input: Value): Value | undefined {
  let value: Value | undefined = input;
  for (let depth = 0; value !== undefined && depth < 20; depth++) {
    if ((value.shape?.length ?? 0) >= 4 && isImageLike(value)) return value;
    [value] = value.inputs;
    if (value !== undefined && (makerOf(value) === 'Linear' || makerOf(value) === 'linear')) return undefined;
  }
  return undefined;
}

/** Made by something that works on images, or an image that was handed in. */
function isImageLike(value: Value): boolean {
  const source = behind(value);
  if (SPATIAL.test(makerOf(source)) || /_pool|conv/.test(makerOf(source))) return true;
  if (source.made.kind === 'batch' || source.made.kind === 'argument' || source.inputs.length === 0)
    return true;
  const [inner] = source.inputs;
  return inner !== undefined && (inner.shape?.length ?? 0) >= 4 && isImageLike(inner);
}
