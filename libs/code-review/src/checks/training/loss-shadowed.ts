import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { statementsOf } from '../../ask/tree.js';
import { PRELUDE } from '../../ask/snippets.js';
import { turnsOf } from '@tensormark/frameworks';

export const lossShadowed: Check = {
  id: 'loss-shadowed',
  title: 'The loss function is replaced by its own value',
  severity: 'error',
  why: 'In the next turn of the loop the name stands for a tensor, and calling it raises an error.',
  instead: 'Give the value another name than the function: loss = criterion(outputs, labels).',
  needs: 'A loss called in a loop and assigned to the very name it was called by.',
  wrong: [
    `${PRELUDE}
loss = nn.CrossEntropyLoss()
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = loss(model(inputs), labels)  # <--
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = nn.CrossEntropyLoss()
    loss = loss(model(inputs), labels)
    loss.backward()
    optimizer.step()
`,
  ],
  *run(program) {
    const losses = eventsOf(program, 'loss');
    for (const node of statementsOf(program)) {
      if (node.kind !== 'Assign' || node.value.kind !== 'Call' || node.value.callee.kind !== 'Name') continue;
      const { id } = node.value.callee;
      if (!node.targets.some((target) => target.kind === 'Name' && target.id === id)) continue;
      const { start, end } = node.value.span;
      const loss = losses.find(({ moment }) => moment.span?.start === start && moment.span.end === end);
      const loop = loss && turnsOf(loss.moment)[0]?.loop;
      if (loop === undefined || loop.span.start > start || loop.span.end < end) continue;
      const isMadeInside = statementsOf(program).some(
        (other) =>
          other !== node &&
          other.kind === 'Assign' &&
          other.span.start >= loop.span.start &&
          other.span.end <= loop.span.end &&
          other.targets.some((target) => target.kind === 'Name' && target.id === id),
      );
      if (isMadeInside) continue;
      yield {
        at: node.span,
        message: `${id} is the loss function, and from here on its value: the next turn of the loop calls a tensor.`,
        evidence: [],
      };
    }
  },
};
