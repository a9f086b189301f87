import { describe, expect, it } from '@jest/globals';
import { prepareAssessor, type Verdict } from '../src/index.js';
import { readSentence } from '../src/meaning/reading.js';
import { lexiconWith } from '../src/terms/lexicon.js';
import { subjectOf } from '../src/terms/subject.js';

const covered: Verdict = 'likely-covered';

const verdictOf = (asked: string, says: string, answer: string): Verdict | undefined =>
  prepareAssessor({ asked, points: [{ id: 'item', says }] }).assess(answer).suggestions[0]?.verdict;

describe('the subject of a question', () => {
  it.each([
    ['deep-learning', 'Why does the gradient vanish?', 'field'],
    [
      'deep-learning-by-its-item',
      'What goes wrong here, and why?|The model overfits the training data.',
      'field',
    ],
    [
      'data-structures',
      'What is a node of a list?|It holds a value and a reference to the next node.',
      'other',
    ],
    [
      'compilers',
      'What does the compiler do with the code of a macro?|It copies the code to each call.',
      'other',
    ],
    ['physics', 'Why does the weight of a rock differ on the moon?', 'other'],
  ] as const)('%s', (_name, texts, subject) => {
    expect(subjectOf(texts.split('|').map((text) => readSentence(text, 0, lexiconWith())))).toBe(subject);
  });

  it('a-node-is-no-neuron-elsewhere', () => {
    const units = readSentence('Each node is visited.', 0, lexiconWith([], new Set(), 'other')).units;
    expect(units.has('hidden unit')).toBe(false);
  });
});

describe('what says the same in other words', () => {
  it.each([
    [
      'a-denied-opposite',
      'Why is lamp 4 dark?',
      'Lamp 4 is not connected to the pump.',
      'Lamp 4 is disconnected from the pump.',
      true,
    ],
    [
      'either-side-of-an-or',
      'When does the sieve stop?',
      'When the tray holds 3 or 4 pebbles.',
      'It stops when the tray holds 4 pebbles.',
      true,
    ],
    [
      'neither-side-of-an-or',
      'When does the sieve stop?',
      'When the tray holds 3 or 4 pebbles.',
      'It stops when the tray is shaken.',
      false,
    ],
    [
      'making-another-thing',
      'What does the scribe do?',
      'The scribe makes a copy of the whole letter.',
      'The scribe makes a copy of the whole letter so that he need not make a journey.',
      true,
    ],
    [
      'not-making-it',
      'What does the scribe do?',
      'The scribe makes a copy of the whole letter.',
      'The scribe does not make a copy of the whole letter.',
      false,
    ],
    [
      'off-a-shelf',
      'How does the clerk get a book?',
      'Take books from the pile on the table until the title is found.',
      'He takes books off the pile on the table until the title is found.',
      true,
    ],
    [
      'load-taken-off',
      'What do the helpers bring?',
      'The helpers take load off the cook and the waiter.',
      'The helpers increase the load of the cook and the waiter.',
      false,
    ],
    [
      'fixed-stays-as-it-is',
      'What happens to the weights of the pretrained encoder?',
      'The weights of the encoder stay fixed.',
      'The encoder has fixed weights.',
      true,
    ],
    [
      'fixed-by-somebody-was-broken',
      'What happens to the weights of the pretrained encoder?',
      'The weights of the encoder stay fixed.',
      'The weights of the encoder were fixed by a programmer.',
      false,
    ],
    [
      'struggling-is-denied',
      'What is hard for a goldfish?',
      'A goldfish cannot remember the way through a large maze.',
      'A goldfish struggles to remember the way through a large maze.',
      true,
    ],
    [
      'a-comparison-not-made',
      'How do the two engines differ?',
      'The engine runs better on gas than on coal.',
      'The engine can run on gas, and one can run it on coal.',
      false,
    ],
    [
      'a-comparison-from-the-other-side',
      'How do the two engines differ?',
      'The engine runs better on gas than on coal.',
      'On coal the engine runs worse than on gas.',
      true,
    ],
  ])('%s', (_name, asked, says, answer, holds) => {
    expect(verdictOf(asked, says, answer) === covered).toBe(holds);
  });

  it('two-sentences-of-rivals', () => {
    const says = 'Neurons are randomly switched off in training.';
    const answer = 'Dropout is switched off during training. At test time neurons are randomly dropped.';
    expect(verdictOf('What is dropout?', says, answer)).not.toBe(covered);
  });
});
