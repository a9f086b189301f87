import { evaluate as valueOfWritten, measureOf, parts, type Expression } from '@tensormark/arithmetic';
import { exact } from '../exact.js';
import { evaluate, nodesOf, type Network } from '@tensormark/network';
import { EXACT, type Acceptance } from './acceptance.js';
import { unitSize, type CountUnit } from './units.js';
import type { Convention } from './convention.js';
import type { Counting } from './counts/count.js';
import { NetworkCounting } from './counts/counting.js';
import { knownNames } from './counts/members.js';
import { sizesOf } from './counts/sizes.js';
import { valueOf, type Draft } from './draft.js';
import type { Asked, NodeId, Reference, ReferenceNode } from './reference.js';
import { ALONG_AXES, isWhat, numberAsked, type Askable } from './what.js';

interface AskFacts {
  readonly id: string;
  readonly says: string;
  /** Whether a value that follows from an earlier wrong one earns its marks; it does where absent. */
  readonly follow?: boolean | undefined;
  readonly accept?: Acceptance | undefined;
}

/** A number that follows from the network, or the whole shape of an output. */
export interface CountedAsk extends AskFacts {
  readonly what: Askable;
  /** Path of a module, or the name of a call; the whole network when undefined. */
  readonly of?: string | undefined;
  /** The unit that the answer is to be in; a number given with another is as right. */
  readonly unit?: CountUnit | undefined;
}

/** A number, or a list of them, that the examiner wrote an expression for; names in it are other asks' ids. */
export interface WrittenAsk extends AskFacts {
  readonly expressions: readonly { readonly written: string; readonly expression: Expression }[];
  /** The unit that they are in, such as `ms`, `MiB`, `images/s` or `%`; one that {@link measureOf} knows. */
  readonly unit?: string | undefined;
}

export type ReferenceAsk = CountedAsk | WrittenAsk;

export type Building =
  | { readonly kind: 'reference'; readonly reference: Reference }
  /** The network has nothing of that name; `known` are the names that it has. */
  | {
      readonly kind: 'unknown-name';
      readonly id: string;
      readonly name: string;
      readonly known: readonly string[];
    }
  /** What the name stands for has no such number, as a flattening has no parameters. */
  | { readonly kind: 'no-such-number'; readonly id: string; readonly what: string; readonly of: string }
  | { readonly kind: 'no-value'; readonly id: string; readonly written: string; readonly why: string };

const MOST_NAMES = 40;

/** The graph of every number on the way to what is asked, under one convention. A written ask needs no network. */
export function buildReference(
  network: Network | undefined,
  asks: readonly ReferenceAsk[],
  convention: Convention,
): Building {
  const nodes = new Map<NodeId, ReferenceNode>();
  const asked = new Map<string, Asked>();
  const counting = network && new NetworkCounting(network, convention);
  for (const ask of asks) {
    const found =
      'expressions' in ask
        ? addWritten(ask, nodes, asked)
        : counting === undefined
          ? ({ kind: 'no-such-number', id: ask.id, what: ask.what, of: ask.of ?? '' } as const)
          : addCounted(ask, counting, nodes, convention);
    if (!('form' in found)) return found;
    asked.set(ask.id, found);
  }
  const besides = new Set(counting === undefined ? [] : numbersBesides(counting, asked, nodes));
  const paths = counting === undefined ? [] : ['', ...knownNames(counting)];
  const names = new Map(paths.map((path) => [path, counting?.layout.namesOf(path) ?? []]));
  return { kind: 'reference', reference: { convention, nodes, asked, besides, names } };
}

/** The numbers of the kinds that are asked for, of what lies on the way to nothing that is asked. */
function numbersBesides(
  counting: Counting,
  asked: ReadonlyMap<string, Asked>,
  nodes: ReadonlyMap<NodeId, ReferenceNode>,
): readonly NodeId[] {
  const ids = [...asked.values()].flatMap((each) => each.nodes);
  const kinds = new Set(ids.map((id) => id.slice(id.lastIndexOf('/') + 1)).filter(isWhat));
  return knownNames(counting).flatMap((name) =>
    [...kinds].flatMap((what) => {
      const id = counting.draft(name, what)?.id;
      return id === undefined || nodes.has(id) ? [] : [id];
    }),
  );
}

function addCounted(
  ask: CountedAsk,
  counting: Counting,
  nodes: Map<NodeId, ReferenceNode>,
  convention: Convention,
): Asked | Exclude<Building, { kind: 'reference' }> {
  const of = ask.of ?? '';
  const names = knownNames(counting);
  if (of !== '' && !names.includes(of))
    return { kind: 'unknown-name', id: ask.id, name: of, known: names.slice(0, MOST_NAMES) };
  const drafts = draftsOf(counting, of, ask.what);
  const found = drafts.filter((draft): draft is Draft => draft !== undefined);
  const [first, ...others] = found.map(({ id }) => id);
  if (first === undefined || found.length < drafts.length)
    return { kind: 'no-such-number', id: ask.id, what: ask.what, of };
  for (const draft of found) add(draft, counting, nodes);
  return {
    id: ask.id,
    says: ask.says,
    form: ask.what === 'output-shape' ? 'shape' : others.length > 0 ? 'vector' : 'number',
    nodes: [first, ...others],
    accept: acceptanceOf(ask, found, convention),
    unit: ask.unit ?? null,
    measuredIn: null,
    follow: ask.follow ?? true,
  };
}

