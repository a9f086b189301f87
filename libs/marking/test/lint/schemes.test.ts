import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { checksOn, choice, code, critique, essay, examOf, linesOf, notesOn } from './linting.js';

describe('a good exam', () => {
  it('the-demonstration-has-no-notes', () => {
    const yaml = readFileSync(
      new URL('../../../../examples/demonstration/exam.yaml', import.meta.url),
      'utf8',
    );
    expect(notesOn(yaml)).toEqual([]);
  });
  it('an-essay-and-a-choice-have-none', () => {
    expect(checksOn(essay(), { ...choice(), id: '2' })).toEqual([]);
  });
});

describe('formulas in double quotes', () => {
  const written = (prompt: string) =>
    notesOn(examOf(essay({ prompt: 'PROMPT' })).replace('PROMPT', prompt)).map(
      ({ check, says }) => `${check}: ${says}`,
    );

  it.each([
    ['frac', String.raw`"Why is $\frac{1}{2}$ so?"`, String.raw`\frac`],
    ['beta', String.raw`"What does \beta do?"`, String.raw`\beta`],
    ['times', String.raw`"Why $3 \times 3$?"`, String.raw`\times`],
    ['nabla', String.raw`"What is $\nabla L$?"`, String.raw`\nabla`],
    ['rho', String.raw`"What is $\rho$?"`, String.raw`\rho`],
  ])('a-command-that-an-escape-ate-is-told: %s', (_name, prompt, command) => {
    expect(written(prompt)).toEqual([
      expect.stringContaining(`eaten-formula: "${command}" stands in double quotes`),
    ]);
  });
  it.each([
    ['in-single-quotes', String.raw`'Why is $\frac{1}{2} \times \beta$ so?'`],
    ['escaped-once-more', String.raw`"Why is $\\frac{1}{2} \\times \\beta$ so?"`],
    ['lines-and-tabs-that-are-meant', String.raw`"First\nnote this.\n\ttimes two"`],
    [
      'a-line-of-a-formula-that-begins-with-a-letter',
      '|\n      Why is $a +\n      u$ so, and $b +\n      m$?',
    ],
    ['a-formula-over-two-lines', String.raw`"Why is $a +\n b$ so?"`],
  ])('%s-is-as-it-is-meant', (_name, prompt) => {
    expect(written(prompt)).toEqual([]);
  });
});

describe('rubrics', () => {
  const item = { id: 'a', says: 'The one.', marks: 2, terms: ['gradient'] };

  it('marks-past-those-of-the-part', () => {
    const yaml = examOf(essay({ marks: 1 }));
    expect(linesOf(yaml)).toEqual([{ check: 'marks-over', line: 'rubric:' }]);
    expect(notesOn(yaml)[0]?.says).toMatch(/give 2 marks together and the part 1/);
  });
  it('items-without-terms', () => {
    expect(notesOn(examOf(essay({ rubric: [{ ...item, terms: [] }] })))[0]?.says).toMatch(
      /^No item lists terms/,
    );
    const mixed = [
      { ...item, marks: 1 },
      { ...item, id: 'b', marks: 1, terms: [] },
    ];
    expect(notesOn(examOf(essay({ rubric: mixed })))[0]?.says).toMatch(/^b lists no terms.*for it\./);
  });
  it('two-items-of-one-name', () => {
    const twice = [
      { ...item, marks: 1 },
      { ...item, marks: 1, terms: ['momentum'] },
    ];
    expect(linesOf(examOf(essay({ rubric: twice })))).toEqual([{ check: 'same-id', line: 'id: a' }]);
  });
  it('two-items-of-the-same-terms', () => {
    const twice = [
      { ...item, marks: 1 },
      { ...item, id: 'b', marks: 1, terms: ['Gradient'] },
    ];
    expect(checksOn(essay({ rubric: twice }))).toEqual(['same-terms']);
  });
  it('an-item-of-no-marks', () => {
    expect(checksOn(essay({ rubric: [item, { ...item, id: 'b', marks: 0, terms: ['momentum'] }] }))).toEqual([
      'no-marks',
    ]);
  });
  it('terms-that-the-question-already-has', () => {
    expect(checksOn(essay({ prompt: 'Why do gradients vanish?' }))).toEqual(['terms-in-the-question']);
    const inParts = {
      id: '7',
      prompt: 'All is about momentum.',
      parts: [{ ...essay({ marks: 2 }), id: 'a' }],
    };
    expect(notesOn(examOf(inParts))).toMatchObject([
      {
        check: 'terms-in-the-question',
        item: 'b',
        part: '7.a',
        path: ['questions', 0, 'parts', 0, 'rubric', 1, 'terms'],
      },
    ]);
  });
});

