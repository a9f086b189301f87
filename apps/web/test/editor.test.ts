import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { processorTime } from '../../../test/time/processor-time.js';
import { cursorAt, type Place } from '../src/editor/cursor.js';
import { findingsByLine, fixedLines } from '../src/editor/findings.js';
import { layerOffers } from '../src/editor/layers.js';
import { nameOffers } from '../src/editor/names.js';
import { meaningOf, offersAt, type Schema } from '../src/editor/schema.js';
import { lineDiff } from '../src/ui/lineDiff.js';

const SCHEMA = JSON.parse(await readFile('docs/exam.schema.json', 'utf8')) as Schema;
const LAYERS = [
  {
    name: 'Conv2d',
    arguments: [
      { name: 'in_channels', expects: 'int', default: null },
      { name: 'out_channels', expects: 'int', default: null },
      { name: 'bias', expects: 'bool', default: 'True' },
    ],
  },
  { name: 'ReLU', arguments: [{ name: 'inplace', expects: 'bool', default: 'False' }] },
];

/** What is offered where `|` stands. */
function offered(written: string): string[] {
  const at = written.indexOf('|');
  const text = written.slice(0, at) + written.slice(at + 1);
  const cursor = cursorAt(text, at);
  return (cursor?.places ?? []).flatMap((place) =>
    (nameOffers(text, at, place) ?? layerOffers(LAYERS, place) ?? offersAt(SCHEMA, place)).map(
      ({ word }) => word,
    ),
  );
}

const HEAD = 'format: 1\nexam: x\ntitle: T\n';
const NUMERIC = `${HEAD}questions:
  - id: 1
    kind: numeric
    marks: 3
    prompt: P
`;

