import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { lossesNamed } from '../../ask/losses.js';
import { places } from '../../ask/places.js';
import { constantOf } from './adversarial.js';

export const generatorDetached: Check = {
  id: 'generator-detached',
  title: 'A generator whose judgement is cut off from it',
  severity: 'warning',
  why: 'detach() keeps gradients from the generator: being told that what it made should pass for real changes nothing in it.',
  instead:
    'Judge what was generated as it is in the generator’s loss; detach it in the discriminator’s alone.',
  needs:
    'One network that judges the same generated data cut off by detach() twice, with targets of 0 in one loss and of 1 in another.',
  wrong: [
    `
import torch
import torch.nn.functional as F

def step(G, D, noise, real, g_step, d_step):
    fake = G(noise)
    d_loss = F.mse_loss(D(fake.detach()), torch.zeros(8, 1)) + F.mse_loss(D(real), torch.ones(8, 1))
    d_step.zero_grad()
    d_loss.backward()
    d_step.step()
    judged = D(fake.detach())  # <--
    g_loss = F.mse_loss(judged, torch.ones(8, 1)) + 100 * F.l1_loss(fake, real)
    g_step.zero_grad()
    g_loss.backward()
    g_step.step()
`,
  ],
  right: [
    `
import torch
import torch.nn.functional as F

def step(G, D, noise, real, g_step, d_step):
    fake = G(noise)
    d_loss = F.mse_loss(D(fake.detach()), torch.zeros(8, 1)) + F.mse_loss(D(real.detach()), torch.ones(8, 1))
    d_step.zero_grad()
    d_loss.backward()
    d_step.step()
    g_loss = F.mse_loss(D(fake), torch.ones(8, 1)) + 100 * F.l1_loss(fake, real)
    g_step.zero_grad()
    g_loss.backward()
    g_step.step()
`,
  ],
  *run(program) {
    if (!program.source.includes('detach')) return;
    const judged = lossesNamed(
      program,
      'mse_loss',
      'binary_cross_entropy',
      'binary_cross_entropy_with_logits',
    ).flatMap((loss) => {
      const cut = loss.input && judgedIn(loss.input);
      return cut === undefined ? [] : [{ ...cut, wanted: constantOf(loss.target), at: loss.moment.span }];
    });
    for (const one of judged) {
      if (one.wanted !== 1 || one.call.span === undefined) continue;
      const other = judged.find(
        ({ wanted, by, of, call }) => wanted === 0 && by === one.by && of === one.of && call !== one.call,
      );
      if (other === undefined) continue;
      yield {
        at: one.call.span,
        message:
          'What was generated is to pass for real here, and detach() keeps the generator from learning how.',
        evidence: [places(['the discriminator’s loss', other.at], ['the generator’s loss', one.at])],
      };
      return;
    }
  },
};

/** Which network judged what, where a value is what a call of one gives for something cut off by detach(). */
function judgedIn(
  value: Value,
): { readonly call: Value; readonly by: Datum; readonly of: Value } | undefined {
  let current: Value | undefined = value;
  while (/^(view|squeeze|mean|sigmoid|reshape|flatten)$/.test(makerOf(current))) {
    [current] = current.inputs;
    if (current === undefined) return undefined;
  }
  const { made } = current;
  if (made.kind !== 'operation' || made.name !== 'call') return undefined;
  const [by, given] = made.args.positional;
  if (by === undefined || !isValue(given) || makerOf(given) !== 'detach') return undefined;
  const [of] = given.inputs;
  return of === undefined ? undefined : { call: current, by, of };
}
