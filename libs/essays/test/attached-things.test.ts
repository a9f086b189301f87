import { describe, expect, it } from '@jest/globals';
import { prepareAssessor, type Verdict } from '../src/index.js';

const covered: Verdict = 'likely-covered';
const conflict: Verdict = 'possible-conflict';

const verdictOf = (asked: string, says: string, answer: string): Verdict | undefined =>
  prepareAssessor({ asked, points: [{ id: 'item', says }] }).assess(answer).suggestions[0]?.verdict;

describe('what is said of one of two things', () => {
  it.each([
    [
      'which-of-two-goes-down',
      'What does a penalty on the weights do to a model?',
      'This lowers the variance at the cost of a little more bias.',
      'It increases the variance and lowers the bias.',
    ],
    [
      'which-of-two-a-verb-takes',
      'Which layers do you freeze in transfer learning?',
      'Freeze the early layers, because they detect general features such as edges and textures.',
      'Freeze the last layers because they detect edges, and train the early layers.',
    ],
    [
      'what-a-clause-hangs-on',
      'When would you prefer recall to precision?',
      'Recall matters most when missing a positive case is dangerous.',
      'Recall matters most when false alarms are expensive, and precision when missing a case is dangerous.',
    ],
    [
      'two-sentences-each-about-another',
      'What is dropout, and how does it differ between training and testing?',
      'During training neurons are randomly switched off.',
      'Dropout is switched off during training. At test time neurons are randomly dropped.',
    ],
  ])('%s', (_name, asked, says, answer) => {
    expect(verdictOf(asked, says, answer)).not.toBe(covered);
    expect(verdictOf(asked, says, says)).toBe(covered);
  });
});

describe('a statement that speaks of both', () => {
  it.each([
    [
      'one-thing-large-and-then-small',
      'Why does weight decay help?',
      'Large weights are punished, so the weights stay small and the function is smoother.',
      'Gradient descent also keeps the weights small, and small weights give a smoother function.',
    ],
    [
      'late-and-early',
      'Why are deep networks useful?',
      'Later layers compose features from those of earlier layers, from simple to abstract.',
      'The first layers find edges and spots, and complex patterns are composed of simple ones.',
    ],
    [
      'either-of-two',
      'Which mechanisms help with long sequences?',
      'An LSTM or a GRU controls with gates what is kept.',
      'An LSTM has gates that control what is kept.',
    ],
  ])('%s', (_name, asked, says, answer) => {
    expect(verdictOf(asked, says, answer)).not.toBe(conflict);
  });
});
