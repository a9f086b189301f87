import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { activationOf, comesOf, makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { mayReachParameters } from '../../ask/gradients.js';
import { networksAsked } from '../../ask/network-calls.js';
import { places } from '../../ask/places.js';

const CRITIC = (judge: string, make = '-critic(maker(noise)).mean()'): string => `
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset
maker = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 8))
critic = nn.Sequential(nn.Linear(8, 32), nn.LeakyReLU(0.2), nn.Linear(32, 1))
of_critic = torch.optim.RMSprop(critic.parameters(), lr=5e-5)
of_maker = torch.optim.RMSprop(maker.parameters(), lr=5e-5)
for (real,) in DataLoader(TensorDataset(torch.randn(512, 8)), batch_size=64, shuffle=True):
    noise = torch.randn(real.size(0), 16)
    made = maker(noise).detach()
    of_critic.zero_grad()
    ${judge}
    of_critic.step()
    for weight in critic.parameters():
        weight.data.clamp_(-0.01, 0.01)
    of_maker.zero_grad()
    loss = ${make}
    loss.backward()
    of_maker.step()
`;

export const criticSigns: Check = {
  id: 'critic-signs',
  title: 'A critic and a generator that pull the same way',
  severity: 'warning',
  why: 'A critic learns to score what is real and what was made apart, and the generator to have its own scored like the real: with one sign for both nothing is told apart, or nothing is learned.',
  instead: 'critic: D(fake).mean() - D(real).mean(); generator: -D(fake).mean().',
  needs:
    'Scores of one network, with no activation, of data and of what another network made, both raised or both lowered; or the scores of what was made raised, or lowered, for both.',
  wrong: [
    `
import torch
from nets import Critic, Maker
from data import loader
critic, maker = Critic().to('cuda'), Maker().to('cuda')
critic_steps = torch.optim.Adam(critic.parameters(), lr=1e-4)
maker_steps = torch.optim.Adam(maker.parameters(), lr=1e-4)
for real, _ in loader:
    made = maker(torch.randn(8, 64))
    loss = -(critic(real).reshape(-1).mean() - critic(made).reshape(-1).mean())
    critic.zero_grad()
    loss.backward(retain_graph=True)
    critic_steps.step()
    scores = critic(made).reshape(-1)  # <--
    maker_loss = torch.mean(scores)
    maker.zero_grad()
    maker_loss.backward()
    maker_steps.step()
`,
    CRITIC('(-torch.mean(critic(real) + torch.mean(critic(made)))).backward()  # <--'),
    CRITIC('(critic(made).mean() - critic(real).mean()).backward()', 'critic(maker(noise)).mean()  # <--'),
  ],
  right: [
    CRITIC('(critic(made).mean() - critic(real).mean()).backward()'),
    CRITIC('(critic(real).mean() - critic(made).mean()).backward()', 'critic(maker(noise)).mean()'),
    CRITIC('(-critic(real).mean()).backward(); critic(made).mean().backward(torch.tensor(1.0))'),
  ],
  *run(program) {
    if (!/backward/.test(program.source)) return;
    const scored = [...scoresIn(program)];
    for (const critic of new Set(scored.map(({ by }) => by))) yield* judgedBy(scored, critic);
  },
};

/** A score that gradients are computed of, and whether it is made larger (+1: smaller) by a step. */
interface Scored {
  /** The network that scores. */
  readonly by: string;
  readonly of: 'data' | 'made' | 'made, to learn from';
  readonly sign: number;
  readonly at: Span | undefined;
}

function* judgedBy(scored: readonly Scored[], critic: string): Generator<Found> {
  const own = scored.filter(({ by }) => by === critic);
  const [real, made, wanted] = (['data', 'made', 'made, to learn from'] as const).map((kind) =>
    own.find(({ of }) => of === kind),
  );
  // A score that is raised here and lowered there says nothing.
  const isMixed = own.some((one) => own.some((other) => one.of === other.of && one.sign !== other.sign));
  if (isMixed || made?.at === undefined) return;
  const way = made.sign > 0 ? 'lowered' : 'raised';
  if (real !== undefined && real.sign === made.sign)
    yield {
      at: made.at,
      message: `The scores of what is real and of what was made are both ${way}.`,
      evidence: [places(['the scores of what is real', real.at])],
    };
  else if (wanted?.at !== undefined && wanted.sign === made.sign && real !== undefined)
    yield {
      at: wanted.at,
      message: `The scores of what was made are ${way} for the generator as they are for the critic.`,
      evidence: [places(['for the critic', made.at])],
    };
}

function* scoresIn(program: Program): Generator<Scored> {
  const byResult = new Map(networksAsked(program).map((call) => [call.result, call] as const));
  for (const { args } of callsNamed(program, 'backward')) {
    const [loss, gradient] = args.positional;
    const direction = signOf(args.named.get('gradient') ?? gradient ?? 1n);
    if (!isValue(loss) || direction === undefined) continue;
    const found: Scored[] = [];
    for (const { value, sign } of termsOf(loss)) {
      const call = byResult.get(value);
      if (call === undefined || activationOf(value) !== undefined) continue;
      const { input } = call;
      const isMade = comesOf(input, (each) => {
        const other = byResult.get(each);
        return other !== undefined && other.network !== call.network;
      });
      const isOfData =
        !isMade &&
        comesOf(input, ({ made }) => made.kind === 'batch' || made.kind === 'argument' || makerOfLoop(made));
      if (!isMade && !isOfData) continue;
      found.push({
        by: call.network,
        of: isMade ? (mayReachParameters(input) ? 'made, to learn from' : 'made') : 'data',
        sign: sign * direction,
        at: call.moment.span,
      });
    }
    // Beside scores of data it is the critic that learns, whether what was made is cut off or not.
    for (const one of found) {
      const isBeside = found.some(({ by, of }) => by === one.by && of === 'data');
      yield isBeside && one.of === 'made, to learn from' ? { ...one, of: 'made' } : one;
    }
  }
}

function makerOfLoop(made: Value['made']): boolean {
  return made.kind === 'operation' && (made.name === 'element' || made.name === 'unpacked');
}

const PASSING = /^(mean|sum|view|reshape|squeeze|flatten|getitem)$/;

/** The terms of a sum with the sign that each has in it. */
function termsOf(loss: Value): { readonly value: Value; readonly sign: number }[] {
  const found: { value: Value; sign: number }[] = [];
  const visit = (value: Value, sign: number, depth: number): void => {
    const name = makerOf(value);
    const given: readonly Datum[] = value.made.kind === 'operation' ? value.made.args.positional : [];
    const [one, other] = given;
    const go = (datum: Datum | undefined, by: number): void => {
      if (isValue(datum)) visit(datum, sign * by, depth + 1);
    };
    if (depth > 40) return;
    if (name === 'add') for (const datum of given) go(datum, 1);
    else if (name === 'sub') {
      go(one, 1);
      go(other, -1);
    } else if (name === 'neg') go(one, -1);
    else if (name === 'mul' || name === 'div') {
      const number = [one, other].find((datum) => !isValue(datum));
      const by = number === undefined ? undefined : signOf(number);
      if (by !== undefined) for (const datum of given) go(datum, by);
    } else if (PASSING.test(name)) go(one, 1);
    else found.push({ value, sign });
  };
  visit(loss, 1, 0);
  return found;
}

/** The sign of a number, or of a tensor made of one. */
function signOf(datum: Datum, depth = 0): number | undefined {
  if (typeof datum === 'number' || typeof datum === 'bigint')
    return datum > 0 ? 1 : datum < 0 ? -1 : undefined;
  if (Array.isArray(datum))
    return datum[0] === undefined || datum.length > 1 ? undefined : signOf(datum[0], depth + 1);
  if (!isValue(datum) || depth > 6) return undefined;
  const { made } = datum;
  const args = made.kind === 'operation' || made.kind === 'fresh' ? made.args : undefined;
  const name = made.kind === 'fresh' ? made.by : makerOf(datum);
  const [one, other] = args?.positional ?? [];
  if (/^(ones|ones_like)$/.test(name ?? '')) return 1;
  if (one === undefined) return undefined;
  if (name === 'neg') return turned(signOf(one, depth + 1));
  if (name === 'mul' && other !== undefined) {
    const [left, right] = [signOf(one, depth + 1), signOf(other, depth + 1)];
    return left === undefined || right === undefined ? undefined : left * right;
  }
  return /^(tensor|as_tensor|to|cuda|float)$/.test(name ?? '') ? signOf(one, depth + 1) : undefined;
}

function turned(sign: number | undefined): number | undefined {
  return sign === undefined ? undefined : -sign;
}
