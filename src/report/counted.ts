import type { Gaps } from '@tensormark/frameworks';
import type { Network } from '@tensormark/network';

/** Something to be said of a line, in the file that was asked about unless another is named. */
export interface Remark {
  /** Undefined where it is about the call that was asked for, not about a file. */
  readonly line: number | undefined;
  readonly file?: string;
  readonly says: string;
}

/** Something that could not be known, and whether the counts may rest on it. */
export interface NotKnown extends Remark {
  readonly bears: 'network' | 'surroundings';
}

/**
 * How far the forward pass was followed: to what it returns, not at all for want of an input, to an error that ends it,
 * or to something that is not known.
 */
export type Followed = 'to-its-output' | 'without-input' | 'to-an-error' | 'to-an-unknown';

/** A network that was read, with all that was noticed on the way. */
export interface Counted {
  readonly name: string | undefined;
  /** The name with what tells people more: `net, a Net (line 30)`. */
  readonly heading: string | undefined;
  readonly network: Network | undefined;
  readonly followed: Followed;
  /** Which counts an unknown leaves a gap in: what was counted is then not all there is. */
  readonly gaps: Pick<Gaps, 'parameters' | 'buffers'>;
  /** Shapes of the inputs, batch included, and who says so. */
  readonly inputs: readonly (readonly number[])[];
  readonly inputsFrom: 'the caller' | 'the file';
  /** By path: shapes of what a module returned when it was last called. */
  readonly returned: ReadonlyMap<string, readonly (readonly number[])[]>;
  readonly errors: readonly Remark[];
  readonly unknowns: readonly NotKnown[];
  /** Why there is no network, for people. */
  readonly unread?: string | undefined;
  /** The models that the source offers. */
  readonly candidates: readonly { readonly name: string; readonly line: number }[];
  /** What to do next, for people: short lines. */
  readonly advice: readonly string[];
}

/** `the module timm is not known here`: timm. */
export function moduleOf(says: string): string | undefined {
  return /^the module (\S+) is not known here$/.exec(says)?.[1];
}
