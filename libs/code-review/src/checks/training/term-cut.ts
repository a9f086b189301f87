import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf, eachAncestor, makerOf } from '../../ask/ancestry.js';
import { mayReachParameters } from '../../ask/gradients.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { backwardsOf } from '../../ask/training.js';
import { hasLearned } from '../parameters/learned.js';

const STEP = (penalty: string): string => `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    ${penalty}
    loss.backward()
    optimizer.step()
`;

/** What gives a value without its history. */
const CUTTERS = /^(detach|item|numpy|tolist|data|tensor|as_tensor|__float__)$/;

export const termCut: Check = {
  id: 'term-cut',
  title: 'A term of the loss that teaches nothing',
  severity: 'warning',
  why: 'item(), detach() and data give a number without its history: added to a loss, it changes what is shown and no gradient.',
  instead: 'Add the term as the tensor that it is; take its number only to show it.',
  needs:
    'A sum whose backward() is called, one term of which comes of the network only by way of such a value.',
  wrong: [
    STEP('loss = loss + 1e-4 * sum(p.abs().sum().item() for p in model.parameters())  # <--'),
    STEP('loss = loss + 1e-4 * sum(p.data.pow(2).sum() for p in model.parameters())  # <--'),
  ],
  right: [
    STEP('loss = loss + 1e-4 * sum(p.abs().sum() for p in model.parameters())'),
    STEP('loss = loss / loss.detach() + (loss * loss.detach())'),
    STEP('print(loss.item() + 1.0)'),
  ],
  *run(program) {
    if (!/\.(item|detach|data|numpy|tolist)\b|tensor\(/.test(program.source)) return;
    const seen = new Set<number>();
    for (const { on } of backwardsOf(program)) {
      if (on === undefined) continue;
      const terms = termsOf(on);
      if (terms.length < 2 || !terms.some((term) => mayReachParameters(term))) continue;
      for (const term of terms) {
        const cutter = cutterOf(term);
        const at = cutter?.span;
        if (cutter === undefined || at === undefined || seen.has(at.start)) continue;
        if (at.source.file !== program.file) continue;
        seen.add(at.start);
        yield {
          at,
          message: `${makerOf(cutter)} leaves a plain number of this term of the loss: no gradient comes of it.`,
          evidence: [places(['the loss', on.span])],
        };
      }
    }
  },
};

/** What is added up to a loss, with factors that are numbers left out. */
function termsOf(loss: Value): Value[] {
  const found: Value[] = [];
  const pending: { value: Value; depth: number }[] = [{ value: loss, depth: 0 }];
  while (pending.length > 0 && found.length < 200) {
    const next = pending.pop();
    if (next === undefined) break;
    const { value, depth } = next;
    const name = makerOf(value);
    const isScalar = value.shape === undefined || value.shape.length === 0;
    const isSum = /^(add|sub)$/.test(name) && value.inputs.length >= 1;
    const isScaled = /^(mul|div|truediv|neg)$/.test(name) && value.inputs.length === 1;
    if (depth < 60 && isScalar && (isSum || isScaled))
      pending.push(...value.inputs.map((input) => ({ value: input, depth: depth + 1 })));
    else found.push(value);
  }
  return found;
}

/** Where a term that has no gradients was cut off from what learns; undefined where it has some or nothing learns above. */
function cutterOf(term: Value): Value | undefined {
  if (!term.gradients || (!CUTTERS.test(makerOf(term)) && mayReachParameters(term))) return undefined;
  let found: Value | undefined;
  let isOther = false;
  eachAncestor(term, (value) => {
    if (CUTTERS.test(makerOf(value)) && value.inputs.length > 0) {
      if (value.inputs.some((input) => isLearnedHere(input))) found ??= value;
      return false;
    }
    // Penalties on gradients have a history of their own, which is not followed here.
    isOther ||= value.made.kind === 'unknown' || value.made.kind === 'argument' || makerOf(value) === 'grad';
    return value.gradients;
  });
  return isOther ? undefined : found;
}

/** Whether a value comes, with gradients kept, of parameters or of a layer that learns. */
function isLearnedHere(input: Value): boolean {
  return (
    isValue(input) &&
    input.gradients &&
    comesOf(
      input,
      ({ made, gradients, requiresGrad }) =>
        gradients &&
        (made.kind === 'parameter'
          ? requiresGrad !== false
          : (made.kind === 'layer' || made.kind === 'module') && hasLearned(made.module)),
    )
  );
}
