import { kerasOf } from '@tensormark/frameworks';
import type { KerasModel } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';

const PAIR = `
import numpy as np
from keras.layers import Dense, Input
from keras.models import Model, Sequential
from data import real
maker = Sequential([Dense(64, input_dim=16, activation='relu'), Dense(2)])
judge = Sequential([Dense(64, input_dim=2, activation='relu'), Dense(1, activation='sigmoid')])
judge.compile(loss='binary_crossentropy', optimizer='adam')
noise = Input(shape=(16,))
`;
const LOOP = `
both.compile(loss='binary_crossentropy', optimizer='adam')
for step in range(1000):
    drawn = np.random.normal(size=(64, 16))
    judge.train_on_batch(real(64), np.ones(64))
    judge.train_on_batch(maker.predict(drawn), np.zeros(64))
    both.train_on_batch(drawn, np.ones(64))
`;

export const judgeNotFrozen: Check = {
  id: 'judge-not-frozen',
  title: 'A discriminator that learns with the generator',
  severity: 'warning',
  why: 'Trained together with the generator, the discriminator learns to call made-up examples real: the generator has nothing to learn from it.',
  instead: 'Set discriminator.trainable = False before the network of both is compiled.',
  needs:
    'A network that is compiled and trained by itself and, at the end of another one, once more, in a program that sets trainable nowhere.',
  wrong: [
    `${PAIR}
both = Model(noise, judge(maker(noise)))  # <--
${LOOP}`,
  ],
  right: [
    `${PAIR}
judge.trainable = False
both = Model(noise, judge(maker(noise)))
${LOOP}`,
  ],
  *run(program) {
    if (/trainable|GradientTape|clone_model/.test(program.source)) return;
    const { models } = kerasOf(program);
    for (const both of models) {
      const steps = both.network?.steps ?? [];
      const at = both.network?.span;
      if (at === undefined || steps.length !== 2 || !isTrained(both)) continue;
      const [maker, judge] = steps.map(({ network }) => models.find((model) => model.network === network));
      if (maker === undefined || judge === undefined || maker === judge) continue;
      if (maker.network === undefined || judge.network === undefined) continue;
      if (!isTrained(judge) || isTrained(maker)) continue;
      yield {
        at,
        message: 'The last of these two networks is also trained by itself, and learns on here.',
        evidence: [
          places(
            ['it is compiled', judge.compiles[0]?.moment.span],
            ['trained by itself', judge.fits[0]?.moment.span],
            ['trained with the other', both.fits[0]?.moment.span],
          ),
        ],
      };
    }
  },
};

function isTrained({ compiles, fits }: KerasModel): boolean {
  return compiles.length > 0 && fits.some(({ call }) => call.name === 'train_on_batch');
}
