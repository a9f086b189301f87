import { argument, isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { behind } from '../../ask/ancestry.js';
import { isOfLoader } from '../../ask/batches.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { bodyAround, statementsOf, targetsOf } from '../../ask/tree.js';

export const normalizeDim: Check = {
  id: 'normalize-dim',
  title: 'Vectors made of length 1 across the batch',
  severity: 'warning',
  why: 'F.normalize with dim=0 divides each feature by its length over all examples: what one example becomes depends on the others, and no vector has length 1.',
  instead: 'Normalise each example by itself: F.normalize(x, dim=1), the default.',
  needs: 'F.normalize over dimension 0 of what a linear layer gives for a batch.',
  onSupposed: true,
  wrong: [
    `
import torch
import torch.nn.functional as F

def alike(z, t=0.1):
    z = F.normalize(z, dim=0)  # <--
    return z @ z.T / t
`,
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
head = nn.Linear(512, 128)
vectors = F.normalize(head(torch.randn(32, 512)), p=2, dim=0)  # <--
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
import torch.nn.functional as F
head = nn.Linear(512, 128)
vectors = F.normalize(head(torch.randn(32, 512)), p=2, dim=1)
single = F.normalize(head(torch.randn(512)), dim=0)
weights = F.normalize(head.weight, dim=0)
`,
  ],
  *run(program) {
    yield* normalisedForCosines(program);
    const seen = new Set<number>();
    for (const { owner, args, moment } of callsNamed(program, 'normalize')) {
      const at = moment.span;
      const [given] = args.positional;
      if (owner !== '' || !isValue(given) || at === undefined || seen.has(at.start)) continue;
      const dim = argument(args, 'dim', 2);
      if (!(dim === 0n || (dim === -2n && given.shape?.length === 2))) continue;
      const source = behind(given);
      if (source.made.kind !== 'layer' || !/^(Lazy)?Linear$/.test(source.made.name)) continue;
      if (!isOfBatch(program, given)) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The vectors are divided by their length over dimension 0, the batch.',
        evidence: [
          ...(given.shape === undefined
            ? []
            : [{ kind: 'shapes', shapes: [{ what: 'it is given', shape: given.shape }] } as const]),
          places(['they come from here', source.span]),
        ],
      };
    }
  },
};

/** Whether dimension 0 is the batch: by the shape, or because the program goes over batches. */
function isOfBatch(program: Program, value: Value): boolean {
  if (value.shape !== undefined) return value.shape.length === 2;
  return isOfLoader(value) || /\bDataLoader\(|\bloader\b/.test(program.source);
}

/** `z = F.normalize(z, dim=0)` before `z @ z.T`: the products are to be cosines of rows. */
function* normalisedForCosines(program: Program): Generator<Found> {
  if (!/normalize\([^()]*dim\s*=\s*0/.test(program.source)) return;
  for (const one of statementsOf(program)) {
    const [name = ''] = targetsOf(one);
    if (one.kind !== 'Assign' || !/^\w+$/.test(name)) continue;
    if (
      !/^(F|nn\.functional|torch\.nn\.functional)\.normalize\([^=]*,\s*dim\s*=\s*0\s*\)$/.test(
        one.value.span.text,
      )
    )
      continue;
    const product = bodyAround(program, one.span).find(
      ({ span }) =>
        span.start > one.span.end &&
        new RegExp(
          String.raw`\b${name}\s*@\s*${name}\.(T|t\(\)|mT)|(mm|matmul)\(${name},\s*${name}\.(T|t\(\))`,
        ).test(span.text),
    );
    if (product === undefined) continue;
    yield {
      at: one.span,
      message: `Each column of ${name} is made of length 1, and its rows are multiplied with one another after.`,
      evidence: [places(['the products', product.span])],
    };
  }
}
