import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

const assess = (asked: string, says: string, answer: string) =>
  prepareAssessor({ asked, points: [{ id: 'item', says }] }).assess(answer).suggestions[0];
const isCovered = (asked: string, says: string, answer: string): boolean =>
  assess(asked, says, answer)?.verdict === 'likely-covered';

describe('one of several things that are told apart by a number or a letter', () => {
  const asked = 'Why does pump 2 stand still?';
  const says = 'Pump 2 is separated from the tank by a leak.';
  it.each([
    ['the-same', 'Pump 2 is separated from the tank by a leak.', true],
    ['told-as-it', 'It is separated from the tank by a leak.', true],
    ['another', 'Pump 1 is separated from the tank by a leak.', false],
    ['what-only-opens-a-clause', 'I think that a pump is separated from the tank by a leak.', false],
    ['none-of-them', 'A tap is separated from the tank by a leak.', false],
    ['beside-another', 'Pump 2 is separated from the tank by a leak, and pump 1 is not.', true],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });

  it('tells-which-it-found', () => {
    expect(assess(asked, says, 'Pump 1 is separated from the tank by a leak.')?.because).toContain(
      'Two things may be swapped: the item has "pump 2", the sentence "pump 1".',
    );
  });

  it('wants-things-that-have-but-a-letter-for-their-name', () => {
    const why = 'Why do they stop?';
    const item = 'B and C are no longer in a closed path with the battery.';
    expect(isCovered(why, item, 'B and C are no longer in a closed path with the battery.')).toBe(true);
    expect(isCovered(why, item, 'The lamp is no longer in a closed path with the battery.')).toBe(false);
  });

  it('takes-one-side-for-both-of-a-relation-nowhere', () => {
    const why = 'Why do bulbs B and C go out with bulb A?';
    const item = 'A is in the path with B and C.';
    expect(isCovered(why, item, 'Bulb A is in the path with bulbs B and C.')).toBe(true);
    expect(isCovered(why, item, 'Bulbs B and C are in the path.')).toBe(false);
    expect(isCovered(why, item, 'They are in the same path.')).toBe(false);
  });

  it('wants-no-letter-of-a-premise', () => {
    const why = 'Why do they stay on when bulb C burns out?';
    const item = 'If C burns out, A and B are still in a closed path with the battery.';
    const answer = 'Bulb A and bulb B are still in a closed path with the battery.';
    expect(isCovered(why, item, answer)).toBe(true);
  });

  it('takes-letters-for-names-and-no-article', () => {
    const lamp = 'Lamp A is in one loop with the battery.';
    const why = 'Why is the lamp lit?';
    expect(isCovered(why, lamp, 'Lamp A is in one loop with the battery.')).toBe(true);
    expect(isCovered(why, lamp, 'Lamp B is in one loop with the battery.')).toBe(false);
    expect(
      isCovered(why, 'The lamp has a loop with the battery.', 'The lamp has a loop with the battery.'),
    ).toBe(true);
  });
});

describe('what is counted or measured', () => {
  it.each([
    [
      'the-same',
      'How is a batch chosen?',
      'The memory grows with the number of samples in a batch.',
      'Memory grows with the number of samples in each batch.',
      true,
    ],
    [
      'something-else',
      'How is memory used?',
      'The memory of the optimizer is twice the number of weights.',
      'The memory of the optimizer is twice the number of neurons.',
      false,
    ],
    [
      'another-sum',
      'What does the method add?',
      'The sum of the squared weights is added to the loss.',
      'The loss is the sum of the squared errors.',
      false,
    ],
    [
      'the-same-in-another-form',
      'What does the method add?',
      'The sum of the squared weights is added to the loss.',
      'The sum of the squared weights is added to the loss function.',
      true,
    ],
    [
      'squared-left-out',
      'What does the method add?',
      'The sum of the squared weights is added to the loss.',
      'The sum of the absolute weights is added to the loss.',
      false,
    ],
  ])('%s', (_name, asked, says, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

describe('a range', () => {
  const asked = 'How large should a batch be?';
  const says = 'A batch should have 32 to 256 samples on one device.';
  it.each([
    ['both-ends', 'A batch should have 32 to 256 samples on a device.', true],
    ['with-a-dash', 'A batch should have 32-256 samples on one device.', true],
    ['one-end', 'A batch should have at least 32 samples on one device.', false],
  ])('%s', (_name, answer, holds) => {
    expect(isCovered(asked, says, answer)).toBe(holds);
  });
});

it('takes-what-a-question-asks-about-for-its-own-word-where-the-item-explains-it', () => {
  const asked = 'What is voltage?';
  const says = 'Voltage is the difference in electrical states between two terminals.';
  const place = (answer: string) => assess(asked, says, answer)?.features?.missing ?? 1;
  expect(place('The difference in electrical states between two terminals.')).toBeLessThan(0.05);
  expect(place('Voltage is the difference between two terminals.')).toBeGreaterThan(0.1);
});
