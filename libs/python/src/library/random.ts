import type { NativeImplementation } from '../native/functions.js';
import { defineModule } from '../native/modules.js';
import type { PyValue, Runtime } from '../objects/object.js';

/** Draws: no value that a mark could hang on may come from one. */
const DRAWS = [
  'random',
  'randint',
  'randrange',
  'choice',
  'choices',
  'sample',
  'uniform',
  'gauss',
  'normalvariate',
  'lognormvariate',
  'triangular',
  'betavariate',
  'expovariate',
  'gammavariate',
  'getrandbits',
  'randbytes',
  'getstate',
  'Random',
  'SystemRandom',
];

const draws: Record<string, NativeImplementation> = Object.fromEntries(
  DRAWS.map((name) => [
    `${name}(*args, **kwargs)`,
    (rt: Runtime): PyValue => rt.unknown(`random.${name} is drawn at random`),
  ]),
);

export const randomModule = defineModule({
  name: 'random',
  missing: 'unknown',
  unknowns: 'accept',
  functions: {
    ...draws,
    'seed(a=None, version=2)': () => null,
    'setstate(state)': () => null,
    'shuffle(x)': (rt) => {
      rt.note('other', 'random.shuffle leaves the order as it was, because the real one is drawn at random');
      return null;
    },
  },
});
