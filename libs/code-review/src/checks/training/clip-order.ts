import { isCertain, ProgramModule, turnIn } from '@tensormark/frameworks';
import type { Called, Moment, Program, Receiver } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import { PRELUDE } from '../../ask/snippets.js';
import { mayConcern } from '../../ask/receivers.js';
import { backwardsOf, onePerLoop, surelyReaches, trainingLoops } from '../../ask/training.js';
import { holds, statementAt } from '../../ask/tree.js';

export const clipOrder: Check = {
  id: 'clip-order',
  title: 'Gradients are clipped where they do not act',
  severity: 'warning',
  why: 'Clipping before backward() finds no gradients of this batch, and after step() it comes too late: large ones go through.',
  instead: 'Keep the order backward(), clip_grad_norm_(), step().',
  needs:
    'A loop that computes gradients, clips them and steps, each once; gradients and the step under no condition.',
  wrong: [
    `
import torch
import torch.nn as nn
encoder, decoder = nn.Linear(8, 2), nn.Linear(2, 8)
first = torch.optim.Adam(encoder.parameters())
second = torch.optim.Adam(decoder.parameters())
def learn(x, encoder, decoder, first, second):
    first.zero_grad()
    second.zero_grad()
    nn.functional.mse_loss(decoder(encoder(x)), x).backward()
    nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
    nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)  # <--
    first.step()
    second.step()
for turn in range(100):
    learn(torch.randn(4, 8), encoder, decoder, first, second)
`,
    `
import torch
import torch.nn as nn
maker, judge = nn.Linear(2, 8), nn.Linear(8, 1)
m_opt = torch.optim.Adam(maker.parameters())
j_opt = torch.optim.Adam(judge.parameters())
for turn in range(100):
    fake = maker(torch.randn(4, 2))
    j_opt.zero_grad()
    (judge(fake.detach()) - judge(torch.randn(4, 8))).mean().backward()
    nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
    j_opt.step()
    m_opt.zero_grad()
    (-judge(fake)).mean().backward()
    nn.utils.clip_grad_norm_(judge.parameters(), 1.0)  # <--
    m_opt.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)  # <--
    loss.backward()
    optimizer.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    optimizer.step()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)  # <--
`,
    `${PRELUDE}
def fit(max_norm=None):
    for inputs, labels in loader:
        optimizer.zero_grad()
        criterion(model(inputs), labels).backward()
        optimizer.step()
        if max_norm is not None:
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)  # <--
`,
  ],
  right: [
    `${PRELUDE}
def fit(max_norm=None):
    for inputs, labels in loader:
        optimizer.zero_grad()
        criterion(model(inputs), labels).backward()
        if max_norm is not None:
            nn.utils.clip_grad_norm_(model.parameters(), max_norm)
        optimizer.step()
`,
    `
import torch
import torch.nn as nn
encoder, decoder = nn.Linear(8, 2), nn.Linear(2, 8)
first = torch.optim.Adam(encoder.parameters())
second = torch.optim.Adam(decoder.parameters())
for turn in range(100):
    first.zero_grad()
    second.zero_grad()
    x = torch.randn(4, 8)
    nn.functional.mse_loss(decoder(encoder(x)), x).backward()
    nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
    nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
    first.step()
    second.step()
`,
    `${PRELUDE}
for inputs, labels in loader:
    optimizer.zero_grad()
    loss = criterion(model(inputs), labels)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
`,
  ],
  *run(program) {
    if (!/clip_grad_(norm|value)_?\(/.test(program.source)) return;
    yield* clippedForOther(program);
    for (const { loop, backwards, steps } of onePerLoop(trainingLoops(program))) {
      const first = <T extends { readonly moment: Parameters<typeof turnIn>[0] }>(
        events: readonly T[],
      ): T[] => events.filter(({ moment }) => turnIn(moment, loop) === 0);
      const [backward, ...more] = first(backwards);
      const [step, ...others] = first(steps);
      if (backward === undefined || step === undefined || more.length > 0 || others.length > 0) continue;
      const clips = first(clippings(program));
      const [clip, ...rest] = clips;
      if (clip === undefined || rest.length > 0) continue;
      // Clipping may be left to a setting: where it is done, it comes at the wrong moment all the same.
      if ([backward, step].some(({ moment }) => moment.arm !== undefined)) continue;
      const isBetween = clip.moment.at > backward.moment.at && clip.moment.at < step.moment.at;
      const at = clip.moment.span && statementAt(program, clip.moment.span)?.span;
      if (isBetween || backward.moment.at > step.moment.at || at === undefined) continue;
      yield {
        at,
        message:
          clip.moment.at < backward.moment.at
            ? 'Gradients are clipped before backward() has computed them.'
            : 'Gradients are clipped after the step that has used them.',
        evidence: [
          places(['gradients are computed', backward.moment.span], ['the step is taken', step.moment.span]),
        ],
      };
    }
  },
};

/** Where gradients are clipped, each statement once a turn: of parameters that are known, or of others. */
function clippings(program: Program): readonly Called[] {
  const ofKnown = clipsIn(program);
  const others = callsNamed(program, 'clip_grad_norm_', 'clip_grad_value_', 'clip_grad_norm').filter(
    ({ moment: { span, turn } }) =>
      span !== undefined &&
      !ofKnown.some(
        ({ moment: own }) => own.turn === turn && own.span !== undefined && holds(span, own.span),
      ),
  );
  return [...ofKnown, ...others];
}

/** Calls of `parameters()` for what is clipped. */
function clipsIn(program: Program): readonly Called[] {
  return callsNamed(program, 'parameters').filter(({ moment }) => {
    if (moment.span === undefined) return false;
    return /clip_grad_(norm|value)_?\(/.test(statementAt(program, moment.span)?.span.text ?? '');
  });
}

/** Gradients clipped that no step takes any more, in a turn whose step takes others that nothing clips. */
function* clippedForOther(program: Program): Generator<Found> {
  const seen = new Set<number>();
  const clips = clipsIn(program);
  for (const clip of clips) {
    const { moment } = clip;
    const [clipped] = clip.args.positional;
    if (!(clipped instanceof ProgramModule) || moment.span === undefined || !isCertain(moment)) continue;
    const inTurn = <T extends { readonly moment: Moment }>(events: readonly T[]): T[] =>
      events.filter((one) => one.moment.turn === moment.turn);
    const own = inTurn(clips);
    const steps = inTurn(eventsOf(program, 'step'));
    const backward = inTurn(backwardsOf(program)).findLast((one) => one.moment.at < moment.at);
    const step = steps.find(
      ({ of, moment: later }) =>
        later.at > moment.at && of !== 'manual' && own.every((one) => isApart(one, of)),
    );
    if (backward === undefined || step === undefined || step.of === 'manual' || !isCertain(step.moment))
      continue;
    if (!surelyReaches(backward, step.of) || backward.moment.at > step.moment.at) continue;
    const isTwice = own.some(
      (one) => one.args.positional[0] === clipped && isWithin(one.moment, backward.moment, moment),
    );
    const isLate =
      steps.some(
        ({ of, moment: at }) => of !== 'manual' && at.at < backward.moment.at && mayConcern(of, clipped),
      ) &&
      !steps.some(({ of, moment: at }) => at.at > moment.at && (of === 'manual' || mayConcern(of, clipped)));
    const at = statementAt(program, moment.span)?.span;
    if ((!isTwice && !isLate) || at === undefined || seen.has(at.start)) continue;
    seen.add(at.start);
    yield {
      at,
      message: isTwice
        ? 'Gradients of one network are clipped twice, and those of the other not at all.'
        : 'Gradients are clipped of a network that has taken its step, and those of the one that is to take it are not.',
      evidence: [
        places(['gradients are computed', backward.moment.span], ['the step is taken', step.moment.span]),
      ],
    };
  }
}

/** Whether what is clipped is of a network none of whose parameters an optimiser has. */
function isApart({ args }: Called, of: Receiver): boolean {
  const [clipped] = args.positional;
  return clipped instanceof ProgramModule && !mayConcern(of, clipped);
}

const isWithin = (moment: Moment, from: Moment, to: Moment): boolean =>
  moment.at > from.at && moment.at < to.at;
