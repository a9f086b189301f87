import { isInside, turnsOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { isOfTesting } from '../../ask/gone-over.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf } from '../../ask/training.js';

export const noGradMissing: Check = {
  id: 'no-grad-missing',
  title: 'An evaluation that keeps what gradients need',
  severity: 'design',
  why: 'Outside of no_grad() every layer keeps its inputs for a backward() that never comes: it costs memory and time.',
  instead: 'Evaluate inside with torch.no_grad().',
  needs:
    'A network in evaluation mode, or in a function called one to validate, called in a loop over a loader without any backward() in it.',
  wrong: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
model.eval()
correct = 0
for inputs, labels in loader:
    correct += (model(inputs).argmax(1) == labels).sum().item()  # <--
`,
  ],
  right: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
model.eval()
correct = 0
with torch.no_grad():
    for inputs, labels in loader:
        correct += (model(inputs).argmax(1) == labels).sum().item()
`,
  ],
  *run(program) {
    const backwards = backwardsOf(program);
    const seen = new Set<number>();
    for (const { training, moment, module } of outermostCalls(program)) {
      const at = moment.span;
      const loop = turnsOf(moment)[0]?.loop;
      if (!moment.gradients || loop?.overLoader !== true || at === undefined) continue;
      if (training && !isOfTesting(moment.activation?.name ?? '')) continue;
      if (seen.has(at.start) || !module.parameters.some(({ trainable }) => trainable)) continue;
      if (backwards.length === 0 || backwards.some((event) => isInside(event.moment, loop))) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The network is evaluated here with everything kept for gradients.',
        evidence: [],
      };
    }
  },
};
