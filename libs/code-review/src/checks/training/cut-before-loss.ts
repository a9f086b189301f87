import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { isTorchLoss } from '../../ask/loss-names.js';
import { places } from '../../ask/places.js';
import { loopsOf, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';
import { graphCut } from './graph-cut.js';

const BEGINNING = `
import torch
import torch.nn as nn
from networks import Net
from pictures import loader
net = Net()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
`;

const LABELS = /^(\w+_)?(labels?|targets?|trg|truth|y|yb|y_true|gt)(_\w+)?$/i;
const ANSWERS = /pred|hat|out|logit|score/i;

export const cutBeforeLoss: Check = {
  id: 'cut-before-loss',
  title: 'Outputs cut off before the loss',
  severity: 'error',
  why: 'A loss of detached outputs and labels has no gradient: backward() raises an error, and nothing is learned.',
  instead: 'Give the loss the outputs themselves.',
  needs:
    'backward() of a loss of PyTorch’s own that is given something detached and labels, and nothing else.',
  wrong: [
    `${BEGINNING}
def update(engine, batch):
    images, labels = batch
    optimizer.zero_grad()
    outputs = net(images)
    loss = criterion(outputs.detach(), labels)  # <--
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `${BEGINNING}
from teachers import teacher
for images, labels in loader:
    optimizer.zero_grad()
    outputs = net(images)
    shown = criterion(outputs.detach(), labels)
    loss = criterion(outputs, labels)
    loss.backward()
    optimizer.step()
    target = net(images)
    loss = nn.functional.mse_loss(teacher(images).detach(), target)
    print(loss)
`,
  ],
  *run(program) {
    if (!/\.backward\(/.test(program.source)) return;
    const bodies = [
      ...loopsOf(program).map(({ body }) => body),
      ...statementsOf(program).flatMap((one) => (one.kind === 'FunctionDef' ? [one.body] : [])),
    ];
    for (const body of bodies) {
      for (const [index, statement] of body.entries()) {
        const name = /^(\w+)\.backward\(/.exec(statement.span.text)?.[1];
        if (statement.kind !== 'Expr' || name === undefined) continue;
        const sets = statementsIn(body.slice(0, index)).filter((one) => targetsOf(one).includes(name));
        const [set] = sets;
        if (sets.length !== 1 || set?.kind !== 'Assign' || !body.includes(set)) continue;
        if (!isCut(program, set.value, body) || [...graphCut.run(program)].length > 0) continue;
        yield {
          at: set.span,
          message: `What the loss is given is cut off from the network: ${name} has no gradient.`,
          evidence: [places(['backward() is called here', statement.span])],
        };
        return;
      }
    }
  },
};

/** `criterion(outputs.detach(), labels)` */
function isCut(program: Program, node: tree.Expression, body: readonly tree.Statement[]): boolean {
  if (node.kind !== 'Call' || !isTorchLoss(program, node)) return false;
  const [input, target] = node.args;
  if (input === undefined || target === undefined) return false;
  const cut = /^(\w+)[^,]*\.(detach\(\)|data)$/s.exec(input.span.text)?.[1];
  const label = /^(\w+)(\[\w+\])?$/.exec(target.span.text)?.[1];
  if (cut === undefined || label === undefined || LABELS.test(cut)) return false;
  // Labels are given, not computed by a network.
  const isComputed = statementsIn(body).some(
    (one) =>
      one.kind === 'Assign' &&
      targetsOf(one).includes(label) &&
      one.value.kind === 'Call' &&
      !/^(Variable|torch\.\w+|[\w.[\]]+\.(to|cuda|long|float|view))\(/.test(one.value.span.text),
  );
  return LABELS.test(label) && !ANSWERS.test(label) && !isComputed;
}
