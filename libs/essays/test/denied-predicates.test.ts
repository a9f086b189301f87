import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

/** What a rubric says, and a sentence in the same words: as it stands it covers the item, with its verb denied it never does. */
const verdictOf = (says: string, answer: string): string | undefined =>
  prepareAssessor({ asked: 'Explain how this works.', points: [{ id: 'item', says }] }).assess(answer)
    .suggestions[0]?.verdict;

const BACKUP = 'The checkpoint with the lowest validation loss is kept and restored after training.';
const CLIPPING = 'Gradient clipping limits the norm of the gradient before the optimiser takes its step.';
const COMPARED = 'Each embedding is compared with all others by cosine similarity in the contrastive loss.';

describe('a verb that is denied', () => {
  it.each([BACKUP, CLIPPING, COMPARED])('covers without a denial: %s', (says) => {
    expect(verdictOf(says, says)).toBe('likely-covered');
  });

  it.each([
    [
      'is-not',
      BACKUP,
      'The checkpoint with the lowest validation loss is not kept and restored after training.',
    ],
    [
      'isnt',
      BACKUP,
      "The checkpoint with the lowest validation loss isn't kept and restored after training.",
    ],
    [
      'typed-isnt',
      BACKUP,
      'The checkpoint with the lowest validation loss isnt kept and restored after training.',
    ],
    [
      'never',
      BACKUP,
      'The checkpoint with the lowest validation loss is never kept and restored after training.',
    ],
    [
      'no-longer',
      BACKUP,
      'The checkpoint with the lowest validation loss is no longer kept and restored after training.',
    ],
    [
      'adverb-between',
      BACKUP,
      'The checkpoint with the lowest validation loss is not usually kept and restored after training.',
    ],
    [
      'does-not',
      CLIPPING,
      'Gradient clipping does not limit the norm of the gradient before the optimiser takes its step.',
    ],
    [
      'doesnt',
      CLIPPING,
      "Gradient clipping doesn't limit the norm of the gradient before the optimiser takes its step.",
    ],
    [
      'cannot',
      CLIPPING,
      'Gradient clipping cannot limit the norm of the gradient before the optimiser takes its step.',
    ],
    [
      'is-not-compared',
      COMPARED,
      'Each embedding is not compared with all others by cosine similarity in the contrastive loss.',
    ],
    [
      'condition',
      'If the batch is too large the gradient noise vanishes and generalisation suffers.',
      'If the batch is not too large the gradient noise vanishes and generalisation suffers.',
    ],
    [
      'not-verb-only',
      'The encoder is frozen only once, before the decoder is trained on captions.',
      'The encoder is not frozen only once, before the decoder is trained on captions.',
    ],
    [
      'only-if',
      'The alarm is raised wherever the smoke appears in the picture.',
      'The alarm is raised only if the smoke appears in the middle of the picture.',
    ],
  ])('%s', (_, says, answer) => {
    expect(verdictOf(says, answer)).not.toBe('likely-covered');
  });

  it('leaves "not only … but also" standing', () => {
    expect(
      verdictOf(
        CLIPPING,
        'Gradient clipping not only limits the norm of the gradient before the optimiser takes its step.',
      ),
    ).toBe('likely-covered');
  });

  it('lets a denied verb meet a statement that denies it as well', () => {
    const says = 'The weights of the frozen encoder are not updated during fine-tuning.';
    expect(verdictOf(says, "The weights of the frozen encoder aren't updated during fine-tuning.")).toBe(
      'likely-covered',
    );
  });
});
