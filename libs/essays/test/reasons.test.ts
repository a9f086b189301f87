import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

const isCovered = (asked: string, says: string, answer: string): boolean =>
  prepareAssessor({ asked, points: [{ id: 'item', says }] }).assess(answer).suggestions[0]?.verdict ===
  'likely-covered';

describe('what is so and why', () => {
  const asked = 'What happened in the storm?';
  const says = 'The roof of the barn burned because lightning had struck the tree beside it.';
  it.each([
    ['both', 'The roof of the barn burned because lightning struck the tree beside it.', true],
    ['turned-about', 'Lightning had struck the tree beside the barn, so its roof burned.', true],
    ['only-why', 'Lightning had struck the tree beside it.', false],
    ['only-why-with-its-because', 'Because lightning had struck the tree beside it.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('what follows from it', () => {
  const asked = 'What happens to the plan?';
  const says = 'The worker gets a copy of the plan, so the plan of the office is not changed.';
  it.each([
    ['both', 'The worker has a copy of the plan, so the plan of the office is not changed.', true],
    ['only-what-follows', 'The plan of the office is not changed.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('a reason for what the question says already', () => {
  const asked = 'Why did the wooden bridge collapse first?';
  const says = 'The wooden bridge collapsed first because its beams were rotten.';
  it.each([
    ['only-the-reason', 'Its beams were rotten.', true],
    ['only-what-was-asked', 'The wooden bridge collapsed first.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('what something is for', () => {
  it('need not be said', () => {
    expect(
      isCovered(
        'How are the replicas of a database kept?',
        'Replicas that a router picks are in distant places, so that a fire leaves one.',
        'Replicas that the router picks are in places that are distant.',
      ),
    ).toBe(true);
  });
});
