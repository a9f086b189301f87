import { argument, isInside, turnsOf } from '@tensormark/frameworks';
import type { Datum, Moment, Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { isOverBatches } from '../../ask/batch-loops.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { innermost } from '../../ask/training.js';
import { statementsOf } from '../../ask/tree.js';

/** Milestones up to here are epochs: of batches they would all be in the first. */
const MOST_EPOCHS = 300n;

export const schedulerStep: Check = {
  id: 'scheduler-step',
  title: 'A schedule that does not step where it should',
  severity: 'warning',
  why: 'A schedule steps after the optimiser: before it, the first learning rate is skipped; never, it does nothing; without its figure, ReduceLROnPlateau raises an error.',
  instead:
    'Call scheduler.step() once an epoch, after the batches (ReduceLROnPlateau with the figure it watches).',
  needs: 'A schedule made in the file and a loop that takes steps with an optimiser.',
  wrong: [
    `${PRELUDE}
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=5)
for epoch in range(10):
    scheduler.step()  # <--
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
`,
    `${PRELUDE}
scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer)
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
    scheduler.step()  # <--
`,
    `${PRELUDE}
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma=0.1)
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        scheduler.step()  # <--
`,
    `${PRELUDE}
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.01, epochs=10, steps_per_epoch=len(loader))
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
    scheduler.step()  # <--
`,
    `${PRELUDE}
epochs = 20
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=epochs)
for epoch in range(epochs):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        scheduler.step()  # <--
`,
    `${PRELUDE}
from settings import updates
epochs = int(updates // len(loader))
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=epochs // 2, gamma=0.1)
for epoch in range(epochs):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        scheduler.step()  # <--
`,
    `${PRELUDE}
epochs, warm = 20, 5
def rate(epoch):
    return epoch / warm if epoch < warm else (epochs - epoch) / (epochs - warm)
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lr_lambda=rate)
for epoch in range(epochs):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        scheduler.step()  # <--
`,
  ],
  right: [
    `${PRELUDE}
epochs = 20
def rate(step):
    epoch = step / len(loader)
    return 1 - epoch / epochs
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lr_lambda=rate)
for epoch in range(epochs):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        scheduler.step()
`,
    `${PRELUDE}
epochs = 20
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=epochs * len(loader))
for epoch in range(epochs):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        scheduler.step()
`,
    `${PRELUDE}
epochs = 30
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=len(loader) * epochs // 2)
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        scheduler.step()
`,
    `${PRELUDE}
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=5)
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
    scheduler.step()
`,
  ],
  *run(program) {
    const steps = eventsOf(program, 'step');
    const seen = new Set<number>();
    for (const { moment, args, type, scheduler } of eventsOf(program, 'scheduler-step')) {
      const at = moment.span;
      if (at === undefined || seen.has(at.start)) continue;
      if (
        type === 'ReduceLROnPlateau' &&
        args.positional.length + args.named.size <= 1 &&
        !/\*/.test(at.text)
      ) {
        seen.add(at.start);
        yield {
          at,
          severity: 'error',
          message: 'ReduceLROnPlateau wants the figure that it watches, and is given none.',
          evidence: [],
        };
        continue;
      }
      if (isTooOften(program, scheduler, moment)) {
        seen.add(at.start);
        yield {
          at,
          message: `${type} steps after every batch here, and is made for epochs: the rate is gone within the first.`,
          evidence: [places(['the loop over batches', turnsOf(moment)[0]?.loop.span])],
        };
        continue;
      }
      const turnsFor = madeForBatches(program, scheduler, moment);
      if (turnsFor !== undefined) {
        seen.add(at.start);
        yield {
          at,
          message: `${type} is made for as many steps as there are batches in all, and steps once an epoch.`,
          evidence: [places(['it is made here', turnsFor])],
        };
        continue;
      }
      const loop = innermost(moment) ?? turnsOf(moment)[0]?.loop;
      const isFirst =
        eventsOf(program, 'scheduler-step').find((event) => event.scheduler === scheduler)?.moment === moment;
      if (loop === undefined || !isFirst || moment.arm !== undefined || type === 'ReduceLROnPlateau')
        continue;
      const first = steps.find((step) => isInside(step.moment, loop));
      if (
        first === undefined ||
        steps.some((step) => step.moment.at < moment.at) ||
        first.moment.arm !== undefined
      )
        continue;
      if (args.positional.length > 1 || args.named.size > 0) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The schedule steps before the optimiser does.',
        evidence: [places(['the optimiser steps', first.moment.span])],
      };
    }
  },
};

/**
 * Where a schedule is made for all batches of all epochs, if it steps outside of the loop over batches that the optimiser steps
 * in.
 */
