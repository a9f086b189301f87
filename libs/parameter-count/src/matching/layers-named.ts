import type { Rational } from '@tensormark/arithmetic';
import type { Asked, NodeId, Reference } from '../reference/reference.js';
import { exact } from '../exact.js';
import type { Claim } from './claim.js';
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
    const named = this.namedBy(claim).filter(({ name }) => NUMBERED.test(name));
    if (named.length === 0 || named.some(({ path }) => related(path, own))) return false;
    return named.every(({ path }) => nodes.some((id) => this.reference.nodes.has(`${path}/${whatOf(id)}`)));
  }

  /** Whether the name of what is asked about stands right before a number: `enc1 448`. */
  isCalled({ nodes }: Asked, { words: [first] }: Claim): boolean {
    const own = pathOf(nodes[0]);
    const last = first?.direct === true ? first.text.toLowerCase().match(/[\p{L}\d_]+$/u)?.[0] : undefined;
    return last !== undefined && this.layers.some(({ path, name }) => path === own && name === last);
  }

  /** Wrong values that a working gives for a layer that is not asked about, by its name: later steps may start from them. */
  ownValues(claims: readonly Claim[]): Slip[] {
    return claims.flatMap((claim): Slip[] => {
      if (claim.role !== 'result') return [];
      const [layer, another] = this.namedBy(claim);
      if (layer === undefined || another !== undefined) return [];
      const { sizes } = claim;
      if (sizes === null)
        return claim.equation === null ? [] : this.slip(`${layer.path}/parameters`, claim.value, claim);
      if (sizes.length !== layer.sizes.length || sizes.length < 2) return [];
      return layer.sizes.flatMap((id, at) => {
        const size = sizes[at];
        return size === undefined ? [] : this.slip(id, size, claim);
      });
    });
  }

  private slip(node: NodeId, value: Rational, claim: Claim): Slip[] {
    const known = this.reference.nodes.get(node);
    if (known === undefined || this.askedNodes.has(node) || exact(known.value).equals(value)) return [];
    // A number that the reference has elsewhere is a step on the way, such as the weights without the biases.
    const isStep = [...this.reference.nodes.values()].some(
      (other) => other.of === known.of && exact(other.value).equals(value),
    );
    return isStep ? [] : [{ node, value, claim }];
  }

  private namedBy({ words }: Claim): readonly Layer[] {
    const [first] = words;
    if (first?.direct !== true) return [];
    const found = new Set(first.text.toLowerCase().match(/[\p{L}\d_]+/gu) ?? []);
    return this.layers.filter(({ name }) => found.has(name));
  }
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
