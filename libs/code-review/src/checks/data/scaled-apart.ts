import { isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import { comesOf } from '../../ask/ancestry.js';
import { isScaled } from '../../ask/facts.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { places } from '../../ask/places.js';
import { areOfOneArray, splitPartOf } from '../../ask/split-parts.js';
import type { Found } from '../../check.js';

/**
 * A network that learns from one part of a split after a scaler, and is asked about the other part as it was measured.
 */
export function* scaledApart(program: Program): Generator<Found> {
  if (!/scaler/i.test(program.source)) return;
  const asked = outermostCalls(program).flatMap(({ module, args, moment }) => {
    const [given] = args.positional;
    return module.hasParameters && isValue(given) ? [{ module, given, moment }] : [];
  });
  const seen = new Set<number>();
  for (const { module, given, moment } of asked) {
    const at = moment.span;
    if (at === undefined || seen.has(at.start) || comesOf(given, isScaled)) continue;
    const part = partIn(given);
    if (part === undefined) continue;
    const learned = asked.find(
      (other) =>
        other.module === module &&
        other.moment.gradients &&
        comesOf(other.given, (value) => isScaled(value) && comesOf(value, (from) => isOther(from, part))),
    );
    if (learned === undefined) continue;
    seen.add(at.start);
    yield {
      at,
      message: 'The network learns from one part of the data after a scaler, and is given the other without.',
      why: 'It is asked about numbers of another range than it has learned from: what it says of them means nothing.',
      instead: 'Put the other part through the same scaler: X_test = scaler.transform(X_test).',
      evidence: [places(['what it is given', part.span], ['learned from here', learned.moment.span])],
    };
  }
}

/** Which part of a split a value comes of. */
function partIn(root: Value): Value | undefined {
  let part: Value | undefined;
  comesOf(root, (value) => {
    if (splitPartOf(value) === undefined) return false;
    part = value;
    return true;
  });
  return part;
}

/** `X_train` beside `X_test`: of the same split and the same array. */
function isOther(value: Value, part: Value): boolean {
  const [one, other] = [splitPartOf(value), splitPartOf(part)];
  return one !== undefined && other !== undefined && areOfOneArray(one, other);
}
