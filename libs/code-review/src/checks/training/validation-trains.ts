import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { goneOver, isOfTesting } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { loopsOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const EPOCH = (inside: string): string => `
import torch
from networks import Net

def run(train_loader, val_loader, criterion):
    model = Net()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    for epoch in range(10):
        model.train()
        for inputs, labels in train_loader:
            optimizer.zero_grad()
            criterion(model(inputs), labels).backward()
            optimizer.step()
        model.eval()
        total = 0.0
        for inputs, labels in val_loader:
            loss = criterion(model(inputs), labels)
${inside}
            total += loss.item()
        print(total / len(val_loader))
`;

export const validationTrains: Check = {
  id: 'validation-trains',
  title: 'Trained on what it is validated with',
  severity: 'warning',
  why: 'Steps taken on validation examples fit the network to them: its figures say nothing of examples that it has not seen.',
  instead: 'Leave backward() and step() out of the loop, and run it under torch.no_grad().',
  needs:
    'A loop over a loader that is called one to validate or test with, after eval(), that computes gradients and takes steps, beside one over others that does too.',
  wrong: [
    `
import torch
import torch.nn as nn
from data import x_train, y_train, x_val, y_val
model = nn.Sequential(nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 3))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
criterion = nn.CrossEntropyLoss()
for epoch in range(50):
    optimizer.zero_grad()
    loss_train = criterion(model(x_train), y_train)
    loss_val = criterion(model(x_val), y_val)
    loss_val.backward()  # <--
    optimizer.step()
    print(loss_train.item())
`,
    EPOCH(`            optimizer.zero_grad()
            loss.backward()
            optimizer.step()  # <--`),
  ],
  right: [EPOCH('            pass'), EPOCH('            torch.autograd.grad(loss, model.weight)')],
  *run(program) {
    const { source } = program;
    yield* learnedOfValidation(program);
    if (!/\.eval\(\)|\.train\(False\)/.test(source) || !/\.step\(/.test(source)) return;
    if (/test.?time|adapt|attack|meta|inner_?loop|calibrat|tune_|perturb/i.test(source)) return;
    const loops = loopsOf(program).filter((loop): loop is tree.For => loop.kind === 'For');
    const trains = loops.filter(
      (loop) => !isOfTesting(goneOver(loop.iterable).span.text) && stepIn(loop) !== undefined,
    );
    for (const loop of loops) {
      const over = goneOver(loop.iterable).span.text;
      const step = stepIn(loop);
      if (step === undefined || !isOfTesting(over) || !/load|_dl|iter|batches|set$/i.test(over)) continue;
      const other = trains.find((one) => one.span.end < loop.span.start || one.span.start > loop.span.end);
      const before = source.slice(Math.max(0, loop.span.start - 600), loop.span.start);
      const set = Math.max(before.lastIndexOf('.eval()'), before.lastIndexOf('.train(False)'));
      if (other === undefined || set < 0 || set < before.lastIndexOf('.train()')) continue;
      yield {
        at: step.span,
        message: `This takes a step on the examples of ${over}, which the network is to be judged by.`,
        evidence: [places(['the loop over them', loop.iterable.span])],
      };
    }
  },
};

/** `loss_val.backward()` where the file computes a `loss_train` that nothing is learned of. */
function* learnedOfValidation(program: Program): Generator<Found> {
  const { source } = program;
  if (program.optimizers.length !== 1 || /meta|darts|arch|bilevel|hyper|adapt|attack/i.test(source)) return;
  for (const one of statementsOf(program)) {
    if (one.kind !== 'Expr') continue;
    const name = /^(\w+)\.backward\(/.exec(one.span.text)?.[1] ?? '';
    if (!/^(loss_(val|valid|test|dev)|(val|valid|test|dev|validation)_loss)$/i.test(name)) continue;
    const training = statementsOf(program).find((other) =>
      targetsOf(other).some((target) => /^(loss_(train|tr)|(train|training|tr)_loss)$/i.test(target)),
    );
    if (training === undefined || /(loss_(train|tr)|(train|training|tr)_loss)\.backward\(/i.test(source))
      continue;
    yield {
      at: one.span,
      message: `Gradients are computed of ${name}, which the network is to be judged by.`,
      evidence: [places(['the loss to learn from', training.span])],
    };
  }
}

/** The step of a loop that computes gradients in it too, whatever the condition. */
function stepIn(loop: tree.For): tree.Statement | undefined {
  const inside = statementsIn(loop.body);
  const nested = inside.some(({ kind }) => kind === 'For');
  let computes = false;
  eachNode(loop.body, (node) => {
    if (node.kind === 'Call' && node.callee.kind === 'Attribute')
      computes ||= node.callee.attribute === 'backward';
  });
  if (!computes || nested) return undefined;
  return inside.find(({ kind, span }) => kind === 'Expr' && /^[\w.]*opt\w*\.step\(\s*\)$/i.test(span.text));
}
