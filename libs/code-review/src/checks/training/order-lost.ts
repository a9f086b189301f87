import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { leavesOf } from '../../ask/targets.js';
import { bodyAround, functionsAround, loopsOf, nodesOf, statementsIn, targetsOf } from '../../ask/tree.js';

const PREDICT = (shuffle: string): string => `
import torch
from torch.utils.data import DataLoader

def accuracy_of(model, test_set):
    loader = DataLoader(test_set, batch_size=64${shuffle})
    model.eval()
    said = []
    with torch.no_grad():
        for x, _ in loader:
            said.append(model(x).argmax(1))
    said = torch.cat(said)
    return (said == torch.as_tensor(test_set.targets)).float().mean()
`;

export const orderLost: Check = {
  id: 'order-lost',
  title: 'Answers in an order of chance beside targets in their own',
  severity: 'warning',
  why: 'A loader that shuffles gives the examples in another order than the data set has them: each answer is compared with the target of some other example.',
  instead: 'Gather the targets that come with the batches, or load without shuffle=True.',
  needs:
    'A loop over a loader made with shuffle=True that leaves its targets unread and gathers answers, which are compared with the targets of that data set.',
  wrong: [PREDICT(', shuffle=True').replace('for x, _ in loader:', 'for x, _ in loader:  # <--')],
  right: [PREDICT(''), PREDICT(', shuffle=True').replace('test_set.targets', '[0]')],
  *run(program) {
    if (!/shuffle\s*=\s*True/.test(program.source)) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || loop.iterable.kind !== 'Name') continue;
      const loader = loop.iterable.id;
      const leaves = leavesOf(loop.target);
      if (leaves.length !== 2 || leaves[1]?.span.text !== '_') continue;
      const home = functionsAround(program, loop.span).at(-1);
      const body = bodyAround(program, loop.span);
      const made = body.filter((one) => targetsOf(one).includes(loader));
      const set = made.length === 1 && made[0] !== undefined ? shuffledSet(made[0]) : undefined;
      if (
        set === undefined ||
        !statementsIn(loop.body).some(({ span }) => /\.(append|extend)\(/.test(span.text))
      )
        continue;
      const compared = nodesOf(program, 'Attribute').find(
        ({ value, attribute, span }) =>
          span.start >= loop.span.end &&
          /^(targets|labels)$/.test(attribute) &&
          value.span.text === set &&
          functionsAround(program, span).at(-1) === home,
      );
      if (compared === undefined) continue;
      yield {
        at: loop.iterable.span,
        message: `${loader} shuffles, and what is said of its examples is compared with ${compared.span.text}, which is in order.`,
        evidence: [places(['the targets in their own order', compared.span])],
      };
    }
  },
};

/** The data set that a loader is made of which shuffles. */
function shuffledSet(made: tree.Statement): string | undefined {
  if (made.kind !== 'Assign' || made.value.kind !== 'Call') return undefined;
  const { callee, args, keywords } = made.value;
  if (!/(^|\.)DataLoader$/.test(callee.span.text)) return undefined;
  const isShuffled = keywords.some(({ name, value }) => name === 'shuffle' && value.span.text === 'True');
  return isShuffled ? args[0]?.span.text : undefined;
}
