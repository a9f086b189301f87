import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { bodyAround, statementsOf, targetsOf } from '../../ask/tree.js';

const QUEUE = (labels: string): string => `
import torch
import torch.nn.functional as F

def loss_of(q, k, queue, t=0.07):
    pos = (q * k).sum(1, keepdim=True)
    neg = q @ queue
    logits = torch.cat([pos, neg], dim=1) / t
    labels = torch.${labels}(logits.size(0), dtype=torch.long)
    return F.cross_entropy(logits, labels)
`;

export const firstOfPairs: Check = {
  id: 'first-of-pairs',
  title: 'The right answer is in another column than the target says',
  severity: 'warning',
  why: 'The pair is put first, in column 0, and targets of 1 name the first of the negatives: each example is pulled to something that it has nothing to do with.',
  instead: 'Take torch.zeros(n, dtype=torch.long) as targets.',
  needs:
    'Scores joined of positives first and negatives after, beside targets that are all 1, in a cross entropy.',
  wrong: [QUEUE('ones').replace('dtype=torch.long)', 'dtype=torch.long)  # <--')],
  right: [QUEUE('zeros')],
  *run(program) {
    if (!/pos/i.test(program.source) || !/neg/i.test(program.source)) return;
    for (const joined of statementsOf(program)) {
      const [logits = ''] = targetsOf(joined);
      if (
        joined.kind !== 'Assign' ||
        !/^torch\.cat\(\s*[[(]\s*\w*pos\w*\s*,\s*\w*neg\w*\s*[\])]\s*,\s*(dim\s*=\s*)?1\s*\)/i.test(
          joined.value.span.text,
        )
      )
        continue;
      const body = bodyAround(program, joined.span);
      const ones = body.find(
        (one) => one.kind === 'Assign' && /^torch\.ones\([^)]*\(?[^)]*\)?[^)]*long/.test(one.value.span.text),
      );
      const [labels = ''] = ones === undefined ? [] : targetsOf(ones);
      if (ones === undefined) continue;
      const isGiven = body.some(({ span }) =>
        new RegExp(String.raw`(cross_entropy|criterion|loss\w*)\(\s*${logits}\b[^,]*,\s*${labels}\s*\)`).test(
          span.text,
        ),
      );
      if (!isGiven) continue;
      yield {
        at: ones.span,
        message: `The positives are column 0 of ${logits}, and the targets say 1.`,
        evidence: [places(['they are joined here', joined.span])],
      };
    }
  },
};
