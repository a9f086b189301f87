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

const LABELS = /^(\w+_)?(labels?|targets?|trg|tgt|truth|y|yb|y_true|gt|category|classes)(_\w+)?$/i;
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
    `${BEGINNING}
for images, labels in loader:
    optimizer.zero_grad()
    outputs = net(images)
    loss = criterion(images, labels)  # <--
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
        const how = withoutGradient(program, set.value, body);
        if (how === undefined || [...graphCut.run(program)].length > 0) continue;
        yield {
          at: set.span,
          message:
            how === 'cut'
              ? `What the loss is given is cut off from the network: ${name} has no gradient.`
              : `The loss is computed of what the network is given, and not of what it gives: ${name} has no gradient.`,
          evidence: [places(['backward() is called here', statement.span])],
        };
        return;
      }
    }
  },
};

/** How the loss of some outputs and labels comes to have no gradient, if it does. */
function withoutGradient(
  program: Program,
  node: tree.Expression,
  body: readonly tree.Statement[],
): 'cut' | 'inputs' | undefined {
  if (node.kind !== 'Call' || !isTorchLoss(program, node)) return undefined;
  const [input, target] = node.args;
  if (input === undefined || target === undefined) return undefined;
  const inner = statementsIn(body);
  const isData = (name: string): boolean => !isComputed(inner, name);
  const label = (MOVED.exec(target.span.text) ??
    /^torch\.(?:max|argmax)\((\w+),/.exec(target.span.text))?.[1];
  if (label === undefined || !isData(label)) return undefined;
  // `criterion(outputs.detach(), labels)`
  const { text } = input.span;
  const cut =
    /^(\w+)\b.*\.(detach\(\)|data)$/s.exec(text)?.[1] ??
    /^(?:torch\.argmax\()?(\w+)(?:,|\.argmax\().*\)$/s.exec(text)?.[1];
  if (cut !== undefined && !LABELS.test(cut))
    return LABELS.test(label) && !ANSWERS.test(label) ? 'cut' : undefined;
  // `outputs = net(images)` and `criterion(images, labels)`
  const name = input.kind === 'Name' ? input.id : '';
  return name !== label && !isCalledFor(inner, name) && isGiven(program, name) && isAsked(inner, name)
    ? 'inputs'
    : undefined;
}

/** A name with parts taken of it, and moves. */
const MOVED =
  /^(\w+)(?:\[[^\]]*\]|\.(?:data|contiguous\(\)|(?:view|reshape|long|to|cuda|squeeze|flatten)\([^()]*\)))*$/;

/** Calls of what by its name is a network. */
const OF_NETWORK =
  /\w*(net|model|encoder|decoder|generator|critic|actor|policy|teacher|student|forward|predict|embed|extract|backbone|feature|conv(?!ert)|layer|head|proj|block|lstm|gru|rnn|fc\d?)\w*\(|\b[A-Z]\(/i;
const KEEPS_DATA = /\.(to_variable|to_tensor|to|cuda)\(/;

/** Labels and inputs are given, not computed by a network. */
function isComputed(inner: readonly tree.Statement[], name: string): boolean {
  return inner.some(
    (one) =>
      one.kind !== 'For' &&
      targetsOf(one).includes(name) &&
      !(
        (one.kind === 'Assign' || one.kind === 'AnnAssign') &&
        one.value !== undefined &&
        (!OF_NETWORK.test(one.value.span.text) || KEEPS_DATA.test(one.value.span.text))
      ),
  );
}

/** Whether a name is set by a call of anything but moves and changes of shape. */
function isCalledFor(inner: readonly tree.Statement[], name: string): boolean {
  return inner.some(
    (one) =>
      one.kind !== 'For' &&
      targetsOf(one).includes(name) &&
      !(
        one.kind === 'Assign' &&
        !/\(/.test(
          one.value.span.text.replaceAll(
            /\.(to|cuda|long|float|view|unsqueeze|reshape|permute|t|contiguous)\([^()]*\)|\bVariable\(/g,
            '',
          ),
        )
      ),
  );
}

/** Whether a name is what a loop takes its turns of, or is nowhere set by what may learn. */
function isGiven(program: Program, name: string): boolean {
  return statementsOf(program).every(
    (one) =>
      one.kind === 'For' ||
      !targetsOf(one).includes(name) ||
      (one.kind === 'Assign' &&
        !/requires_grad|Parameter|\bnn\.|net\w*\(|model\w*\(|encode|decode|generat|embed/i.test(
          one.value.span.text,
        )),
  );
}

/** Whether a network is asked with it, the one thing that it is given, and nothing else made of it learns. */
function isAsked(inner: readonly tree.Statement[], name: string): boolean {
  return (
    !inner.some(({ span }) =>
      new RegExp(String.raw`\b${name}\.(requires_grad|retain_grad)|requires_grad\s*=\s*True`).test(span.text),
    ) &&
    inner.some(
      (one) =>
        one.kind === 'Assign' &&
        one.value.kind === 'Call' &&
        one.value.args.length === 1 &&
        one.value.args[0]?.span.text === name &&
        /^(self\.)?\w*(model|net|network|cnn|rnn|lstm|classifier)\w*(\.forward)?$/i.test(
          one.value.callee.span.text,
        ),
    )
  );
}
