import type { LayerFamily } from './layer-family.js';

/** Numbers near a layer that its own formula does not name, and that wrong work brings in. */
export interface LayerSurroundings {
  readonly family: LayerFamily;
  /** Sizes of the input and output along the spatial dimensions; empty where there are none. */
  readonly inputSides: readonly bigint[];
  readonly outputSides: readonly bigint[];
  /** What a flattened input was before it was flattened. */
  readonly flattened?: Flattened | undefined;
  /** Directions of the recurrent layer, when it is one. */
  readonly directions?: bigint | undefined;
  /** Directions of the recurrent layer that feeds this one. */
  readonly fedByDirections?: bigint | undefined;
  /** Rows of the embedding that feeds this one. */
  readonly fedByVocabulary?: bigint | undefined;
  /** How far its window moves along the first spatial dimension. */
  readonly stride?: bigint | undefined;
  readonly heads?: bigint | undefined;
  /** Steps of the sequence that a recurrent layer or an embedding reads. */
  readonly sequenceLength?: bigint | undefined;
}

export interface Flattened {
  readonly channels: bigint;
  readonly sides: readonly bigint[];
  /** The sides before the last pooling, where there was one. */
  readonly unpooled?: readonly bigint[] | undefined;
}

/** A pooling layer, which has no parameters though some work gives it some. */
export interface PoolSurroundings {
  readonly module: string;
  readonly kernel: readonly bigint[];
  readonly channels: bigint;
}

/** What stands around the formulas of a network. */
export interface Surroundings {
  /** By the path of the module. */
  readonly layers: ReadonlyMap<string, LayerSurroundings>;
  readonly pools: readonly PoolSurroundings[];
  /** Parameters under more than one name: the sizes that a count of each name adds, by the repeated name. */
  readonly tied: ReadonlyMap<string, bigint>;
  /** Channels (or features) of the network's input. */
  readonly inputChannels: bigint | undefined;
  readonly batch: bigint | undefined;
}

export const NO_SURROUNDINGS: Surroundings = {
  layers: new Map(),
  pools: [],
  tied: new Map(),
  inputChannels: undefined,
  batch: undefined,
};
