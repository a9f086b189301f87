import type { Check } from '../../check.js';
import type { tree } from '@tensormark/python';
import { namedWithoutPart, partNamed } from '../../ask/part-names.js';
import { statementsOf, targetsOf } from '../../ask/tree.js';

/** What functions give of which the order is mistaken: the name of a function, and what its first and second are called. */
const PAIRS: readonly (readonly [callee: RegExp, first: RegExp, second: RegExp, what: string])[] = [
  [
    /^(torchaudio|librosa|sf|soundfile)\.(load|read)$/,
    /wav|wave|signal|audio|^y$|^x$|data|samples?$/i,
    /^(sr|fs|rate|sample_?rate|sampling_?rate)$/i,
    'the signal first, and its rate second',
  ],
  [
    /^(scipy\.io\.)?wavfile\.read$/,
    /^(sr|fs|rate|sample_?rate|sampling_?rate)$/i,
    /wav|wave|signal|audio|^y$|^x$|data|samples?$/i,
    'the rate first, and the signal second',
  ],
];

export const knownReturns: Check = {
  id: 'known-returns',
  title: 'What a function of a library gives, taken in another order',
  severity: 'warning',
  why: 'Several values are told apart by their places alone: under crossed names each is used as what the other is.',
  instead: 'Take them in the order in which they are given: waveform, rate = torchaudio.load(path).',
  needs: 'Names that say what each is, in the other order.',
  wrong: [
    `
import torchaudio
sample_rate, waveform = torchaudio.load('a.wav')  # <--
`,
    `
from keras.datasets import mnist
(x_train, x_test), (y_train, y_test) = mnist.load_data()  # <--
`,
  ],
  right: [
    `
import torchaudio
waveform, sample_rate = torchaudio.load('a.wav')
`,
    `
from sklearn.model_selection import train_test_split
from measured import load_data, x, y
x_train, x_val, y_train, y_val = train_test_split(x, y, test_size=0.2)
x_train, y_train, x_test, y_test = load_data()
`,
  ],
  *run(program) {
    for (const taken of statementsOf(program)) {
      if (taken.kind !== 'Assign' || taken.value.kind !== 'Call') continue;
      const order = partsTurned(taken.value.callee.span.text, taken.targets[0]);
      if (order !== undefined) {
        yield { at: taken.span, message: order, evidence: [] };
        continue;
      }
      const [one, other, ...more] = targetsOf(taken);
      if (one === undefined || other === undefined || more.length > 0) continue;
      const callee = taken.value.callee.span.text;
      const known = PAIRS.find(
        ([name, first, second]) =>
          name.test(callee) && first.test(other) && second.test(one) && !first.test(one),
      );
      if (known !== undefined)
        yield { at: taken.span, message: `${callee} gives ${known[3]}.`, evidence: [] };
    }
  },
};

/** The parts of data under names that say another order than that in which they are given. */
function partsTurned(callee: string, target: tree.Expression | undefined): string | undefined {
  const items = target?.kind === 'Tuple' ? target.items : [];
  if (/(^|\.)train_test_split$/.test(callee)) {
    const [a, b, c, d] = items.map(named);
    if (items.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined)
      return undefined;
    const isTurned = isPair(a, c) && isPair(b, d) && a.what !== b.what;
    return isTurned
      ? 'train_test_split gives both parts of the first array, and then both of the second: x_train, x_test, y_train, y_test.'
      : undefined;
  }
  if (!/(^|\.)load_data$/.test(callee) || items.length !== 2) return undefined;
  const pairs = items.map((item) => (item.kind === 'Tuple' ? item.items.map(named) : []));
  const [[a, b] = [], [c, d] = []] = pairs;
  if (pairs.some(({ length }) => length !== 2)) return undefined;
  return a && b && c && d && isPair(a, b) && isPair(c, d) && a.what !== c.what
    ? 'load_data gives what to learn from first, and then what to test with: (x_train, y_train), (x_test, y_test).'
    : undefined;
}

interface Named {
  readonly what: string;
  readonly part: ReturnType<typeof partNamed>;
}

function named(item: tree.Expression): Named | undefined {
  return item.kind === 'Name' ? { what: namedWithoutPart(item.id), part: partNamed(item.id) } : undefined;
}

/** Whether two are the parts to learn from and to test with, of the same. */
function isPair(one: Named, other: Named): boolean {
  return one.what === other.what && one.what !== '' && one.part === 'training' && other.part === 'testing';
}
