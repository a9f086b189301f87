import type { Network } from '@tensormark/network';
import type { Convention } from '../convention.js';
import { nodeId, type Draft } from '../draft.js';
import { layoutOf, type Layout } from '../layout/layout.js';
import type { NodeId } from '../reference.js';
import { isWhat, type What } from '../what.js';
import type { Counter, Counting } from './count.js';
import type { OwnParameters } from './own-parameters.js';
import { countParameters } from './parameters.js';
import { countSizes } from './sizes.js';
import { countWork } from './work.js';
import { countMemory } from './memory.js';
import { countFields } from './fields.js';

const COUNTERS: readonly Counter[] = [countParameters, countSizes, countWork, countMemory, countFields];

/** Everything that can be counted of a network under one convention, worked out as it is asked for. */
export class NetworkCounting implements Counting {
  readonly layout: Layout;
  private readonly known = new Map<NodeId, Draft | undefined>();
  /** What each module's own parameters come to, by its path. */
  readonly own = new Map<string, OwnParameters>();

  constructor(
    readonly network: Network,
    readonly convention: Convention,
  ) {
    this.layout = layoutOf(network);
  }

  draft(of: string, what: What): Draft | undefined {
    const id = nodeId(of, what);
    if (this.known.has(id)) return this.known.get(id);
    let found: Draft | undefined;
    for (const counter of COUNTERS) {
      found = counter(this, of, what);
      if (found !== undefined) break;
    }
    this.known.set(id, found);
    return found;
  }

  /** A draft by its node's id: what a part of a formula stands for, if it stands for a node. */
  named(id: NodeId): Draft | undefined {
    const slash = id.lastIndexOf('/');
    const what = id.slice(slash + 1);
    return slash >= 0 && isWhat(what) ? this.draft(id.slice(0, slash), what) : undefined;
  }
}
