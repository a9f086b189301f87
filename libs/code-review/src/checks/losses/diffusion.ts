import { isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { lossesNamed } from '../../ask/losses.js';
import { madeOnce } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const NOISED = (part: string): string => `
import torch
steps = torch.linspace(1e-4, 0.02, 500)
kept = torch.cumprod(1 - steps, dim=0)

def noised(x, t, noise):
    return kept.sqrt()[t, None, None, None] * x + ${part} * noise
`;

export const noiseScale: Check = {
  id: 'noise-scale',
  title: 'Noise scaled by its variance',
  severity: 'warning',
  why: 'With √a of the picture goes √(1 − a) of the noise, so that the variance stays 1; with 1 − a the pictures are less noisy than the network is told.',
  instead: 'Take the root of both: a.sqrt() * x + (1 - a).sqrt() * noise.',
  needs: 'A sum of something times the root of a schedule, and something else times 1 less that schedule.',
  wrong: [`${NOISED('(1 - kept[t, None, None, None])').trimEnd()}  # <--\n`],
  right: [NOISED('(1 - kept[t, None, None, None]).sqrt()')],
  *run(program) {
    if (!/sqrt|\*\*\s*0\.5/.test(program.source)) return;
    for (const { result, given } of madeOnce(program, 'add')) {
      const [one, other] = given;
      const at = result.span;
      if (at === undefined) continue;
      const root = rootedIn(one) ?? rootedIn(other);
      const rest = restIn(one) ?? restIn(other);
      if (root === undefined || root !== rest) continue;
      yield {
        at,
        message:
          'One part is scaled by the root of the schedule, and the noise by 1 less the schedule, not its root.',
        evidence: [places(['the schedule', root.span])],
      };
    }
  },
};

function factorsOf(datum: Datum | undefined): readonly Value[] {
  if (!isValue(datum) || makerOf(datum) !== 'mul' || datum.made.kind !== 'operation') return [];
  return datum.made.args.positional.filter(isValue);
}

/** What takes some of a schedule, one for each example. */
const TAKES = /^(getitem|gather|index_select|view|reshape|unsqueeze|to|float|expand)$/;

function behindTaking(value: Value): Value {
  let current = value;
  for (let depth = 0; depth < 8 && TAKES.test(makerOf(current)); depth++) {
    const [of] = current.inputs;
    if (of === undefined) break;
    current = of;
  }
  return current;
}

/** The schedule whose root is a factor of a product. */
function rootedIn(datum: Datum | undefined): Value | undefined {
  for (const factor of factorsOf(datum)) {
    const root = behindTaking(factor);
    const [of] = root.inputs;
    if (makerOf(root) === 'sqrt' && of !== undefined) return behindTaking(of);
  }
  return undefined;
}

/** The schedule that 1 is lessened by in a factor of a product. */
function restIn(datum: Datum | undefined): Value | undefined {
  for (const factor of factorsOf(datum)) {
    const rest = behindTaking(factor);
    if (rest.made.kind !== 'operation' || !/^(sub|rsub)$/.test(rest.made.name)) continue;
    const { positional } = rest.made.args;
    if (!positional.some((part) => part === 1n || part === 1)) continue;
    const of = positional.find(isValue);
    if (of !== undefined) return behindTaking(of);
  }
  return undefined;
}

const LEARNED = (loss: string): string => `
import torch
import torch.nn.functional as F

def loss_of(network, x, t, kept):
    noise = torch.randn_like(x)
    noisy = kept[t].sqrt() * x + (1 - kept[t]).sqrt() * noise
    guess = network(noisy, t)
    ${loss}
`;

export const noisyTarget: Check = {
  id: 'noisy-target',
  title: 'A network that is to give back its noisy input',
  severity: 'warning',
  why: 'The noise that was added, or the clean input, is what there is to learn; compared with its own input the network learns to copy.',
  instead: 'Compare with the noise, or with what it was added to.',
  needs:
    'A squared or absolute difference of what a network gives and what it was given, to which noise was added.',
  wrong: [
    LEARNED('return torch.square(noisy - guess).sum()  # <--'),
    LEARNED('return F.mse_loss(guess, noisy)  # <--'),
  ],
  right: [
    LEARNED('return torch.square(noise - guess).sum()'),
    LEARNED('return F.mse_loss(guess, x)'),
    // What is guessed is the noise, and the rest is compared with the clean input.
    LEARNED('return F.mse_loss(noisy - guess, x)'),
  ],
  *run(program) {
    if (!/randn|normal/.test(program.source)) return;
    const pairs: readonly Pair[] = [
      ...lossesNamed(program, 'mse_loss', 'l1_loss', 'smooth_l1_loss').map(({ input, target, moment }) => ({
        one: input,
        other: target,
        at: moment.span,
      })),
      ...[...madeOnce(program, 'sub')].flatMap(({ result: { span }, given: [one, other] }) =>
        span !== undefined && isMeasured(span) ? [{ one, other, at: span }] : [],
      ),
    ];
    for (const { one, other, at } of pairs) {
      if (at === undefined || !isValue(one) || !isValue(other)) continue;
      const noisy = isGivenBack(one, other) ? one : isGivenBack(other, one) ? other : undefined;
      if (noisy === undefined) continue;
      yield {
        at,
        message: 'What the network gives is compared with what it was given, noise and all.',
        evidence: [places(['the noise is added here', noisy.span])],
      };
      return;
    }
  },
};

interface Pair {
  readonly one: Datum | undefined;
  readonly other: Datum | undefined;
  readonly at: Span | undefined;
}

/** Whether a difference is squared or made absolute where it stands; by itself it is what is left without the noise. */
function isMeasured({ source, start, end }: Span): boolean {
  const [before, after] = [
    source.text.slice(Math.max(0, start - 20), start),
    source.text.slice(end, end + 12),
  ];
  return (
    /(square|abs|norm)\(\s*$/.test(before) || /^\s*\)?\s*(\*\*\s*2|\.(pow|square|abs|norm)\()/.test(after)
  );
}

/** Whether one is a noisy input, and the other what a network gave for it. */
function isGivenBack(noisy: Value, given: Value): boolean {
  if (makerOf(noisy) !== 'add' || !isCallOn(given, noisy)) return false;
  return noisy.inputs.some((part) => isNoise(part) || part.inputs.some(isNoise));
}

function isCallOn({ made, inputs }: Value, noisy: Value): boolean {
  const isCall = made.kind === 'module' || (made.kind === 'operation' && made.name === 'call');
  return isCall && inputs.includes(noisy);
}

function isNoise({ made }: Value): boolean {
  const by = made.kind === 'fresh' ? made.by : made.kind === 'operation' ? made.name : undefined;
  return by === 'randn' || by === 'randn_like';
}