const THREE_FIGURES: Acceptance = { kind: 'significant-figures', count: 3 };

/** In a unit that it is no whole number of, a count is given to three figures unless the scheme says otherwise. */
function acceptanceOf(
  { accept, unit }: CountedAsk,
  drafts: readonly Draft[],
  convention: Convention,
): Acceptance {
  if (unit === undefined) return accept ?? EXACT;
  const size = unitSize(unit, convention);
  const isWhole = drafts.every(({ formula }) => exact(evaluate(formula)).dividedBy(size).isInteger);
  return { kind: 'in-unit', size, as: accept ?? (isWhole ? EXACT : THREE_FIGURES) };
}

/** One number; all of a shape; and all sides of a receptive field where they differ. */
function draftsOf(counting: Counting, of: string, what: Askable): readonly (Draft | undefined)[] {
  if (what === 'output-shape') return shapeOf(counting, of);
  const only = counting.draft(of, numberAsked(what));
  const sides = (ALONG_AXES[what] ?? []).flatMap((each) => counting.draft(of, each) ?? []);
  const differ =
    only !== undefined &&
    sides.some(({ formula }) => !exact(evaluate(formula)).equals(exact(evaluate(only.formula))));
  return differ ? sides : [only];
}

function shapeOf(counting: Counting, of: string): readonly (Draft | undefined)[] {
  const tensor = counting.layout.outputOf(of);
  if (tensor === undefined) return [];
  return sizesOf(counting.layout.axesOf(tensor)).map(({ what }) => counting.draft(of, what));
}

/** Adds a node behind all that its formula and routes stand on. */
function add(draft: Draft, counting: Counting, nodes: Map<NodeId, ReferenceNode>): void {
  if (nodes.has(draft.id)) return;
  for (const route of [draft.formula, ...draft.otherRoutes]) {
    for (const { node } of nodesOf(route)) {
      if (node.kind !== 'part' || node.name === draft.id) continue;
      const before = counting.named(node.name);
      if (before !== undefined) add(before, counting, nodes);
    }
  }
  nodes.set(draft.id, {
    ...draft,
    names: counting.layout.namesOf(draft.of),
    value: evaluate(draft.formula),
  });
}

function addWritten(
  ask: WrittenAsk,
  nodes: Map<NodeId, ReferenceNode>,
  asked: ReadonlyMap<string, Asked>,
): Asked | Exclude<Building, { kind: 'reference' }> {
  const ids: NodeId[] = [];
  for (const [at, { written, expression }] of ask.expressions.entries()) {
    const id = ask.expressions.length === 1 ? ask.id : `${ask.id}[${at}]`;
    for (const part of parts(expression))
      if (part.kind === 'name' && part.meaning === null) nameCounted(part.name, nodes, asked);
    const unknown = parts(expression).find(
      (part) => part.kind === 'name' && part.meaning === null && !nodes.has(part.name),
    );
    if (unknown?.kind === 'name')
      return { kind: 'no-value', id: ask.id, written, why: `"${unknown.name}" stands for nothing before it` };
    const value = valueOfWritten(expression, {
      replace: (part) => {
        const node = part.kind === 'name' ? nodes.get(part.name) : undefined;
        return node && exact(node.value);
      },
    });
    if (value.kind === 'unknown')
      return { kind: 'no-value', id: ask.id, written, why: value.problem.message };
    nodes.set(id, {
      id,
      of: '',
      names: [ask.id],
      words: [ask.says],
      measure: 'expression',
      expression,
      written,
      exact: value.kind === 'exact' && !restsOnApproximation(expression, nodes),
      value: value.value,
    });
    ids.push(id);
  }
  const [first, ...others] = ids;
  if (first === undefined) return { kind: 'no-value', id: ask.id, written: '', why: 'nothing is written' };
  const measure = ask.unit === undefined ? null : measureOf(ask.unit);
  return {
    id: ask.id,
    says: ask.says,
    form: ids.length === 1 ? 'number' : 'vector',
    nodes: [first, ...others],
    accept: ask.accept ?? EXACT,
    unit: null,
    measuredIn: ask.unit === undefined || measure === null ? null : { written: ask.unit, measure },
    follow: ask.follow ?? true,
  };
}

/** A count that an expression uses by the id it is asked under stands under that id too. */
function nameCounted(
  name: string,
  nodes: Map<NodeId, ReferenceNode>,
  asked: ReadonlyMap<string, Asked>,
): void {
  const [id, ...others] = asked.get(name)?.nodes ?? [];
  const node = id === undefined ? undefined : nodes.get(id);
  if (node === undefined || node.measure === 'expression' || others.length > 0 || nodes.has(name)) return;
  nodes.set(name, { ...node, id: name, formula: valueOf(node, 'elements'), otherRoutes: [] });
}

function restsOnApproximation(expression: Expression, nodes: ReadonlyMap<NodeId, ReferenceNode>): boolean {
  return parts(expression).some((part) => {
    const node = part.kind === 'name' ? nodes.get(part.name) : undefined;
    return node?.measure === 'expression' && !node.exact;
  });
}