describe('marks that the question speaks of', () => {
  it('differ-from-the-part', () => {
    expect(linesOf(examOf(essay({ prompt: 'Tell what you know (4 marks).' })))).toEqual([
      { check: 'marks-declared-otherwise', line: 'marks: 2' },
    ]);
    expect(checksOn(essay({ prompt: 'Tell what you know (2 marks).' }))).toEqual([]);
  });
  it('differ-from-the-sum-of-the-parts', () => {
    const question = (title: string): object => ({
      id: '1',
      title,
      parts: [essay(), { ...choice(), id: '2' }],
    });
    expect(checksOn(question('Depth (5 points)'))).toEqual(['marks-declared-otherwise']);
    expect(checksOn(question('Depth (4 points)'))).toEqual([]);
  });
  it('several-numbers-say-nothing', () => {
    expect(checksOn(essay({ prompt: 'One mark each: 1 mark for this, 3 marks for that.' }))).toEqual([]);
  });
});

describe('grades', () => {
  const graded = (grades: string): string => `${examOf(essay())}grades:\n${grades}`;

  it('two-that-begin-alike-and-one-beyond-all-marks', () => {
    const yaml = graded(
      '  - { grade: A, from: 2 }\n  - { grade: B, from: 1 }\n  - { grade: C, from: 1 }\n  - { grade: D, from: 5 }\n',
    );
    expect(linesOf(yaml).map(({ check, line }) => [check, line.trim()])).toEqual([
      ['grade-never-given', 'from: 1 }'],
      ['grade-never-given', 'from: 5 }'],
    ]);
    expect(notesOn(yaml).map(({ says }) => says.split(',')[0])).toEqual([
      'C begins at 1 mark as B does',
      'D begins at 5 marks',
    ]);
  });

  it('all-of-which-can-be-given', () => {
    expect(linesOf(graded('  - { grade: A, from: 2 }\n  - { grade: B, from: 0 }\n'))).toEqual([]);
  });
});

describe('choices', () => {
  it.each<[string, object, readonly string[]]>([
    ['every-option-right', { correct: ['a', 'b', 'c'] }, ['all-options-right']],
    [
      'two-options',
      {
        options: [
          { id: 'a', says: 'Yes' },
          { id: 'b', says: 'No' },
        ],
      },
      ['lucky-guess'],
    ],
    [
      'one-option-twice',
      {
        options: [
          { id: 'a', says: 'A ReLU' },
          { id: 'b', says: 'A softmax' },
          { id: 'c', says: 'a  relu' },
        ],
      },
      ['same-option'],
    ],
    [
      'the-right-one-by-far-the-longest',
      {
        options: [
          { id: 'a', says: 'A sigmoid' },
          { id: 'b', says: 'A softmax, since the classes exclude each other' },
          { id: 'c', says: 'A ReLU' },
        ],
      },
      ['lucky-guess'],
    ],
  ])('%s', (_, more, checks) => {
    expect(checksOn(choice(more))).toEqual(checks);
  });

  it('always-the-second', () => {
    const four = [1, 2, 3, 4].map((id) => ({ ...choice(), id }));
    expect(checksOn(...four)).toEqual(['lucky-guess']);
    expect(checksOn(...four.slice(1), { ...choice({ correct: ['a'] }), id: 1 })).toEqual([]);
  });
});

