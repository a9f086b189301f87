import type { Check } from '../../check.js';
import { goneOver } from '../../ask/gone-over.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { loopsOf, targetsOf, usesOf } from '../../ask/tree.js';
import { bodyAround } from './last-batch-metric.js';

export const sumRestarted: Check = {
  id: 'sum-restarted',
  title: 'A sum over batches that each batch sets to zero',
  severity: 'warning',
  why: 'What was to be added up over the batches holds the last batch’s part alone once the loop is over.',
  instead: 'Set the sum to zero once, before the loop over the batches.',
  needs:
    'A loop over a loader that sets a name to 0 and adds to it, reads it nowhere else, and a reader of it after the loop.',
  wrong: [
    `${PRELUDE}
for epoch in range(10):
    for inputs, labels in loader:
        running = 0.0  # <--
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        running += loss.item()
    print(epoch, running / len(loader))
`,
  ],
  right: [
    `${PRELUDE}
for epoch in range(10):
    running, sums = 0.0, []
    for inputs, labels in loader:
        own = 0.0
        optimizer.zero_grad()
        loss = criterion(model(inputs), labels)
        loss.backward()
        optimizer.step()
        own += loss.item()
        sums.append(own)
        running += own
    print(epoch, running / len(loader), own)
`,
  ],
  *run(program) {
    for (const loop of loopsOf(program)) {
      if (loop.kind !== 'For' || !/load|_dl$|batches/i.test(goneOver(loop.iterable).span.text)) continue;
      for (const [index, statement] of loop.body.entries()) {
        if (statement.kind !== 'Assign' || !/^0(\.0*)?$/.test(statement.value.span.text)) continue;
        const [name] = targetsOf(statement);
        if (name === undefined || !/^\w+$/.test(name)) continue;
        const added = loop.body
          .slice(index + 1)
          .find(
            (one) => one.kind === 'AugAssign' && one.operator.startsWith('+') && targetsOf(one)[0] === name,
          );
        // Set and added to, and nothing else: what reads it within the loop wants the batch's own.
        if (added === undefined || usesOf(loop.body, name).length !== 2) continue;
        const around = bodyAround(program, loop);
        const after = around.slice(around.indexOf(loop) + 1);
        const told = after.find((one) => usesOf(one, name).length > 0);
        if (told === undefined || targetsOf(told).includes(name) || !/\//.test(told.span.text)) continue;
        yield {
          at: statement.span,
          message: `${name} is set to 0 by each batch: what is told after the loop is the last batch’s alone.`,
          evidence: [places(['it is read here', told.span])],
        };
      }
    }
  },
};
