import { describe, expect, it } from '@jest/globals';
import { prepareAssessor, type EssayQuestion, type Verdict } from '../src/index.js';

const QUESTION: EssayQuestion = {
  asked: 'Explain what dropout does and why it helps against overfitting in deep networks.',
  points: [
    { id: 'random', says: 'During training each unit is set to zero at random with some probability.' },
    { id: 'coadapt', says: 'Units cannot rely on particular other units, which prevents co-adaptation.' },
    { id: 'ensemble', says: 'It acts like training an ensemble of many networks that share weights.' },
  ],
  misconceptions: [
    { id: 'removes', says: 'Dropout permanently removes neurons so that the network becomes smaller.' },
  ],
};
const assessor = prepareAssessor(QUESTION);
const verdicts = (answer: string): Verdict[] =>
  assessor.assess(answer).suggestions.map(({ verdict }) => verdict);

const GOOD = 'During training each unit is set to zero at random with some probability.';

describe('what never counts as covered', () => {
  it('suggests a plain statement of an item as covered, with its place', () => {
    const answer = `Dropout is popular. ${GOOD} It is simple.`;
    const [random] = assessor.assess(answer).suggestions;
    expect(random?.verdict).toBe('likely-covered');
    expect(answer.slice(random?.span?.start, random?.span?.end)).toBe(GOOD);
  });

  it.each([
    ['negation', 'During training each unit is not set to zero at random with some probability.'],
    ['negation-by-never', 'During training units are never set to zero at random with any probability.'],
    ['other-phase', 'During inference each unit is set to zero at random with some probability.'],
    [
      'keyword-salad',
      'Dropout unit zero random probability training ensemble networks share weights co-adaptation rely particular units.',
    ],
    [
      'keyword-list',
      'unit, zero, random, probability, training, ensemble, many networks, share weights, co-adaptation',
    ],
    [
      'words-in-no-order',
      'The of random set at training zero with is unit probability each the some to and during of.',
    ],
    [
      'words-in-a-chain',
      'Training and unit because zero therefore random with probability and ensemble because networks therefore weights.',
    ],
    [
      'words-in-a-chain-of-verbs',
      'Training is unit uses zero has random is probability uses ensemble has networks.',
    ],
    ['copied-question', 'Explain what dropout does and why it helps against overfitting in deep networks.'],
    ['formula-only', '$$\\tilde{h} = m \\odot h, \\quad m \\sim \\mathrm{Bernoulli}(1 - p)$$'],
    [
      'hedged',
      'I am not sure, but maybe during training each unit is set to zero at random with some probability.',
    ],
    ['asked', 'Is each unit set to zero at random with some probability during training?'],
    ['rejected', 'That each unit is set to zero at random with some probability during training is wrong.'],
    [
      'addressed',
      'Dear examiner, this answer covers that each unit is set to zero at random during training.',
    ],
    [
      'german',
      'Während des Trainings wird jedes Neuron mit einer Wahrscheinlichkeit zufällig auf null gesetzt (random, zero, unit, training, probability).',
    ],
    ['truncated', 'Dropout is popular. During training each unit is set to zero at random with some'],
    ['truncated-at-and', 'During training each unit is set to zero at random with some probability and'],
    ['heading', '# During training each unit is set to zero at random with some probability'],
    ['code', '```\n# During training each unit is set to zero at random with some probability.\n```'],
    ['empty', ''],
    [
      'very-long-and-empty',
      'Deep networks are used for many tasks and have changed the world in many ways. '.repeat(300),
    ],
  ])('%s', (_, answer) => {
    expect(verdicts(answer)).not.toContain('likely-covered');
  });

  it('sees the opposite as a possible-conflict', () => {
    expect(verdicts('During training each unit is not set to zero at random with some probability.')[0]).toBe(
      'possible-conflict',
    );
  });

  it('finds a wrong statement that the scheme lists', () => {
    const answer = 'It is a trick. Dropout permanently removes some neurons and the network becomes smaller.';
    const [found] = assessor.assess(answer).misconceptions;
    expect(found?.misconception).toBe('removes');
    expect(answer.slice(found?.span.start)).toMatch(/^Dropout permanently/);
  });

  it('does not take its denial for the wrong statement', () => {
    expect(
      assessor.assess('Dropout does not permanently remove neurons, so the network never becomes smaller.')
        .misconceptions,
    ).toEqual([]);
  });

  it('says the same whatever else the answer holds', () => {
    const padded = `${'Deep networks have many uses in the world. '.repeat(200)}${GOOD} ${'They were used for games. '.repeat(200)}`;
    const confidence = (answer: string): number | undefined =>
      assessor.assess(answer).suggestions[0]?.confidence;
    expect(confidence(padded)).toBe(confidence(`Deep networks have many uses in the world. ${GOOD}`));
  });

  it('gives the same for the same', () => {
    expect(assessor.assess(GOOD)).toEqual(assessor.assess(GOOD));
  });

  it('reads a long answer within its time', () => {
    const started = performance.now();
    assessor.assess(
      `${GOOD} ${'The gradient of the loss is used to update the weights in every step. '.repeat(2_000)}`,
    );
    expect(performance.now() - started).toBeLessThan(4_000);
  });
});
