import { tensorType } from '@tensormark/network';
import type { Layer, TensorType } from '@tensormark/network';
import type { GivenInput } from '../reader/model-reading.js';
import type { ProgramModule } from './objects.js';

const BATCH = 4;

/** The layer with parameters that a network has first, and what is known of its arguments. */
export interface First {
  readonly module: ProgramModule;
  readonly type: string;
  readonly config: Layer['config'];
}

export function firstLayer({ modules }: ProgramModule): First | undefined {
  for (const { module } of modules) {
    const { layer } = module;
    if (!isLearnedLayer(module)) continue;
    return { module, type: layer?.type ?? module.type, config: layer?.config ?? {} };
  }
  return undefined;
}

/** Whether it is a layer with parameters, all of its sizes known or all but the one that has no part in what it gives. */
export function isLearnedLayer({ layer, object }: ProgramModule): boolean {
  return layer === undefined ? object.sizedFor !== undefined : layer.parameters.length > 0;
}

/** The type of an input whose shape, without its batch, the caller gives for a network. */
export function typeOfGiven(input: GivenInput, network: ProgramModule): TensorType {
  if ('shape' in input) return tensorType([BATCH, ...input.shape], input.dtype);
  const takesIndices = firstLayer(network)?.type.startsWith('Embedding') === true;
  return tensorType([BATCH, ...input], takesIndices ? 'int64' : 'float32');
}

/** Which dimension of a guess is the batch. */
export function batchAt({ type, config }: First): number {
  return /^(RNN|LSTM|GRU)$/.test(type) && config['batch_first'] !== true ? 1 : 0;
}

/** Pictures larger than usual, for networks that nothing would be left in of the usual ones. */
export function largerFor({ type, config }: First): TensorType[] {
  if (type !== 'Conv2d') return [];
  return [388, 572].map((side, at) =>
    tensorType([BATCH + at, Number(config['in_channels'] ?? 0), side, side], 'float32'),
  );
}

/** The forms in which data come to a layer, likeliest first; each with two batches and two lengths. */
export function inputsFor({ type, config }: First): TensorType[] {
  const size = (name: string): number => Number(config[name] ?? 0);
  const forms = (shapes: (batch: number, length: number) => readonly (readonly number[])[]): number[][] =>
    [shapes(BATCH, 12), shapes(BATCH + 1, 20)].flat().map((shape) => [...shape]);
  const floats = (shapes: readonly number[][]): TensorType[] =>
    shapes.map((shape) => tensorType(shape, 'float32'));
  switch (type) {
    case 'Linear': {
      const features = size('in_features');
      const side = Math.sqrt(features);
      const picture = Number.isInteger(side) ? [[BATCH, 1, side, side]] : [];
      return floats([
        ...forms((batch, length) => [
          [batch, features],
          [batch, length, features],
        ]),
        [features],
        ...picture,
      ]);
    }
    case 'Conv1d': {
      const channels = size('in_channels');
      return floats([
        ...[64, 128, 1000, 12].map((length, at) => [BATCH + (at % 2), channels, length]),
        [BATCH, 64, channels],
        [BATCH, 64],
      ]);
    }
    case 'Conv2d': {
      const channels = size('in_channels');
      const pictures = [32, 64, 28, 224].map((side, at) => [BATCH + (at % 2), channels, side, side]);
      const grey =
        channels === 1
          ? [
              [BATCH, 28, 28],
              [BATCH, 784],
            ]
          : [];
      return floats([...pictures, [BATCH, 32, 32, channels], ...grey]);
    }
    case 'Embedding':
      return forms((batch, length) => [[batch, length], [batch], [length], [1]]).map((shape) =>
        tensorType(shape, 'int64'),
      );
    case 'RNN':
    case 'LSTM':
    case 'GRU': {
      const features = size('input_size');
      return floats(
        forms((batch, length) =>
          config['batch_first'] === true
            ? [
                [batch, length, features],
                [batch, features],
                [batch, length],
              ]
            : [
                [length, batch, features],
                [batch, features],
                [length, batch],
              ],
        ),
      );
    }
    default:
      return [];
  }
}
