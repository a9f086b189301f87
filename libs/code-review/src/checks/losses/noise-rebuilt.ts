import { isValue } from '@tensormark/frameworks';
import type { Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { behindNamed, comesOf, makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

const LEARN = (given: string, wanted: string, noise = 'torch.randn_like(x)'): string => `
import torch
import torch.nn as nn
net = nn.Sequential(nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 784))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
criterion = nn.MSELoss()
for clean, _ in loader:
    x = clean.view(-1, 784)
    noisy = x + 0.3 * ${noise}
    loss = criterion(net(${given}), ${wanted})  # <--
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;

export const noiseRebuilt: Check = {
  id: 'noise-rebuilt',
  title: 'A network that is to take noise away learns to give it back',
  severity: 'warning',
  why: 'What it gives is compared with the picture that it was given, noise and all: it learns to copy, and takes nothing away.',
  instead: 'Keep the clean picture under a name of its own, and compare with that.',
  needs:
    'A loss of what a network makes of a tensor that noise was added to, or that was masked at random, against that same tensor.',
  wrong: [
    LEARN('noisy', 'noisy'),
    LEARN('noisy', 'noisy').replace(
      'x + 0.3 * torch.randn_like(x)',
      'x * (torch.rand_like(x) > 0.5).float()',
    ),
  ],
  right: [
    LEARN('noisy', 'x').replace('  # <--', ''),
    LEARN('noisy', 'noisy - x').replace('  # <--', ''),
    LEARN('noisy', 'noisy', 'torch.rand_like(x) / 256').replace('  # <--', ''),
  ],
  *run(program) {
    if (!/rand|normal|bernoulli|nois|corrupt/i.test(program.source)) return;
    const seen = new Set<number>();
    for (const { input, target, moment } of eventsOf(program, 'loss')) {
      const at = moment.span;
      if (input === undefined || !isValue(target) || at === undefined || seen.has(at.start)) continue;
      const noisy = asItWas(target);
      if (!isSpoiled(noisy) || asItWas(input) === noisy) continue;
      if (!comesOf(input, (value) => value === noisy) || !isOfNetwork(input)) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The target has the same noise in it as what the network is given.',
        evidence: [places(['the noise comes in here', noisy.span])],
      };
    }
  },
};

/** A value behind changes of its shape, type and place. */
function asItWas(value: Value): Value {
  return behindNamed(value, UNSPOILED, 20);
}

const UNSPOILED =
  /^(view|reshape|flatten|squeeze|unsqueeze|to|float|cuda|clone|detach|contiguous|Variable|clamp|clip)$/;

/** Whether noise was added to something, or parts of it were left out at random. */
function isSpoiled(value: Value): boolean {
  const name = makerOf(value);
  if (name === 'call')
    return /^[\w.]*(add_?noise|corrupt|make_?noisy|noisify)\w*\(/i.test(value.span?.text ?? '');
  const [one, other] = value.inputs;
  if (one === undefined || other === undefined) return false;
  const noise = name === 'add' ? NORMAL : name === 'mul' ? DRAWN : undefined;
  if (noise === undefined) return false;
  const isDrawn = (side: Value): boolean => comesOf(side, (above) => noise.test(drawnBy(above)));
  return isDrawn(one) !== isDrawn(other) && !isOfNetwork(one) && !isOfNetwork(other);
}

/** What made a value, where it has no history too. */
const drawnBy = (value: Value): string =>
  value.made.kind === 'fresh' ? (value.made.by ?? '') : makerOf(value);

/** Noise that spoils: evenly drawn numbers are added to fill the gaps between levels. */
const NORMAL = /^(randn|randn_like|normal|normal_)$/;
const DRAWN = /^(rand|rand_like|bernoulli|bernoulli_|randint|randint_like)$/;

function isOfNetwork(value: Value): boolean {
  return comesOf(
    value,
    ({ made }) =>
      made.kind === 'layer' ||
      made.kind === 'module' ||
      made.kind === 'parameter' ||
      (made.kind === 'operation' && made.name === 'call'),
  );
}
