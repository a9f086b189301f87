import {
  ceil,
  difference,
  evaluate,
  isCall,
  literal,
  maximum,
  product,
  quantity,
  quotient,
  sum,
  type CallNode,
  type Formula,
  type Network,
  type Rational,
  type Reach,
  type Role,
} from '@tensormark/network';
import { draft, valueOf, type Draft } from '../draft.js';
import type { What } from '../what.js';
import type { Sites } from './sites.js';

/** What one place of a feature map sees along one axis: how far, and how far apart two neighbours look. */
export interface FieldAlongAxis {
  readonly size: Field;
  readonly jump: Field;
}

/** A number that is 1 at the input, or that a node gives. */
type Field = Draft | null;

export type Fields = readonly FieldAlongAxis[] | 'whole-input' | 'unknown';

/** Sizes and jumps along each axis, the last axes named where a feature map has several. */
const NAMES: readonly (readonly (readonly [What, What])[])[] = [
  [],
  [['receptive-field', 'jump']],
  [
    ['receptive-field', 'jump'],
    ['receptive-field-width', 'jump-width'],
  ],
  [
    ['receptive-field-depth', 'jump-depth'],
    ['receptive-field', 'jump'],
    ['receptive-field-width', 'jump-width'],
  ],
];

const KERNELS: readonly (readonly Role[])[] = [
  [],
  ['kernel_length'],
  ['kernel_height', 'kernel_width'],
  ['kernel_depth', 'kernel_height', 'kernel_width'],
];

/**
 * The receptive field of every call's output towards the network's first input: sizes grow by `(kernel − 1) · dilation ·
 * jump`, jumps by the stride (Araujo et al., "Computing Receptive Fields of Convolutional Neural Networks", Distill
 * 2019). Where paths meet the widest counts.
 */
export function fieldsOf(network: Network, sites: Sites): ReadonlyMap<number, Fields> {
  const known = new Map<number, Fields>();
  const input = network.inputs[0];
  if (input !== undefined) {
    const spatial = Math.max(input.shape.length - 2, 0);
    known.set(
      input.node,
      Array.from({ length: spatial }, () => ({ size: null, jump: null })),
    );
  }
  for (const node of network.nodes) {
    if (!isCall(node)) continue;
    const of = sites.byNode.get(node.id)?.of;
    const field = of === undefined ? undefined : fieldOf(node, of, collected(node, known));
    if (field !== undefined) known.set(node.id, field);
  }
  return known;
}

function collected(node: CallNode, known: ReadonlyMap<number, Fields>): readonly Fields[] {
  return node.inputs.flatMap(({ node: id }) => {
    const field = known.get(id);
    return field === undefined ? [] : [field];
  });
}

function fieldOf(node: CallNode, of: string, known: readonly Fields[]): Fields | undefined {
  if (known.length === 0) return undefined;
  if (known.includes('unknown')) return 'unknown';
  if (known.includes('whole-input')) return 'whole-input';
  const fields = known.flatMap((field) => (field === 'unknown' || field === 'whole-input' ? [] : [field]));
  const [first, ...others] = fields;
  if (first === undefined) return undefined;
  const reach = node.call.reach();
  if (reach.kind === 'everything') return 'whole-input';
  const met = others.reduce((a, b) => widest(of, a, b), first);
  return reach.kind === 'pointwise' ? met : through(of, met, reach);
}

function widest(
  of: string,
  a: readonly FieldAlongAxis[],
  b: readonly FieldAlongAxis[],
): readonly FieldAlongAxis[] {
  return a.map((field, axis) => {
    const other = b[axis];
    if (other === undefined || other.size === field.size) return field;
    const wider = compare(number(other.size), number(field.size)) > 0 ? other : field;
    const [what] = NAMES[a.length]?.[axis] ?? [];
    if (what === undefined || compare(number(other.size), number(field.size)) === 0) return wider;
    const both = maximum(inFormula(field.size, 'receptive_field'), inFormula(other.size, 'receptive_field'));
    return { size: draft(of, what, both), jump: wider.jump };
  });
}

function through(
  of: string,
  fields: readonly FieldAlongAxis[],
  reach: Exclude<Reach, { kind: 'pointwise' | 'everything' }>,
): Fields {
  const made: FieldAlongAxis[] = [];
  for (const [axis, field] of fields.entries()) {
    const kernel = reach.kernel[axis] ?? 1;
    const stride = reach.stride[axis] ?? 1;
    const dilation = reach.dilation[axis] ?? 1;
    const names = NAMES[fields.length]?.[axis];
    const role = KERNELS[fields.length]?.[axis];
    if (names === undefined || role === undefined || ![kernel, stride, dilation].every(Number.isSafeInteger))
      return 'unknown';
    const [size, jump] = names;
    const window = { kernel, stride, dilation, role };
    const transposed = reach.kind === 'transposed-window';
    made.push({
      size: draft(of, size, transposed ? spread(field, window) : grown(field, window)),
      jump: stride === 1 ? field.jump : draft(of, jump, stepped(field.jump, stride, transposed)),
    });
  }
  return made;
}

interface AlongAxis {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly role: Role;
}

/** `r + (K − 1) · d · j`. */
function grown({ size, jump }: FieldAlongAxis, { kernel, dilation, role }: AlongAxis): Formula {
  const steps = difference(quantity(role, kernel), literal(1));
  const gaps = dilation === 1 ? [] : [quantity('dilation', dilation)];
  return sum(inFormula(size, 'receptive_field'), product(steps, ...gaps, inFormula(jump, 'jump')));
}

/** A place is written by at most ⌈span / stride⌉ neighbouring places of the input. */
function spread({ size, jump }: FieldAlongAxis, { kernel, stride, dilation, role }: AlongAxis): Formula {
  const whole = quantity(role, kernel);
  const span =
    dilation === 1
      ? whole
      : sum(product(quantity('dilation', dilation), difference(whole, literal(1))), literal(1));
  const writers = ceil(quotient(span, quantity('stride', stride)));
  return sum(
    inFormula(size, 'receptive_field'),
    product(difference(writers, literal(1)), inFormula(jump, 'jump')),
  );
}

function stepped(jump: Field, stride: number, transposed: boolean): Formula {
  const before = inFormula(jump, 'jump');
  const by = quantity('stride', stride);
  return transposed ? quotient(before, by) : product(before, by);
}

function inFormula(field: Field, role: Role): Formula {
  return field === null ? quantity(role, 1) : valueOf(field, role);
}

function number(field: Field): Rational {
  return field === null ? { numerator: 1n, denominator: 1n } : evaluate(field.formula);
}

function compare(a: Rational, b: Rational): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}
