import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { goneOver } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { functionsAround, holds, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

const FIGURE = (add: string, by: string, mark = ''): string => `${PRELUDE}
total = 0.0
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
    total += ${add}
print(total / ${by})${mark}
`;

export const sumsByBatches: Check = {
  id: 'sums-by-batches',
  title: 'Losses of examples divided by the number of batches',
  severity: 'warning',
  why: 'Times the size of the batch each loss stands for all its examples: divided by the number of batches the figure is as many times too large as a batch has examples.',
  instead: 'Divide by the number of examples, len(loader.dataset), or add up the losses as they are.',
  needs:
    'A sum of losses times the sizes of their batches, divided by the length of the loader that the loop goes over.',
  wrong: [FIGURE('loss.item() * inputs.size(0)', 'len(loader)', '  # <--')],
  right: [
    FIGURE('loss.item() * inputs.size(0)', 'len(loader.dataset)'),
    FIGURE('loss.item()', 'len(loader)'),
  ],
  *run(program) {
    if (!/\blen\(/.test(program.source)) return;
    for (const loop of statementsOf(program)) {
      if (loop.kind !== 'For') continue;
      const over = goneOver(loop.iterable).span.text;
      if (!/load|iter|dl$|batches/i.test(over)) continue;
      for (const sum of statementsIn(loop.body)) {
        if (sum.kind !== 'AugAssign' || sum.operator !== '+' || !isOfExamples(sum.value)) continue;
        const [name = ''] = targetsOf(sum);
        const at = dividedBy(program, loop, name, `len(${over})`);
        if (at === undefined) continue;
        yield {
          at: at.span,
          message: `${name} adds up losses times the sizes of their batches, and is divided by the number of batches.`,
          evidence: [places(['they are added up here', sum.span])],
        };
      }
    }
  },
};

/** `loss.item() * x.size(0)` */
function isOfExamples(node: tree.Expression): boolean {
  if (node.kind !== 'BinOp' || node.operator !== '*') return false;
  const isSize = ({ span: { text } }: tree.Expression): boolean =>
    /^(\w+\.size\(0\)|\w+\.shape\[0\]|len\(\w+\)|\w+\.size\(\)\[0\])$/.test(text);
  const isLoss = ({ span: { text } }: tree.Expression): boolean =>
    /^\w*loss\w*(\.item\(\)|\.data(\[0\])?|\.detach\(\))*$/i.test(text);
  return (isLoss(node.left) && isSize(node.right)) || (isSize(node.left) && isLoss(node.right));
}

/** Where a name is divided by such a count after a loop, in the same function and with nothing else beside. */
function dividedBy(
  program: Program,
  loop: tree.For,
  name: string,
  count: string,
): tree.Expression | undefined {
  const home = functionsAround(program, loop.span).at(-1);
  for (const statement of statementsOf(program)) {
    if (statement.span.start < loop.span.end || functionsAround(program, statement.span).at(-1) !== home)
      continue;
    if (statement.kind !== 'Expr' && statement.kind !== 'Assign' && statement.kind !== 'Return') continue;
    let found: tree.Expression | undefined;
    const outer: tree.BinaryOperation[] = [];
    eachNode(statement, (node) => {
      if (node.kind !== 'BinOp') return;
      if (node.left.span.text === name && node.operator === '/' && node.right.span.text === count)
        found ??= node;
      else outer.push(node);
    });
    const isPart =
      found !== undefined &&
      outer.some(
        (one) =>
          (one.operator === '/' || one.operator === '*') &&
          found !== undefined &&
          holds(one.span, found.span) &&
          !/100/.test(one.span.text),
      );
    if (found !== undefined && !isPart) return found;
  }
  return undefined;
}

const PHASES = (step: string): string => `${PRELUDE}
loaders = {'train': loader, 'val': loader}
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=7, gamma=0.1)
for epoch in range(25):
    for phase in ['train', 'val']:
        model.train(phase == 'train')
        for inputs, labels in loaders[phase]:
            optimizer.zero_grad()
            with torch.set_grad_enabled(phase == 'train'):
                loss = criterion(model(inputs), labels)
                if phase == 'train':
                    loss.backward()
                    optimizer.step()
${step}
`;

export const scheduledInPhases: Check = {
  id: 'scheduled-in-phases',
  title: 'The schedule steps for validation too',
  severity: 'warning',
  why: 'In a loop over phases it steps once for each of them: twice an epoch, and the rate falls twice as fast as was meant.',
  instead: "Step where phase == 'train', or after both phases.",
  needs:
    'A loop over phases written out, one of training and one of validation, that steps a schedule whatever the phase is.',
  wrong: [PHASES('        scheduler.step()  # <--')],
  right: [
    PHASES("        if phase == 'train':\n            scheduler.step()"),
    PHASES('    scheduler.step()'),
  ],
  *run(program) {
    if (!/sched\w*\.step\(/i.test(program.source)) return;
    for (const loop of statementsOf(program)) {
      if (loop.kind !== 'For' || (loop.iterable.kind !== 'List' && loop.iterable.kind !== 'Tuple')) continue;
      const phases = loop.iterable.items.map(({ span }) => span.text.replaceAll(/['"]/g, ''));
      if (!phases.some((one) => /^train/i.test(one)) || !phases.some((one) => /^(val|test|eval)/i.test(one)))
        continue;
      const step = loop.body.find(
        (one) => one.kind === 'Expr' && /^(self\.)?\w*sched\w*\.step\(\s*\)$/i.test(one.span.text),
      );
      if (step === undefined || loop.body.some(({ kind }) => kind === 'Continue')) continue;
      yield {
        at: step.span,
        message: `This is reached in each of ${phases.length} phases of an epoch.`,
        evidence: [places(['the loop over phases', loop.iterable.span])],
      };
    }
  },
};
