import { describe, expect, it } from '@jest/globals';
import { nearestSegment, type MarkedSegment } from '../src/index.js';

const item = { id: 'clip', says: 'Clipping limits the norm of the gradient.' };
const marked: readonly MarkedSegment[] = [
  'Gradients are scaled down when their norm exceeds a threshold.',
  'Clipping bounds the gradient norm.',
  'It stops huge updates.',
  'The step stays small because of clipping.',
  'A long gradient is shortened to a fixed length.',
].map((text, at) => ({ answer: `answer-${at}`, item: item.id, said: item.says, text }));

describe('the nearest marked segment', () => {
  it('is the accepted sentence that says the same', () => {
    const found = nearestSegment(item, 'The clipping bounds the norm of the gradient.', marked);
    expect(found?.segment.answer).toBe('answer-1');
  });

  it.each<[string, string, readonly MarkedSegment[]]>([
    ['four-answers', 'Clipping bounds the gradient norm.', marked.slice(0, 4)],
    [
      'one-answer-five-times',
      'Clipping bounds the gradient norm.',
      marked.map((each) => ({ ...each, answer: 'same' })),
    ],
    [
      'rubric-changed',
      'Clipping bounds the gradient norm.',
      marked.map((each) => ({ ...each, said: 'Another text.' })),
    ],
    [
      'another-item',
      'Clipping bounds the gradient norm.',
      marked.map((each) => ({ ...each, item: 'other' })),
    ],
    ['nothing-near', 'Pooling makes images smaller.', marked],
    ['denied', 'Clipping does not bound the gradient norm.', marked],
    ['empty', '', marked],
  ])('is nothing: %s', (_, sentence, segments) => {
    expect(nearestSegment(item, sentence, segments)).toBeUndefined();
  });
});
