import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { bodyAround, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

const ATTEND = (lines: string): string => `
import torch

def attend(scores, values, adj):
    ${lines}
    return weights @ values
`;

export const maskedAfterSoftmax: Check = {
  id: 'masked-after-softmax',
  title: 'Weights masked after their softmax',
  severity: 'warning',
  why: 'The softmax has shared the weight out among all, also those that are then set to 0: what is left adds up to less than 1, and depends on what was to be unseen.',
  instead: "Mask the scores: scores.masked_fill(mask, float('-inf')) before the softmax.",
  needs:
    'A softmax whose result is filled with 0 under a mask and then weighs values, with nothing divided by its sum.',
  wrong: [
    ATTEND('weights = torch.softmax(scores, dim=-1)\n    weights = weights.masked_fill(adj == 0, 0)  # <--'),
    ATTEND('weights = torch.softmax(scores, dim=-1).masked_fill(adj == 0, 0.0)  # <--'),
  ],
  right: [
    ATTEND("weights = torch.softmax(scores.masked_fill(adj == 0, float('-inf')), dim=-1)"),
    ATTEND(
      "weights = torch.softmax(scores.masked_fill(adj == 0, float('-inf')), dim=-1)\n    weights = weights.masked_fill(adj.sum(-1, keepdim=True) == 0, 0)",
    ),
    ATTEND(
      'weights = torch.softmax(scores, dim=-1).masked_fill(adj == 0, 0)\n    weights = weights / weights.sum(-1, keepdim=True)',
    ),
  ],
  *run(program) {
    if (!program.source.includes('softmax') || !program.source.includes('masked_fill')) return;
    for (const one of statementsOf(program)) {
      const [name = ''] = targetsOf(one);
      if (one.kind !== 'Assign' || !/^\w+$/.test(name) || one.value.kind !== 'Call') continue;
      const { callee, args } = one.value;
      if (callee.kind !== 'Attribute' || callee.attribute !== 'masked_fill') continue;
      if (!/^0(\.0*)?$/.test(args[1]?.span.text ?? '')) continue;
      const body = bodyAround(program, one.span);
      const of = callee.value;
      const made = body.findLast(
        (other) => other.span.end <= one.span.start && targetsOf(other).includes(of.span.text),
      );
      const shared = of.kind === 'Name' ? (made?.kind === 'Assign' ? made.value : undefined) : of;
      if (shared?.kind !== 'Call' || !shared.callee.span.text.endsWith('softmax')) continue;
      const text = body.map(({ span }) => span.text).join('\n');
      // Rows that nothing is seen of are cleared of NaN so.
      if (
        /-\s*inf|-\s*1e\d|-\s*\d{4,}|finfo|masked_fill[^\n]*-|where\(|NEG_INF|\/\s*\(?\s*\w+\.sum\(|normalize\(/i.test(
          text,
        )
      )
        continue;
      const weighed = nodesOf(program, 'BinOp').some(
        ({ operator, left, span }) =>
          operator === '@' && left.span.text === name && span.start > one.span.start,
      );
      const isGiven = new RegExp(String.raw`\b(matmul|bmm|mm)\(\s*${name}\s*,`).test(text);
      if (!weighed && !isGiven) continue;
      yield {
        at: one.span,
        message: `${name} has been shared out by the softmax already: what is left of it no longer adds up to 1.`,
        evidence: [places(['the softmax', shared.span])],
      };
    }
  },
};
