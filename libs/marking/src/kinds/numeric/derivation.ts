import { equationLatex } from '@tensormark/network';
import {
  conventionWords,
  type Asked,
  type CountedNode,
  type Reference,
  type ReferenceNode,
  sayingOf,
  tellingFormula,
} from '@tensormark/parameter-count';
import { conversionOf, inLatex, shownValue } from './in-unit.js';

const MOST_STEPS = 60;
const SHOWN: ReadonlySet<ReferenceNode['measure']> = new Set(['parameters', 'size', 'units', 'step']);

/** A model answer in Markdown with LaTeX: each number asked for behind those that it rests on, under the convention named. */
export function derivationOf(reference: Reference): string {
  const asked = [...reference.asked.values()];
  const wanted = new Map(asked.flatMap((each) => each.nodes.map((id) => [id, each] as const)));
  const lines: string[] = [];
  for (const node of reference.nodes.values()) {
    const owner = wanted.get(node.id);
    if (owner === undefined && (!isWorthAStep(node) || lines.length > MOST_STEPS)) continue;
    const converted = owner && conversionOf(owner, reference);
    lines.push(`- ${captionOf(node, owner)}: $${latexOf(node, reference)}${converted?.latex ?? ''}$`);
  }
  return [`Counted ${conventionWords(reference.convention)}:`, '', ...lines].join('\n');
}

/** What is worked out on the way, and not only a number of the network. */
function isWorthAStep(node: ReferenceNode): node is CountedNode {
  return (
    node.measure !== 'expression' &&
    SHOWN.has(node.measure) &&
    node.formula.kind !== 'quantity' &&
    node.formula.kind !== 'literal' &&
    node.formula.kind !== 'part'
  );
}

function captionOf(node: ReferenceNode, owner: Asked | undefined): string {
  const of = node.of === '' ? '' : ` of \`${node.of}\``;
  if (owner === undefined) return `${sayingOf(node.id)}${of}`;
  return owner.form === 'number' ? `**${owner.says}**` : `**${owner.says}**, ${sayingOf(node.id)}`;
}

function latexOf(node: ReferenceNode, reference: Reference): string {
  if (node.measure !== 'expression') return equationLatex(tellingFormula(reference, node));
  return `${node.exact ? '=' : '\\approx'} ${inLatex(shownValue(node))}`;
}
