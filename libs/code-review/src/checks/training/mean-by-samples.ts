import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { lossesBySamples } from './losses-by-samples.js';
import { functionsAround, statementsIn, statementsOf, targetsOf } from '../../ask/tree.js';

export const meanBySamples: Check = {
  id: 'mean-by-samples',
  title: 'Shares of batches divided by the number of examples',
  severity: 'warning',
  why: 'The share of each batch is divided by its size already: divided by all examples too, an accuracy of 90% comes out as a few percent.',
  instead: 'Add up sums, .sum().item(), or divide by the number of batches, len(loader).',
  needs:
    'A sum over batches of their mean losses or of the mean of right answers, divided by the length of a data set.',
  wrong: [
    `${PRELUDE}
share = 0
model.eval()
with torch.no_grad():
    for inputs, labels in loader:
        right = (model(inputs).argmax(1) == labels).float()
        share += right.mean().item()
print(share / len(loader.dataset))  # <--
`,
    `${PRELUDE}
total = 0.0
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
    total += loss.item()
print(total / len(loader.dataset))  # <--
`,
  ],
  right: [
    `${PRELUDE}
total, mean = 0.0, 0.0
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
    total += loss.item() * len(inputs)
    mean += loss.item()
print(total / len(loader.dataset), mean / len(loader))
`,
    `${PRELUDE}
share, count, weighted = 0, 0, 0
model.eval()
with torch.no_grad():
    for inputs, labels in loader:
        right = (model(inputs).argmax(1) == labels).float()
        share += right.mean().item()
        count += right.sum().item()
        weighted += right.mean().item() * labels.size(0)
print(share / len(loader), count / len(loader.dataset), weighted / len(loader.dataset))
`,
  ],
  *run(program) {
    yield* lossesBySamples(program);
    if (!/\.mean\(/.test(program.source) || !/\blen\(/.test(program.source)) return;
    for (const loop of statementsOf(program)) {
      if (loop.kind !== 'For') continue;
      const within = statementsIn(loop.body);
      for (const sum of within) {
        if (sum.kind !== 'AugAssign' || sum.operator !== '+' || !isShare(sum.value, within)) continue;
        const [name = ''] = targetsOf(sum);
        const at = dividedBySamples(program, loop, name);
        if (at === undefined) continue;
        yield {
          at: at.span,
          message: `${name} adds up means of batches, and is divided by the number of examples.`,
          evidence: [places(['the means are added up', sum.span])],
        };
      }
    }
  },
};

/** `(outputs.argmax(1) == labels).float().mean()`, or the mean of a name that such a comparison was given. */
function isShare(value: tree.Expression, within: readonly tree.Statement[]): boolean {
  const text = value.span.text.replaceAll(/\s/g, '');
  const mean = /^(?:torch\.mean\()?\(*([\s\S]*?)\)*(?:\.mean\(\)|\))(?:\.item\(\)|\.cpu\(\)|\.data)*$/.exec(
    text,
  )?.[1];
  if (mean === undefined || /[*/]\w/.test(text)) return false;
  if (!/mean\(/.test(text)) return false;
  if (/==|\.eq\(/.test(mean)) return true;
  const name = /^\w+/.exec(mean)?.[0];
  return within.some(
    (one) =>
      one.kind === 'Assign' && targetsOf(one).includes(name ?? '') && /==|\.eq\(/.test(one.value.span.text),
  );
}

/** Where a sum is divided by the length of a data set, after the loop and in the same function. */
function dividedBySamples(
  program: Program,
  loop: tree.For,
  name: string,
): tree.Expression | tree.Statement | undefined {
  const home = functionsAround(program, loop.span).at(-1);
  const isSamples = (node: tree.Expression): boolean =>
    /^len\((\w+\.)*\w*(dataset|data_?set|_set|_data|_ds)\)$/.test(node.span.text.replaceAll(/\s/g, ''));
  for (const statement of statementsOf(program)) {
    if (statement.span.start < loop.span.end || functionsAround(program, statement.span).at(-1) !== home)
      continue;
    if (
      statement.kind === 'AugAssign' &&
      statement.operator === '/' &&
      statement.target.span.text === name &&
      isSamples(statement.value)
    )
      return statement;
    if (statement.kind !== 'Expr' && statement.kind !== 'Assign' && statement.kind !== 'Return') continue;
    let found: tree.Expression | undefined;
    eachNode(statement, (node) => {
      if (
        node.kind === 'BinOp' &&
        node.operator === '/' &&
        node.left.span.text === name &&
        isSamples(node.right)
      )
        found ??= node;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}
