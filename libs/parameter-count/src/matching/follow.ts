import { parts, type Rational } from '@tensormark/arithmetic';
import { nodesOf, type Rational as Fraction } from '@tensormark/network';
import type { Asked, NodeId, Reference, ReferenceNode } from '../reference/reference.js';
import { routeValues } from '../reference/routes.js';
import { exact } from '../exact.js';
import type { Slip } from './outcome.js';

/** At most so many ways in which earlier slips may come together are tried. */
const MOST_COMBINATIONS = 48;

/** What follows for one node from the working's own values of nodes before it. */
export class FollowThrough {
  private readonly base: ReadonlyMap<NodeId, Fraction>;
  private readonly direct: ReadonlyMap<NodeId, readonly NodeId[]>;

  private static readonly known = new WeakMap<Reference, FollowThrough>();

  /** Questions are asked of many answers: what rests on what is found once for each. */
  static of(reference: Reference): FollowThrough {
    const known = FollowThrough.known.get(reference) ?? new FollowThrough(reference);
    FollowThrough.known.set(reference, known);
    return known;
  }

  private constructor(private readonly reference: Reference) {
    this.base = new Map([...reference.nodes].map(([id, { value }]) => [id, value]));
    this.direct = new Map([...reference.nodes].map(([id, node]) => [id, namedIn(node, reference)]));
  }

  /** Every node that a node rests on, itself left out. */
  before(id: NodeId): ReadonlySet<NodeId> {
    const found = new Set<NodeId>();
    const open = [...(this.direct.get(id) ?? [])];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(...(this.direct.get(next) ?? []));
    }
    return found;
  }

  /**
   * The values that nodes have when some slips are carried on, each with those slips; the likeliest first: all slips that
   * bear on them together. `targets` are looked at together, as the sizes of one shape are.
   */
  *carried(
    targets: readonly NodeId[],
    slips: readonly Slip[],
  ): Generator<{ readonly values: readonly Rational[]; readonly from: readonly Slip[] }> {
    const bearing = new Set(targets.flatMap((id) => [...this.before(id)]));
    const options = new Map<NodeId, Slip[]>();
    for (const slip of slips) {
      if (!bearing.has(slip.node) || targets.includes(slip.node)) continue;
      const known = options.get(slip.node) ?? [];
      if (!known.some(({ value }) => value.equals(slip.value))) options.set(slip.node, [...known, slip]);
    }
    for (const from of combinations([...options.values()])) {
      const values = this.valuesWith(targets, from);
      if (values !== undefined) yield { values, from };
    }
  }

  private valuesWith(targets: readonly NodeId[], from: readonly Slip[]): readonly Rational[] | undefined {
    const values = new Map(this.base);
    const changed = new Set<NodeId>();
    for (const { node, value } of from) {
      values.set(node, value);
      changed.add(node);
    }
    const needed = new Set(targets.flatMap((id) => [id, ...this.before(id)]));
    for (const [id, node] of this.reference.nodes) {
      if (!needed.has(id) || changed.has(id)) continue;
      if (!(this.direct.get(id) ?? []).some((before) => changed.has(before))) continue;
      const routes = routeValues(node, this.reference, values);
      const value = routes.find((each) => !exact(each).equals(exact(node.value))) ?? routes[0];
      if (value === undefined) return undefined;
      values.set(id, value);
      changed.add(id);
    }
    if (!targets.some((id) => changed.has(id))) return undefined;
    return targets.flatMap((id) => {
      const value = values.get(id);
      return value === undefined ? [] : [exact(value)];
    });
  }
}

/** Things asked that another rests on, by their ids: what its formula names, and what is of a module within its own. */
export function askedBefore(reference: Reference, { id, nodes }: Asked): readonly string[] {
  const before = new Set(nodes.flatMap((node) => [...FollowThrough.of(reference).before(node)]));
  const own = nodes.flatMap((node) => reference.nodes.get(node)?.of ?? []);
  const isWithin = (node: NodeId): boolean => {
    const of = reference.nodes.get(node)?.of;
    return of !== undefined && own.some((path) => of !== path && (path === '' || of.startsWith(`${path}.`)));
  };
  return [...reference.asked.values()].flatMap((other) =>
    other.id !== id && other.nodes.some((node) => before.has(node) || isWithin(node)) ? [other.id] : [],
  );
}

/** Of some slips those that a node rests on, the latest for each. */
export function slipsBearing(reference: Reference, id: NodeId, slips: readonly Slip[]): readonly Slip[] {
  const before = FollowThrough.of(reference).before(id);
  return [...new Map(slips.flatMap((slip) => (before.has(slip.node) ? [[slip.node, slip]] : []))).values()];
}

function namedIn(node: ReferenceNode, { nodes }: Reference): readonly NodeId[] {
  const named = new Set<NodeId>();
  if (node.measure === 'expression') {
    for (const part of parts(node.expression))
      if (part.kind === 'name' && nodes.has(part.name)) named.add(part.name);
  } else {
    for (const route of [node.formula, ...node.otherRoutes]) {
      for (const { node: each } of nodesOf(route))
        if (each.kind === 'part' && nodes.has(each.name)) named.add(each.name);
    }
  }
  named.delete(node.id);
  return [...named];
}

/** Each way to take at most one slip for every node, at least one in all; most slips first. */
function combinations(options: readonly (readonly Slip[])[]): readonly (readonly Slip[])[] {
  let found: (readonly Slip[])[] = [[]];
  for (const slips of options) {
    found = [...found.flatMap((before) => slips.map((slip) => [...before, slip])), ...found];
    if (found.length > MOST_COMBINATIONS) found = found.slice(0, MOST_COMBINATIONS);
  }
  return found.filter((slips) => slips.length > 0).toSorted((a, b) => b.length - a.length);
}
