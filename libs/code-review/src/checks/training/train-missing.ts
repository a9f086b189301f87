import { isCertain, turnsOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { modeDependent } from '../../ask/modes.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf } from '../../ask/training.js';
import { graphOf } from '../../ask/gradients.js';
import { isValue } from '@tensormark/frameworks';

export const trainMissing: Check = {
  id: 'train-missing',
  title: 'Trained in evaluation mode',
  severity: 'warning',
  why: 'After the first evaluation dropout stays off and batch norm keeps its statistics for all the training that follows.',
  instead: 'Call model.train() at the beginning of each epoch of training.',
  needs:
    'A network with dropout or batch norm that is trained in training mode on the first turn of a loop and in evaluation mode on the next.',
  wrong: [
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
    model.eval()  # <--
    with torch.no_grad():
        correct = sum((model(a).argmax(1) == b).sum() for a, b in loader)
`,
  ],
  right: [
    `${PRELUDE}
for epoch in range(10):
    model.train()
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        correct = sum((model(a).argmax(1) == b).sum() for a, b in loader)
`,
  ],
  *run(program) {
    const trained = new Set(
      backwardsOf(program).flatMap(({ on }) => (on === undefined ? [] : graphOf(on).map(({ id }) => id))),
    );
    const calls = eventsOf(program, 'module-call').filter(
      ({ depth, moment, result }) =>
        depth === 0 && moment.gradients && isValue(result) && trained.has(result.id),
    );
    const modes = eventsOf(program, 'mode');
    for (const call of calls) {
      const { module, moment, training } = call;
      if (training || turnsOf(moment).length === 0) continue;
      const dependent = modeDependent(module);
      const first = calls.find(
        (other) =>
          other.module === module && other.training && other.moment.span?.start === moment.span?.start,
      );
      const set = modes.findLast(
        (mode) => mode.training === false && mode.of === module && mode.moment.at < moment.at,
      );
      const at = set?.moment.span;
      if (dependent === undefined || first === undefined || set === undefined || at === undefined) continue;
      if (!isCertain(set.moment)) continue;
      yield {
        at,
        message: 'The network is put into evaluation mode, and never back before it is trained on.',
        evidence: [
          places(['it is trained on here', moment.span], [`a ${dependent.type} layer`, dependent.span]),
        ],
      };
      return;
    }
  },
};
