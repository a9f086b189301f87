import type { Network } from '@tensormark/network';
import type { Convention } from '../convention.js';
import type { Draft } from '../draft.js';
import type { Layout } from '../layout/layout.js';
import type { NodeId } from '../reference.js';
import type { What } from '../what.js';
import type { OwnParameters } from './own-parameters.js';

/** Everything that can be counted of a network under one convention, worked out as it is asked for. */
export interface Counting {
  readonly network: Network;
  readonly convention: Convention;
  readonly layout: Layout;
  /** What each module's own parameters come to, by its path. */
  readonly own: Map<string, OwnParameters>;
  /** One thing of a call, a module or the network; undefined where it has none. */
  draft(of: string, what: What): Draft | undefined;
  /** A draft by its node's id: what a part of a formula stands for, if it stands for a node. */
  named(id: NodeId): Draft | undefined;
}

/** Counts one thing of a call, a module or the network; undefined where it has none. */
export type Counter = (counting: Counting, of: string, what: What) => Draft | undefined;
