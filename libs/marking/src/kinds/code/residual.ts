import { isCall, type CallNode, type Network, type Tensor } from '@tensormark/network';
import { spelledAlike } from './computing/called-by.js';
import { isFlow } from './computing/flow.js';

/** Where a tensor meets what was computed from it; `perhaps` where it does, but whether that is a shortcut cannot be told. */
export type Residual =
  { readonly kind: 'sure' | 'perhaps'; readonly node: CallNode } | { readonly kind: 'none' };

const ADDS = new Set(['add', 'iadd']);
/** What joins tensors another way, such as a difference from what was predicted. */
const JOINS = new Set(['sub', 'isub', 'rsub', 'subtract', 'stack', 'lerp', 'addcmul', 'average']);
/** Joins that are looked at; those of a longer network are for a person. */
const MOST_JOINS = 2000;

/**
 * A residual connection: the first addition in which a tensor, as it is or through a pointwise projection, meets what layers
 * with weights made of it. After He et al. 2016, whose shortcut is the identity or a 1 × 1 convolution. Additions of two
 * branches, and of a step's input to a state, share what they come from and are not that.
 */
export function residualConnection(network: Network): Residual {
  let perhaps: CallNode | undefined;
  let joins = 0;
  for (const node of network.nodes) {
    if (!isCall(node)) continue;
    const name = spelledAlike(node.operation);
    const adds = ADDS.has(name);
    if (!adds && !JOINS.has(name)) continue;
    if (++joins > MOST_JOINS) return { kind: 'perhaps', node };
    const found = joinOf(node.inputs, network);
    if (found === 'sure' && adds) return { kind: 'sure', node };
    if (found !== 'none') perhaps ??= node;
  }
  return perhaps === undefined ? { kind: 'none' } : { kind: 'perhaps', node: perhaps };
}

type Found = Residual['kind'];

function joinOf(inputs: readonly Tensor[], network: Network): Found {
  const sides = inputs.slice(0, 4).map(({ node }) => ({ node, from: ancestorsOf(node, network) }));
  const found = sides.flatMap((one, at) => sides.slice(at + 1).map((other) => pairOf(one, other, network)));
  return found.includes('sure') ? 'sure' : found.includes('perhaps') ? 'perhaps' : 'none';
}

interface Side {
  readonly node: number;
  /** It and all that it was computed from. */
  readonly from: ReadonlySet<number>;
}

function pairOf(one: Side, other: Side, network: Network): Found {
  const flows = [...one.from].some((id) => other.from.has(id) && isFlow(id, network));
  if (!flows) return 'none';
  const weighted = (side: Side, against: Side) =>
    [...side.from].filter((id) => !against.from.has(id) && hasWeights(id, network));
  const ofOne = weighted(one, other);
  const ofOther = weighted(other, one);
  if (ofOne.length + ofOther.length === 0) return 'none';
  const isShortcut =
    (ofOther.length > 0 && leads(one, ofOne, ofOther, other, network)) ||
    (ofOne.length > 0 && leads(other, ofOther, ofOne, one, network));
  return isShortcut ? 'sure' : 'perhaps';
}

/** Whether a side is the tensor that the other was computed from, carried along or projected once. */
function leads(
  side: Side,
  own: readonly number[],
  others: readonly number[],
  against: Side,
  network: Network,
): boolean {
  const [projection] = own;
  if (
    own.length > 1 ||
    (projection !== undefined && (others.length < 2 || !isPointwise(projection, network)))
  )
    return false;
  let at = side.node;
  for (;;) {
    if (against.from.has(at)) return isFlow(at, network);
    const node = network.nodes[at];
    if (
      node === undefined ||
      !isCall(node) ||
      (at !== projection && !CARRIES.test(spelledAlike(node.operation)))
    )
      return false;
    const carried = node.inputs.filter(({ node: id }) => isFlow(id, network));
    const [only] = carried;
    if (only === undefined || carried.length > 1) return false;
    at = only.node;
  }
}

/** What gives on the tensor that it is given, laid out, scaled or made smaller. */
const CARRIES =
  /^(?:(?:batch|layer|group|instance|rms|syncbatch)norm(?:alization)?(?:\dd)?|activation|(?:leaky|p|r)?relu6?|gelu|silu|elu|tanh|(?:feature)?(?:alpha)?dropout(?:\dd)?|identity|(?:adaptive)?(?:avg|max)pool\dd|(?:zero)?pad(?:\dd)?|view|reshape|flatten|unflatten|squeeze|unsqueeze|permute|transpose|contiguous|clone|to|float|add|iadd|mul|imul|div|cat|concatenate|expand|upsample)$/;

const WEIGHS = /^(?:conv|linear|bilinear|matmul|mm|bmm|addmm|einsum|tensordot)/;
const NORMS = /norm|prelu/;

function hasWeights(id: number, { nodes }: Network): boolean {
  const node = nodes[id];
  if (node === undefined || !isCall(node)) return false;
  const name = spelledAlike(node.operation);
  return node.layer === undefined
    ? WEIGHS.test(name) && node.inputs.some((input) => nodes[input.node]?.kind === 'state')
    : node.layer.parameters.length > 0 && !NORMS.test(name);
}

function isPointwise(id: number, { nodes }: Network): boolean {
  const node = nodes[id];
  if (node === undefined || !isCall(node)) return false;
  const name = spelledAlike(node.operation);
  if (name === 'linear') return true;
  const kernel = node.layer?.config['kernel_size'];
  return /^conv\dd$/.test(name) && Array.isArray(kernel) && kernel.every((size) => Number(size) === 1);
}

function ancestorsOf(start: number, { nodes }: Network): ReadonlySet<number> {
  const found = new Set([start]);
  for (const id of found) {
    const node = nodes[id];
    if (node !== undefined && isCall(node)) for (const input of node.inputs) found.add(input.node);
  }
  return found;
}
