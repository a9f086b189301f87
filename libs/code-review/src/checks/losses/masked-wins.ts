import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

export const maskedWins: Check = {
  id: 'masked-wins',
  title: 'What was masked out is what is chosen',
  severity: 'warning',
  why: 'Places set to infinity so that they are never chosen are chosen every time: the sign was turned, or the other end is asked for.',
  instead: 'Mask with −∞ before a maximum and with +∞ before a minimum, of the very thing that is compared.',
  needs:
    'A tensor filled with an infinity, and a maximum or minimum, of it or of 1 − it, that this infinity wins.',
  wrong: [
    `
import torch

def hardest(similarities):
    others = similarities.clone()
    others.fill_diagonal_(float('-inf'))
    distances = 1 - others
    return torch.max(distances, dim=1)[0]  # <--
`,
    `
import torch

def nearest(distances, same):
    distances = distances.masked_fill(same, float('-inf'))
    return distances.min(dim=1).values  # <--
`,
  ],
  right: [
    `
import torch

def hardest(similarities, distances, same):
    others = similarities.clone()
    others.fill_diagonal_(float('-inf'))
    far = 1 - others
    distances = distances.masked_fill(same, float('inf'))
    return torch.max(others, dim=1)[0], far.min(dim=1).values, distances.min(dim=1).values
`,
  ],
  *run(program) {
    if (!/inf\b/.test(program.source) || !/\b(max|min|argmax|argmin|topk)\(/.test(program.source)) return;
    for (const home of statementsOf(program)) {
      if (home.kind !== 'FunctionDef' || !/inf\b/.test(home.span.text)) continue;
      /** Names with the sign of the infinity that is in them. */
      const signs = new Map<string, { readonly sign: 1 | -1; readonly at: tree.Statement }>();
      for (const one of statementsIn(home.body)) {
        if ('body' in one) continue;
        const wins = winner(one, signs);
        if (wins !== undefined)
          yield {
            at: wins.at.span,
            message: `${wins.name} holds ${wins.sign > 0 ? '+' : '−'}∞ where it was masked, and that is what ${wins.asks} gives.`,
            evidence: [places(['it is masked here', wins.made.span])],
          };
        follow(one, signs);
      }
    }
  },
};

type Signs = Map<string, { readonly sign: 1 | -1; readonly at: tree.Statement }>;

/** What a statement does to the names that hold infinities. */
function follow(one: tree.Statement, signs: Signs): void {
  const text = one.span.text.replaceAll(/\s/g, '');
  const infinite = signOf(text);
  const filled =
    /^(\w+)(?:\.diagonal\(\))?\.(?:fill_diagonal_|fill_|masked_fill_)\(/.exec(text)?.[1] ??
    /^(\w+)\[[^\]]*\]=[^=]/.exec(text)?.[1];
  if (filled !== undefined && infinite !== undefined) {
    signs.set(filled, { sign: infinite, at: one });
    return;
  }
  if (one.kind !== 'Assign') return;
  const [name = ''] = targetsOf(one);
  const value = one.value.span.text.replaceAll(/\s/g, '');
  const from = /^(?:1\.?0?-|-)(\w+)$/.exec(value)?.[1];
  const kept = /^(\w+)(?:\.clone\(\)|\.contiguous\(\))?$/.exec(value)?.[1];
  const before = signs.get(from ?? kept ?? '');
  for (const target of targetsOf(one)) signs.delete(target);
  if (/^[\w.]+\.masked_fill\([^()]*,(?:value=)?/.test(value) && infinite !== undefined)
    signs.set(name, { sign: infinite, at: one });
  else if (before !== undefined)
    signs.set(name, { sign: from === undefined ? before.sign : before.sign === 1 ? -1 : 1, at: before.at });
}

function signOf(text: string): 1 | -1 | undefined {
  if (/(-float\(['"]inf|['"]-inf|-(np|math|torch)\.inf|-inf\b)/.test(text)) return -1;
  return /(float\(['"]\+?inf|(np|math|torch)\.inf)/.test(text) ? 1 : undefined;
}

interface Winner {
  readonly at: tree.Expression;
  readonly name: string;
  readonly asks: string;
  readonly sign: 1 | -1;
  readonly made: tree.Statement;
}

/** A maximum of what holds +∞, or a minimum of what holds −∞. */
function winner(one: tree.Statement, signs: Signs): Winner | undefined {
  let found: Winner | undefined;
  if (signs.size === 0) return undefined;
  eachNode(one, (node) => {
    if (node.kind !== 'Call') return;
    const [, of, method] = /^(\w+)\.(max|min|argmax|argmin)$/.exec(node.callee.span.text) ?? [];
    const asks = of === 'torch' ? method : (method ?? undefined);
    const name = of === 'torch' ? node.args[0]?.span.text : of;
    const known = signs.get(name ?? '');
    if (asks === undefined || name === undefined || known === undefined) return;
    // Of two tensors it is no choice among places.
    if (of === 'torch' && node.args[1]?.kind === 'Name' && !/dim/.test(node.args[1].span.text)) return;
    if (asks.endsWith('max') === (known.sign === 1))
      found ??= { at: node, name, asks, sign: known.sign, made: known.at };
  });
  return found;
}