describe('what is offered at the cursor', () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    ['top-of-an-empty-file', '|', ['format', 'exam', 'title', 'questions'], ['marks']],
    ['keys-that-stand-there-are-not-offered-again', `${HEAD}|`, ['questions', 'grades'], ['title']],
    ['between-keys', 'format: 1\n|\ntitle: T\n', ['exam'], ['title', 'format']],
    ['a-key-begun', `${HEAD}inst|\nquestions: []\n`, ['instructions'], ['title']],
    ['a-question-of-any-kind', `${HEAD}questions:\n  - |`, ['id', 'kind', 'parts', 'prompt'], ['grades']],
    [
      'a-numeric-question-has-no-rubric',
      `${NUMERIC}    |\n`,
      ['ask', 'network', 'conventions'],
      ['rubric', 'kind', 'options', 'parts'],
    ],
    ['kinds', `${HEAD}questions:\n  - id: 1\n    kind: |\n`, ['essay', 'numeric', 'choice'], ['true']],
    ['a-value-begun', `${HEAD}questions:\n  - id: 1\n    kind: num|\n    marks: 3\n`, ['numeric'], ['id']],
    [
      'a-word-among-values-and-numbers',
      `${NUMERIC}    conventions:\n      kilo: |\n`,
      ['1000', '1024', 'either'],
      [],
    ],
    [
      'faults-that-code-review-finds',
      `${HEAD}questions:\n  - id: 1\n    kind: critique\n    expects: [{ id: a, fault: | }]\n`,
      ['softmax-ce', 'zero-grad'],
      ['id'],
    ],
    ['in-braces', `${NUMERIC}    ask: [{ id: a, | }]\n`, ['says', 'quantity', 'of', 'value'], ['id']],
    [
      'a-value-in-braces',
      `${NUMERIC}    ask: [{ id: a, quantity: | }]\n`,
      ['parameters', 'output-shape'],
      ['id'],
    ],
    [
      'parts-of-a-question',
      `${HEAD}questions:\n  - id: 1\n    parts:\n      - id: a\n        kind: choice\n        |\n`,
      ['options', 'correct'],
      ['rubric', 'parts'],
    ],
    [
      'layers-by-name',
      `${NUMERIC}    network:\n      input: [3, 8, 8]\n      layers:\n        - |\n`,
      ['Conv2d', 'residual', 'branches'],
      ['ask'],
    ],
    [
      'arguments-of-a-layer',
      `${NUMERIC}    network:\n      layers:\n        - Conv2d: { out_channels: 8, | }\n`,
      ['bias', 'in_channels', 'name'],
      ['out_channels', 'inplace'],
    ],
    [
      'arguments-in-lines',
      `${NUMERIC}    network:\n      layers:\n        - Conv2d:\n            |\n`,
      ['out_channels'],
      ['ReLU'],
    ],
    [
      'what-an-argument-may-be',
      `${NUMERIC}    network:\n      layers:\n        - Conv2d: { bias: | }\n`,
      ['true', 'false'],
      ['bias'],
    ],
    [
      'layers-within-a-block',
      `${NUMERIC}    network:\n      layers:\n        - residual:\n            layers:\n              - |\n`,
      ['ReLU'],
      ['shortcut'],
    ],
    [
      'beside-layers-of-a-block-its-name',
      `${NUMERIC}    network:\n      layers:\n        - layers: [ReLU]\n          |\n`,
      ['name'],
      ['Conv2d'],
    ],
    [
      'layers-that-must-be-used',
      `${HEAD}questions:\n  - id: 1\n    kind: code\n    requirements:\n      - { id: a, check: uses, layers: [|] }\n`,
      ['Conv2d'],
      ['layers'],
    ],
    [
      'layers-of-the-network-where-an-ask-says-of-what',
      `${NUMERIC}    network:
      layers:
        - Conv2d: { name: stem, out_channels: 8 }
        - ReLU
        - name: block
          layers: [ReLU, { Conv2d: { name: conv } }]
        - residual: { layers: [ReLU] }
    ask:
      - { id: a, of: | }
`,
      ['stem', 'block', 'block.0', 'block.conv', '3.layers.0'],
      ['1', '3', 'conv', 'parameters'],
    ],
    [
      'a-key-below-lines-that-are-no-fields-yet',
      `${HEAD}questions:\n  - id: 1\n    kind: essay\n    rubric:\n      - id: a\n        sa\n        Later layers\n        te|\n`,
      ['terms', 'says', 'marks'],
      ['id', 'rubric'],
    ],
    ['nothing-in-a-comment', `${HEAD}# |`, [], ['questions']],
    [
      'nothing-in-prose',
      `${HEAD}instructions: |-\n  Answer all ¦\n`.replace('|-', '>').replace('¦', '|'),
      [],
      ['questions'],
    ],
  ])('%s', (_, written, there, absent) => {
    const words = offered(written);
    expect(words).toEqual(expect.arrayContaining([...there]));
    expect(words.filter((word) => absent.includes(word))).toEqual([]);
  });

  it('required-keys-come-first', () => {
    const cursor = cursorAt('', 0);
    const offers = (cursor?.places ?? []).flatMap((place) => offersAt(SCHEMA, place));
    expect(offers.slice(0, 4).every(({ required }) => required)).toBe(true);
    expect(offers.find(({ word }) => word === 'grades')?.required).toBe(false);
  });

  it('a-layer-stands-alone-only-where-all-it-takes-may-be-left-out', () => {
    const alone = offered(`${NUMERIC}    network:\n      layers: [|]\n`);
    expect(alone).toEqual(expect.arrayContaining(['ReLU']));
    expect(alone).not.toContain('Conv2d');
  });

  it('a-key-of-several-alternatives-says-all-of-them', () => {
    const text = `${HEAD}questions:\n  - id: 1\n    `;
    const place = cursorAt(text, text.length)?.places[0];
    if (place === undefined) throw new Error('no place');
    const kind = offersAt(SCHEMA, place).find(({ word }) => word === 'kind');
    expect(kind?.brief).toBe('essay, numeric, critique, code …');
  });

  it('a-question-of-no-kind-yet-is-first-asked-its-kind-and-told-what-each-is', () => {
    expect(offered(`${HEAD}questions:\n  - id: 1\n    |`).slice(0, 4)).toEqual([
      'kind',
      'parts',
      'title',
      'prompt',
    ]);
    const text = `${HEAD}questions:\n  - id: 1\n    `;
    const place = cursorAt(text, text.length)?.places[0];
    const kind = place && offersAt(SCHEMA, place).find(({ word }) => word === 'kind');
    expect(kind?.says).toMatch(/^essay: Prose: .*; numeric: Numbers .*; choice: /);
    expect(meaningOf('numeric', kind?.says ?? '')).toMatch(/^Numbers/);
  });

  it('a-value-has-its-own-piece-of-the-description', () => {
    const says = 'as-given: biases count as the network has them; either: with and without are right';
    expect(meaningOf('either', says)).toBe('with and without are right');
    expect(meaningOf('as-given', says)).toBe('biases count as the network has them');
    expect(meaningOf('two', 'Says nothing of values.')).toBe('Says nothing of values.');
  });
});

