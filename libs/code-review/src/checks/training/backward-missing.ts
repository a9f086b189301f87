import { isInside, isValue, turnsOf } from '@tensormark/frameworks';
import type { Called, Loop, Moment, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { callsOfUnknown, eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { escapes } from '../../ask/training.js';
import { callsOf, holds, statementsOf, targetsOf } from '../../ask/tree.js';

export const backwardMissing: Check = {
  id: 'backward-missing',
  title: 'No backward() before the step',
  severity: 'warning',
  why: 'Without backward() there are no gradients, so step() changes nothing and the network never learns.',
  instead: 'Call loss.backward() before optimizer.step().',
  needs: 'A loop that computes a loss and calls step(), while nothing in the file calls backward().',
  wrong: [
    `
import torch
import torch.nn as nn

class Apart(nn.Module):
    def forward(self, one, other):
        return ((one - other) ** 2).mean()

net, criterion = nn.Linear(4, 2), Apart()
optimizer = torch.optim.Adam(net.parameters())
for a, b in torch.randn(100, 2, 8, 4):
    loss = criterion(net(a), net(b))
    optimizer.zero_grad()
    optimizer.step()  # <--
`,
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        optimizer.step()  # <--
`,
    `
from somewhere import model, loader, optimizer
for batch in loader:
    optimizer.zero_grad()
    outputs = model(batch)
    loss = model.loss(outputs, batch.target)
    optimizer.step()  # <--
    print(loss.item())
`,
    `
import torch
from networks import make_network, boxes_loss
from data import loader
net = make_network()
optimizer = torch.optim.SGD(net.parameters(), lr=0.001)
for images, targets in loader:
    optimizer.zero_grad()
    places, classes = boxes_loss(net(images), targets)
    loss = places + 0.5 * classes
    optimizer.step()  # <--
    print(loss.item())
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
    // What is not known may have computed the gradients too.
    `
from somewhere import model, loader, optimizer
for batch in loader:
    optimizer.zero_grad()
    loss = model.train_on(batch)
    optimizer.step()
    print(loss.item())
`,
  ],
  *run(program) {
    if (eventsOf(program, 'backward').length > 0 || program.cutShort) return;
    const losses = eventsOf(program, 'loss');
    for (const step of eventsOf(program, 'step')) {
      const { span } = step.moment;
      const loop = turnsOf(step.moment)[0]?.loop;
      if (loop === undefined || span === undefined || step.of === 'manual' || step.closure) continue;
      const loss =
        losses.find(({ moment, result }) => result !== undefined && isInside(moment, loop)) ??
        (isZeroed(program, loop) ? lossNamed(program, loop) : undefined);
      if (loss?.result === undefined) {
        const made = isZeroed(program, loop) ? lossWritten(program, loop) : undefined;
        if (made === undefined) continue;
        yield {
          at: span,
          message: 'A step is taken, and backward() is called nowhere.',
          evidence: [places(['the loss is computed', made], ['the loop', loop.span])],
        };
        return;
      }
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

function isZeroed(program: Program, loop: Loop): boolean {
  return eventsOf(program, 'zero-grad').some(({ moment }) => isInside(moment, loop));
}

/** Where a loop gives its own loss a name that it hands to nothing which could compute gradients. */
function lossWritten(program: Program, { span: around }: Loop): Span | undefined {
  if (/backward|autograd|\.grad\b|\bgrad\(|closure|accelerat|deepspeed|apex|jit\b/.test(program.source))
    return undefined;
  const made = statementsOf(program).find(
    (one) =>
      one.kind === 'Assign' &&
      holds(around, one.span) &&
      one.value.kind === 'Call' &&
      !LEARNS.test(one.value.callee.span.text) &&
      targetsOf(one).some((name) => LOSS.test(name)),
  );
  const [name] = made === undefined ? [] : targetsOf(made);
  const isHandedOn = callsOf(program).some(
    ({ callee, args }) =>
      args.some(({ span }) => span.text === name) &&
      !/(^|\.)(print|float|append|item|log|info|add_scalar|update|write|set_postfix|sum|mean|format)$/.test(
        callee.span.text,
      ),
  );
  return isHandedOn ? undefined : made?.span;
}

/** `loss = loss_l + 0.5 * loss_c` of what something unknown gives. */
function sumsNamed(program: Program): readonly Called[] {
  const spans = new Map<number, number>();
  for (const one of statementsOf(program))
    if (one.kind === 'Assign' && one.value.kind === 'BinOp' && targetsOf(one).some((name) => LOSS.test(name)))
      spans.set(one.value.span.start, one.value.span.end);
  return spans.size === 0
    ? []
    : eventsOf(program, 'call').filter(({ moment: { span } }) => span && spans.get(span.start) === span.end);
}

const LOSS = /(^|[_.])loss$/i;

/** Named so, a function may compute gradients too. */
const LEARNS = /train|step|backward|back_?prop|update|fit\b|grad|optimi[sz]e|run|closure/i;

/** What something unknown gives to a name that says it is a loss: `loss = model.loss(z, target)`. */
function lossNamed(
  program: Program,
  loop: Loop,
): { readonly result: Value; readonly moment: Moment } | undefined {
  // Variables of earlier days come of autograd too.
  if (/backward|autograd\.(grad|Function)|\.grad\b/.test(program.source)) return undefined;
  const named = statementsOf(program).flatMap((one) =>
    one.kind === 'Assign' &&
    (one.value.kind === 'BinOp' || (one.value.kind === 'Call' && !LEARNS.test(one.value.callee.span.text))) &&
    targetsOf(one).some((name) => LOSS.test(name))
      ? [one.value.span]
      : [],
  );
  for (const { result, moment } of [...callsOfUnknown(program), ...sumsNamed(program)]) {
    const { span } = moment;
    if (!isValue(result) || span === undefined || !isInside(moment, loop)) continue;
    if (named.some(({ start, end }) => start === span.start && end === span.end)) return { result, moment };
  }
  return undefined;
}
