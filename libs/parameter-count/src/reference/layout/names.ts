import type { Module, Network } from '@tensormark/network';
import { familyOf, ORDINALS, TYPE_WORDS } from './families.js';
import type { Sites } from './sites.js';

/** What a call, a module, a parameter or the network (`''`) is called in words, the most telling first. */
export type NamesOf = (of: string) => readonly string[];

const NETWORK = [
  'total',
  'whole network',
  'network',
  'whole model',
  'model',
  'overall',
  'altogether',
  'in total',
  'all layers',
];
const BLOCKS = ['block', 'stage', 'module', 'part'];

/** Names from paths, from types and their place among their like, and from what a last or only layer is called. */
export function namesIn(network: Network, sites: Sites): NamesOf {
  const places = numbered(network, sites);
  const known = new Map<string, readonly string[]>();
  return (of) => {
    let names = known.get(of);
    if (names === undefined) {
      names = of === '' ? NETWORK : [...new Set([...fromPath(of), ...(places.get(of) ?? [])])];
      known.set(of, names);
    }
    return names;
  };
}

/** `features.conv1` is also `conv1` and `conv 1`; `fc_out` is also `fc out`. */
function fromPath(of: string): string[] {
  const plain = of.replace(/\(\)/g, '').replace(/#\d+$/, '');
  const last = plain.slice(plain.lastIndexOf('.') + 1);
  if (/^\d+$/.test(last)) return [plain];
  const spaced = last
    .replaceAll('_', ' ')
    .replaceAll(/(?<=\p{L})(?=\d)/gu, ' ')
    .replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ');
  return [last, spaced, plain];
}

/** Names by place: the second of three convolutions, the only pooling, the last layer with parameters. */
function numbered(network: Network, sites: Sites): Map<string, string[]> {
  const names = new Map<string, string[]>();
  const add = (of: string, ...words: readonly string[]): void => {
    const known = names.get(of);
    if (known) known.push(...words);
    else names.set(of, [...words]);
  };
  const order = leavesInOrder(network, sites);
  const number = (like: readonly Leaf[], wordsOf: (leaf: Leaf) => readonly string[]): void => {
    for (const [at, leaf] of like.entries()) {
      const words = wordsOf(leaf);
      if (like.length > 1) add(leaf.of, ...words.flatMap((word) => numberedWord(word, at, like.length)));
      add(leaf.of, ...words);
    }
  };
  for (const like of grouped(order, ({ type }) => type).values())
    number(like, ({ type }) => TYPE_WORDS[type] ?? []);
  for (const [family, like] of grouped(order, ({ type }) => familyOf(type)))
    number(like, ({ type }) => family?.words ?? [type]);
  const withParameters = order.filter(({ counts }) => counts);
  for (const [at, { of }] of withParameters.entries())
    add(of, ...numberedWord('layer', at, withParameters.length));
  const last = withParameters.at(-1);
  if (last !== undefined && withParameters.length > 1)
    add(last.of, 'output layer', 'classifier', 'head', 'classification layer');
  for (const module of network.modules.values()) numberBlocks(module, network, add);
  return names;
}

function grouped<Key>(
  leaves: readonly Leaf[],
  keyOf: (leaf: Leaf) => Key,
): ReadonlyMap<Key, readonly Leaf[]> {
  const groups = new Map<Key, Leaf[]>();
  for (const leaf of leaves) {
    const group = groups.get(keyOf(leaf));
    if (group) group.push(leaf);
    else groups.set(keyOf(leaf), [leaf]);
  }
  return groups;
}

function numberedWord(word: string, at: number, count: number): string[] {
  const ordinal = ORDINALS[at];
  const named = [`${word} ${at + 1}`, ...(ordinal === undefined ? [] : [`${ordinal} ${word}`])];
  return at === count - 1 ? [...named, `last ${word}`, `final ${word}`] : named;
}

interface Leaf {
  readonly of: string;
  readonly type: string;
  /** Whether people number it as a layer. */
  readonly counts: boolean;
}

/** Layers in the order of their first call, operations between them, and layers that are never called behind. */
function leavesInOrder({ modules }: Network, sites: Sites): readonly Leaf[] {
  const found = new Map<string, Leaf>();
  for (const { of, node } of sites.all) {
    if (node.layer === undefined) {
      found.set(of, { of, type: `${node.operation}()`, counts: false });
      continue;
    }
    const module = modules.get(node.modulePath);
    if (module !== undefined && !found.has(module.path))
      found.set(module.path, leafOf(module, node.layer.type));
  }
  for (const module of modules.values()) {
    if (module.layer !== undefined && !module.layer.composite && !found.has(module.path))
      found.set(module.path, leafOf(module, module.layer.type));
  }
  return [...found.values()];
}

/** Neither a normalisation nor a layer within another, such as the output projection of attention, is one by itself. */
const NOT_BY_ITSELF = /Norm|^NonDynamicallyQuantizableLinear$/;

function leafOf({ path, parameters }: Module, type: string): Leaf {
  return { of: path, type, counts: parameters.size > 0 && !NOT_BY_ITSELF.test(type) };
}

/** Blocks beside each other: `block 2`, `second block`. */
function numberBlocks(
  module: Module,
  { modules }: Network,
  add: (of: string, ...words: readonly string[]) => void,
): void {
  const blocks = module.children.filter((path) => (modules.get(path)?.children.length ?? 0) > 0);
  for (const [at, path] of blocks.entries()) {
    const type = modules.get(path)?.layer?.type;
    const own = type === undefined ? [] : (familyOf(type)?.words ?? []);
    for (const word of [...own, ...BLOCKS])
      add(path, ...(blocks.length > 1 ? numberedWord(word, at, blocks.length) : [word]));
  }
}
