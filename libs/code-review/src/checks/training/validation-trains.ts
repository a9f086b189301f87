import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { goneOver, isOfTesting } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { loopsOf, statementsIn } from '../../ask/tree.js';

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
    EPOCH(`            optimizer.zero_grad()
            loss.backward()
            optimizer.step()  # <--`),
  ],
  right: [EPOCH('            pass'), EPOCH('            torch.autograd.grad(loss, model.weight)')],
  *run(program) {
    const { source } = program;
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
