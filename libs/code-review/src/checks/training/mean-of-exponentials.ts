import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { bodyAround, loopsOf, statementsIn } from '../../ask/tree.js';

const EVALUATE = (lines: string, given: string): string => `${PRELUDE}
import math

def perplexity(model, loader):
    model.eval()
    total, count = 0.0, 0
    with torch.no_grad():
        for inputs, labels in loader:
            loss = criterion(model(inputs), labels)
            ${lines}
            count += 1
    return ${given}
`;

export const meanOfExponentials: Check = {
  id: 'mean-of-exponentials',
  title: 'A mean of perplexities',
  severity: 'warning',
  why: 'Perplexity is the exponential of the mean loss: the mean of the exponentials is larger, and one bad batch makes it as large as it likes.',
  instead: 'Add up the losses, and take exp() of their mean.',
  needs: 'A sum of exponentials of a loss over a loop, divided by a count behind it.',
  wrong: [EVALUATE('total += math.exp(loss.item())  # <--', 'total / count')],
  right: [EVALUATE('total += loss.item()', 'math.exp(total / count)')],
  *run(program) {
    if (!/\bexp\(/.test(program.source)) return;
    for (const loop of loopsOf(program))
      for (const one of statementsIn(loop.body)) {
        if (one.kind !== 'AugAssign' || one.operator !== '+' || one.target.kind !== 'Name') continue;
        if (
          !/^(math|np|torch|numpy)\.exp\((\w*loss\w*|ce|nll)(\.item\(\)|\.detach\(\)|\.data)?\)(\.item\(\))?$/.test(
            one.value.span.text,
          )
        )
          continue;
        const body = bodyAround(program, loop.span);
        const divided = body.find(
          ({ span }) =>
            span.start >= loop.span.end &&
            new RegExp(String.raw`\b${one.target.span.text}\s*/=?\s*\(?\w`).test(span.text),
        );
        if (divided === undefined) continue;
        yield {
          at: one.span,
          message: `The exponential is taken of each loss, and the mean of those: it is to be taken of the mean loss.`,
          evidence: [places(['the mean', divided.span])],
        };
      }
  },
};
