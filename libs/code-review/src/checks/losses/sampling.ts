import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { comesOf, makerOf } from '../../ask/ancestry.js';
import { isNumber, madeOf, operandsOf } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

export const samplingStd: Check = {
  id: 'sampling-std',
  title: 'Noise scaled by the variance instead of its root',
  severity: 'warning',
  why: 'The divergence takes the output for log σ²; samples are μ + σ·ε, and exp(log σ²) is σ².',
  instead: 'Write torch.exp(0.5 * logvar) for σ.',
  needs: 'Noise times exp() of what a divergence or its name says is the logarithm of a variance.',
  wrong: [
    `
import torch
import torch.nn as nn
mean, spread = nn.Linear(8, 2), nn.Linear(8, 2)
x = torch.randn(4, 8)
mu, logvar = mean(x), spread(x)
z = mu + torch.randn_like(mu) * torch.exp(logvar)  # <--
kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
`,
    `
from keras import backend as K
from keras.layers import Dense, Input, Lambda
h = Input(shape=(256,))
z_mean, z_log_var = Dense(2)(h), Dense(2)(h)
def sampling(args):
    z_mean, z_log_var = args
    epsilon = K.random_normal(shape=(K.shape(z_mean)[0], 2))
    return z_mean + K.exp(z_log_var) * epsilon  # <--
z = Lambda(sampling)([z_mean, z_log_var])
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
mean, spread = nn.Linear(8, 2), nn.Linear(8, 2)
x = torch.randn(4, 8)
mu, logvar, log_std = mean(x), spread(x), spread(x)
z = mu + torch.randn_like(mu) * torch.exp(0.5 * logvar)
kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
action = mu + torch.randn_like(mu) * log_std.exp()
`,
  ],
  *run(program) {
    if (!/randn|normal/.test(program.source) || !program.source.includes('exp')) return;
    const variances = variancesIn(program);
    const seen = new Set<number>();
    for (const { given } of madeOf(program, 'mul')) {
      const [one, other] = given;
      if (!isValue(one) || !isValue(other)) continue;
      const scale = isNoise(one) ? other : isNoise(other) ? one : undefined;
      const logarithm = scale && raisedIn(scale);
      if (scale === undefined || logarithm === undefined) continue;
      const at = scale.span;
      if (at === undefined || seen.has(at.start)) continue;
      const isNamed = /exp\(\s*(\w+\.)?\w*log_?var\w*\s*\)|log_?var\w*\.exp\(/i.test(at.text);
      if (!variances.has(logarithm) && !isNamed) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The noise is scaled by exp(log σ²), the variance, and not by σ.',
        evidence: [places(['the divergence takes it for log σ²', variances.get(logarithm)])],
      };
    }
  },
};

/** What exp is taken of, whichever library's. */
function raisedIn(value: Value): Value | undefined {
  if (makerOf(value) === 'exp' && foreignCall(value) === undefined) return value.inputs[0];
  const foreign = foreignCall(value);
  const [of] = foreign?.args.positional ?? [];
  return /(^|\.)exp$/.test(foreign?.name ?? '') && isValue(of) ? of : undefined;
}

/** What divergences from the standard normal take for log σ²: `v` of `1 + v - … - exp(v)`. */
function variancesIn(program: Program): ReadonlyMap<Value, Value['span']> {
  const found = new Map<Value, Value['span']>();
  for (const { result, given } of madeOf(program, 'sub')) {
    const [before, taken] = given;
    if (!isValue(before) || !isValue(taken) || makerOf(taken) !== 'exp') continue;
    const [logarithm] = taken.inputs;
    if (logarithm === undefined) continue;
    const isAdded = comesOf(before, (value) => {
      const [one, other] = operandsOf(value);
      return (
        makerOf(value) === 'add' &&
        ((isNumber(one) && other === logarithm) || (isNumber(other) && one === logarithm))
      );
    });
    if (isAdded) found.set(logarithm, result.span);
  }
  return found;
}

function isNoise(value: Value): boolean {
  const { made } = value;
  const by = made.kind === 'fresh' ? made.by : made.kind === 'operation' ? made.name : undefined;
  if (/^(randn|randn_like|normal|normal_|random_normal)$/.test(by ?? '')) return true;
  // Keras's and TensorFlow's: K.random_normal, tf.random.normal.
  if (/(^|\.)(random_normal|random\.normal)$/.test(foreignCall(value)?.name ?? '')) return true;
  const [first] = value.inputs;
  return (
    /^(to|cuda|requires_grad|Variable|detach|float)$/.test(makerOf(value)) &&
    first !== undefined &&
    isNoise(first)
  );
}

