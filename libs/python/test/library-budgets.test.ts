import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Interpreter } from '@tensormark/python';

function run(
  source: string,
  steps = 10_000_000,
): { readonly kind: string; readonly what: string; readonly output: string } {
  const python = new Interpreter({ budgets: { steps } });
  const outcome = python.runModule(source, 'program.py');
  const what =
    outcome.kind === 'budget' ? outcome.budget : outcome.kind === 'raised' ? outcome.error.type : '';
  return { kind: outcome.kind, what, output: python.output };
}

describe('what would not end by itself is ended', () => {
  it.each([
    ['nested-quantifiers', "import re\nre.match('(a+)+$', 'a' * 40 + 'b')", 'regular-expression'],
    ['alternatives-that-overlap', "import re\nre.match('(a|aa)+$', 'a' * 60 + 'b')", 'regular-expression'],
    ['long-pattern', "import re\nre.compile('a' * 20000)", 'regular-expression'],
    ['endless-substitution', "import re\nwhile True: re.sub('a', 'b', 'aaaa')", 'steps'],
  ])('%s', (_name, source, budget) => {
    expect(run(source, 1_000_000)).toMatchObject({ kind: 'budget', what: budget });
  });

  it('json-nested-too-deeply', () => {
    expect(run("import json\njson.loads('[' * 5000)")).toMatchObject({
      kind: 'raised',
      what: 'RecursionError',
    });
  });

  it('json-that-holds-itself', () => {
    expect(run('import json\na = []\na.append(a)\njson.dumps(a)')).toMatchObject({
      kind: 'raised',
      what: 'ValueError',
    });
  });

  it('a-long-run-of-a-part-of-fixed-width', () => {
    expect(run("import re\nprint(re.match('(?:ab|cd)*', 'abcd' * 20000).end())").output).toBe('80000\n');
  });
});

/** Patterns that mean the same in Python and in JavaScript. */
const pattern = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '^', '$', '\\b'),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
    fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '*?', '+?', '{1,2}'))
      .map(([a, q]) => `(?:${a})${q}`),
    tie('pattern').map((a) => `(?=${a})`),
  ),
})).pattern;

describe('the matcher', () => {
  it('finds what JavaScript finds, where the two mean the same', () => {
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[abc]{0,8}$/), (source, text) => {
        const expected = new RegExp(source, 's').exec(text);
        const { output } = run(
          `import re\nm = re.search(${JSON.stringify(source)}, ${JSON.stringify(text)}, re.S)\nprint(m and m.span())`,
        );
        const span = expected && `(${expected.index}, ${expected.index + expected[0].length})`;
        expect(output).toBe(`${span ?? 'None'}\n`);
      }),
      { numRuns: 200 },
    );
  });
});

describe('JSON', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        const { output } = run(
          `import json\nx = json.loads(${JSON.stringify(text)})\nprint(json.loads(json.dumps(x)) == x)\n` +
            'print(json.loads(json.dumps(x, indent=2, sort_keys=True, ensure_ascii=False)) == x)',
        );
        expect(output).toBe('True\nTrue\n');
      }),
      { numRuns: 100 },
    );
  });
});
