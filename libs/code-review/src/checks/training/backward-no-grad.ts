import type { Value } from '@tensormark/frameworks';
import { comesOf, eachAncestor, makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { mayReachParameters } from '../../ask/gradients.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import type { Check } from '../../check.js';
import { hasLearned } from '../parameters/learned.js';

export const backwardNoGrad: Check = {
  id: 'backward-no-grad',
  title: 'backward() on something computed without gradients',
  severity: 'error',
  why: 'Inside no_grad() nothing is kept for backward(), which then raises an error.',
  instead: 'Compute the loss that is trained on outside of no_grad().',
  needs: 'backward() on a value that an operation under no_grad() gave.',
  wrong: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    with torch.no_grad():
        outputs = model(inputs)
        loss = criterion(outputs, labels)
    loss.backward()  # <--
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in train_loader:
    optimizer.zero_grad()
    with torch.no_grad():
        outputs = model(inputs)
    loss = criterion(outputs, labels)
    loss.backward()  # <--
    optimizer.step()
`,
  ],
  right: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    with torch.no_grad():
        teacher = model(inputs).argmax(1)
    loss = criterion(model(inputs), teacher)
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
@torch.no_grad()
def attack(inputs, labels):
    inputs = inputs.clone()
    with torch.enable_grad():
        inputs.requires_grad_(True)
        criterion(model(inputs), labels).backward()
    return inputs + 0.1 * inputs.grad.sign()
attack(X, y)
`,
  ],
  *run(program) {
    // What is switched on again is not followed through what is not known.
    if (/enable_grad/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { on, moment } of eventsOf(program, 'backward')) {
      const { span } = moment;
      if (on === undefined || span === undefined || makerOf(on) === '') continue;
      if (on.gradients && (mayReachParameters(on) || !comesOf(on, isOutputWithout))) continue;
      if (on.made.kind === 'operation' && on.made.name === 'call') continue;
      if (seen.has(span.start)) continue;
      seen.add(span.start);
      yield {
        at: span,
        message: on.gradients
          ? 'backward() is called on a loss of outputs that were computed under no_grad().'
          : 'backward() is called on a value that was computed under no_grad().',
        evidence: [
          places(['it is computed here', on.span], ['the outputs', outputsOf(on)?.span]),
          {
            kind: 'error',
            type: 'RuntimeError',
            message: 'element 0 of tensors does not require grad and does not have a grad_fn',
            exact: true,
          },
        ],
      };
    }
  },
};

/** What a network with something to learn gave under no_grad(). */
function isOutputWithout({ made, gradients }: Value): boolean {
  return !gradients && made.kind === 'layer' && hasLearned(made.module);
}

function outputsOf(loss: Value): Value | undefined {
  let found: Value | undefined;
  eachAncestor(loss, (value) => {
    if (isOutputWithout(value)) found ??= value;
    return found === undefined;
  });
  return found;
}
