import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { goneOver } from '../../ask/gone-over.js';
import { functionsAround, statementsOf, targetsOf } from '../../ask/tree.js';

export const returnInLoop: Check = {
  id: 'return-in-loop',
  title: 'return inside the loop',
  severity: 'warning',
  why: 'The function ends in the first turn of the loop: later layers or batches are never reached.',
  instead: 'Take return out of the loop, to the indentation of for.',
  needs:
    'A loop whose last statement is a return under no condition, in forward, in a loop that trains, or of a sum that the loop adds to.',
  wrong: [
    `
import torch
def learn(model, optimizer, criterion, batches):
    total = 0
    for inputs, labels in batches:
        if len(inputs) != 32:
            continue
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        total += loss.item()
        return total / len(batches)  # <--
`,
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(20, 20) for _ in range(3)])

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
            return x  # <--
`,
    `
import torch
def evaluate(model, criterion, batches):
    total = 0
    with torch.no_grad():
        for inputs, labels in batches:
            total += criterion(model(inputs), labels).item()
            return total / len(batches)  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(20, 20) for _ in range(3)])

    def forward(self, x):
        for layer in self.layers:
            x = torch.relu(layer(x))
        return x

def first(loader):
    for batch in loader:
        batch = batch.cpu()
        return batch
`,
  ],
  *run(program) {
    for (const node of statementsOf(program)) {
      if (node.kind !== 'For') continue;
      const last = node.body.at(-1);
      if (last?.kind !== 'Return' || node.body.length < 2) continue;
      let goesOn = false;
      let trains = false;
      eachNode(node.body, (inner) => {
        goesOn ||= inner.kind === 'Continue' || inner.kind === 'Yield';
        trains ||= inner.kind === 'Attribute' && inner.attribute === 'backward';
      });
      const sum = /^return\s+([A-Za-z_]\w*)\b/.exec(last.span.text)?.[1];
      const adds = node.body.some(
        (one) => one.kind === 'AugAssign' && /\+/.test(one.operator) && targetsOf(one)[0] === sum,
      );
      const inForward = functionsAround(program, node.span).at(-1)?.name === 'forward';
      const isMean = isDividedByAll(node, last);
      if ((goesOn && !(trains && isMean)) || !(inForward || trains || adds)) continue;
      yield { at: last.span, message: 'This return ends the loop in its first turn.', evidence: [] };
    }
  },
};

/** `return total / len(loader)` in the loop over the loader: what all turns are wanted for. */
function isDividedByAll({ iterable }: tree.For, { span: { text } }: tree.Statement): boolean {
  const over = goneOver(iterable).span.text;
  return text.replaceAll(/\s/g, '').includes(`/len(${over})`);
}
