import type { Network, Tensor } from '@tensormark/network';
import { namesIn, type NamesOf } from './names.js';
import type { Axis } from './axes.js';
import { axesOf } from './outputs.js';
import { fieldsOf, type Fields } from './receptive-fields.js';
import { outputOf, sitesOf, type Sites } from './sites.js';

/** What every convention shares of a network: its calls by name, where each size comes from, who sees how far. */
export interface Layout {
  readonly network: Network;
  readonly sites: Sites;
  /** The dimensions of a tensor, the batch among them. */
  axesOf(tensor: Tensor): readonly Axis[];
  /** What comes out of a call, a module or the whole network. */
  outputOf(of: string): Tensor | undefined;
  readonly fields: ReadonlyMap<number, Fields>;
  /** What a call, a module or the network is called in words. */
  readonly namesOf: NamesOf;
}

const KNOWN = new WeakMap<Network, Layout>();

/** Worked out once for each network. */
export function layoutOf(network: Network): Layout {
  const known = KNOWN.get(network);
  if (known !== undefined) return known;
  const sites = sitesOf(network);
  const axes = axesOf(network, sites);
  const layout: Layout = {
    network,
    sites,
    axesOf: ({ node, output }) => axes.get(node)?.[output] ?? [],
    outputOf: (of) => outputOf(network, sites, of),
    fields: fieldsOf(network, sites),
    namesOf: namesIn(network, sites),
  };
  KNOWN.set(network, layout);
  return layout;
}
