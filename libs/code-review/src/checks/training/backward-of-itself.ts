import { isValue } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { PRELUDE } from '../../ask/snippets.js';

export const backwardOfItself: Check = {
  id: 'backward-of-itself',
  title: 'The loss is handed to backward() as its gradient',
  severity: 'warning',
  why: 'What backward() is given is what all gradients are multiplied by: given the loss itself, they are those of half its square, and shrink as it does.',
  instead: 'Call loss.backward() with nothing.',
  needs: 'backward() of a value that is given the same value.',
  wrong: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward(loss)  # <--
    optimizer.step()
`,
  ],
  right: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward(torch.ones_like(loss))
    optimizer.step()
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(program, 'backward')) {
      const [loss, second] = args.positional;
      const gradient = second ?? args.named.get('gradient') ?? args.named.get('grad_tensors');
      const at = moment.span;
      if (!isValue(loss) || !isValue(gradient) || at === undefined || seen.has(at.start)) continue;
      const given = /^(detach|clone|data)$/.test(makerOf(gradient)) ? gradient.inputs[0] : gradient;
      if (given !== loss) continue;
      seen.add(at.start);
      yield { at, message: 'backward() is given the loss itself as the gradient.', evidence: [] };
    }
  },
};
