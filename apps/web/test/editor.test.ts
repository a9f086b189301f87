import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { cursorAt } from '../src/editor/cursor.js';
import { layerOffers } from '../src/editor/layers.js';
import { meaningOf, offersAt, type Schema } from '../src/editor/schema.js';

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
  const cursor = cursorAt(written.slice(0, at) + written.slice(at + 1), at);
  return (cursor?.places ?? []).flatMap((place) =>
    (layerOffers(LAYERS, place) ?? offersAt(SCHEMA, place)).map(({ word }) => word),
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

  it('a-value-has-its-own-piece-of-the-description', () => {
    const says = 'as-given: biases count as the network has them; either: with and without are right';
    expect(meaningOf('either', says)).toBe('with and without are right');
    expect(meaningOf('as-given', says)).toBe('biases count as the network has them');
    expect(meaningOf('two', 'Says nothing of values.')).toBe('Says nothing of values.');
  });
});
