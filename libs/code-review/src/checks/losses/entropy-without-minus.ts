import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { nodesOf, statementsIn, targetsOf } from '../../ask/tree.js';

const SMOOTHED = (given: string): string => `
import torch
import torch.nn.functional as F

def smoothed_loss(scores, target, eps=0.1):
    n = scores.size(-1)
    log_probs = F.log_softmax(scores, dim=-1)
    soft = torch.full_like(log_probs, eps / n).scatter(1, target.unsqueeze(1), 1 - eps + eps / n)
    return ${given}
`;

export const entropyWithoutMinus: Check = {
  id: 'entropy-without-minus',
  title: 'A cross entropy that lacks its minus',
  severity: 'warning',
  why: 'The sum of targets times log-probabilities is negative and largest where they agree: made small, it drives what is right to probability 0.',
  instead: 'Write -(soft * log_probs).sum(-1).mean().',
  needs:
    'A function called a loss that gives back the sum of something times what log_softmax gave, with no minus there or where it is called.',
  wrong: [SMOOTHED('(soft * log_probs).sum(-1).mean()  # <--')],
  right: [SMOOTHED('-(soft * log_probs).sum(-1).mean()'), SMOOTHED('(-soft * log_probs).sum(-1).mean()')],
  *run(program) {
    if (!/log_softmax/.test(program.source)) return;
    for (const owner of nodesOf(program, 'FunctionDef')) {
      const around = nodesOf(program, 'ClassDef').find(({ body }) => body.includes(owner));
      const name = owner.name === 'forward' ? (around?.name ?? '') : owner.name;
      if (!/loss|cross_?entropy|smooth/i.test(name) || /kl|diverg|gain|reward|policy|likelihood/i.test(name))
        continue;
      const body = statementsIn(owner.body);
      const returns = body.filter((one) => one.kind === 'Return');
      const [only] = returns;
      if (returns.length !== 1 || only?.kind !== 'Return' || !only.value) continue;
      const sum = summedIn(only.value);
      if (sum === undefined || sum.operator !== '*') continue;
      const log = [sum.left, sum.right].find((side) =>
        body.some(
          (one) =>
            one.kind === 'Assign' &&
            targetsOf(one).includes(side.span.text) &&
            /^(F|torch|nn\.functional|torch\.nn\.functional)\.log_softmax\(|^\w+\.log_softmax\(/.test(
              one.value.span.text,
            ),
        ),
      );
      const other = sum.left === log ? sum.right : sum.left;
      if (log === undefined || other.kind !== 'Name') continue;
      const made = body.filter(
        (one) => targetsOf(one).includes(other.id) || targetsOf(one).includes(log.span.text),
      );
      if (made.some(({ span }) => /^\w+\s*=\s*-|\*=?\s*-|neg\(/.test(span.text))) continue;
      if (
        new RegExp(
          String.raw`-[ \t]*(self\.)?(${owner.name}|${name}|criterion|crit|loss_fn)\(|-[ \t]*loss\b`,
        ).test(program.source)
      )
        continue;
      yield {
        at: only.span,
        message: `The sum over ${other.id} * ${log.span.text} is below 0, and a loss is made small.`,
        evidence: [
          places(['the logarithms', made.find((one) => targetsOf(one).includes(log.span.text))?.span]),
        ],
      };
    }
  },
};

/** The product that a value is the sum, or mean of the sum, of. */
function summedIn(value: tree.Expression, depth = 0): tree.BinaryOperation | undefined {
  if (depth > 3 || value.kind !== 'Call' || value.callee.kind !== 'Attribute') return undefined;
  if (!/^(sum|mean)$/.test(value.callee.attribute)) return undefined;
  const of = /^(torch|np)$/.test(value.callee.value.span.text) ? value.args[0] : value.callee.value;
  if (of?.kind === 'BinOp')
    return /sum\(/.test(value.span.text.slice(of.span.text.length)) || depth > 0 ? of : undefined;
  return of && summedIn(of, depth + 1);
}
