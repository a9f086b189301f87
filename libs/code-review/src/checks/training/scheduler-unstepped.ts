import type { Datum, Program } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsOfUnknown, eventsOf } from '../../ask/events.js';
import { oncePerProgram } from '../../ask/once.js';
import { PRELUDE } from '../../ask/snippets.js';
import { callsOf, loopsOf, nodesOf, statementsOf, targetsOf } from '../../ask/tree.js';

const SCHEDULED = (step: string): string =>
  `${PRELUDE}
for rounds in range(1):
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=10, gamma=0.1)
for epoch in range(30):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
${step}
`.replace('for rounds in range(1):\n    ', '');

export const schedulerUnstepped: Check = {
  id: 'scheduler-unstepped',
  title: 'A schedule that never steps',
  severity: 'warning',
  why: 'A schedule changes the learning rate when its step() is called and at no other time: never stepped, the rate stays what it is (or, with a warm-up, near 0).',
  instead: 'Call scheduler.step() after each epoch, or after each batch where it is made for that.',
  needs:
    'A schedule of PyTorch’s under a name of the file that is spoken of nowhere else, in a program that trains.',
  wrong: [
    SCHEDULED('    print(epoch)').replace('gamma=0.1)', 'gamma=0.1)  # <--'),
    `
import torch

class Trainer:
    def __init__(self, model, optimizer, scheduler):
        self.model, self.optimizer, self.scheduler = model, optimizer, scheduler

    def fit(self, loader, epochs):
        for epoch in range(epochs):
            for inputs, labels in loader:
                self.optimizer.zero_grad()
                torch.nn.functional.cross_entropy(self.model(inputs), labels).backward()
                self.optimizer.step()

def main(model, loader):
    optimizer = torch.optim.Adam(model.parameters())
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=5)  # <--
    Trainer(model, optimizer, scheduler).fit(loader, 30)
`,
  ],
  right: [
    SCHEDULED('    advance([scheduler])').replace('for epoch', 'from rates import advance\nfor epoch'),
    SCHEDULED('    scheduler.step()'),
    SCHEDULED('    finish(scheduler)').replace('for epoch', 'def finish(it):\n    it.step()\n\nfor epoch'),
  ],
  *run(program) {
    if (!/lr_scheduler|LRScheduler|StepLR|AnnealingLR|LambdaLR|OneCycleLR|ExponentialLR/.test(program.source))
      return;
    if (!/\.backward\(/.test(program.source) || loopsOf(program).length === 0) return;
    for (const made of statementsOf(program)) {
      if (made.kind !== 'Assign' || made.value.kind !== 'Call') continue;
      const [name = ''] = targetsOf(made);
      const own = name.split('.').at(-1) ?? '';
      if (!/^(self\.)?\w+$/.test(name) || targetsOf(made).length !== 1) continue;
      if (
        !/(^|\.)(StepLR|MultiStepLR|ExponentialLR|CosineAnnealingLR|CosineAnnealingWarmRestarts|LambdaLR|OneCycleLR|CyclicLR|LinearLR|PolynomialLR|ReduceLROnPlateau)$/.test(
          made.value.callee.span.text,
        )
      )
        continue;
      if (
        (mentionsOf(program, own) > 1 && !isHandedAround(program)) ||
        /\bLightningModule\b|configure_optimizers|\blocals\(\)|vars\(|__dict__/.test(program.source)
      )
        continue;
      yield { at: made.span, message: `${name} is made here and steps nowhere.`, evidence: [] };
    }
  },
};

/**
 * Whether schedules are handed to the file's own functions and classes alone, and whatever steps there is by its name no schedule:
 * `Trainer(model, optimizer, scheduler)`.
 */
const isHandedAround = oncePerProgram((program): boolean => {
  if (program.cutShort || eventsOf(program, 'scheduler-step').length > 0) return false;
  if (
    eventsOf(program, 'step').length === 0 ||
    /[Ss]ched\w*\s*\.\s*step\b|zip\(|getattr\(/.test(program.source)
  )
    return false;
  const makings = eventsOf(program, 'scheduler-made');
  const steps = callsOf(program).flatMap(({ callee }) =>
    callee.kind === 'Attribute' && callee.attribute === 'step' ? [callee.value.span.text] : [],
  );
  if (makings.length === 0 || !steps.every((text) => /opt|scaler|env|solver/i.test(text))) return false;
  const types = new Set(makings.map(({ type }) => type));
  const isSchedule = (datum: Datum): boolean =>
    Array.isArray(datum)
      ? datum.some(isSchedule)
      : typeof datum === 'object' && datum !== null && 'type' in datum && types.has(datum.type);
  return !callsOfUnknown(program).some(({ args }) =>
    [...args.positional, ...args.named.values()].some(isSchedule),
  );
});

/** How often something of a name is spoken of, as a name or an attribute. */
function mentionsOf(program: Program, name: string): number {
  let count = 0;
  for (const { id } of nodesOf(program, 'Name')) if (id === name) count++;
  for (const { attribute } of nodesOf(program, 'Attribute')) if (attribute === name) count++;
  return count;
}
