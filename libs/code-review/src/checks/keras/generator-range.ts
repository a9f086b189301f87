import { application, kerasOf, arrayFacts } from '@tensormark/frameworks';
import type { KerasModel, KerasNetwork, Program, Scale } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { headOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';

export const generatorRange: Check = {
  id: 'generator-range',
  title: 'A generator whose numbers have another range than the real ones',
  severity: 'warning',
  why: 'The judge tells made from real by their range alone: sigmoid gives 0 to 1 and tanh -1 to 1, and data scaled otherwise give it away, so that nothing is learned of pictures.',
  instead: 'With tanh scale pictures to -1 to 1: (x - 127.5) / 127.5; with sigmoid to 0 to 1: x / 255.',
  needs:
    'A generator with tanh or sigmoid put before a judge in one network, and the range of what the judge is trained on.',
  wrong: [
    `
import numpy as np
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, LeakyReLU
(x, _), _ = mnist.load_data()
x = x.reshape(-1, 784) / 255
generator = Sequential([Dense(256, input_dim=100), LeakyReLU(0.2), Dense(784, activation='tanh')])  # <--
judge = Sequential([Dense(256, input_dim=784), LeakyReLU(0.2), Dense(1, activation='sigmoid')])
judge.compile(loss='binary_crossentropy', optimizer='adam')
judge.trainable = False
gan = Sequential([generator, judge])
gan.compile(loss='binary_crossentropy', optimizer='adam')
for step in range(1000):
    noise = np.random.normal(0, 1, (64, 100))
    judge.train_on_batch(x[np.random.randint(0, 60000, 64)], np.ones((64, 1)))
    judge.train_on_batch(generator.predict(noise), np.zeros((64, 1)))
    gan.train_on_batch(noise, np.ones((64, 1)))
`,
  ],
  right: [
    `
import numpy as np
from keras.datasets import mnist
from keras.models import Sequential
from keras.layers import Dense, LeakyReLU
(x, _), _ = mnist.load_data()
x = (x.reshape(-1, 784) - 127.5) / 127.5
generator = Sequential([Dense(256, input_dim=100), LeakyReLU(0.2), Dense(784, activation='tanh')])
judge = Sequential([Dense(256, input_dim=784), LeakyReLU(0.2), Dense(1, activation='sigmoid')])
judge.compile(loss='binary_crossentropy', optimizer='adam')
judge.trainable = False
gan = Sequential([generator, judge])
gan.compile(loss='binary_crossentropy', optimizer='adam')
for step in range(1000):
    noise = np.random.normal(0, 1, (64, 100))
    judge.train_on_batch(x[np.random.randint(0, 60000, 64)], np.ones((64, 1)))
    judge.train_on_batch(generator.predict(noise), np.zeros((64, 1)))
    gan.train_on_batch(noise, np.ones((64, 1)))
`,
  ],
  *run(program) {
    yield* judgedInLoops(program);
    for (const { generator, judge } of pairsIn(program)) {
      const head = headOf(generator);
      const wrong = judge.fits.flatMap((fit) => {
        const said = head?.activation && misfit(head.activation, fit.inputs.scale);
        return said === undefined || said === '' ? [] : [{ fit, said }];
      })[0];
      if (head === undefined || wrong === undefined) continue;
      yield {
        at: head.at,
        // What tanh gives has pictures from 0 to 1 in it, with as much again below.
        ...(head.activation === 'tanh' &&
          wrong.fit.inputs.scale === 'unit' && { severity: 'design' as const }),
        message: `The generator ends in ${head.activation}, and the real pictures ${wrong.said}.`,
        evidence: [places(['the judge is given real ones here', wrong.fit.moment.span])],
      };
    }
  },
};

/** The same where the program calls both networks itself: the judge on what the generator gives, and on pictures. */
function* judgedInLoops(program: Program): Generator<Found> {
  if (!program.source.includes('GradientTape')) return;
  const { models } = kerasOf(program);
  const applied = applications(program);
  for (const { callee, args } of applied) {
    const maker = models.find(({ value }) => value === application(args.positional[0])?.callee);
    const judge = models.find(({ value }) => value === callee);
    const head = maker?.network && headOf(maker.network);
    if (head?.activation === undefined || judge === undefined || judge === maker) continue;
    const real = applied.find(
      (other) => other.callee === callee && arrayFacts(other.args.positional[0]).scale !== undefined,
    );
    const { scale } = arrayFacts(real?.args.positional[0]);
    const said = misfit(head.activation, scale);
    if (said === undefined) continue;
    yield {
      at: head.at,
      ...(head.activation === 'tanh' && scale === 'unit' && { severity: 'design' as const }),
      message: `The generator ends in ${head.activation}, and the real pictures ${said}.`,
      evidence: [],
    };
    return;
  }
}

function misfit(activation: string, scale: Scale | undefined): string | undefined {
  if (activation === 'tanh')
    return scale === 'unit' ? 'are scaled to 0 to 1' : scale === 'bytes' ? 'go up to 255' : undefined;
  if (activation === 'sigmoid')
    return scale === 'signed' ? 'are scaled to -1 to 1' : scale === 'bytes' ? 'go up to 255' : undefined;
  return activation === 'relu' && scale === 'signed' ? 'are scaled to -1 to 1' : undefined;
}

/** Networks that are put one before the other in a third. */
function* pairsIn(
  program: Program,
): Generator<{ readonly generator: KerasNetwork; readonly judge: KerasModel }> {
  const { models } = kerasOf(program);
  for (const { network } of models) {
    const parts = network?.steps.flatMap((step) => (step.network === undefined ? [] : [step.network])) ?? [];
    const [generator, last] = parts;
    const judge = last && models.find((model) => model.network === last);
    if (parts.length === 2 && generator !== undefined && judge !== undefined) yield { generator, judge };
  }
}
