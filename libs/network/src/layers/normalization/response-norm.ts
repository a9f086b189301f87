import { eachElement } from '../../costs.js';
import { defineLayer } from '../../layer.js';
import { sameAs } from '../../shapes.js';
import type { TensorType } from '../../tensor.js';
import { pythonRepr } from '../../values/argument.js';
import { raise, raiseAlike } from '../../values/errors.js';
import { float, int, tensor } from '../../values/kinds.js';
import { optional, required, type Bound } from '../../values/signature.js';

const signature = {
  size: required(int),
  alpha: optional(float, 1e-4),
  beta: optional(float, 0.75),
  k: optional(float, 1.0),
};

function extraRepr({ size }: { readonly size: number }, written: Bound): string {
  const shown = ['alpha', 'beta', 'k'].map((name) => `${name}=${pythonRepr(written[name] ?? null)}`);
  return [`${size}`, ...shown].join(', ');
}

/** @throws Raised where there are no places to normalise over */
export function checkResponseRank({ shape }: TensorType): void {
  if (shape.length < 3)
    raise(
      'ValueError',
      `Expected 3D or higher dimensionality                          input (got ${shape.length} dimensions)`,
    );
}

const LocalResponseNorm = defineLayer({
  type: 'LocalResponseNorm',
  signature,
  forward: { input: required(tensor) },
  infer({ size }, { input }) {
    checkResponseRank(input);
    if (size <= 0)
      raiseAlike('RuntimeError', `kernel size should be greater than zero, but got ${size}`, sameAs(input));
    return sameAs(input);
  },
  // A square, its share of a window's sum, a power and a division.
  costs: (_, __, [output]) => eachElement('normalisation', output, 4),
  extraRepr,
});

const CrossMapLRN2d = defineLayer({
  type: 'CrossMapLRN2d',
  signature: { ...signature, k: optional(float, 1n) },
  forward: { input: required(tensor) },
  infer: (_, { input }) => sameAs(input),
  costs: (_, __, [output]) => eachElement('normalisation', output, 4),
  extraRepr,
});

export const RESPONSE_NORMS = { LocalResponseNorm, CrossMapLRN2d };
