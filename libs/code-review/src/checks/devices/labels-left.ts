import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { goneOver } from '../../ask/gone-over.js';
import { isTorchLoss } from '../../ask/loss-names.js';
import { places } from '../../ask/places.js';
import { loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';
import { deviceMismatch } from './device-mismatch.js';

const BEGINNING = `
import torch
import torch.nn as nn
from networks import Net
from pictures import loader
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
net = Net().to(device)
criterion = nn.CrossEntropyLoss()
`;

export const labelsLeft: Check = {
  id: 'labels-left',
  title: 'Inputs moved to the device and labels not',
  severity: 'error',
  why: 'The loss is given outputs on the GPU and labels in the CPU’s memory, and PyTorch computes nothing of both.',
  instead: 'Move the labels to the same device as the inputs.',
  needs:
    'A loop over a loader that moves one part of each batch to a device, and a loss of PyTorch’s own that is given another part as it came.',
  wrong: [
    `${BEGINNING}
for images, labels in loader:
    images = images.to(device)
    outputs = net(images)
    loss = criterion(outputs, labels)  # <--
    loss.backward()
`,
    `${BEGINNING}
for index, (images, labels) in enumerate(loader):
    images, labels = images.to(device), labels
    loss = criterion(net(images), labels)  # <--
    loss.backward()
`,
  ],
  right: [
    `${BEGINNING}
for images, labels in loader:
    images, labels = images.to(device), labels.to(device)
    loss = criterion(net(images), labels)
    loss.backward()
for images, labels in loader:
    outputs = net(images.to(device)).cpu()
    print(criterion(outputs, labels))
`,
  ],
  *run(program) {
    if (!/\.to\(|\.cuda\(/.test(program.source)) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || !/load|(^|_)dl$|data(set)?$|iter|batches/i.test(barred(loop.iterable)))
        continue;
      const { text } = loop.span;
      if (/\.cpu\(|to\(['"]cpu|prefetch|non_?cuda/.test(text)) continue;
      const batch = partsOf(loop);
      const inside = statementsIn(loop.body);
      const moved = batch.find((name) => inside.some((one) => isMoving(one, name)));
      if (moved === undefined) continue;
      const left = batch.filter(
        (name) =>
          name !== moved &&
          !new RegExp(String.raw`\b${name}\)*(\[[^\]]*\])?(\.\w+\([^()]*\))*\.(to|cuda|type_as)\(`).test(
            text,
          ) &&
          !inside.some(
            (one) => targetsOf(one).includes(name) && !isKept(one, name) && !isUnpacking(one, batch),
          ),
      );
      const given = lossGiven(program, loop, left);
      if (given === undefined || [...deviceMismatch.run(program)].length > 0) continue;
      yield {
        at: given.span,
        message: `${moved} is moved to the device, and what the loss compares its outputs with was never moved there.`,
        evidence: [places(['the batches', loop.iterable.span])],
      };
      return;
    }
  },
};

/** The names of a batch’s parts: `images, labels`, and those of `enumerate`. */
function partsOf(loop: tree.For): readonly string[] {
  const names: string[] = [];
  eachNode(loop.target, (node) => {
    if (node.kind === 'Name') names.push(node.id);
  });
  // `inputs, labels = data`
  const [whole] = names.length === 1 ? names : names.slice(-1);
  for (const one of loop.body)
    if (
      one.kind === 'Assign' &&
      one.value.kind === 'Name' &&
      one.value.id === whole &&
      targetsOf(one).length > 1
    )
      names.push(...targetsOf(one));
  return names;
}

/** What is gone over, without bars of progress that are told more than that. */
function barred(iterable: tree.Expression): string {
  const over = goneOver(iterable);
  return over.kind === 'Call' && /tqdm|track|progress/i.test(over.callee.span.text)
    ? (over.args[0]?.span.text ?? '')
    : over.span.text;
}

/** `images = images.to(device)`, alone or beside others. */
function isMoving(statement: tree.Statement, name: string): boolean {
  return (
    statement.kind === 'Assign' &&
    targetsOf(statement).includes(name) &&
    new RegExp(String.raw`\b${name}\.(to\(\w*\.?(device|dev)\b|cuda\()`, 'i').test(statement.value.span.text)
  );
}

/** `images, labels = images.to(device), labels`: the second is what it was. */
function isKept(statement: tree.Statement, name: string): boolean {
  return (
    statement.kind === 'Assign' &&
    statement.value.kind === 'Tuple' &&
    statement.value.items[targetsOf(statement).indexOf(name)]?.span.text === name
  );
}

/** The call of a loss in a loop that is given one of the names as it is for its target. */
function lossGiven(program: Program, loop: tree.For, names: readonly string[]): tree.Call | undefined {
  let found: tree.Call | undefined;
  eachNode(loop.body, (node) => {
    if (found !== undefined || node.kind !== 'Call' || !isTorchLoss(program, node)) return;
    const [input, target] = node.args;
    if (input?.kind !== 'Name' && input?.kind !== 'Call') return;
    if (target?.kind === 'Name' && names.includes(target.id)) found = node;
  });
  return found;
}

/** `inputs, labels = data`, of the batch that the loop gives. */
function isUnpacking(statement: tree.Statement, batch: readonly string[]): boolean {
  return statement.kind === 'Assign' && statement.value.kind === 'Name' && batch.includes(statement.value.id);
}