describe('requirements of code', () => {
  const budget = (atMost: number, atLeast?: number): object => ({
    check: 'parameter-budget',
    atMost,
    ...(atLeast === undefined ? {} : { atLeast }),
  });

  it.each<[string, readonly object[], readonly string[]]>([
    ['a-budget-that-the-question-tells', [budget(200_000), { check: 'residual-connection' }], []],
    [
      'a-budget-that-nobody-can-know',
      [budget(150_000), { check: 'residual-connection' }],
      ['not-in-the-question'],
    ],
    [
      'at-least-more-than-at-most',
      [budget(200_000, 300_000), { check: 'residual-connection' }],
      ['cannot-be-met'],
    ],
    [
      'two-budgets-apart',
      [budget(200_000), budget(200_000, 0), budget(300_000, 250_000)],
      ['not-in-the-question', 'cannot-be-met'],
    ],
    [
      'two-shapes',
      [
        { check: 'output-shape', shape: [10] },
        { check: 'output-shape', shape: [100] },
      ],
      ['cannot-be-met'],
    ],
    ['a-layer-that-is-not', [{ check: 'uses', layers: ['Convolve2d'], marks: 2 }], ['cannot-be-met']],
    ['a-function-that-is', [{ check: 'uses', layers: ['BatchNorm2d', 'max_pool2d'], marks: 2 }], []],
    ['a-layer-of-keras', [{ check: 'uses', layers: ['Conv2D', 'Dense'], marks: 2 }], []],
  ])('%s', (_, requirements, checks) => {
    const marks = requirements.length === 3 ? 3 : 2;
    expect(checksOn(code(requirements, { marks }))).toEqual(checks);
  });

  it.each(['200,000', '200000', '200 000', '200k', '0.2 million', '$200{,}000$'])(
    '%s-is-the-budget',
    (written) => {
      const prompt = `At most ${written} parameters.`;
      expect(checksOn(code([budget(200_000), { check: 'residual-connection' }], { prompt }))).toEqual([]);
    },
  );
});

describe('code to be reviewed', () => {
  const net = (features: number): string => `import torch.nn as nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.fc = nn.Linear(${features}, 10)

    def forward(self, x):
        return self.fc(self.conv(x).flatten(1))
`;
  const runs = net(8 * 32 * 32);
  const fails = net(8);

  it('that-runs-is-no-matter', () => {
    expect(checksOn(critique(runs, [{}, { terms: ['dropout'] }]))).toEqual([]);
  });
  it('a-fault-that-no-check-finds', () => {
    const points = [{ terms: ['dropout'], fault: 'softmax-cs' }, { fault: 'softmax-ce' }];
    const exam = examOf(critique(runs, points));
    expect(notesOn(exam).map(({ check, says }) => ({ check, says }))).toEqual([
      { check: 'unknown-check', says: expect.stringContaining('Perhaps "softmax-ce" is meant.') },
    ]);
  });
  it('a-fault-that-running-finds', () => {
    expect(checksOn(critique(runs, [{ fault: 'dead-layer' }, { terms: ['dropout'] }]))).toEqual([]);
  });
  it('that-fails-where-no-point-speaks-of-it', () => {
    expect(linesOf(examOf(critique(fails, [{}, { terms: ['dropout'] }]))).map(({ check }) => check)).toEqual([
      'code-fails',
    ]);
  });
  it('that-fails-as-it-is-to', () => {
    expect(
      checksOn(
        critique(fails, [
          { says: 'The last layer does not fit: its shape is wrong.' },
          { terms: ['dropout'] },
        ]),
      ),
    ).toEqual([]);
  });
  it('that-cannot-be-parsed', () => {
    expect(checksOn(critique('def f(:\n', [{}, { terms: ['dropout'] }]))).toEqual(['code-fails']);
  });
  it('that-has-no-network', () => {
    expect(checksOn(critique('x = 1\n', [{}, { terms: ['dropout'] }]))).toEqual(['code-without-network']);
  });
});
