import type { Counting } from './count.js';

/** A module, or the network, as what it is made of: its children and the calls of its own forward, in order. */
export function membersOf({ layout, network }: Counting, of: string): readonly string[] {
  const { sites } = layout;
  const children = network.modules.get(of)?.children ?? [];
  const calls = (sites.byModule.get(of) ?? []).filter((site) => site.of !== of);
  const first = new Map<string, number>();
  for (const { node } of sites.all) {
    const path = node.modulePath;
    for (const child of children)
      if (!first.has(child) && (path === child || path.startsWith(`${child}.`))) first.set(child, node.id);
  }
  const placed = [
    ...children.map((child) => ({ of: child, at: first.get(child) ?? Infinity })),
    ...calls.map(({ of: name, node }) => ({ of: name, at: node.id })),
  ];
  return placed.toSorted((a, b) => (a.at === b.at ? 0 : a.at - b.at)).map((member) => member.of);
}

/** Whether it is one call: what its work and memory are of. */
export function isCall({ layout }: Counting, of: string): boolean {
  return layout.sites.byName.has(of);
}

/** Every name that can be asked about: modules in order, then calls that have none. */
export function knownNames({ layout, network }: Counting): readonly string[] {
  const modules = [...network.modules.keys()].filter((path) => path !== '');
  const calls = layout.sites.all.map(({ of }) => of).filter((of) => !network.modules.has(of));
  return [...modules, ...calls];
}
