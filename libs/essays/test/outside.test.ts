import { describe, expect, it } from '@jest/globals';
import { prepareAssessor } from '../src/index.js';

/** Questions that are none of what the scorer was fitted on, each answered in the words of its items. */
const OUTSIDE = [
  {
    asked: 'Why did the Roman Republic fall?',
    says: [
      'The Gracchi were murdered by senators.',
      'Caesar crossed the Rubicon with his legion.',
      'Octavian defeated Antony at Actium.',
    ],
  },
  {
    asked: 'How do plants make sugar?',
    says: [
      'Chlorophyll absorbs photons in the thylakoids.',
      'The Calvin cycle fixes carbon dioxide in the stroma.',
    ],
  },
  {
    asked: 'How does the kidney filter blood?',
    says: [
      'The glomerulus filters blood and the tubule reabsorbs water and glucose.',
      'Urea leaves with the urine.',
    ],
  },
  {
    asked: 'Was ist Dropout und wozu dient es?',
    says: ['Während des Trainings werden zufällig Neuronen auf null gesetzt, und das hilft.'],
  },
  {
    asked: 'Qu’est-ce que le dropout ?',
    says: ['Les neurones sont mis à zéro avec une probabilité pour que le réseau ne dépende pas des autres.'],
  },
];

const INSIDE = [
  {
    asked: 'Why do residual networks train more easily than plain deep networks?',
    says: ['The gradient can flow through the shortcut directly to early layers.'],
  },
  {
    asked: 'What is a stack?',
    says: ['A data structure that removes the element that was inserted last first.'],
  },
];

const suggestionsOf = ({ asked, says }: { asked: string; says: string[] }) =>
  prepareAssessor({ asked, points: says.map((each) => ({ id: each, says: each })) }).assess(says.join(' '))
    .suggestions;

describe('a question outside what the scorer was fitted on', () => {
  it.each(OUTSIDE)('is not said to be covered, and has no confidence: $asked', (question) => {
    for (const { verdict, confidence } of suggestionsOf(question)) {
      expect(verdict).not.toBe('likely-covered');
      expect(confidence).toBeUndefined();
    }
  });

  it.each(INSIDE)('is answered inside it: $asked', (question) => {
    for (const { verdict, confidence } of suggestionsOf(question)) {
      expect(verdict).toBe('likely-covered');
      expect(confidence).toBeGreaterThan(0.7);
    }
  });

  it('does not silence the only item of a question, which no other could be taken for', () => {
    const says = 'Caesar crossed the Rubicon with his legion.';
    const [suggestion] = suggestionsOf({ asked: 'Why did the Roman Republic fall?', says: [says] });
    expect(suggestion?.verdict).toBe('likely-covered');
  });

  it('comes inside by the words that its examiner lists as synonyms', () => {
    const { suggestions } = prepareAssessor({
      asked: 'How does the kidney filter blood?',
      points: [
        {
          id: 'filter',
          says: 'The glomerulus filters blood and the tubule reabsorbs water and glucose.',
          synonyms: [
            ['glomerulus', 'capillary tuft'],
            ['tubule', 'nephron tube'],
            ['reabsorbs', 'takes back'],
          ],
        },
      ],
    }).assess('The capillary tuft filters blood and the tubule reabsorbs water and glucose.');
    expect(suggestions[0]?.verdict).toBe('likely-covered');
  });
});

describe('a term of the field that the item asks for', () => {
  it('has to be named', () => {
    const judge = (answer: string) =>
      prepareAssessor({
        asked: 'What is an artificial neural network?',
        points: [
          { id: 'processor', says: 'It is a massively parallel distributed processor of simple units.' },
        ],
      }).assess(answer).suggestions[0]?.verdict;
    expect(judge('It is a massively parallel distributed processor of simple units.')).toBe('likely-covered');
    expect(judge('It is a massively distributed processor of simple units.')).toBe('unclear');
  });
});
