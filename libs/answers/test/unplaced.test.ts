import { describe, expect, it } from '@jest/globals';
import { splitDocument, whyUnplaced, type Outline } from '../src/index.js';

const OUTLINE: Outline = {
  questions: [1, 2, 3, 4].map((id) => ({ id: String(id), parts: [], kind: 'numeric' as const })),
};

function split(text: string) {
  const found = splitDocument(text, OUTLINE);
  if (found.kind === 'refused') throw new Error(found.message);
  return found;
}

describe('text that may answer a part without any', () => {
  it('a-heading-that-was-taken-for-a-step', () => {
    const found = split(
      '1) 784*128+128 = 100480, 128*64+64 = 8256. Total 100480+8256 = 108736\n4) conv 112, pool 56. MACs: see above.',
    );
    expect(found.missing).toEqual(['2', '3', '4']);
    expect(whyUnplaced(found, '4')).toEqual([expect.stringContaining('could also be the heading of 4')]);
    expect(whyUnplaced(found, '2')).toEqual([]);
  });

  it('a-document-without-headings', () => {
    const found = split('The first layer has 784 weights for each of its 128 units.');
    expect(whyUnplaced(found, '3')).not.toEqual([]);
  });
});
