import { eachNode, isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { activationOf, comesOf, makerOf } from '../../ask/ancestry.js';
import { eventsOf } from '../../ask/events.js';
import { eachMaking, operandsOf } from '../../ask/makings.js';
import { places, spanOfMaking } from '../../ask/places.js';
import { backwardsOf } from '../../ask/training.js';

const CODE = (sample: string, mean = 'self.mean(h)'): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.distributions import Normal

class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.mean, self.spread = nn.Linear(20, 16), nn.Linear(16, 4), nn.Linear(16, 4)
        self.decoder = nn.Linear(4, 20)

    def forward(self, x):
        h = F.relu(self.body(x))
        mu, logvar = ${mean}, self.spread(h)
        std = torch.exp(0.5 * logvar)
        ${sample}
        return self.decoder(z), mu, logvar

model = VAE()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
for step in range(100):
    x = torch.randn(32, 20)
    rebuilt, mu, logvar = model(x)
    kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    loss = F.mse_loss(rebuilt, x, reduction='sum') + kl
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`;
const SAMPLE = 'z = mu + std * torch.randn_like(std)';

export const sampleCut: Check = {
  id: 'sample-cut',
  title: 'A sample that cuts the encoder off from the reconstruction',
  severity: 'warning',
  why: 'Gradients of the reconstruction are to go through the sample to its mean and deviation: cut off there, the encoder learns from the divergence alone, and codes say nothing of the input.',
  instead: 'Use rsample(), or mu + std * torch.randn_like(std) as it is.',
  needs:
    'A sample of what a network gives as mean and deviation, without its history, that another part of it is given and a loss is computed of.',
  wrong: [
    CODE('z = (mu + std * torch.randn_like(std)).detach()  # <--'),
    CODE('z = Normal(mu, std).sample()  # <--'),
  ],
  right: [CODE(SAMPLE), CODE('z = Normal(mu, std).rsample()')],
  *run(program) {
    const { source } = program;
    if (!/\.sample\(\)|detach\(\)|\.data\b|no_grad/.test(source) || !/backward\(/.test(source)) return;
    if (/log_prob|reinforce|advantage|reward/i.test(source)) return;
    const seen = new Set<number>();
    for (const decoded of eventsOf(program, 'module-call')) {
      const [cut] = decoded.args.positional;
      if (!isValue(cut) || cut.span === undefined || seen.has(cut.span.start)) continue;
      const drawn = !cut.gradients && isSample(cut) ? drawnBy(program, cut, decoded.moment.span) : undefined;
      const isDrawn = drawn !== undefined;
      const isDetached = makerOf(cut) === 'detach' && cut.inputs[0] !== undefined && isSample(cut.inputs[0]);
      if ((!isDrawn && !isDetached) || !comesOf(cut, ({ made }) => made.kind === 'layer')) continue;
      const { result } = decoded;
      const isLearned = backwardsOf(program).some(
        ({ on }) => on !== undefined && isValue(result) && comesOf(on, (one) => one === result),
      );
      if (!isLearned) continue;
      seen.add(cut.span.start);
      yield {
        at: drawn ?? cut.span,
        message: isDrawn
          ? 'sample() draws without gradients: nothing of the loss of what is decoded reaches the encoder.'
          : 'The sample is detached: nothing of the loss of what is decoded reaches the encoder.',
        evidence: [places(['it is decoded here', decoded.moment.span])],
      };
    }
  },
};

/** The call of sample() by which a distribution of PyTorch's draws something: the last before it is used. */
function drawnBy({ file, body }: Program, { span }: Value, used: Span | undefined): Span | undefined {
  if (span === undefined || used === undefined || span.source.file === file) return undefined;
  let found: Span | undefined;
  eachNode(body, (node) => {
    const isBefore = node.span.end <= used.end && (found === undefined || node.span.start > found.start);
    if (node.kind === 'Call' && /\.sample\(\s*\)$/.test(node.span.text) && isBefore) found = node.span;
  });
  return found;
}

/** A mean with noise times a deviation added to it. */
function isSample(value: Value): boolean {
  return (
    makerOf(value) === 'add' &&
    value.inputs.some(
      (term) =>
        makerOf(term) === 'mul' && operandsOf(term).some((factor) => isValue(factor) && isNoise(factor)),
    )
  );
}

function isNoise(value: Value): boolean {
  const { made, inputs } = value;
  if (/^(randn|randn_like)$/.test((made.kind === 'fresh' ? made.by : makerOf(value)) ?? '')) return true;
  return /^(to|cuda)$/.test(makerOf(value)) && inputs[0] !== undefined && isNoise(inputs[0]);
}

export const meanRectified: Check = {
  id: 'mean-rectified',
  title: 'Mean or log-variance of a code behind an activation',
  severity: 'warning',
  why: 'The codes are to be normal around 0: behind ReLU no mean is below 0 and no deviation below 1, whatever the input.',
  instead: 'Give what the linear layers give as it is.',
  needs:
    'A mean, or the logarithm that a deviation is the exponential of, straight behind ReLU, in a sample with noise.',
  wrong: [
    CODE(SAMPLE, 'F.relu(self.mean(h))').replace(
      'logvar = F.relu(self.mean(h)), self.spread(h)',
      'logvar = F.relu(self.mean(h)), self.spread(h)  # <--',
    ),
  ],
  right: [CODE(SAMPLE), CODE(SAMPLE, 'torch.tanh(self.mean(h))')],
  *run(program) {
    if (!/randn/.test(program.source) || !/exp/.test(program.source)) return;
    const seen = new Set<number>();
    for (const sample of eachMaking(program)) {
      if (!isSample(sample)) continue;
      const product = sample.inputs.find(
        (term) =>
          makerOf(term) === 'mul' && operandsOf(term).some((factor) => isValue(factor) && isNoise(factor)),
      );
      const mean = sample.inputs.find((term) => term !== product);
      const spread = product?.inputs.find((factor) => !isNoise(factor));
      const logarithm = spread && makerOf(spread) === 'exp' ? withoutHalf(spread.inputs[0]) : undefined;
      if (logarithm === undefined) continue;
      for (const given of [mean, logarithm]) {
        const at = given && spanOfMaking(given);
        const isLast = given?.inputs[0]?.made.kind === 'layer';
        if (
          given === undefined ||
          at === undefined ||
          seen.has(at.start) ||
          activationOf(given) !== 'relu' ||
          !isLast
        )
          continue;
        seen.add(at.start);
        yield {
          at,
          message: `The ${given === mean ? 'mean' : 'logarithm of the variance'} of the code is what ReLU gives, and never below 0.`,
          evidence: [places(['the sample', sample.span])],
        };
      }
    }
  },
};

function withoutHalf(value: Value | undefined): Value | undefined {
  return value !== undefined && /^(mul|div)$/.test(makerOf(value)) ? operandsOf(value).find(isValue) : value;
}
