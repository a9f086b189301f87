import { describe, expect, it } from '@jest/globals';
import type { Check } from '../src/api/types.js';
import { groupsOf, matches } from '../src/checks/groups.js';

const check = (id: string, group: Check['group'], title: string): Check => ({
  id,
  group,
  severity: 'warning',
  title,
});
const ALL = [
  check('softmax-ce', 'losses', 'Softmax before cross entropy'),
  check('zero-grad', 'training', 'Gradients are never set to zero'),
  check('softmax-dim', 'losses', 'Softmax over a dimension it is not meant for'),
];
const found = (words: string) => ALL.filter((each) => matches(each, words)).map(({ id }) => id);

describe('the list of checks', () => {
  it('keeps-each-under-what-it-looks-at-in-words', () => {
    expect(groupsOf(ALL).map(({ says, checks }) => [says, ...checks.map(({ id }) => id)])).toEqual([
      ['Losses and outputs', 'softmax-ce', 'softmax-dim'],
      ['The training loop', 'zero-grad'],
    ]);
  });

  it.each([
    ['its id', 'softmax-ce'],
    ['words of its title in any order', 'entropy softmax'],
    ['words of its id', 'softmax ce'],
    ['whatever letters', ' SOFTMAX before '],
  ])('finds-by-%s', (_, words) => expect(found(words)).toEqual(['softmax-ce']));

  it('finds-all-where-nothing-is-sought-and-none-that-does-not-say-each-word', () => {
    expect(found('')).toHaveLength(ALL.length);
    expect(found('softmax aeroplane')).toEqual([]);
  });
});
