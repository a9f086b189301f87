import type { Check } from '../../check.js';
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
  ],
  right: [
    `
import torchaudio
waveform, sample_rate = torchaudio.load('a.wav')
`,
  ],
  *run(program) {
    for (const taken of statementsOf(program)) {
      if (taken.kind !== 'Assign' || taken.value.kind !== 'Call') continue;
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
