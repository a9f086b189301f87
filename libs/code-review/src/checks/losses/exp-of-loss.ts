import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { graphOf } from '../../ask/gradients.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf } from '../../ask/training.js';

const STEP = (loss: string): string => `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    entropy = criterion(model(inputs), labels)
    loss = ${loss}
    loss.backward()
    optimizer.step()
`;

export const expOfLoss: Check = {
  id: 'exp-of-loss',
  title: 'The exponential of a loss is learned from',
  severity: 'warning',
  why: 'Its gradient is the loss’s own, times the exponential: one batch that goes badly takes a step so large that the next loss is inf, and all that follows nan.',
  instead:
    'Learn from the loss itself, whose least value is at the same place; take its exponential, a perplexity, to print.',
  needs: 'exp() of a loss of PyTorch’s, divided or multiplied at most, that backward() goes through.',
  wrong: [STEP('torch.exp(entropy / 2)  # <--')],
  right: [
    STEP('entropy\n    print(torch.exp(entropy).item())'),
    STEP('entropy + torch.exp(model[0].bias).mean()'),
  ],
  *run(program) {
    if (!/\bexp\b/.test(program.source)) return;
    const losses = new Set(eventsOf(program, 'loss').flatMap(({ result }) => result ?? []));
    if (losses.size === 0) return;
    const told = new Set<number>();
    for (const { on } of backwardsOf(program))
      for (const value of on === undefined ? [] : graphOf(on)) {
        const { span } = value;
        if (makerOf(value) !== 'exp' || span === undefined || told.has(span.start)) continue;
        const loss = scaledBy(value.inputs[0], losses);
        if (loss === undefined) continue;
        told.add(span.start);
        yield {
          at: span,
          message: 'backward() goes through the exponential of a loss, which grows without bound.',
          evidence: [places(['the loss', loss.span])],
        };
      }
  },
};

/** The loss that something is, or is a positive multiple of. */
function scaledBy(value: Value | undefined, losses: ReadonlySet<Value>): Value | undefined {
  let current = value;
  for (let depth = 0; current !== undefined && depth < 6; depth++) {
    if (losses.has(current)) return current;
    const { made, inputs }: Value = current;
    if (made.kind !== 'operation' || !/^(mul|div|mean|sum)$/.test(made.name)) return undefined;
    if (
      made.args.positional.some((one) =>
        typeof one === 'bigint' ? one < 0n : typeof one === 'number' && one < 0,
      )
    )
      return undefined;
    current = inputs.find((input) => losses.has(input)) ?? inputs[0];
  }
  return undefined;
}
