import { isEnglish } from './judge/language.js';
import type { Question } from './judge/copied.js';
import { isSalad } from './judge/salad.js';
import { breaksOff } from './judge/truncated.js';
import { Vocabulary } from './match/closeness.js';
import { disownedIn } from './meaning/disowned.js';
import { readSentence, type Reading } from './meaning/reading.js';
import { stanceOf, type Stance } from './meaning/stance.js';
import { lexiconWith, type Lexicon } from './terms/lexicon.js';
import { isDisguised } from './text/disguised.js';
import { isCutShort, sentencesOf, type Sentence } from './text/sentences.js';
import type { Span } from './text/span.js';

/** Why a sentence may be looked at and yet cannot cover anything. */
export type Barrier =
  'copied' | 'salad' | 'formula' | 'language' | 'truncated' | 'unclosed' | 'heading' | 'disguised';

export interface ReadSentence {
  readonly sentence: Sentence;
  readonly reading: Reading;
  readonly stance: Stance;
  readonly barriers: ReadonlySet<Barrier>;
}

/** An answer taken apart once, for all rubric items. */
export interface ReadAnswer {
  readonly text: string;
  readonly sentences: readonly ReadSentence[];
  /** What it holds and does not claim. */
  readonly disowned: readonly Span[];
  readonly vocabulary: Vocabulary;
  /** What it was read with. */
  readonly lexicon: Lexicon;
  readonly notes: readonly string[];
}

export function readAnswer(text: string, question: Question, lexicon: Lexicon = lexiconWith()): ReadAnswer {
  const sentences = sentencesOf(text);
  const cut = breaksOff(sentences, question.labels);
  const readings = sentences.map(({ prose, start }) => readSentence(prose, start, lexicon));
  const english = isEnglish(
    text,
    readings.flatMap(({ tokens }) => tokens),
  );
  const read = sentences.map((sentence, index): ReadSentence => {
    const reading = readings[index] ?? readSentence('', 0, lexicon);
    const barriers = new Set<Barrier>();
    if (question.repeats(reading.tokens)) barriers.add('copied');
    if (isSalad(sentence.prose, reading.tokens)) barriers.add('salad');
    if (sentence.kind === 'formula') barriers.add('formula');
    if (sentence.kind === 'heading') barriers.add('heading');
    if (english === false || isEnglish(sentence.prose, reading.tokens) === false) barriers.add('language');
    if (isDisguised(text.slice(sentence.start, sentence.end))) barriers.add('disguised');
    if (cut !== undefined && index === sentences.length - 1) barriers.add(cut);
    return { sentence, reading, stance: stanceOf(sentence.prose), barriers };
  });
  const addressed = read.some(({ stance }) => stance === 'addressed');
  const notes = [
    ...(english === false
      ? ['The answer does not seem to be in English, so nothing is suggested as covered.']
      : []),
    ...(cut !== undefined ? ['The answer seems to break off in its last sentence.'] : []),
    ...(read.every(({ barriers }) => barriers.has('formula')) && /[=$\\]/.test(text)
      ? ['There are only formulas here, and no sentence that says what they mean.']
      : []),
    ...(addressed
      ? ['The answer speaks to whoever marks it, so nothing in it is suggested as covered.']
      : []),
    ...(isCutShort(text)
      ? ['The answer is longer than what was read of it; its end was not looked at.']
      : []),
  ];
  return {
    text,
    sentences: addressed ? read.map((each) => ({ ...each, stance: 'addressed' as const })) : read,
    disowned: disownedIn(text, sentences),
    vocabulary: new Vocabulary(new Set(readings.flatMap(({ stems }) => [...stems]))),
    lexicon,
    notes,
  };
}

/** The same answer read with an item's own synonyms. */
export function readWith(answer: ReadAnswer, lexicon: Lexicon): ReadAnswer {
  if (lexicon === answer.lexicon) return answer;
  const sentences = answer.sentences.map((each) => ({
    ...each,
    reading: readSentence(each.sentence.prose, each.sentence.start, lexicon),
  }));
  return { ...answer, sentences, lexicon };
}
