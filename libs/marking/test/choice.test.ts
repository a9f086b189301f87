import { describe, expect, it } from '@jest/globals';
import { choice, ChoicePart } from '../src/kinds/choice.js';
import type { Instruments } from '../src/kinds/kind.js';

const PART = ChoicePart.parse({
  id: '1',
  kind: 'choice',
  marks: 2,
  prompt: 'Which of these have no parameters?',
  options: [
    { id: 'a', says: 'Max pooling' },
    { id: 'b', says: 'Batch normalisation' },
    { id: 'c', says: 'Dropout' },
  ],
  correct: ['a', 'c'],
});
const NO_INSTRUMENTS: Instruments = {
  reader: {
    read() {
      throw new Error('a choice reads no code');
    },
  },
  programs: {
    read() {
      throw new Error('a choice reads no code');
    },
  },
};
const mark = (answer: string) => choice.mark(PART, answer, NO_INSTRUMENTS);

describe('marking a choice', () => {
  it.each(['a, c', 'A and C', '(a) (c)', '**a**; **c**', 'Answer: c & a', 'My answers are a and c.', 'c\na'])(
    '"%s" names the right options',
    (answer) => expect(mark(answer)).toMatchObject({ outcome: 'proposed', marks: '2' }),
  );

  it.each(['a', 'a, b, c', 'b'])('"%s" is wrong', (answer) => {
    expect(mark(answer)).toMatchObject({ outcome: 'proposed', marks: '0' });
  });

  it.each(['either a or c, not sure', 'a because pooling only takes a maximum', 'd', 'I do not know', 'c?!'])(
    '"%s" is for a person',
    (answer) => expect(mark(answer)).toMatchObject({ outcome: 'needs-person', marks: null }),
  );

  it('an-option-spelt-out', () => {
    const single = ChoicePart.parse({ ...PART, marks: '2', correct: ['a'] });
    expect(choice.mark(single, 'Max Pooling.', NO_INSTRUMENTS)).toMatchObject({
      outcome: 'proposed',
      marks: '2',
    });
  });
});
