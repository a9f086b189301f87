import { isCertain, isInside, turnsOf } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { mayReach, onePerLoop, trainingLoops } from '../../ask/training.js';

export const accumScale: Check = {
  id: 'accum-scale',
  title: 'Gradients of several batches are added up and not averaged',
  severity: 'design',
  why: 'The step is then as many times larger as batches were gathered: a larger batch in one piece would not have done that.',
  instead: 'Divide the loss by the number of batches that are gathered.',
  needs:
    'A step that is taken only in some turns by a condition on their count, and a mean loss of which backward() is called as it is.',
  wrong: [
    `${PRELUDE}
for i, (inputs, labels) in enumerate(loader):
    loss = criterion(model(inputs), labels)
    loss.backward()  # <--
    if (i + 1) % 8 == 0:
        optimizer.step()
        optimizer.zero_grad()
`,
  ],
  right: [
    `${PRELUDE}
for i, (inputs, labels) in enumerate(loader):
    loss = criterion(model(inputs), labels)
    (loss / 8).backward()
    if (i + 1) % 8 == 0:
        optimizer.step()
        optimizer.zero_grad()
`,
    `${PRELUDE}
for i, (inputs, labels) in enumerate(loader):
    loss = F.cross_entropy(model(inputs), labels, reduction='sum')
    loss.backward()
    if (i + 1) % 8 == 0:
        optimizer.step()
        optimizer.zero_grad()
`,
  ],
  *run(program) {
    const means = new Set<Value>();
    for (const { name, args, result } of eventsOf(program, 'loss'))
      if (name !== 'unknown' && result !== undefined && args.named.get('reduction') === undefined)
        means.add(result);
    for (const { loop, backwards, steps } of onePerLoop(trainingLoops(program))) {
      const step = steps.find(
        ({ moment }) => /%/.test(moment.arm?.condition.text ?? '') && turnsOf(moment)[0]?.loop === loop,
      );
      if (step === undefined || step.of === 'manual') continue;
      const { of } = step;
      const backward = backwards.find(
        (event) => isCertain(event.moment) && isInside(event.moment, loop) && mayReach(event, of),
      );
      const on = backward?.on;
      const at = backward?.moment.span;
      if (on === undefined || at === undefined || !means.has(on) || /^(sum|mul|div)$/.test(makerOf(on)))
        continue;
      yield {
        at,
        message: 'Every batch adds its gradients in full, and a step is taken of the sum.',
        evidence: [places(['the step is taken', step.moment.span])],
      };
    }
  },
};
