import { isInside, turnsOf } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { escapes } from '../../ask/training.js';

export const backwardMissing: Check = {
  id: 'backward-missing',
  title: 'No backward() before the step',
  severity: 'warning',
  why: 'Without backward() there are no gradients, so step() changes nothing and the network never learns.',
  instead: 'Call loss.backward() before optimizer.step().',
  needs: 'A loop that computes a loss and calls step(), while nothing in the file calls backward().',
  wrong: [
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        optimizer.step()  # <--
`,
  ],
  right: [
    `
from accelerate import Accelerator
accelerator = Accelerator()
def train(model, loader, optimizer, criterion):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(inputs), labels)
        accelerator.backward(loss)
        optimizer.step()
`,
    `
def train(model, loader, optimizer, scaler):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(inputs), labels)
        scaler(loss, optimizer)
        optimizer.step()
`,
  ],
  *run(program) {
    if (eventsOf(program, 'backward').length > 0 || program.cutShort) return;
    const losses = eventsOf(program, 'loss');
    for (const step of eventsOf(program, 'step')) {
      const { span } = step.moment;
      const loop = turnsOf(step.moment)[0]?.loop;
      if (loop === undefined || span === undefined || step.of === 'manual' || step.closure) continue;
      const loss = losses.find(({ moment, result }) => result !== undefined && isInside(moment, loop));
      if (loss?.result === undefined) continue;
      const { id } = loss.result;
      if (escapes(program, (value) => comesOf(value, (one) => one.id === id))) continue;
      yield {
        at: span,
        message: 'A step is taken, and backward() is called nowhere.',
        evidence: [places(['the loss is computed', loss.moment.span], ['the loop', loop.span])],
      };
      return;
    }
  },
};
