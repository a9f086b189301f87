import { isCall, type CallNode, type Network, type Tensor, tensorsOf } from '@tensormark/network';

/** One call in the network under the name that ids and exams have for it. */
export interface Site {
  /** `conv1`; `relu#2` for the second call of one module; `block.flatten()` for a call that has no module. */
  readonly of: string;
  readonly node: CallNode;
}

export interface Sites {
  /** In the order of the forward. */
  readonly all: readonly Site[];
  readonly byName: ReadonlyMap<string, Site>;
  readonly byNode: ReadonlyMap<number, Site>;
  /** The sites that belong to a module itself: calls of it, and operations in its forward. */
  readonly byModule: ReadonlyMap<string, readonly Site[]>;
}

export function sitesOf(network: Network): Sites {
  const calls = network.nodes.filter(isCall);
  const names = calls.map(plainName);
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  const seen = new Map<string, number>();
  const all = calls.map((node, at): Site => {
    const name = names[at] ?? '';
    if (times.get(name) === 1) return { of: name, node };
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return { of: `${name}#${number}`, node };
  });
  const byModule = new Map<string, Site[]>();
  for (const site of all) {
    const path = site.node.modulePath;
    const sites = byModule.get(path);
    if (sites) sites.push(site);
    else byModule.set(path, [site]);
  }
  return {
    all,
    byName: new Map(all.map((site) => [site.of, site])),
    byNode: new Map(all.map((site) => [site.node.id, site])),
    byModule,
  };
}

function plainName({ layer, modulePath, operation }: CallNode): string {
  if (layer !== undefined) return modulePath;
  return modulePath === '' ? `${operation}()` : `${modulePath}.${operation}()`;
}

/** What comes out of a call, a module or the whole network: of several tensors the first. */
export function outputOf(network: Network, sites: Sites, of: string): Tensor | undefined {
  if (of === '') return tensorsOf(network.output)[0] ?? sites.all.at(-1)?.node.outputs[0];
  const site = sites.byName.get(of);
  if (site !== undefined) return site.node.outputs[0];
  const last = sites.all.findLast(
    ({ node: { modulePath } }) => modulePath === of || modulePath.startsWith(`${of}.`),
  );
  return last?.node.outputs[0];
}
