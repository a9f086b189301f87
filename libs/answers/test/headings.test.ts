import { describe, expect, it } from '@jest/globals';
import { readLabel } from '../src/headings/label.js';
import { processorTime } from '../../../test/time/processor-time.js';

/** A label as `keyword 2.b`, with what is left of the line. */
function read(line: string): string | undefined {
  const label = readLabel(line);
  if (label === undefined) return undefined;
  const name = label.numerals.map(({ text }) => text).join('.');
  return `${label.keyword?.names ?? 'bare'} ${name} | ${line.slice(label.end)}`;
}

describe('labels at the start of a line', () => {
  it.each([
    ['Question 2:', 'question 2 | '],
    ['Question 2: The block', 'question 2 | The block'],
    ['Q2. The block', 'question 2 | The block'],
    ['Q2a) The block', 'question 2.a | The block'],
    ['2) The block', 'bare 2 | The block'],
    ['2. The block', 'bare 2 | The block'],
    ['**Question 2**', 'question 2 | '],
    ['**Question 2**: The block', 'question 2 | The block'],
    ['# Question 2', 'question 2 | '],
    ['#Question 2', 'question 2 | '],
    ['## 2 (b)', 'bare 2.b | '],
    ['## Question 2 ##', 'question 2 | '],
    ['Question Two', 'question 2 | '],
    ['Question II.', 'question ii | '],
    ['Problem 2', 'question 2 | '],
    ['Task 2', 'question 2 | '],
    ['Answer to question 2', 'question 2 | '],
    ['Answer to Q2:', 'question 2 | '],
    ['Ans 2:', 'answer 2 | '],
    ['Ans. 2:', 'answer 2 | '],
    ['- a. The block', 'bare a | The block'],
    ['(b) The block', 'bare b | The block'],
    ['**b.** The block', 'bare b | The block'],
    ['- b.** The block', 'bare b | The block'],
    ['b) The block', 'bare b | The block'],
    ['a: The block', 'bare a | The block'],
    ['part (b)', 'part b | '],
    ['Part B: The block', 'part b | The block'],
    ['(i) The block', 'bare i | The block'],
    ['iii) The block', 'bare iii | The block'],
    ['2 b', 'bare 2.b | '],
    ['2', 'bare 2 | '],
    ['II.ii', 'bare ii.ii | '],
    ['2b) The block', 'bare 2.b | The block'],
    ['2.b The block', 'bare 2.b | The block'],
    ['2.1 The block', 'bare 2.1 | The block'],
    ['2(b)(ii) The block', 'bare 2.b.ii | The block'],
    ['Question 2 (b)', 'question 2.b | '],
    ['Question 2, part b:', 'question 2.b | '],
    ['1a. The block', 'bare 1.a | The block'],
    ['Question 1: - a. The block', 'question 1.a | The block'],
    ['<h2>Question 2</h2>', 'question 2 | '],
    ['<p><strong>Q2</strong></p>', 'question 2 | '],
    ['\\section*{Question 2}', 'question 2 | '],
    ['\\item[(b)] The block', 'bare b | The block'],
    ['Ｑｕｅｓｔｉｏｎ　２：', 'question 2 | '],
    ['（２）The block', 'bare 2 | The block'],
    ['问题2：', 'question 2 | '],
    ['问题二', 'question 2 | '],
    ['第二题', 'question 2 | '],
    ['第2問', 'question 2 | '],
    ['Frage 2', 'question 2 | '],
    ['Aufgabe 2:', 'question 2 | '],
    ['Pregunta 2.', 'question 2 | '],
    ['Esercizio 2', 'question 2 | '],
    ['Вопрос 2', 'question 2 | '],
    ['\u200fالسؤال ٢:', 'question 2 | '],
    ['\ufeffQuestion 2', 'question 2 | '],
    ['Question 2 (continued)', 'question 2 | '],
    ['Question 2 [10 marks]', 'question 2 | '],
    ['Question 2 (b) (5 marks): The block', 'question 2.b | The block'],
    ['> Question 2', 'question 2 | '],
    ['Question No. 2', 'question 2 | '],
    ['Question #2', 'question 2 | '],
    ['[Question 2]', 'question 2 | '],
    ['Question 2 b', 'question 2.b | '],
    ['(a) C', 'bare a | C'],
    ['2) C', 'bare 2 | C'],
    ['2. C', 'bare 2 | C'],
    ['① The block', 'bare 1 | The block'],
  ])('%s', (line, expected) => {
    expect(read(line)).toBe(expected);
  });

  it.each([
    'The network has 2 blocks.',
    '2.5 million parameters',
    '7*7*3 = 147',
    '(7*7*3) * 512 = 75264',
    '10:30 is when it finished',
    '2D convolutions have a kernel',
    '1x1 convolutions mix channels',
    'e.g. a wide layer',
    'i.e. a narrow layer',
    'A deep network learns features',
    'I would begin with a narrow model',
    'Question what you read',
    'Part of the reason',
    'Answer: 385536',
    'Answer: 12',
    'Q: A model with two layers?',
    '2023. A year',
    '| 2 | 864 |',
    '',
    '**',
    '- ',
    '####',
    '((((',
  ])('is none: %s', (line) => {
    expect(read(line)).toBeUndefined();
  });

  it('is-read-in-time-that-does-not-depend-on-nesting', () => {
    const hostile = ['*', '_', '(', '[', '<b', '\\textbf{', '> ', '- ', '1.', 'Question '].map((piece) =>
      piece.repeat(50_000),
    );
    const begun = processorTime();
    for (const line of hostile) readLabel(line);
    expect(processorTime() - begun).toBeLessThan(500);
  });
});
