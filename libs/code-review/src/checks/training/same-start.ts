import { namesIn } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsOf, holds, loopsOf, statementsIn, targetsOf } from '../../ask/tree.js';

const EPISODES = (seed: string): string => `
import gymnasium as gym
env = gym.make('CartPole-v1')
for episode in range(500):
    state, _ = env.reset(seed=${seed})  # <--
    done = False
    while not done:
        state, reward, ended, cut, _ = env.step(env.action_space.sample())
        done = ended or cut
`;

export const sameStart: Check = {
  id: 'same-start',
  title: 'Every episode starts with the same seed',
  severity: 'design',
  why: 'Seeded with one number at each reset, the environment begins every episode in the same state and draws the same numbers in it: the agent learns that one.',
  instead: 'Give the seed to the first reset alone.',
  needs: 'env.reset(seed=…) in a loop over episodes, with a seed that the loop does not change.',
  wrong: [EPISODES('42')],
  right: [
    EPISODES('episode').replace('  # <--', ''),
    EPISODES('42 if episode == 0 else None').replace('  # <--', ''),
  ],
  *run(program) {
    if (!/\.reset\(\s*seed\s*=/.test(program.source) || !/\.step\(/.test(program.source)) return;
    for (const call of callsOf(program)) {
      const [seed, more] = call.keywords;
      if (!/env\w*\.reset$/i.test(call.callee.span.text) || seed?.name !== 'seed' || more !== undefined)
        continue;
      const loop = loopsOf(program).findLast(({ span }) => holds(span, call.span));
      if (
        loop?.kind !== 'For' ||
        !/episode|epoch|\bep\b|games?|range\(/i.test(loop.iterable.span.text + loop.target.span.text)
      )
        continue;
      if (!/^(Name|Attribute|Constant)$/.test(seed.value.kind) || seed.value.span.text === 'None') continue;
      const changed = new Set([
        ...namesIn(loop.target),
        ...statementsIn(loop.body).flatMap((one) => targetsOf(one)),
      ]);
      if (changed.has(seed.value.span.text)) continue;
      // An evaluation may well begin in the same states each time.
      if (/eval|test|demo|play|watch/i.test(call.callee.span.text) || !/\.step\(/.test(loop.span.text))
        continue;
      yield {
        at: call.span,
        message: `Each episode is begun with the seed ${seed.value.span.text}.`,
        evidence: [],
      };
    }
  },
};