function madeForBatches(program: Program, id: number, moment: Moment): Span | undefined {
  const [turn] = turnsOf(moment);
  if (turn === undefined || isOverBatches(turn.loop) || moment.arm !== undefined) return undefined;
  const made = eventsOf(program, 'scheduler-made').find((event) => event.id === id);
  const text = made?.moment.span?.text ?? '';
  const isForBatches =
    made?.type === 'OneCycleLR'
      ? /steps_per_epoch\s*=\s*len\(|total_steps\s*=[^,]*len\(/.test(text)
      : made?.type === 'CosineAnnealingLR' && /\blen\(\s*\w*(load|dl\b|iter)\w*\s*\)/i.test(text);
  if (!isForBatches) return undefined;
  const isStepped = eventsOf(program, 'step').some(({ moment: { turn: inner, arm } }) => {
    return arm === undefined && inner?.loop.overLoader === true && inner.outer?.loop === turn.loop;
  });
  return isStepped ? made?.moment.span : undefined;
}

/** Whether a schedule made to be stepped once an epoch steps in the loop over batches that an epoch is. */
function isTooOften(program: Program, id: number, moment: Moment): boolean {
  const [batches, epochs] = turnsOf(moment);
  if (
    batches === undefined ||
    !isOverBatches(batches.loop) ||
    epochs === undefined ||
    moment.arm !== undefined
  )
    return false;
  const made = eventsOf(program, 'scheduler-made').find((event) => event.id === id);
  if (made === undefined) return false;
  const { type, args } = made;
  const number = (name: string, position: number): number | undefined => {
    const given = argument(args, name, position);
    return typeof given === 'bigint' || typeof given === 'number' ? Number(given) : undefined;
  };
  if (type === 'StepLR') {
    const size = number('step_size', 2);
    // A part of the epochs, by name: `step_size=epochs // 2`.
    const isByName =
      /(?:step_size\s*=\s*|\(\s*\w+\s*,\s*)(?:\w+\.)*\w*epochs?\s*(?:\/\/\s*\d+\s*)?[,)]/i.test(
        made.moment.span?.text ?? '',
      );
    // Of so many epochs as the loop around has: a step size beyond them were none.
    const all = Number(/\bin\s+range\((?:[01],\s*)?(\d+)\)/.exec(epochs.loop.span.text)?.[1] ?? 30);
    return (
      (size === undefined ? isByName : size <= Math.max(30, Math.min(all, 100))) &&
      (number('gamma', 3) ?? 0.1) <= 0.7
    );
  }
  if (type === 'MultiStepLR') {
    const milestones = argument(args, 'milestones', 2);
    return (
      Array.isArray(milestones) &&
      milestones.length > 1 &&
      milestones.every((one: Datum) => typeof one === 'bigint' && one <= MOST_EPOCHS)
    );
  }
  if (type === 'CosineAnnealingLR') {
    // As many steps as there are epochs, by name or by number.
    const steps = number('T_max', 2);
    const isByName = /^[^,]*,\s*(T_max\s*=\s*)?(\w+\.)?\w*epochs?\w*\s*[,)]/i.test(
      made.moment.span?.text ?? '',
    );
    const range = /\bin\s+range\((?:[01],\s*)?(\d+)\)/.exec(epochs.loop.span.text)?.[1];
    return isByName || (steps !== undefined && steps <= MOST_EPOCHS && range === String(steps));
  }
  if (type === 'LambdaLR') return isOfEpochs(program, made.moment.span?.text ?? '');
  return type === 'ExponentialLR' && (number('gamma', 2) ?? 1) <= 0.97;
}

/** Whether the function of a LambdaLR counts epochs: its argument says so, it is compared with a number of them, and no batches come in. */
function isOfEpochs(program: Program, text: string): boolean {
  const written = /\blambda\s+(epochs?|ep)\s*:(.*)$/s.exec(text);
  const name = /(?:lr_lambda\s*=\s*|,\s*)\[?\s*(\w+)\s*\]?\s*(?:,|\)$)/.exec(text)?.[1];
  const home = statementsOf(program).findLast((one) => one.kind === 'FunctionDef' && one.name === name);
  const [first = '', body = ''] =
    written !== null
      ? [written[1], written[2]]
      : home?.kind === 'FunctionDef'
        ? [home.parameters[0]?.name, home.body.map(({ span }) => span.text).join('\n')]
        : [];
  return (
    /^(epochs?|ep)$/.test(first) &&
    /epochs?/i.test(body.replaceAll(new RegExp(String.raw`\b${first}\b`, 'g'), '')) &&
    !/len\(|batch|iter|step/i.test(body)
  );
}
