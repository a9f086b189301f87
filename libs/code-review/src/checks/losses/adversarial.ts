import { isValue } from '@tensormark/frameworks';
import type { Datum, LossComputed, Program, ProgramModule, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { activationOf, behind, comesOf, eachAncestor, linearMaker, makerOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { lossesNamed } from '../../ask/losses.js';
import { places, spanOfMaking } from '../../ask/places.js';
import { parametersOf } from '../../ask/receivers.js';
import { backwardsOf } from '../../ask/training.js';

const PAIR = `
import torch
import torch.nn as nn
G = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 2))
g_step = torch.optim.Adam(G.parameters(), lr=1e-3)
ones, zeros = torch.ones(32, 1), torch.zeros(32, 1)
def train(D, d_step, batches):
    bce = nn.BCEWithLogitsLoss()
    for real in batches:
        fake = G(torch.randn(32, 8))
        d_loss = bce(D(real), ones) + bce(D(fake.detach()), zeros)
        d_step.zero_grad()
        d_loss.backward()
        d_step.step()
`;

const LAST = `
        g_step.zero_grad()
        g_loss.backward()
        g_step.step()
D = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
train(D, torch.optim.Adam(D.parameters(), lr=1e-3), torch.randn(10, 32, 2))
`;

const BINARY = ['binary_cross_entropy', 'binary_cross_entropy_with_logits', 'mse_loss'];

export const generatorTarget: Check = {
  id: 'generator-target',
  title: 'A generator that learns to be caught',
  severity: 'warning',
  why: 'The discriminator learns to call what is generated false; given the same target, the generator helps it, and the two do not compete.',
  instead: 'Give the generator’s loss the target that real data have.',
  needs:
    'A loss on generated data cut off by detach() or followed by a step of the discriminator, and one on such data for a step of the generator, both with targets of the same constant.',
  wrong: [
    `
import torch
from nets import pair, drawn
judge, maker, judge_steps, maker_steps = pair()
bce = torch.nn.BCELoss()
real_told, made_told = torch.ones((32, 1)), torch.zeros((32, 1))
for real, labels in batches:
    judge_steps.zero_grad()
    loss = bce(judge(real, labels), real_told) + bce(judge(maker(drawn(32)).detach(), labels), made_told)
    loss.backward()
    judge_steps.step()
    maker_steps.zero_grad()
    maker_loss = bce(judge(maker(drawn(32)), labels), made_told)  # <--
    maker_loss.backward()
    maker_steps.step()
`,
    `${PAIR}        g_loss = bce(D(fake), zeros)  # <--${LAST}`,
    `${PAIR.replace('fake.detach()', 'G(torch.randn(32, 8))')}        g_loss = bce(D(fake), zeros)  # <--${LAST}`,
  ],
  right: [
    `${PAIR}        g_loss = bce(D(fake), ones)${LAST}`,
    `${PAIR}        g_loss = -bce(D(fake), zeros)${LAST}`,
  ],
  *run(program) {
    const losses = lossesNamed(program, ...BINARY);
    const helped = program.source.includes('detach') ? undefined : helpedLoss(program, losses);
    if (helped !== undefined) yield helped;
    if (!program.source.includes('detach')) return;
    yield* madeAgain(program, losses);
    for (const taught of losses) {
      const cut = taught.input && detachedUnder(taught.input);
      const constant = constantOf(taught.target);
      if (cut === undefined || constant === undefined) continue;
      const caught = losses.find(
        (loss) =>
          loss !== taught &&
          loss.input !== undefined &&
          constantOf(loss.target) === constant &&
          comesOf(loss.input, (value) => value === cut) &&
          detachedUnder(loss.input) === undefined &&
          isLearnedAsItIs(program, loss),
      );
      const at = caught?.moment.span;
      if (caught === undefined || at === undefined) continue;
      yield {
        at,
        message: `The generator is to make what it generates come out as ${constant}, as the discriminator is.`,
        evidence: [places(['the discriminator’s loss', taught.moment.span])],
      };
      return;
    }
  },
};

/** The same of networks that are not known, where the generator makes anew what the discriminator is to take for real. */
function* madeAgain(program: Program, losses: readonly LossComputed[]): Generator<Found> {
  const asked = losses.flatMap((loss) => {
    const judged = loss.input && askedOf(loss.input);
    const constant = constantOf(loss.target);
    return judged === undefined || constant === undefined ? [] : [{ loss, judged, constant }];
  });
  for (const taught of asked) {
    const cut = makerOf(taught.judged.of) === 'detach' ? taught.judged.of.inputs[0] : undefined;
    const maker = cut && askedOf(cut)?.by;
    const caught = asked.find(
      ({ judged, constant, loss }) =>
        maker !== undefined &&
        constant === taught.constant &&
        judged.by === taught.judged.by &&
        askedOf(judged.of)?.by === maker &&
        isLearnedAsItIs(program, loss),
    );
    const at = caught?.loss.moment.span;
    if (at === undefined) continue;
    yield {
      at,
      message: `The generator is to make what it generates come out as ${taught.constant}, as the discriminator is.`,
      evidence: [places(['the discriminator’s loss', taught.loss.moment.span])],
    };
    return;
  }
}

/** What gave a value where something unknown was called, and on what. */
function askedOf(value: Value): { readonly by: Value; readonly of: Value } | undefined {
  let current: Value | undefined = value;
  while (current !== undefined && /^(view|squeeze|reshape|flatten|sigmoid)$/.test(makerOf(current)))
    [current] = current.inputs;
  if (current?.made.kind !== 'operation' || current.made.name !== 'call') return undefined;
  const [by, of] = current.made.args.positional;
  return isValue(by) && isValue(of) ? { by, of } : undefined;
}

/**
 * Where nothing is cut off: the loss after which the generator's optimiser steps, that wants what the discriminator gives
 * to be 0, as the loss before the other step does.
 */
function helpedLoss(program: Program, losses: readonly LossComputed[]): Found | undefined {
  const stepped = losses.map((loss) => ({ loss, parameters: parametersStepped(program, loss) }));
  const judge = (loss: LossComputed): ProgramModule | undefined =>
    loss.input &&
    linearMaker(activationOf(loss.input) === undefined ? loss.input : (loss.input.inputs[0] ?? loss.input));
  for (const { loss, parameters } of stepped) {
    const last = judge(loss);
    const at = loss.moment.span;
    if (last === undefined || at === undefined || parameters === undefined || constantOf(loss.target) !== 0)
      continue;
    if (last.parameters.some(({ id }) => parameters.has(id)) || !isLearnedAsItIs(program, loss)) continue;
    // The other step is of the discriminator, and wants 1 of what is real and 0 of what is generated.
    const others = stepped.filter(
      (one) =>
        one.loss !== loss &&
        judge(one.loss) === last &&
        last.parameters.some(({ id }) => one.parameters?.has(id) === true),
    );
    const taught = others.find((one) => constantOf(one.loss.target) === 0);
    if (taught === undefined || !others.some((one) => constantOf(one.loss.target) === 1)) continue;
    return {
      at,
      message: 'The generator is to make what it generates come out as 0, as the discriminator is.',
      evidence: [places(['the discriminator’s loss', taught.loss.moment.span])],
    };
  }
  return undefined;
}

/** The parameters of the optimiser that steps next after gradients of a loss are computed. */
function parametersStepped(program: Program, { result }: LossComputed): ReadonlySet<number> | undefined {
  const ran =
    result &&
    backwardsOf(program).find(({ on }) => on !== undefined && comesOf(on, (value) => value === result));
  const next = ran && eventsOf(program, 'step').find(({ moment }) => moment.at > ran.moment.at);
  return next === undefined || next.of === 'manual' ? undefined : parametersOf(next.of);
}

/** What is cut off by detach() above a value, of what a network has made. */
function detachedUnder(value: Value): Value | undefined {
  let found: Value | undefined;
  eachAncestor(value, (one) => {
    const [first] = one.inputs;
    if (makerOf(one) === 'detach' && first !== undefined) {
      if (comesOf(first, ({ made }) => made.kind === 'layer' || made.kind === 'module')) found ??= first;
      return false;
    }
    return true;
  });
  return found;
}

/** The constant that a target consists of. */
export function constantOf(target: Datum | undefined): number | undefined {
  if (!isValue(target)) return undefined;
  const { made } = target;
  const by = made.kind === 'fresh' ? made.by : made.kind === 'operation' ? made.name : undefined;
  if (/^(zeros|zeros_like|new_zeros)$/.test(by ?? '')) return 0;
  if (/^(ones|ones_like|new_ones)$/.test(by ?? '')) return 1;
  // Of a size that is not known.
  const written = /^(?:\w+\.)*Variable\(\s*(?:\w+\.)*(ones|zeros)\(/.exec(target.span?.text ?? '')?.[1];
  if (by === 'Variable' && written !== undefined) return written === 'ones' ? 1 : 0;
  const [first] = target.inputs;
  return /^(to|cuda|float|Variable|requires_grad|view|reshape|squeeze|unsqueeze|expand|type_as)$/.test(
    by ?? '',
  ) && first !== undefined
    ? constantOf(first)
    : undefined;
}

/** What may turn the sign of a loss. */
const NEGATING = ['neg', '__neg__', 'sub', '__sub__', '__rsub__', 'mul', '__mul__', '__rmul__'] as const;

/** Whether gradients are computed of a loss with no minus before it. */
function isLearnedAsItIs(program: Parameters<typeof backwardsOf>[0], { result }: LossComputed): boolean {
  if (result === undefined) return false;
  const isNegated = callsNamed(program, ...NEGATING).some(({ args: { positional } }) =>
    positional.some((datum) => isValue(datum) && comesOf(datum, (value) => value === result)),
  );
  return (
    !isNegated &&
    backwardsOf(program).some(({ on }) => on !== undefined && comesOf(on, (value) => value === result))
  );
}

export const criticSigmoid: Check = {
  id: 'critic-sigmoid',
  title: 'A critic that gives probabilities',
  severity: 'warning',
  why: 'The Wasserstein distance is a difference of means of unbounded scores; squeezed by a sigmoid, its gradients vanish and it is no distance.',
  instead: 'Leave the sigmoid out of the critic.',
  needs: 'A loss that is a difference of means of what one network with a sigmoid at its end gives.',
  wrong: [
    `
import torch
import torch.nn as nn
critic = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid())  # <--
optimizer = torch.optim.RMSprop(critic.parameters(), lr=5e-5)
def update(real, fake):
    loss = critic(fake).mean() - critic(real).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
  ],
  right: [
    `
import torch
import torch.nn as nn
critic = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
optimizer = torch.optim.RMSprop(critic.parameters(), lr=5e-5)
def update(real, fake):
    loss = critic(fake).mean() - critic(real).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const { on } of backwardsOf(program)) {
      if (on === undefined) continue;
      const difference = differenceIn(on);
      const [one, other] = difference === undefined ? [] : difference.inputs;
      const [first, second] = [one && sigmoidOf(one), other && sigmoidOf(other)];
      if (first === undefined || second === undefined || makerModule(first) !== makerModule(second)) continue;
      const at = spanOfMaking(first);
      if (at === undefined || seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: 'The loss is a difference of mean scores, and these are squeezed between 0 and 1.',
        evidence: [places(['the difference', difference?.span])],
      };
    }
  },
};

/** The difference of two means that a loss consists of, with penalties that are added. */
function differenceIn(value: Value): Value | undefined {
  let current = value;
  for (let depth = 0; depth < 6; depth++) {
    if (makerOf(current) === 'sub' && current.inputs.length === 2) return current;
    const [first] = current.inputs;
    if (!/^(neg|add|sub|mul)$/.test(makerOf(current)) || first === undefined) return undefined;
    current = first;
  }
  return undefined;
}

/** What a sigmoid gave, of which this is the mean. */
function sigmoidOf(value: Value): Value | undefined {
  const [scores] = value.inputs;
  if (makerOf(value) !== 'mean' || scores === undefined) return undefined;
  const given = behind(scores);
  return activationOf(given) === 'sigmoid' ? given : undefined;
}

function makerModule({ made, inputs: [first] }: Value): ProgramModule | undefined {
  if (made.kind === 'layer' && made.module.type !== 'Sigmoid') return made.module;
  return first?.made.kind === 'layer' ? first.made.module : undefined;
}
