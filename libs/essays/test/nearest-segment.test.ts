import { describe, expect, it } from '@jest/globals';
import { nearestPlaces, type EssayQuestion, type MarkedAnswers, type MarkedSegment } from '../src/index.js';

const item = { id: 'clip', says: 'The norm of the gradient is limited before the step.' };
const question: EssayQuestion = { asked: 'How are exploding gradients handled?', points: [item] };
const segments: readonly MarkedSegment[] = [
  'Gradients are scaled down when their norm exceeds a threshold.',
  'A long gradient vector is shortened to a fixed length.',
  'It stops huge updates.',
].map((text, at) => ({ answer: `answer-${at}`, item: item.id, said: item.says, text }));
const marked: MarkedAnswers = { answers: 5, segments };
const ANSWER =
  'Training may diverge otherwise. One scales the gradients down if their norm exceeds some threshold.';

describe('places that say the same as a marked sentence', () => {
  it('is-the-sentence-with-the-example-that-it-repeats', () => {
    const [place, ...more] = nearestPlaces(question, ANSWER, marked);
    expect(more).toEqual([]);
    expect(place?.segment.answer).toBe('answer-0');
    expect(ANSWER.slice(place?.span.start, place?.span.end)).toBe(
      'One scales the gradients down if their norm exceeds some threshold.',
    );
  });

  const changed = (change: Partial<MarkedSegment>): MarkedAnswers => ({
    answers: 5,
    segments: segments.map((each) => ({ ...each, ...change })),
  });
  it.each<[string, string, MarkedAnswers]>([
    ['four-answers', ANSWER, { answers: 4, segments }],
    ['rubric-changed', ANSWER, changed({ said: 'Another text.' })],
    ['another-item', ANSWER, changed({ item: 'other' })],
    ['nothing-near', 'Pooling makes images smaller.', marked],
    ['denied', 'Gradients are never scaled down when their norm exceeds a threshold.', marked],
    ['hedged', 'I am not sure, maybe gradients are scaled down when their norm exceeds a threshold.', marked],
    ['example-of-two-words', 'Scaled gradients.', changed({ text: 'Scaled gradients.' })],
    ['empty', '', marked],
  ])('nothing: %s', (_, answer, known) => {
    expect(nearestPlaces(question, answer, known)).toEqual([]);
  });
});
