import { describe, expect, it } from '@jest/globals';
import { inferOperation, operation, type Argument, type CallArguments } from '@tensormark/network';
import { inNewestWords } from './newest-words.js';
import {
  decode,
  decodeAll,
  encodeShapes,
  recorded,
  said,
  toCompare,
  type Answer,
  type Encoded,
} from './recorded.js';

type Case = readonly [
  home: string,
  name: string,
  positional: Encoded[],
  named: Record<string, Encoded>,
  answer: Answer,
];

const cases = recorded('operations') as readonly Case[];

function argumentsOf([, , positional, named]: Case): CallArguments {
  const values: Argument[] = positional.map(decode);
  return { positional: values, named: decodeAll(named) };
}

describe.each([...new Set(cases.map(([, name]) => name))])('%s gives what PyTorch gives', (name) => {
  const own = cases
    .map((one, index) => [`${index} ${JSON.stringify(one.slice(2, 4))}`, one] as const)
    .filter(([, one]) => one[1] === name);

  it.each(own)('%s', (_, one) => {
    const [home, , , , answer] = one;
    const { error, outputs } = inferOperation(name, argumentsOf(one));
    expect({
      error: said(error),
      out: answer.out === undefined ? undefined : encodeShapes(outputs ?? null),
    }).toEqual({
      error: toCompare(answer.error && inNewestWords(answer.error), error),
      out: answer.out,
    });
    expect(name === 'getitem' ? home : operation(name)?.homes).toContain(home);
  });
});
