import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eachAncestor, makerOf } from '../../ask/ancestry.js';
import { graphOf } from '../../ask/gradients.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf } from '../../ask/training.js';
import { hasLearned } from '../parameters/learned.js';

const CUTTERS = new Set([
  'detach',
  'item',
  'numpy',
  'tolist',
  'tensor',
  'as_tensor',
  'argmax',
  'data',
  'round',
]);

/** What these give has no backward() at all, or one that raises an error, wherever it comes from. */
const ENDS = new Set(['item', 'numpy', 'tolist', 'detach', 'argmax']);

export const graphCut: Check = {
  id: 'graph-cut',
  title: 'The loss is cut off from the network',
  severity: 'warning',
  why: 'detach, item, numpy, argmax and torch.tensor give values without their history: backward() reaches no parameter, or raises an error.',
  instead: 'Compute the loss from the tensors themselves; take plain numbers only to show them.',
  needs:
    'A loss whose backward() is called, that comes of a network with parameters only by way of such a value.',
  wrong: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    outputs = model(inputs).detach()  # <--
    loss = criterion(outputs, labels)
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    predicted = model(inputs).argmax(dim=1).float()  # <--
    loss = F.mse_loss(predicted, labels.float())
    loss.backward()
    optimizer.step()
`,
    `
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels).item()  # <--
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    outputs = model(inputs)
    weights = outputs.detach().softmax(1)
    loss = (F.cross_entropy(outputs, labels, reduction='none') * weights.max(1).values).mean()
    loss.backward()
    optimizer.step()
    print(loss.item())
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { on } of backwardsOf(program)) {
      if (on === undefined) continue;
      const reaches = [...graphOf(on)].some(
        ({ made, requiresGrad }) =>
          made.kind !== 'operation' &&
          made.kind !== 'fresh' &&
          !(made.kind === 'batch' && requiresGrad !== true),
      );
      if (reaches) continue;
      const cutter = ENDS.has(makerOf(on)) ? on : cutterOf(on);
      const at = cutter?.span;
      if (cutter === undefined || at === undefined || seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `${makerOf(cutter)} cuts the loss off from the network here: no gradient reaches its parameters.`,
        evidence: [places(['the loss', on.span])],
      };
    }
  },
};

/** The value on the way from the loss to a network at which gradients stop. */
function cutterOf(loss: Value): Value | undefined {
  let found: Value | undefined;
  eachAncestor(loss, (value) => {
    if (found !== undefined) return false;
    if (CUTTERS.has(makerOf(value)) && value.gradients && comesOfNetwork(value)) {
      found = value;
      return false;
    }
    return value.gradients;
  });
  return found;
}

function comesOfNetwork(value: Value): boolean {
  let found = false;
  eachAncestor(value, ({ made, gradients }) => {
    found ||=
      gradients &&
      (made.kind === 'layer' || made.kind === 'module'
        ? hasLearned(made.module)
        : made.kind === 'argument' && made.role === 'network');
    return !found && gradients;
  });
  return found;
}
