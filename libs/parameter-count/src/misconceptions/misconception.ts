import type { Formula } from '@tensormark/network';
import type { LayerScope } from './layer-scope.js';
import type { WholeScope } from './whole-scope.js';

/** What part of a calculation an error touches: two errors about one thing are not looked for together. */
export type Subject =
  | 'kernel'
  | 'input channels'
  | 'output channels'
  | 'channels'
  | 'groups'
  | 'bias'
  | 'places'
  | 'padding'
  | 'stride'
  | 'dilation'
  | 'rounding'
  | 'steps'
  | 'size'
  | 'flatten'
  | 'pooling'
  | 'normalisation'
  | 'gates'
  | 'recurrence'
  | 'inputs'
  | 'embedding'
  | 'attention'
  | 'heads'
  | 'feed-forward'
  | 'operations'
  /** Counted another way than the question does, which some of the field do: no error by itself. */
  | 'convention'
  | 'arithmetic'
  | 'layers'
  | 'unit'
  | 'bytes'
  | 'receptive field'
  | 'jump';

/**
 * How often an error is met: `common` ones stand in every marker's memory, `known` ones are met now and then, `rare` ones
 * seldom enough that a number must fit few others to be explained by one.
 */
export type Frequency = 'common' | 'known' | 'rare';

interface Facts {
  /** Names it for good: kept in records. */
  readonly id: string;
  /** What the work does, as a clause that "in conv1" may follow: "the kernel size is not squared". */
  readonly says: string;
  readonly about: Subject;
  readonly frequency: Frequency;
}

/** An error that may be made in one layer or in all. */
export interface LayerMisconception extends Facts {
  readonly level: 'layer';
  /** The kinds of formula that {@link rewrite} may change; it is called with no others. `layer`: a layer's whole one. */
  readonly on: readonly (Formula['kind'] | 'layer')[];
  /** What the work writes in place of a formula of a layer; undefined where the error has nothing to say of it. */
  rewrite(formula: Formula, layer: LayerScope): Formula | undefined;
}

/** An error about the whole of what is asked: a factor of two on the result, a layer left out of a total. */
export interface WholeMisconception extends Facts {
  readonly level: 'whole';
  /** Everything that the work may write in place of the whole formula, with what `says` is of where there is a choice. */
  rewrite(whole: WholeScope): readonly WholeVariant[];
}

export interface WholeVariant {
  make(): Formula;
  /** Completes `says`, as a subject before it: "conv1" of "conv1 is left out". */
  readonly of?: string;
}

/** An error about the work, complete in its entry: its words, and how a formula looks with it. */
export type Misconception = LayerMisconception | WholeMisconception;

/** An entry for errors in layers. */
export function inLayers(
  id: string,
  says: string,
  facts: Pick<LayerMisconception, 'about' | 'frequency' | 'on'>,
  rewrite: LayerMisconception['rewrite'],
): LayerMisconception {
  return { level: 'layer', id, says, ...facts, rewrite };
}

/** An entry for errors about the whole. */
export function inWhole(
  id: string,
  says: string,
  facts: Pick<WholeMisconception, 'about' | 'frequency'>,
  rewrite: WholeMisconception['rewrite'],
): WholeMisconception {
  return { level: 'whole', id, says, ...facts, rewrite };
}
