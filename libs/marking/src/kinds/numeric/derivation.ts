import { toLatex } from '@tensormark/arithmetic';
import { equationLatex, evaluate, rewrite, type Formula } from '@tensormark/network';
import {
  conventionWordsFor,
  sayingOf,
  tellingFormula,
  type Asked,
  type NodeId,
  type Reference,
  type ReferenceNode,
} from '@tensormark/parameter-count';
import { conversionOf, inLatex, isShownInFull, shownValue } from './in-unit.js';
import { valuesUsed } from './values-used.js';

const MOST_STEPS = 60;
const MOST_NAMES = 3;

/**
 * A model answer in Markdown with LaTeX, under the convention named: each thing asked for in turn, behind the numbers that
 * its formula uses.
 */
export function derivationOf(reference: Reference): string {
  const lines: string[] = [];
  const told = new Told();
  for (const asked of reference.asked.values()) {
    const room = Math.max(MOST_STEPS - lines.length, 0);
    lines.push(...stepsTo(asked, reference, told).slice(0, room), conclusion(asked, reference));
    told.add(asked.nodes.flatMap((id) => throughTo(id, reference)));
  }
  const convention = conventionWordsFor(reference);
  return convention === '' ? lines.join('\n') : [`Counted ${convention}:`, '', ...lines].join('\n');
}

/** What has been written down. */
class Told {
  private readonly ids = new Set<NodeId>();
  private readonly equations = new Set<string>();

  add(ids: readonly NodeId[]): void {
    for (const id of ids) this.ids.add(id);
  }

  /** Whether something is new; what learns of a layer is often all that it has, by the same equation. */
  isNew({ node: { id, of, measure }, equation }: Step): boolean {
    const about = measure === 'size' ? id : `${of} ${equation}`;
    if (this.ids.has(id) || this.equations.has(about)) return false;
    this.ids.add(id);
    this.equations.add(about);
    return true;
  }
}

/** A node with those that it is nothing but: a block's only layer. */
function throughTo(id: NodeId, reference: Reference): readonly NodeId[] {
  const node = reference.nodes.get(id);
  if (node === undefined || node.measure === 'expression' || node.formula.kind !== 'part') return [id];
  return [id, ...throughTo(node.formula.name, reference)];
}

interface Step {
  readonly node: ReferenceNode;
  readonly equation: string;
}

/** Layers that are alike have one line, and so have height and width of a square map. */
function stepsTo(asked: Asked, reference: Reference, told: Told): string[] {
  const groups = new Map<string, [Step, ...Step[]]>();
  for (const id of valuesUsed(reference, asked.nodes)) {
    const node = reference.nodes.get(id);
    if (node === undefined || !isWorked(node) || (asked.form === 'number' && asked.nodes[0] === id)) continue;
    const step = { node, equation: equationOf(node, reference) };
    if (!told.isNew(step)) continue;
    const key = `${node.measure === 'size' ? node.of : sayingOf(node.id)} ${step.equation}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [step]);
    else group.push(step);
  }
  return [...groups.values()].map((group) => `- ${captionOf(group, asked)}: $${group[0].equation}$`);
}

/** Whether a number is worked out, rather than given by the network or that of another node. */
function isWorked(node: ReferenceNode): boolean {
  if (node.measure === 'expression') return true;
  const { kind } = node.formula;
  return kind !== 'quantity' && kind !== 'literal' && kind !== 'part';
}

function captionOf([first, ...others]: readonly [Step, ...Step[]], asked: Asked): string {
  const { node } = first;
  if (node.measure === 'expression') {
    const at = asked.nodes.indexOf(node.id);
    return at < 0 ? (node.names[0] ?? node.id) : `${asked.says}, number ${at + 1}`;
  }
  if (node.measure === 'size')
    return `${listed([first, ...others].map((step) => sayingOf(step.node.id)))} of ${named(node.of)}`;
  const names = [first, ...others].map((step) => named(step.node.of));
  const more = names.length - MOST_NAMES;
  const shown = more > 1 ? [...names.slice(0, MOST_NAMES), `${more} more`] : names;
  return `${sayingOf(node.id)} of ${listed(shown)}`;
}

function named(of: string): string {
  return of === '' ? 'the network' : `\`${of}\``;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

function conclusion(asked: Asked, reference: Reference): string {
  const nodes = asked.nodes.flatMap((id) => reference.nodes.get(id) ?? []);
  const [only] = nodes;
  if (asked.form === 'number' && only !== undefined)
    return `- **${asked.says}**: $${equationOf(only, reference)}${conversionOf(asked, reference)?.latex ?? ''}$`;
  const values = nodes.map((node) => inLatex(shownValue(node)));
  if (asked.form === 'shape') return `- **${asked.says}**: $${values.join(' \\times ')}$`;
  return `- **${asked.says}**: $(${values.join(',\\ ')})$`;
}

function equationOf(node: ReferenceNode, reference: Reference): string {
  if (node.measure !== 'expression') return equationLatex(withoutIdleFloors(tellingFormula(reference, node)));
  const written = toLatex(node.expression);
  const value = inLatex(shownValue(node));
  if (written.replaceAll('{,}', '') === value.replaceAll('{,}', '')) return value;
  return `${written} ${node.exact && isShownInFull(node) ? '=' : '\\approx'} ${value}`;
}

/** Nobody rounds down what is whole. */
function withoutIdleFloors(formula: Formula): Formula {
  return rewrite(formula, (node) =>
    node.kind === 'floor' && evaluate(node.of).denominator === 1n ? node.of : undefined,
  );
}
