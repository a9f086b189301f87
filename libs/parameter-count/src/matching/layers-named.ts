import type { Rational } from '@tensormark/arithmetic';
import type { Asked, NodeId, Reference } from '../reference/reference.js';
import { exact } from '../exact.js';
import type { Claim } from './claim.js';
import { isDenied } from './mentions.js';
import type { Slip } from './outcome.js';

/** Names as code has them: `conv1`, `pool_2`. Those without a number are words of other things, too. */
const NUMBERED = /^\p{L}[\p{L}_]*\d+$/u;

/** A layer or block with its own name, and what is known of it. */
interface Layer {
  readonly path: string;
  readonly name: string;
  readonly sizes: readonly NodeId[];
}

const SIZES = ['channels', 'depth', 'height', 'width', 'length', 'features'];

/** Layers that a working may speak of by name, be they asked about or not. */
export class LayersNamed {
  private readonly layers: readonly Layer[];
  private readonly askedNodes: ReadonlySet<NodeId>;
  private static readonly known = new WeakMap<Reference, LayersNamed>();

  /** What a question's layers are called is found once. */
  static of(reference: Reference): LayersNamed {
    const known = LayersNamed.known.get(reference) ?? new LayersNamed(reference);
    LayersNamed.known.set(reference, known);
    return known;
  }

  private constructor(private readonly reference: Reference) {
    const paths = new Set([...reference.nodes.values()].map(({ of }) => of));
    for (const id of reference.besides) paths.add(pathOf(id));
    paths.delete('');
    this.layers = [...paths].map((path) => ({
      path,
      name: path.slice(path.lastIndexOf('.') + 1).toLowerCase(),
      sizes: SIZES.map((what) => `${path}/${what}`).filter((id) => reference.nodes.has(id)),
    }));
    this.askedNodes = new Set(
      [...reference.asked.values()].flatMap(({ nodes }) => nodes.flatMap((id) => standingFor(reference, id))),
    );
  }

  /** Whether the words written for a claim name a layer of which the same is known, and not the one that is asked about. */
  namesAnother({ nodes }: Asked, claim: Claim): boolean {
    const own = pathOf(nodes[0]);
    if (own === '') return false;
    const [words] = claim.words;
    const named = this.namedBy(claim).filter(
      ({ name }) => NUMBERED.test(name) || (words !== undefined && isNothingBut(name, words.text)),
    );
    if (named.length === 0 || named.some(({ path }) => related(path, own))) return false;
    const { nodes: known, besides } = this.reference;
    return named.every(({ path }) =>
      nodes.some((id) => [known, besides].some((ids) => ids.has(`${path}/${whatOf(id)}`))),
    );
  }

  /** Whether the name of what is asked about stands right before a number: `enc1 448`. */
  isCalled({ nodes }: Asked, { words: [first] }: Claim): boolean {
    const own = pathOf(nodes[0]);
    const last = first?.direct === true ? first.text.toLowerCase().match(/[\p{L}\d_]+$/u)?.[0] : undefined;
    return last !== undefined && this.layers.some(({ path, name }) => path === own && name === last);
  }

  /** Wrong values that a working gives for a layer that is not asked about, by its name: later steps may start from them. */
  ownValues(claims: readonly Claim[]): Slip[] {
    const named = claims.flatMap((claim) => {
      const [layer, another] = givesIts(claim) ? this.namedBy(claim) : [];
      return layer === undefined || another !== undefined ? [] : [{ layer, claim }];
    });
    return named.flatMap(({ layer, claim }): Slip[] => {
      const { sizes } = claim;
      if (sizes === null) {
        const others = named.flatMap((each) => (each.layer === layer ? each.claim.value : []));
        return this.slip(`${layer.path}/parameters`, claim.value, claim, others);
      }
      if (sizes.length !== layer.sizes.length || sizes.length < 2) return [];
      return layer.sizes.flatMap((id, at) => {
        const size = sizes[at];
        return size === undefined ? [] : this.slip(id, size, claim, []);
      });
    });
  }

  /** `others` is all that the working gives for the layer by its name. */
  private slip(node: NodeId, value: Rational, claim: Claim, others: readonly Rational[]): Slip[] {
    const known = this.reference.nodes.get(node);
    if (known === undefined || this.askedNodes.has(node)) return [];
    const right = exact(known.value);
    // Where the right number stands too, another of the layer's is a step on the way to it: the weights without the biases.
    if ([value, ...others].some((each) => each.equals(right))) return [];
    return [{ node, value, claim }];
  }

  private namedBy({ words }: Claim): readonly Layer[] {
    const [first] = words;
    if (first?.direct !== true) return [];
    const found = new Set(first.text.toLowerCase().match(/[\p{L}\d_]+/gu) ?? []);
    return this.layers.filter(({ name }) => found.has(name));
  }
}

/** Words that say of a label only that it names a layer, or what of it. */
const AROUND_A_NAME = new Set(
  'the a of in for layer block module has have with parameter parameters params weights number total count macs flops output shape size features memory'.split(
    ' ',
  ),
);

/** Whether a label is a layer's own name and no more: the row `dense`, "the layer dense has". A bare number is no name. */
function isNothingBut(name: string, label: string): boolean {
  if (!/^\p{L}/u.test(name)) return false;
  const words = label.toLowerCase().match(/[\p{L}\d_]+/gu) ?? [];
  return words.filter((word) => word !== name).every((word) => AROUND_A_NAME.has(word));
}

/** Whether a number is given as what it is called by, at the least in a sentence: "conv2 has 4,640 parameters". */
function givesIts(claim: Claim): boolean {
  if (claim.role === 'mention') return claim.unit?.counts === 'parameters' && !isDenied(claim);
  return claim.role === 'result';
}

/** A node with those that it is only another name of: of a network of one layer, that layer's number. */
function standingFor({ nodes }: Reference, id: NodeId): readonly NodeId[] {
  const names = [id];
  for (
    let node = nodes.get(id);
    node !== undefined && node.measure !== 'expression' && node.formula.kind === 'part';
  ) {
    names.push(node.formula.name);
    node = nodes.get(node.formula.name);
  }
  return names;
}

function related(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`);
}

function pathOf(id: NodeId): string {
  return id.slice(0, Math.max(id.lastIndexOf('/'), 0));
}

function whatOf(id: NodeId): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