describe('one question of many', () => {
  let questions: string[] = [];
  beforeAll(async () => {
    const demonstration = await readFile('examples/demonstration/exam.yaml', 'utf8');
    const body = demonstration.slice(demonstration.indexOf('questions:\n') + 'questions:\n'.length);
    questions = body.split(/^(?= {2}- id: )/m).map((question) => `${question.trimEnd()}\n`);
  });
  const many = (at: number, question: string) =>
    `${HEAD}questions:\n${Array.from({ length: 40 }, (_, each) => (each === at ? question : questions[each % questions.length])).join('')}grades: [{ grade: A, from: 1 }]\n`;

  it('stands-where-it-stands-alone', () => {
    expect(questions).toHaveLength(5);
    for (const [which, question] of questions.entries()) {
      const at = 15 + which;
      const alone = `${HEAD}questions:\n${question}grades: [{ grade: A, from: 1 }]\n`;
      const whole = many(at, question);
      const start = whole.indexOf('questions:\n') + 'questions:\n'.length;
      const before = many(at, '').slice(0, start).length;
      const others = questionsBefore(at);
      for (let step = 4; step < question.length; step += 7) {
        // Within what indents a line a word would be of another line, and what stands below is torn off.
        if (/(^|\n) *$/.test(question.slice(0, step)) && question[step] === ' ') continue;
        const here = cursorAt(alone, start + step);
        const there = cursorAt(whole, before + others + step);
        const shift = others;
        expect(
          there && {
            ...there,
            from: there.from - shift,
            to: there.to - shift,
            places: placesFrom(there.places, at),
          },
        ).toEqual(here && { ...here, places: placesFrom(here.places, 0) });
      }
    }
  });

  it('is-found-at-the-cost-of-one', () => {
    const whole = many(20, questions[1] ?? '');
    const position = whole.indexOf('quantity', whole.length / 2);
    const timed = (work: () => unknown) => {
      work();
      const before = processorTime();
      for (let round = 0; round < 10; round += 1) work();
      return processorTime() - before;
    };
    expect(timed(() => cursorAt(whole, position))).toBeLessThan(timed(() => parseDocument(whole)) / 4);
  });

  const questionsBefore = (at: number) =>
    Array.from({ length: at }, (_, each) => (questions[each % questions.length] ?? '').length).reduce(
      (a, b) => a + b,
      0,
    );
  const placesFrom = (places: readonly Place[], question: number) =>
    places.map(({ path, ...place }) => ({
      ...place,
      path:
        path[0] === 'questions' && typeof path[1] === 'number'
          ? ['questions', path[1] - question, ...path.slice(2)]
          : path,
    }));
});

describe('findings at their lines', () => {
  const SOURCE = 'Text\n```python\nloss.backward()\nopt.step\n```\n';
  const finding = (severity: 'error' | 'remark') => ({ severity, word: severity, check: 'c', says: 'S' });

  it('the-worst-of-a-line-first-and-none-from-elsewhere', () => {
    const at = SOURCE.indexOf('opt');
    const found = findingsByLine(SOURCE, SOURCE.indexOf('loss'), SOURCE.indexOf('\n```\n'), [
      { id: 'a', start: at, end: at + 8, tone: 'neutral', finding: finding('remark') },
      { id: 'b', start: at, end: at + 8, tone: 'bad', finding: finding('error') },
      { id: 'c', start: 0, end: 4, tone: 'bad', finding: finding('error') },
      { id: 'd', start: at, end: at + 8, tone: 'good' },
    ]);
    expect([...found].map(([line, each]) => [line, each.map(({ id }) => id)])).toEqual([[4, ['b', 'a']]]);
  });

  it('a-fix-as-what-goes-and-what-comes', () => {
    const fix = { what: 'call it', line: 4, column: 9, endLine: 4, endColumn: 9, text: '()' };
    expect(fixedLines(SOURCE, fix)).toEqual([
      { kind: 'removed', text: 'opt.step' },
      { kind: 'added', text: 'opt.step()' },
    ]);
    expect(fixedLines(SOURCE, { ...fix, line: 40, endLine: 40 })).toBeNull();
    expect(fixedLines(SOURCE, { ...fix, column: 30, endColumn: 30 })).toBeNull();
  });
});

describe('two texts line by line', () => {
  const kinds = (before: string, after: string) =>
    lineDiff(before, after).map(({ kind, text }) => `${kind} ${text}`);

  it('a-changed-line-with-two-around-it', () => {
    expect(kinds('1\n2\n3\n4\n5\n6', '1\n2\n3\nfour\n5\n6')).toEqual([
      'left-out 1',
      'same 2',
      'same 3',
      'removed 4',
      'added four',
      'same 5',
      'same 6',
    ]);
  });

  it('nothing-where-nothing-differs', () => {
    expect(lineDiff('a\nb', 'a\nb')).toEqual([]);
  });

  it('both-texts-are-in-the-comparison', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', 'c')),
        fc.array(fc.constantFrom('a', 'b', 'c')),
        (a, b) => {
          const lines = lineDiff(a.join('\n'), b.join('\n'), 1000);
          if (lines.length === 0) return a.join('\n') === b.join('\n');
          const side = (left: 'removed' | 'added') =>
            lines
              .filter(({ kind }) => kind === 'same' || kind === left)
              .map(({ text }) => text)
              .join('\n');
          expect([side('removed'), side('added')]).toEqual([a.join('\n'), b.join('\n')]);
          return true;
        },
      ),
    );
  });
});
