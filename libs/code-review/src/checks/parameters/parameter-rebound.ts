import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { leavesOf } from '../../ask/targets.js';
import { loopsOf, usesOf } from '../../ask/tree.js';

const FOLLOW = (line: string): string => `
import torch

def follow(net, slow, tau=0.005):
    for p, kept in zip(net.parameters(), slow.parameters()):
        ${line}
`;

export const parameterRebound: Check = {
  id: 'parameter-rebound',
  title: 'A name given a new value where the parameter is to change',
  severity: 'warning',
  why: 'The loop hands out a name for each parameter; = gives that name to another tensor, and the network keeps the old one.',
  instead: 'Change it in place: kept.data.copy_(...), or p.data -= lr * p.grad under torch.no_grad().',
  needs:
    'A loop over parameters whose own name is given something computed of it, and is not read again in the loop.',
  wrong: [
    FOLLOW('kept = tau * p + (1 - tau) * kept  # <--'),
    `
import torch

def step(net, rate):
    with torch.no_grad():
        for p in net.parameters():
            p = p - rate * p.grad  # <--
`,
  ],
  right: [
    FOLLOW('kept.data.copy_(tau * p.data + (1 - tau) * kept.data)'),
    `
import torch

def size_of(net):
    total = 0
    for p in net.parameters():
        p = p.detach() * 1.0
        total += p.abs().sum().item()
    return total
`,
  ],
  *run(program) {
    if (!program.source.includes('parameters(')) return;
    for (const loop of loopsOf(program)) {
      if (
        loop.kind !== 'For' ||
        !/^(zip\(|enumerate\()?[\w.]+\.(named_)?parameters\(\)/.test(loop.iterable.span.text)
      )
        continue;
      const names = leavesOf(loop.target).flatMap((one) => (one.kind === 'Name' ? [one.id] : []));
      const last = loop.body.at(-1);
      if (last?.kind !== 'Assign' || last.targets.length !== 1) continue;
      const [target] = last.targets;
      if (target?.kind !== 'Name' || !names.includes(target.id) || !isComputedOf(last.value, target.id))
        continue;
      // What is computed may be kept by what comes after the loop.
      if (
        usesOf(program.body, target.id).some(
          ({ start }) => start >= loop.span.end && isNear(program.source, loop.span.end, start),
        )
      )
        continue;
      yield {
        at: last.span,
        message: `${target.id} becomes the name of another tensor here; the parameter stays as it was.`,
        evidence: [places(['the loop over parameters', loop.iterable.span])],
      };
    }
  },
};

/** Whether a value is computed with operators, and of a name among others. */
function isComputedOf(value: tree.Expression, name: string): boolean {
  if (value.kind !== 'BinOp') return false;
  let has = false;
  eachNode(value, (node) => {
    has ||= node.kind === 'Name' && node.id === name;
  });
  return has;
}

/** Whether no other function begins between two places. */
function isNear(source: string, from: number, to: number): boolean {
  return !/^\s*(async\s+)?def\s/m.test(source.slice(from, to));
}
