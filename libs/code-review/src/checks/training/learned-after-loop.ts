import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { goneOver } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';
import { bodyAround } from './last-batch-metric.js';

export const learnedAfterLoop: Check = {
  id: 'learned-after-loop',
  title: 'Gradients of the last batch alone',
  severity: 'warning',
  why: 'Each batch computes a loss that the next one replaces; backward() after the loop sees the last one, and the others teach nothing.',
  instead: 'Indent backward() and step() into the loop over the batches.',
  needs:
    'A loop over a loader that sets a loss and clears gradients or asks the network, without backward(), and backward() of that very loss after it.',
  wrong: [
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, labels)
    loss.backward()  # <--
    optimizer.step()
`,
  ],
  right: [
    `${PRELUDE}
for epoch in range(10):
    optimizer.zero_grad()
    total, losses = 0, []
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        losses.append(loss)
        total = total + loss
    total.backward()
    losses = []
    for inputs, labels in loader:
        loss = criterion(model(inputs), labels)
        losses.append(loss)
    loss = torch.stack(losses).mean()
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    loss = criterion(model(inputs), labels)
    break
loss.backward()
`,
  ],
  *run(program) {
    if (!/\.backward\(/.test(program.source)) return;
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || !/load|_dl$|batches/i.test(goneOver(loop.iterable).span.text)) continue;
      if (/\.backward\(|\bbreak\b|\breturn\b/.test(loop.span.text)) continue;
      const around = bodyAround(program, loop);
      const after = around.slice(around.indexOf(loop) + 1);
      const at = after.find(({ kind, span }) => kind === 'Expr' && /^\w+\.backward\(/.test(span.text));
      const name = at && /^\w+/.exec(at.span.text)?.[0];
      if (at === undefined || name === undefined) continue;
      const inside = statementsIn(loop.body);
      const sets = inside.filter((one) => targetsOf(one).includes(name));
      const [set] = sets;
      if (set === undefined || sets.length > 1 || !isReplaced(set, name) || !loop.body.includes(set))
        continue;
      // What is collected may be made one loss of after the loop.
      const isSetAfter = after
        .slice(0, after.indexOf(at))
        .some((one) => [one, ...statementsIn([one])].some((inner) => targetsOf(inner).includes(name)));
      if (isSetAfter) continue;
      yield {
        at: at.span,
        message: `${name} is set anew by each batch: backward() after the loop learns from the last batch alone.`,
        evidence: [places(['it is set here', set.span])],
      };
    }
  },
};

/** Whether a statement forgets what a name held before: `loss = criterion(outputs, labels)`. */
function isReplaced(statement: tree.Statement, name: string): boolean {
  return (
    statement.kind === 'Assign' &&
    statement.value.kind === 'Call' &&
    !new RegExp(String.raw`\b${name}\b`).test(statement.value.span.text)
  );
}
