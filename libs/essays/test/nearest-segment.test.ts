import { describe, expect, it } from '@jest/globals';
import { nearestPlaces, nearestSegment, type MarkedAnswers, type MarkedSegment } from '../src/index.js';

const item = { id: 'clip', says: 'Clipping limits the norm of the gradient.' };
const segments: readonly MarkedSegment[] = [
  'Gradients are scaled down when their norm exceeds a threshold.',
  'Clipping bounds the gradient norm.',
  'It stops huge updates.',
  'The step stays small because of clipping.',
  'A long gradient is shortened to a fixed length.',
].map((text, at) => ({ answer: `answer-${at}`, item: item.id, said: item.says, text }));
const marked: MarkedAnswers = { answers: 5, segments };

describe('the nearest marked segment', () => {
  it('is the accepted sentence that says the same', () => {
    const found = nearestSegment(item, 'The clipping bounds the norm of the gradient.', marked);
    expect(found?.segment.answer).toBe('answer-1');
  });

  it.each<[string, string, MarkedAnswers]>([
    ['four-answers', 'Clipping bounds the gradient norm.', { answers: 4, segments }],
    [
      'rubric-changed',
      'Clipping bounds the gradient norm.',
      { answers: 5, segments: segments.map((each) => ({ ...each, said: 'Another text.' })) },
    ],
    [
      'another-item',
      'Clipping bounds the gradient norm.',
      { answers: 5, segments: segments.map((each) => ({ ...each, item: 'other' })) },
    ],
    ['nothing-near', 'Pooling makes images smaller.', marked],
    ['denied', 'Clipping does not bound the gradient norm.', marked],
    ['empty', '', marked],
  ])('is nothing: %s', (_, sentence, known) => {
    expect(nearestSegment(item, sentence, known)).toBeUndefined();
  });

  it('finds-the-place-in-a-longer-answer', () => {
    const answer = 'Training may diverge. Clipping bounds the norm of gradients. That helps.';
    const [place] = nearestPlaces([item], answer, marked);
    expect(place?.segment.answer).toBe('answer-1');
    expect(answer.slice(place?.span.start, place?.span.end)).toBe('Clipping bounds the norm of gradients.');
  });

  it('says-nothing-of-a-sentence-of-two-words', () => {
    const short: MarkedAnswers = {
      answers: 9,
      segments: [{ answer: 'one', item: item.id, said: item.says, text: 'Clip gradients.' }],
    };
    expect(nearestPlaces([item], 'Clip gradients.', short)).toEqual([]);
  });
});