const CODE = `
import torch
import torch.nn as nn
import torch.nn.functional as F

class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(20, 16)
        self.mean, self.spread = nn.Linear(16, 4), nn.Linear(16, 4)
        self.decoder = nn.Linear(4, 20)

    def reparameterize(self, mu, logvar):
        std = torch.exp(0.5 * logvar)
        eps = torch.randn_like(std)
        return mu + eps * std

    def forward(self, x):
        h = F.relu(self.body(x))
        mu, logvar = self.mean(h), self.spread(h)
        return self.decoder(self.reparameterize(mu, logvar)), mu, logvar

model = VAE()
x = torch.randn(32, 20)
rebuilt, mu, logvar = model(x)
kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
loss = F.mse_loss(rebuilt, x, reduction='sum') + kl
`;

export const samplingForm: Check = {
  id: 'sampling-form',
  title: 'A sample that is not the mean plus noise times the deviation',
  severity: 'warning',
  why: 'The divergence holds for samples μ + σ·ε with ε from the standard normal: anything else is another distribution than the loss speaks of.',
  instead: 'Write mu + torch.randn_like(std) * std.',
  needs:
    'A deviation, exp(½ log σ²), or what a divergence takes for log σ², added to a mean or multiplied with noise.',
  wrong: [
    CODE.replace('mu + eps * std', 'mu * eps + std  # <--'),
    CODE.replace('mu + eps * std', 'mu + std  # <--'),
    CODE.replace('randn_like(std)', 'rand_like(std)').replace('mu + eps * std', 'mu + eps * std  # <--'),
    CODE.replace('torch.exp(0.5 * logvar)', 'logvar').replace('mu + eps * std', 'mu + eps * std  # <--'),
  ],
  right: [CODE, CODE.replace('mu + eps * std', 'eps.mul(std).add_(mu)')],
  *run(program) {
    if (!/randn?_like|randn?\(|normal/.test(program.source) || !program.source.includes('exp')) return;
    const variances = variancesIn(program);
    if (variances.size === 0) return;
    const isLogarithm = (value: Value): boolean => variances.has(value);
    const isDeviation = (value: Value): boolean => isHalved(raisedIn(value), isLogarithm);
    const seen = new Set<number>();
    for (const { result, given } of madeOf(program, 'mul', 'add')) {
      const at = result.span;
      const [one, other] = given;
      if (!isValue(one) || !isValue(other) || at === undefined || seen.has(at.start)) continue;
      const spread = [one, other].find((value) => isDeviation(value) || isLogarithm(value));
      const beside = spread === one ? other : one;
      if (spread === undefined) continue;
      const says =
        makerOf(result) === 'mul'
          ? saysOfProduct(beside, isLogarithm(spread))
          : isDeviation(spread)
            ? saysOfSum(beside)
            : undefined;
      if (says === undefined) continue;
      seen.add(at.start);
      yield { at, message: says, evidence: [places(['the deviation', spread.span])] };
    }
  },
};

function saysOfProduct(beside: Value, isLogarithm: boolean): string | undefined {
  if (isUniform(beside)) return 'The noise is uniform between 0 and 1, and never negative: it is not normal.';
  return isLogarithm && isNoise(beside)
    ? 'The noise is scaled by log σ² itself, which may be negative, and not by σ.'
    : undefined;
}

/** Of a deviation that is added as it is. */
function saysOfSum(beside: Value): string | undefined {
  if (makerOf(beside) === 'mul' && operandsOf(beside).some((datum) => isValue(datum) && isNoise(datum)))
    return 'The noise scales the mean, and the deviation is added as it is.';
  return beside.made.kind === 'layer'
    ? 'The deviation is added to the mean without any noise: every sample is the same.'
    : undefined;
}

/** Half of a logarithm that satisfies a test. */
function isHalved(value: Value | undefined, test: (value: Value) => boolean): boolean {
  if (value === undefined) return false;
  const [one, other] = operandsOf(value);
  const [factor, of] = isValue(one) ? [other, one] : [one, other];
  const isHalf =
    makerOf(value) === 'mul'
      ? factor === 0.5
      : /^(div|truediv)$/.test(makerOf(value)) && Number(factor) === 2;
  return isHalf && isValue(of) && test(of);
}

function isUniform({ made }: Value): boolean {
  const by = made.kind === 'fresh' ? made.by : made.kind === 'operation' ? made.name : undefined;
  return by === 'rand' || by === 'rand_like';
}
