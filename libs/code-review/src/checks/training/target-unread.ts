import { namesIn } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { holds, loopsOf, statementsIn, targetsOf, usesOf } from '../../ask/tree.js';

export const targetUnread: Check = {
  id: 'target-unread',
  title: 'Targets that the loss of one loop leaves out',
  severity: 'warning',
  why: 'The loss of training compares with the targets and the one here with something else: the two figures mean different things.',
  instead: 'Give the loss the outputs and the targets, as the other loop does.',
  needs:
    'Two loops that take their batches apart by the same names, where the loss of one is given the targets and the same loss in the other is not, which reads them nowhere.',
  wrong: [
    `
import torch

def train(encoder, decoder, loader, loss_fn, optimizer):
    for image, wanted in loader:
        optimizer.zero_grad()
        code = encoder(image)
        out = decoder(code)
        loss = loss_fn(out, wanted)
        loss.backward()
        optimizer.step()

def validate(encoder, decoder, val_loader, loss_fn):
    encoder.eval()
    with torch.no_grad():
        for image, wanted in val_loader:
            code = encoder(image)
            out = decoder(code)
            loss = loss_fn(code, out)  # <--
    return loss.item()
`,
    `
import torch
from somewhere import model, train_loader, val_loader, optimizer

loss_fn = torch.nn.CrossEntropyLoss()
for epoch in range(10):
    for images, labels in train_loader:
        optimizer.zero_grad()
        loss = loss_fn(model(images), labels)
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        for images, label in val_loader:
            loss = loss_fn(model(images), labels)  # <--
            print(loss.item())
`,
  ],
  right: [
    `
import torch

def train(encoder, decoder, loader, loss_fn, optimizer):
    for image, wanted in loader:
        optimizer.zero_grad()
        out = decoder(encoder(image))
        loss = loss_fn(out, wanted)
        loss.backward()
        optimizer.step()

def validate(encoder, decoder, val_loader, loss_fn):
    encoder.eval()
    with torch.no_grad():
        for image, wanted in val_loader:
            loss = loss_fn(decoder(encoder(image)), wanted)
        for image, wanted in val_loader:
            print(encoder(image))
    return loss.item()
`,
  ],
  *run(program) {
    const loops = loopsOf(program).flatMap((loop) => {
      const batch = loop.kind === 'For' ? batchOf(loop.target) : undefined;
      return batch === undefined ? [] : [{ loop, batch }];
    });
    if (loops.length < 2) return;
    for (const { loop, batch } of loops) {
      const [, target] = batch;
      if (isRead(loop, target)) continue;
      for (const call of lossesIn(loop)) {
        const left = loops.find(
          (one) => !holds(one.loop.span, loop.span) && isLeftOf(one.batch[1], call, loop),
        );
        if (left !== undefined) {
          yield {
            at: call.span,
            message: `${target} is read nowhere in this loop: ${left.batch[1]} is what the last batch of the other loop has left.`,
            evidence: [places(['the other loop', left.loop.span])],
          };
          continue;
        }
        if (call.args.length !== 2) continue;
        const other = loops.find(
          (one) =>
            one.loop !== loop &&
            one.batch.join() === batch.join() &&
            lossesIn(one.loop).some(
              ({ callee, args }) =>
                callee.span.text === call.callee.span.text && args[1]?.span.text === target,
            ),
        );
        if (other === undefined) continue;
        yield {
          at: call.span,
          message: `${target} is read nowhere in this loop, and is what ${call.callee.span.text} compares with in the other.`,
          evidence: [places(['the other loop', other.loop.span])],
        };
      }
    }
  },
};

/** The names of a pair that a loop takes its batches apart by. */
function batchOf(target: tree.Expression): readonly [string, string] | undefined {
  const pair =
    target.kind === 'Tuple'
      ? target.items.length === 2 && target.items[1]?.kind === 'Tuple'
        ? target.items[1]
        : target
      : undefined;
  if (pair?.kind !== 'Tuple' || pair.items.length !== 2) return undefined;
  const [one, other] = pair.items;
  return one?.kind === 'Name' && other?.kind === 'Name' && !other.id.startsWith('_')
    ? [one.id, other.id]
    : undefined;
}

/** Whether a loss of a loop compares with a name that only the other loop has given a value. */
function isLeftOf(name: string, { args }: tree.Call, loop: tree.For | tree.While): boolean {
  return (
    args.length === 2 &&
    args[1]?.span.text === name &&
    !statementsIn(loop.body).some((one) => targetsOf(one).includes(name)) &&
    !(loop.kind === 'For' && namesIn(loop.target).has(name))
  );
}

/** Whether a name is read in a loop, other than to move or convert it. */
function isRead(loop: tree.For | tree.While, name: string): boolean {
  return statementsIn(loop.body).some((one) => {
    if ('body' in one) return false;
    const moves = one.kind === 'Assign' && targetsOf(one).includes(name);
    return !moves && usesOf(one, name).length > 0;
  });
}

/** What is called in a loop under a name that says it is a loss. */
function lossesIn(loop: tree.For | tree.While): tree.Call[] {
  const calls: tree.Call[] = [];
  for (const one of statementsIn(loop.body)) {
    if (
      one.kind === 'Assign' &&
      one.value.kind === 'Call' &&
      /loss|criterion|objective/i.test(one.value.callee.span.text)
    )
      calls.push(one.value);
  }
  return calls;
}
