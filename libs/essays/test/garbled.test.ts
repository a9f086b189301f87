import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

const verdictOf = (says: string, answer: string, wordings: readonly string[] = []) =>
  prepareAssessor({ asked: 'What is it?', points: [{ id: 'item', says, wordings }] }).assess(answer)
    .suggestions[0]?.verdict;

describe('an item that is only hinted at by its own words', () => {
  const vine = 'Without light the vine cannot make the sugar that its roots need.';
  const lock = 'A lock lifts boats between the levels of a canal.';
  const wheel = 'The wheel turns because water falls into its buckets.';

  it.each<[string, string, string]>([
    ['parted-by-verbs', lock, 'Lock shows lifts needs boats uses between holds levels gives canal.'],
    ['parted-and-in-no-order', lock, 'Levels need canal uses boats takes lifts shows between gives lock.'],
    ['nothing-but-parted-words', 'A sluice drains meadows.', 'Sluice shows drains needs meadows.'],
    [
      'parted-words-in-a-sentence',
      wheel,
      'The wheel needs turns uses because shows water falls into its buckets.',
    ],
    ['small-word-last', vine, 'Need light the vine cannot make the sugar that its roots without.'],
    ['first-and-last-exchanged', wheel, 'The buckets turns because water falls into its wheel.'],
    ['a-kind-and-its-thing', 'The early bell ends the lesson.', 'The early lesson ends the bell.'],
    ['a-trait-for-a-thing', lock, 'A lock lifts canal between the levels of a boats.'],
    ['small-word-in-the-middle', wheel, 'The into turns because water falls wheel its buckets.'],
  ])('%s', (_, says, answer) => {
    expect(verdictOf(says, says)).toBe('likely-covered');
    expect(verdictOf(says, answer)).not.toBe('likely-covered');
  });

  it('by-the-words-of-another-wording', () => {
    const answer = 'Lock holds lifts shows boats gives between levels needs canal.';
    expect(verdictOf('Boats are raised by it.', answer, [lock])).not.toBe('likely-covered');
  });

  it.each<[string, string, string]>([
    ['a-few-words-more', lock, 'A lock slowly lifts heavy boats between the different levels of a canal.'],
    ['the-clause-moved', vine, 'The vine cannot make the sugar that its roots need without light.'],
    ['two-like-things-exchanged', 'The pond is joined to the lake.', 'The lake is joined to the pond.'],
    [
      'two-of-a-list-exchanged',
      'The sluice in the dam drains the meadow and the marsh in spring.',
      'The sluice in the dam drains the marsh and the meadow in spring.',
    ],
    [
      'the-same-way-round',
      'The speed of the tide differs from the speed of the current.',
      'The speed of the current differs from the speed of the tide.',
    ],
    ['another-verb', wheel, 'The wheel spins because water falls into its buckets.'],
  ])('is-covered-with: %s', (_, says, answer) => {
    expect(verdictOf(says, answer)).toBe('likely-covered');
  });
});
