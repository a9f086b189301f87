import { describe, expect, it } from '@jest/globals';
import { prepareAssessor, type RubricPoint, type Verdict } from '../src/index.js';
import { COEFFICIENTS } from '../src/judge/coefficients.js';

const verdictOf = (asked: string, [says, ...wordings]: readonly [string, ...string[]], answer: string) =>
  prepareAssessor({ asked, points: [{ id: 'item', says, wordings }] }).assess(answer).suggestions[0]?.verdict;

const covered: Verdict = 'likely-covered';

describe('qualities that go together', () => {
  const asked = 'What happens to the frequency of the pendulum?';
  const says: [string] = ['When the thread is longer, the swing is slower.'];
  it.each([
    ['in-other-words', 'With a longer thread the swing gets slower.', true],
    ['the-other-way-round', 'With a longer thread the swing gets faster.', false],
    [
      'both-turned-the-wrong-way',
      'The swing is slower when the thread is shorter and faster when the thread is longer.',
      false,
    ],
    ['undecided', 'When the thread is longer, the swing is slower or faster.', false],
  ])('%s', (_name, answer, holds) => {
    expect(verdictOf(asked, says, answer) === covered).toBe(holds);
  });
});

describe('a term that the question asks about', () => {
  const asked = 'What does the word leaf mean for a family tree?';
  it.each([
    ['in-other-words', 'Somebody in the chart who does not have any children.', true],
    ['the-term-alone', 'A leaf in the chart is somebody who is a leaf.', false],
    ['the-opposite', 'A leaf is somebody in the chart with children.', false],
  ])('%s', (_name, answer, holds) => {
    expect(verdictOf(asked, ['Somebody in the chart with no children.'], answer) === covered).toBe(holds);
  });
});

describe('a choice that the question offers', () => {
  const asked = 'Is the table scanned by columns or by rows?';
  it.each([
    ['the-one', 'The table is scanned by rows.', true],
    ['both', 'The table is scanned by rows and columns.', false],
    ['the-other', 'It is scanned by columns.', false],
  ])('%s', (_name, answer, holds) => {
    expect(verdictOf(asked, ['It is scanned by rows.'], answer) === covered).toBe(holds);
  });
});

describe('which of two things is meant', () => {
  const asked = 'Why does the meter show 9 volts between post 3 and the positive pole?';
  const says: [string, ...string[]] = [
    'Post 3 and the positive pole are not connected.',
    'Post 3 is connected to the negative pole.',
  ];
  it.each([
    ['the-same-denied', 'Post 3 is not connected to the positive pole.', true],
    ['the-other-affirmed', 'Post 3 is connected to the negative pole.', true],
    ['the-other-denied', 'Post 3 is not connected to the negative pole.', false],
    ['the-same-affirmed', 'Post 3 is connected to the positive pole.', false],
  ])('%s', (_name, answer, holds) => {
    expect(verdictOf(asked, says, answer) === covered).toBe(holds);
  });
});

describe("an item's own words", () => {
  const asked = 'Why does a copper spoon feel cold?';
  const says: [string] = ['Copper leads the heat of the hand away faster than the air does.'];
  it.each([
    ['as-they-are', 'Copper leads the heat of the hand away faster than the air does.', true],
    ['a-clause-moved', 'Faster than the air does, copper leads the heat of the hand away.', true],
    ['in-no-order', 'The hand leads does heat the of than copper away the air faster.', false],
    ['two-exchanged', 'The air leads the heat of the hand away faster than copper does.', false],
  ])('%s', (_name, answer, holds) => {
    expect(verdictOf(asked, says, answer) === covered).toBe(holds);
  });
});

describe('what is left out', () => {
  it('half-of-two-things', () => {
    expect(verdictOf('What is a bat?', ['A mammal that flies.'], 'A mammal with fur.')).not.toBe(covered);
    expect(verdictOf('What is a bat?', ['A mammal that flies.'], 'It is a mammal that flies at night.')).toBe(
      covered,
    );
  });
});

describe('how like an item a sentence has to be', () => {
  const says = 'The moon pulls the water of the sea.';
  const answer = 'The moon pulls at the sea and its water.';
  const strict = { ...COEFFICIENTS, covered: 1, alone: 0 };
  const verdict = (points: readonly RubricPoint[]) =>
    prepareAssessor({ asked: 'Why are there tides?', points }, strict).assess(answer).suggestions[0]?.verdict;
  it.each<[string, RubricPoint[], boolean]>([
    ['the-only-item', [{ id: 'a', says }], true],
    [
      'one-of-two-items',
      [
        { id: 'a', says },
        { id: 'b', says: 'The earth turns below.' },
      ],
      false,
    ],
    ['in-two-wordings', [{ id: 'a', says, wordings: ['The moon draws the sea.'] }], false],
  ])('%s', (_name, points, holds) => {
    expect(verdict(points) === covered).toBe(holds);
  });
});

describe('small slips', () => {
  it('a-label-at-the-end-is-no-break', () => {
    const asked = 'Why does lamp A stay on?';
    const says: [string] = ['The cell is in a closed path with lamp A.'];
    expect(verdictOf(asked, says, 'the cell is in a closed path with lamp a')).toBe(covered);
  });
  it('what-the-question-says-counts-where-the-item-adds-little', () => {
    const asked = 'How does a scratch test with two stones show which of them is harder?';
    expect(verdictOf(asked, ['The harder stone scratches the other.'], 'A spoon is harder.')).not.toBe(
      covered,
    );
    expect(
      verdictOf(
        asked,
        ['The harder stone scratches the other.'],
        'The stone that is harder scratches the other one.',
      ),
    ).toBe(covered);
  });
});

describe('what is no conflict', () => {
  const asked =
    'Explain why networks with several hidden layers are preferred to one very wide hidden layer, and say when the extra depth does not help.';
  it.each([
    [
      'both-ends-of-a-sequence-one-after-the-other',
      'Later layers compose features from those of earlier layers, from simple to abstract.',
      'The first layers respond to edges, the next ones to textures, and the last ones to whole objects, so that complex features are made of simple ones.',
    ],
    [
      'a-comparison-told-from-its-other-side',
      'Depth expresses some functions with far fewer units than width does.',
      'One wide layer would have to hold every combination by itself and needs far more units for the same function.',
    ],
  ])('%s', (_name, says, answer) => {
    expect(verdictOf(asked, [says], answer)).not.toBe('possible-conflict');
  });

  it('a-comparison-turned-round-is-one', () => {
    const says = 'Depth expresses some functions with fewer units than width does.';
    const answer = 'Depth expresses some functions with more units than width does.';
    expect(verdictOf('Why depth?', [says], answer)).toBe('possible-conflict');
  });
});
