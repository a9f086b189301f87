import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alikeTexts, sharedPassages } from '../src/index.js';

const GIVEN =
  'Explain in your own words how a residual block differs from a plain block of two convolutions, and why very deep plain networks are harder to train than shallow ones.';
const SHARED =
  'the block merely has to learn a small correction to whatever it was handed, which is easier than inventing a whole new mapping from scratch';
const ONE = `My view is this. In a residual network ${SHARED}. Gradients also pass along the shortcut.`;
const OTHER = `Deep models were stuck for years. Then someone noticed that ${SHARED.replace('handed', 'given')}, and depth paid off.`;
const OWN =
  'A plain network loses its training signal with depth because each layer shrinks what comes back to it.';

const between = (texts: Readonly<Record<string, string>>, given = GIVEN) =>
  sharedPassages({ texts: Object.entries(texts).map(([id, text]) => ({ id, text })), given });

describe('passages that two answers share', () => {
  it('are-told-with-their-places-and-the-words-in-a-row', () => {
    const [pair, ...more] = between({ ONE, OTHER, OWN }).pairs;
    expect(more).toEqual([]);
    expect(pair).toMatchObject({ one: 'ONE', other: 'OTHER', longest: 13, words: 24 });
    const [passage] = pair?.passages ?? [];
    expect(ONE.slice(passage?.one.start, passage?.one.end)).toBe(SHARED);
    expect(OTHER.slice(passage?.other.start, passage?.other.end)).toBe(SHARED.replace('handed', 'given'));
  });

  it('other-forms-of-the-same-words-are-the-same', () => {
    const changed = SHARED.replace('has to learn', 'had to learn')
      .replace('correction', 'corrections')
      .toUpperCase();
    expect(between({ ONE, changed }).pairs).toHaveLength(1);
  });

  it.each([
    ['words-of-the-question', `${GIVEN} I think so.`, `It says: ${GIVEN}`],
    ['quotation', `As the paper says, “${SHARED}”.`, `The authors write “${SHARED}” there.`],
    ['quoted-lines', `> ${SHARED}\n\nI agree.`, `> ${SHARED}\n\nI do not.`],
    [
      'seven-words',
      'we saw that the block merely has to learn it',
      'so the block merely has to learn nothing',
    ],
    ['same-words-in-another-order', SHARED, SHARED.split(' ').toReversed().join(' ')],
    ['nothing', '', ''],
  ])('are-not-told: %s', (_, one, other) => {
    expect(between({ one, other }).pairs).toEqual([]);
  });

  it('a-phrase-that-many-answers-have-is-of-the-field', () => {
    const phrase =
      'stochastic gradient descent with momentum and a learning rate that decays over time by a schedule';
    const texts = Object.fromEntries(
      Array.from({ length: 30 }, (_, at) => [
        `t${at}`,
        `Answer ${at}x begins y${at} here z${at}: ${phrase} w${at}.`,
      ]),
    );
    expect(between(texts).pairs).toEqual([]);
  });

  it('five-answers-that-are-one-are-told-each', () => {
    const texts = Object.fromEntries(Array.from({ length: 5 }, (_, at) => [`t${at}`, ONE]));
    const { pairs } = between({ ...texts, OWN });
    expect(pairs.map(({ one, other }) => `${one} ${other}`)).toEqual(['t0 t1', 't0 t2', 't0 t3', 't0 t4']);
    expect(pairs.every(({ share }) => share === 1)).toBe(true);
  });

  it('with-the-question-is-told-apart', () => {
    const { pairs, withQuestion } = between({ copied: `${GIVEN} Yes.`, OWN });
    expect(pairs).toEqual([]);
    expect(withQuestion).toEqual([expect.objectContaining({ id: 'copied', longest: 30 })]);
  });

  it('a-run-of-twelve-words-is-always-found', () => {
    const word = fc.integer({ min: 0, max: 100_000 }).map((id) => `w${id.toString(36)}q`);
    const sentence = (least: number) => fc.array(word, { minLength: least, maxLength: 40 });
    fc.assert(
      fc.property(sentence(0), sentence(0), sentence(0), sentence(0), sentence(12), (a, b, c, d, run) => {
        const texts = [
          { id: 'one', text: [...a, ...run, ...b].join(' ') },
          { id: 'other', text: [...c, ...run, ...d].join(' ') },
        ];
        const [pair] = sharedPassages({ texts, given: '' }).pairs;
        expect(pair?.longest).toBeGreaterThanOrEqual(run.length);
      }),
      { numRuns: 60 },
    );
  });

  it('a-thousand-answers-take-a-second-or-two', () => {
    const words = Array.from({ length: 3000 }, (_, at) => `w${((at * 7919) % 3000).toString(36)}k`);
    let state = 1;
    const next = (): string => {
      state = (state * 48_271) % 2_147_483_647;
      return words[state % words.length] ?? '';
    };
    const texts = Array.from({ length: 1000 }, (_, at) => ({
      id: `t${at}`,
      text: `${Array.from({ length: 120 }, next).join(' ')}${at % 200 === 7 ? ` ${SHARED}` : ''}`,
    }));
    const started = performance.now();
    expect(sharedPassages({ texts, given: GIVEN }).pairs).toHaveLength(10);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('answers that are alike', () => {
  it('are-grouped-and-one-that-merely-contains-another-is-not', () => {
    const texts = [
      { id: 'a', text: ONE },
      { id: 'b', text: ONE.replace('My view is this. ', '') },
      { id: 'c', text: OWN },
      { id: 'd', text: `${ONE} ${OWN} ${OTHER} ${GIVEN}` },
    ];
    expect(alikeTexts(texts, sharedPassages({ texts, given: GIVEN }).pairs)).toEqual([['a', 'b']]);
  });
});
