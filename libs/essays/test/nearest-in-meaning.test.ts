import { describe, expect, it } from '@jest/globals';
import { nearestInMeaning, type EmbeddingModel } from '../src/index.js';

/** A model that knows three meanings, whatever words they are said in. */
const MEANINGS = [/warm|hot|heat/i, /metal|copper|iron/i, /quick|fast|speed/i];
const asked: string[] = [];
const model: EmbeddingModel = {
  identity: { name: 'three-meanings', sha256: '0'.repeat(64), runtime: 'none' },
  embed: (text) => {
    asked.push(text);
    const found = MEANINGS.map((meaning) => (meaning.test(text) ? 1 : 0));
    const length = Math.hypot(...found) || 1;
    return Promise.resolve(Float32Array.from(found, (value) => value / length));
  },
};
const unbounded = { mostSentences: 80, isSpent: () => false };
const QUESTION = 'Why does a spoon feel cold?';
const points = [
  { id: 'heat', says: 'Copper conducts heat.' },
  { id: 'speed', says: 'It does so at high speed.' },
];

describe('the sentence that is nearest in meaning', () => {
  it('finds-each-items-own', async () => {
    const text = 'I like spoons. A hot metal hand. It goes quick.';
    const found = await nearestInMeaning(QUESTION, points, text, model, unbounded);
    expect(found.map(({ item, span }) => [item, text.slice(span.start, span.end)])).toEqual([
      ['heat', 'A hot metal hand.'],
      ['speed', 'It goes quick.'],
    ]);
  });

  it('finds-nothing-where-nothing-is-near', async () => {
    expect(await nearestInMeaning(QUESTION, points, 'I like spoons.', model, unbounded)).toEqual([]);
  });

  it.each([
    ['asked-back', 'Is it because the metal is hot?'],
    ['in-doubt', 'I am not sure, but maybe the metal is hot.'],
    ['the-question-itself', 'Why does a hot metal spoon feel cold?'],
  ])('passes-over-%s', async (_name, text) => {
    expect(
      await nearestInMeaning('Why does a hot metal spoon feel cold?', points, text, model, unbounded),
    ).toEqual([]);
  });

  it('gives-each-text-by-itself', async () => {
    asked.length = 0;
    await nearestInMeaning(QUESTION, points, 'It is hot. It is fast.', model, unbounded);
    expect(asked).toEqual([
      'It is hot.',
      'It is fast.',
      'Copper conducts heat.',
      'It does so at high speed.',
    ]);
  });

  it('keeps-to-its-budgets', async () => {
    asked.length = 0;
    await nearestInMeaning(QUESTION, [], 'It is hot. It is fast. It is metal.', model, {
      ...unbounded,
      mostSentences: 2,
    });
    expect(asked).toHaveLength(2);
    asked.length = 0;
    const late = { mostSentences: 80, isSpent: () => asked.length >= 3 };
    const found = await nearestInMeaning(QUESTION, points, 'It is hot metal. It is fast.', model, late);
    expect(asked).toHaveLength(3);
    expect(found.map(({ item }) => item)).toEqual(['heat']);
  });

  it('refuses-vectors-of-two-models', async () => {
    const broken: EmbeddingModel = {
      ...model,
      embed: (text) => Promise.resolve(new Float32Array(text.length)),
    };
    await expect(nearestInMeaning(QUESTION, points, 'It is hot.', broken, unbounded)).rejects.toThrow(
      'cannot be compared',
    );
  });
});
