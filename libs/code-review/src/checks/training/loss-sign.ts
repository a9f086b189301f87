import { isInside, isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf, trainingLoops } from '../../ask/training.js';

export const lossSign: Check = {
  id: 'loss-sign',
  title: 'A loss that is made larger',
  severity: 'warning',
  why: 'Steps go down the gradient of what backward() is called on: of a loss with a minus they lead away from what is wanted.',
  instead: 'Leave the minus out: cross entropy and squared errors are to become small.',
  needs: 'The only loss of a program, with a minus before it and the only optimiser stepping after it.',
  wrong: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = -criterion(model(inputs), labels)  # <--
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    log_probs = F.log_softmax(model(inputs), dim=1)
    loss = -log_probs.gather(1, labels.unsqueeze(1)).mean()
    loss.backward()
    optimizer.step()
`,
  ],
  *run(program) {
    const backwards = backwardsOf(program);
    const sites = new Set(backwards.map(({ moment }) => moment.span?.start));
    if (sites.size !== 1 || program.optimizers.length !== 1) return;
    if (program.optimizers.some(({ named }) => named.has('maximize'))) return;
    const losses = new Map<number, Value>();
    for (const { name, result } of eventsOf(program, 'loss'))
      if (result !== undefined && /cross_entropy|mse_loss|l1_loss|nll_loss/.test(name))
        losses.set(result.id, result);
    for (const { loop, backwards: inside } of trainingLoops(program)) {
      const on = inside.find(({ moment }) => isInside(moment, loop))?.on;
      if (on === undefined) continue;
      const [inner] = on.inputs;
      const isNegated = makerOf(on) === 'neg' && inner !== undefined && losses.has(inner.id);
      const [factor, other] = on.made.kind === 'operation' ? on.made.args.positional : [];
      const isTimesMinus =
        makerOf(on) === 'mul' &&
        ((isValue(factor) && losses.has(factor.id) && isMinusOne(other)) ||
          (isValue(other) && losses.has(other.id) && isMinusOne(factor)));
      if ((!isNegated && !isTimesMinus) || on.span === undefined) continue;
      yield {
        at: on.span,
        message: 'The loss is given a minus, so that steps make it larger.',
        evidence: [places(['gradients are computed of it', inside[0]?.moment.span])],
      };
      return;
    }
  },
};

function isMinusOne(datum: unknown): boolean {
  return datum === -1n || datum === -1;
}
