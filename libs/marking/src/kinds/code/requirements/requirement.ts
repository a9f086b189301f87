import type { ModelReading } from '@tensormark/frameworks';
import type { Network } from '@tensormark/network';
import { Identifier, MarksField, Prose } from '../../../exam/fields.js';
import type { NetworkRun } from '../network-run.js';

/** What every requirement has. */
export const requirementFields = {
  id: Identifier.describe('A short name; it stands in exports beside the marks given'),
  says: Prose.describe('What is required, as the marker and the student read it beside the marks'),
  marks: MarksField.describe('For meeting it'),
};

/** What reading the code says of one requirement; `undecided` where it cannot tell. */
export interface Decision {
  readonly outcome: 'met' | 'not-met' | 'undecided';
  readonly says: string;
  /** The line of the answer it rests on. */
  readonly line?: number;
  /** The run that it rests on, where there was one. */
  readonly run?: NetworkRun;
}

/** What a requirement may look at. */
export interface Submission {
  readonly reading: ModelReading;
  readonly network: Network;
  /** Whether the network and its forward pass are known to the end, without an error or an unknown. */
  readonly isSure: boolean;
  /** Sizes are laid out as Keras has them, channels last, where the question has them first. */
  readonly channelsLast: boolean;
  /** Reads the code again on inputs of another shape. */
  readOn(input: readonly number[]): ModelReading;
  /** Reads the code again as it is in training mode. */
  inTraining(): ModelReading;
  /** What a run of the network gave; undefined where nothing was run. */
  readonly run: NetworkRun | undefined;
}

/** Decides one kind of requirement; what was not followed to its end is never held against the work. */
export type Decide<Requirement> = (requirement: Requirement, submission: Submission) => Decision;

/** What could not be known of the network; unknowns that it does not depend on (plots, data) are no matter here. */
export function unknownsOf({ unknowns }: ModelReading): ModelReading['unknowns'] {
  return unknowns.filter(({ bears }) => bears === 'network');
}

/** A node's line, where it has one. */
export function lineOf(node: { readonly place?: { readonly line: number } }): { readonly line?: number } {
  return node.place === undefined ? {} : { line: node.place.line };
}
