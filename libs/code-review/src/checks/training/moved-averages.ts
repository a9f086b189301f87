import { writtenBlends } from './written-blends.js';
import type { Moment, Program } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { blendsOf } from '../../ask/blends.js';
import { eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

const AVERAGED = (update: string): string => `
import copy
import torch
import torch.nn as nn
net = nn.Linear(4, 2)
slow = copy.deepcopy(net)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
def follow(target, source, rate):
    for t, s in zip(target.parameters(), source.parameters()):
        t.data.copy_(rate * s.data + (1 - rate) * t.data)
for turn in range(100):
    x = torch.randn(8, 4)
    with torch.no_grad():
        wanted = slow(x + 0.1)
    optimizer.zero_grad()
    (net(x) - wanted).pow(2).mean().backward()
    optimizer.step()
    ${update}
`;

export const averageTurned: Check = {
  id: 'average-turned',
  title: 'A moving average of weights the wrong way round',
  severity: 'warning',
  why: 'The slow copy is to keep nearly all of itself and take a little of the network that learns: turned, it is that network of the step before, or what was learned is drawn back to the copy.',
  instead: 'target = (1 - tau) * target + tau * online, with tau near 0.',
  needs:
    'Parameters set to known shares of themselves and of another network’s, of which one is an optimiser’s and the other none’s.',
  wrong: [
    AVERAGED('follow(net, slow, 0.01)  # <--'),
    AVERAGED('follow(slow, net, 0.995)').replace('* t.data)', '* t.data)  # <--'),
    AVERAGED(`for old, new in zip(slow.parameters(), net.parameters()):
        old.data.mul_(0.001).add_(new.data, alpha=0.999)  # <--`),
  ],
  right: [
    AVERAGED('follow(slow, net, 0.01)'),
    AVERAGED('follow(slow, net, 1.0)'),
    AVERAGED(`for old, new in zip(slow.parameters(), net.parameters()):
        old.data.mul_(0.999).add_(new.data, alpha=0.001)`),
  ],
  *run(program) {
    const blends = blendsOf(program);
    if (blends.length === 0) yield* writtenBlends(program);
    if (blends.length === 0 || program.optimizers.some(({ isComplete }) => !isComplete)) return;
    const learned = new Set(program.optimizers.flatMap(({ parameters }) => [...parameters]));
    const seen = new Set<number>();
    for (const { changed, other, kept, taken, moment, at } of blends) {
      if (kept <= 0 || taken <= 0 || Math.abs(kept + taken - 1) > 1e-6) continue;
      const isSlow = learned.has(other) && !learned.has(changed);
      const isLearning = learned.has(changed) && !learned.has(other) && isAsked(program, other);
      const isTurned = (isSlow && kept <= 0.1) || (isLearning && kept >= 0.5);
      // Of a function that is right, the call that hands the networks over the wrong way round.
      const place = isLearning ? (calledAt(program, moment) ?? at) : at;
      if (!isTurned || seen.has(place.start)) continue;
      seen.add(place.start);
      yield {
        at: place,
        message: isSlow
          ? `The copy keeps ${share(kept)} of itself and takes ${share(taken)} of the network that learns, each time.`
          : `The network that learns is drawn back: it takes ${share(taken)} of the copy that is asked for targets, each time.`,
        evidence: [places(['the parameters are set here', at])],
      };
    }
  },
};

const share = (part: number): string => `${Number((part * 100).toPrecision(4))} %`;

/** Whether the network that has a parameter is called by itself. */
function isAsked(program: Program, id: number): boolean {
  return eventsOf(program, 'module-call').some(({ module }) =>
    module.parameters.some((parameter) => parameter.id === id),
  );
}

/** The call of the function of the program that something happens in. */
function calledAt({ file }: Program, { activation }: Moment): Span | undefined {
  const at = activation?.calledAt;
  return at?.source.file === file ? at : undefined;
}
