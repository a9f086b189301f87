import { eachNode } from '@tensormark/frameworks';
import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { holds, nodesOf, statementsIn, targetsOf, usesOf } from '../../ask/tree.js';

/** What draws the noise of a sample, by the last name of what is called. */
const DRAWS = /(^|\.)(randn|randn_like|random_normal|normal|normal_|standard_normal|truncated_normal)$/;

/** What a sample is scaled by: a deviation, or the exponential of its logarithm. */
const SCALED = /\bexp\s*\(|std|sigma|stddev|scale|var\b/i;

export const noiseUnread: Check = {
  id: 'noise-unread',
  title: 'Noise that is drawn and never used',
  severity: 'error',
  why: 'A sample is the mean plus the deviation times noise that is drawn anew: without the noise nothing is drawn, and the same input always gives the same code.',
  instead: 'Multiply by what was drawn: return mean + exp(0.5 * log_var) * noise.',
  needs:
    'A function that draws normal noise, reads it nowhere and gives back something scaled by a deviation.',
  wrong: [
    `
import torch
import torch.nn.functional as F

def loss_of(model, x, t, kept):
    noise = torch.randn_like(x)
    mixed = kept.sqrt() * x + (1 - kept).sqrt() * noise
    return F.mse_loss(model(mixed, t), torch.randn_like(x))  # <--
`,
    `
import torch
import torch.nn as nn
class Coder(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean, self.log_var, self.back = nn.Linear(20, 4), nn.Linear(20, 4), nn.Linear(4, 20)

    def draw(self, mean, log_var):
        std = torch.exp(0.5 * log_var)
        eps = torch.randn_like(std)  # <--
        return mean + std

    def forward(self, x):
        return self.back(self.draw(self.mean(x), self.log_var(x)))
`,
    `
from keras import backend as K
from keras.layers import Dense, Input, Lambda
noise_std = 1.0
given = Input((20,))
mean, log_var = Dense(4)(given), Dense(4)(given)
def drawn(parts):
    mean, log_var = parts
    noise = K.random_normal(shape=(32, 4), mean=0., stddev=noise_std)  # <--
    return mean + K.exp(log_var / 2) * noise_std
code = Lambda(drawn)([mean, log_var])
`,
  ],
  right: [
    `
import torch
def draw(mean, log_var, training):
    noise = torch.randn_like(mean)
    return mean + torch.exp(0.5 * log_var) * noise if training else mean
def corrupted(x, scale):
    noise = torch.randn_like(x)
    x += noise * scale
    return x
def looked_at(net, scale):
    fixed = torch.randn(16, 4)
    print(net(torch.randn(16, 4)))
`,
  ],
  *run(program) {
    yield* otherNoise(program);
    for (const one of nodesOf(program, 'FunctionDef')) {
      const body = statementsIn(one.body);
      if (
        body.length > 16 ||
        !body.some((statement) => statement.kind === 'Return' && SCALED.test(returned(statement)))
      )
        continue;
      for (const statement of body) {
        const [name, ...more] = statement.kind === 'Assign' ? targetsOf(statement) : [];
        if (statement.kind !== 'Assign' || name === undefined || more.length > 0 || !/^[a-z]\w*$/i.test(name))
          continue;
        if (!isDrawn(statement.value) || usesOf(one.body, name).length > 1) continue;
        yield {
          at: statement.span,
          message: `${name} is drawn here and read nowhere: what is given back is no sample.`,
          evidence: [],
        };
      }
    }
  },
};

function returned(statement: tree.Statement): string {
  return statement.kind === 'Return' ? (statement.value?.span.text ?? '') : '';
}

/** Whether what is assigned is a drawing, moved or wrapped as it may be. */
function isDrawn(value: tree.Expression): boolean {
  let isSo = false;
  eachNode(value, (node) => {
    isSo ||= node.kind === 'Call' && DRAWS.test(node.callee.span.text);
  });
  return isSo && value.kind === 'Call';
}

/** A loss against noise that is drawn there, beside noise that was drawn under a name and mixed in. */
function* otherNoise(program: Program): Generator<Found> {
  for (const owner of nodesOf(program, 'FunctionDef')) {
    const body = statementsIn(owner.body);
    const drawn = body.find(
      (one) =>
        one.kind === 'Assign' &&
        targetsOf(one).length === 1 &&
        isDrawn(one.value) &&
        /noise|eps/i.test(targetsOf(one)[0] ?? ''),
    );
    const [name] = drawn === undefined ? [] : targetsOf(drawn);
    if (name === undefined || usesOf(owner.body, name).length < 2) continue;
    const loss = nodesOf(program, 'Call').find(
      ({ callee, args, span }) =>
        holds(owner.span, span) &&
        /(^|\.)(mse_loss|l1_loss|smooth_l1_loss|huber_loss)$/.test(callee.span.text) &&
        args.slice(0, 2).some((one) => one.kind === 'Call' && DRAWS.test(one.callee.span.text)) &&
        !args.some((one) => one.span.text === name),
    );
    if (loss === undefined) continue;
    yield {
      at: loss.span,
      message: `The noise that was mixed in is ${name}; this compares with other noise, which nothing could know.`,
      evidence: [],
    };
  }
}
