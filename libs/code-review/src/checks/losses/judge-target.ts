import { isValue } from '@tensormark/frameworks';
import type { Datum, LossComputed, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { lossesNamed } from '../../ask/losses.js';
import { madeOnce } from '../../ask/makings.js';
import { outermostCalls } from '../../ask/module-calls.js';
import { networksAsked } from '../../ask/network-calls.js';
import { places } from '../../ask/places.js';
import { backwardsOf } from '../../ask/training.js';
import { constantOf } from './adversarial.js';

const STEP = (wanted: string): string => `
import torch
import torch.nn as nn
from nets import G, D, noise

bce = nn.BCEWithLogitsLoss()
d_step = torch.optim.Adam(D.parameters(), lr=2e-4)

def train(loader):
    for real, _ in loader:
        fake = G(noise(real)).detach()
        says_real, says_fake = D(real), D(fake)
        of_real = bce(says_real, torch.ones_like(says_real))
        of_fake = bce(says_fake, ${wanted})
        d_step.zero_grad()
        (of_real + of_fake).backward()
        d_step.step()
`;

export const judgeTarget: Check = {
  id: 'judge-target',
  title: 'A discriminator told that everything is real',
  severity: 'warning',
  why: 'With the same target for real and for generated data it learns to give one answer always, and tells the generator nothing.',
  instead: 'Give what was generated the other target: torch.zeros_like(prediction).',
  needs:
    'Two losses summed up with targets of the same constant, on what one network says of two things, one of them cut off by detach() or made by another network.',
  wrong: [
    STEP('torch.ones_like(says_fake)').replace(
      'torch.ones_like(says_fake))',
      'torch.ones_like(says_fake))  # <--',
    ),
  ],
  right: [STEP('torch.zeros_like(says_fake)')],
  *run(program) {
    if (backwardsOf(program).length === 0) return;
    const losses = lossesNamed(
      program,
      'binary_cross_entropy_with_logits',
      'binary_cross_entropy',
      'mse_loss',
    );
    for (const { result, given } of madeOnce(program, 'add')) {
      const [one, other] = given.map((part) => losses.find((loss) => loss.result === part));
      if (one === undefined || other === undefined) continue;
      const wanted = constantOf(one.target);
      if (wanted === undefined || wanted !== constantOf(other.target)) continue;
      const [first, second] = [judgedBy(program, one), judgedBy(program, other)];
      if (first === undefined || second === undefined || first.by !== second.by) continue;
      const cut = [
        { loss: one, of: first.of },
        { loss: other, of: second.of },
      ].filter(({ of }) => isCut(of) || isMade(program, of));
      const [fake] = cut;
      const isLearned = backwardsOf(program).some(
        ({ on }) => on !== undefined && comesOf(on, (value) => value === result),
      );
      // A function that both come out of is told apart by where it is called.
      const isShared = one.moment.span?.start === other.moment.span?.start;
      const at = isShared ? fake?.loss.moment.activation?.calledAt : fake?.loss.moment.span;
      if (cut.length !== 1 || at === undefined || !isLearned) continue;
      yield {
        at,
        message: `What was generated is to be called ${wanted}, as what is real is.`,
        evidence: [places(['the two together', result.span])],
      };
      return;
    }
  },
};

/** The network that gave what a loss is computed of, and what it was given. */
function judgedBy(
  program: Program,
  { input }: LossComputed,
): { readonly by: Datum; readonly of: Value } | undefined {
  const known = outermostCalls(program).find(({ result }) => result === input);
  const [judged] = known?.args.positional ?? [];
  if (known !== undefined && isValue(judged)) return { by: known.module, of: judged };
  let current: Value | undefined = input;
  while (current !== undefined && /^(view|squeeze|reshape|flatten|sigmoid)$/.test(makerOf(current)))
    [current] = current.inputs;
  if (current?.made.kind !== 'operation' || current.made.name !== 'call') return undefined;
  const [callee, ...given] = current.made.args.positional;
  // A function that is handed the network and the data.
  const [first, second] = given;
  if (callee === undefined) return undefined;
  if (isValue(second) && given.length === 2) return { by: first ?? callee, of: second };
  return isValue(first) && given.length === 1 ? { by: callee, of: first } : undefined;
}

function isCut(value: Value): boolean {
  return makerOf(value) === 'detach';
}

/** Whether it is what another network has made, or comes of that. */
function isMade(program: Program, value: Value): boolean {
  const made = new Set(networksAsked(program).map(({ result }) => result));
  return comesOf(value, (one) => made.has(one));
}
