import type { Span } from '../proposal.js';

/** What the code says of a claim; `not-checkable` wherever there is doubt about the claim or about the code. */
export type Verdict = 'supported' | 'contradicted' | 'not-checkable';

/** A line of the given code that a verdict rests on. */
export interface CodeQuote {
  readonly line: number;
  readonly text: string;
}

/** One statement of an answer that the code could bear out or not. */
export interface Claim {
  readonly span: Span;
  /** What it is about, from {@link SUBJECTS}. */
  readonly subject: Subject;
  readonly verdict: Verdict;
  /** What the code shows, in a full sentence. */
  readonly says: string;
  readonly code?: CodeQuote;
  /** Checks of code review whose finding the claim names. */
  readonly names?: readonly string[];
}

/** What claims can be about; a point of a scheme refers to one with `supports`. */
export const SUBJECTS = [
  'pooling',
  'dropout',
  'normalisation',
  'activation',
  'softmax',
  'residual',
  'bias',
  'attention',
  'recurrence',
  'embedding',
  'convolution',
  'linear',
  'filters',
  'kernel-size',
  'stride',
  'padding',
  'units',
  'dropout-rate',
  'parameters',
  'output-size',
  'learning-rate',
  'batch-size',
  'optimiser',
  'loss',
  'epochs',
  'shuffling',
  'preprocessing',
  'device',
  'input-channels',
  'gradients',
  'modes',
  'shapes',
  'faultless',
  'fault',
  'capacity',
  'validation',
  'weights',
  'training-aids',
  'setting',
  'upsampling',
  'blocks',
  'split',
] as const;
export type Subject = (typeof SUBJECTS)[number];
