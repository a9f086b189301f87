/**
 * How good the suggestions for essays are: on the set in the repository, and on any public set of short answers in a folder that is
 * given (`node dist/bench/essays.bench.js FOLDER`). Whatever is fitted is fitted on other questions than it is tried on.
 * The peers are the mean, the length of the answer, plain word overlap and cosine similarity of tf-idf vectors.
 */
import { QUESTIONS } from '../libs/essays/evaluation/questions/table.js';
import { truthOf, type EvaluatedQuestion } from '../libs/essays/evaluation/evaluated.js';
import { prepareAssessor, type Suggestion } from '../libs/essays/src/index.js';
import { chanceOf, confidenceOf } from '../libs/essays/src/judge/model.js';
import { COEFFICIENTS } from '../libs/essays/src/judge/coefficients.js';
import type { Coefficients } from '../libs/essays/src/judge/scorer.js';
import { FEATURE_NAMES } from '../libs/essays/src/match/features.js';
import { tokensOf } from '../libs/essays/src/text/tokens.js';
import { ATTACKS } from './essays/attacks.js';
import { correlationLine, lineOf, type Decision } from './essays/evaluate.js';
import { fitSetOf, fitTo, without, type FitSet } from './essays/refit.js';
import { FITTED, MEASURED } from './essays/sets.js';
import { UNSEEN } from './essays/unseen/table.js';
import { OTHER_SUBJECTS } from './essays/other-subjects/table.js';
import { readSets, type ShortAnswerQuestion } from './essays/public-sets.js';
import { markedLine } from './essays/marked.js';
import { predictedFromOthers } from './essays/linear.js';
import { operatingLine } from './essays/operating.js';
import { numbersOf, placesOf, type Place } from './essays/places.js';
import { feedbackLine, offeredLine } from './essays/with-feedback.js';
import { asEssay } from './essays/other-subjects/as-essays.js';

function decisionOf(
  { question, truth, suggestion, rightSentence }: Place,
  coefficients: Coefficients = COEFFICIENTS,
): Decision {
  const { features, open, verdict } = suggestion;
  return {
    question,
    covered: verdict === 'likely-covered',
    chance: features !== undefined && open === true ? chanceOf(features, coefficients) : undefined,
    confidence: features !== undefined ? confidenceOf(features, coefficients) : undefined,
    truth,
    rightSentence,
    abstains: verdict === 'unclear',
  };
}

/** Coefficients of the other questions for each: what is measured was never fitted. */
function crossValidated(
  questions: readonly EvaluatedQuestion[],
  sets: readonly FitSet[],
): readonly Decision[] {
  return questions.flatMap((question) => {
    const { coefficients } = fitTo(without(sets, question.name));
    return placesOf(question, coefficients).map((place): Decision => decisionOf(place, coefficients));
  });
}

/** The share of items that other questions' answers cover as the chance of each item here. */
function meanOfOthers(questions: readonly EvaluatedQuestion[]): readonly Decision[] {
  const truths = questions.map((question) => ({
    question,
    told: question.answers.flatMap((answer) => question.points.map(({ id }) => truthOf(answer, id))),
  }));
  return truths.flatMap(({ question, told }) => {
    const others = truths.filter((other) => other.question !== question).flatMap((other) => other.told);
    const share = others.filter((truth) => truth === 'covered').length / Math.max(1, others.length);
    return told.map((truth): Decision => ({
      question: question.name,
      covered: share >= 0.5,
      chance: share,
      confidence: undefined,
      truth,
      rightSentence: undefined,
      abstains: false,
    }));
  });
}

function attacks(set: string, questions: readonly EvaluatedQuestion[]): void {
  for (const { name, attack } of ATTACKS) {
    let tried = 0;
    let accepted = 0;
    for (const question of questions) {
      const assessor = prepareAssessor(question);
      const good = question.answers.filter(({ name: own }) => own === 'good' || own === 'long');
      for (const answer of good.length > 0 ? good : question.answers.slice(0, 1)) {
        for (const text of attack(question, answer)) {
          for (const { verdict } of assessor.assess(text).suggestions) {
            tried += 1;
            accepted += verdict === 'likely-covered' ? 1 : 0;
          }
        }
      }
    }
    process.stdout.write(
      `  attack on ${set} by ${name}: ${accepted} of ${tried} items suggested as covered\n`,
    );
  }
}

interface Scored {
  readonly question: string;
  readonly human: number;
  readonly ours: number;
  /** What the features say of it, fitted on the other questions. */
  readonly features: number;
  /** What other questions' answers got on average: it knows neither question nor answer, so its r is at most about 0. */
  readonly mean: number;
  readonly length: number;
  readonly overlap: number;
  readonly cosine: number;
}

function scoresOf(questions: readonly ShortAnswerQuestion[]): readonly Scored[] {
  const documents = questions.flatMap(({ references, answers }) => [
    ...references,
    ...answers.map(({ text }) => text),
  ]);
  const held = new Map<string, number>();
  for (const document of documents)
    for (const word of wordsOf(document).keys()) held.set(word, (held.get(word) ?? 0) + 1);
  const idf = (word: string): number => Math.log((1 + documents.length) / (1 + (held.get(word) ?? 0)));
  const scored = questions.flatMap((question) => {
    const assessor = prepareAssessor(asEssay(question), ALL_FEATURES);
    const others = questions.filter((other) => other !== question).flatMap(({ answers }) => answers);
    const expected = others.reduce((sum, { score }) => sum + score, 0) / Math.max(1, others.length);
    return question.answers.map(({ text, score }) => {
      const [suggestion] = assessor.assess(text).suggestions;
      const { features, open } = suggestion ?? {};
      return {
        question: question.id,
        numbers: [
          ...(features === undefined ? FEATURE_NAMES.map(() => 0) : numbersOf(features)),
          features === undefined ? 1 : 0,
          open === true || features === undefined ? 0 : 1,
        ],
        human: score,
        ours: ourScore(suggestion),
        mean: expected,
        length: Math.log(1 + text.length),
        overlap: Math.max(...question.references.map((reference) => overlapOf(reference, text))),
        cosine: Math.max(...question.references.map((reference) => cosineOf(reference, text, idf))),
      };
    });
  });
  const predicted = predictedFromOthers(
    scored.map(({ question, numbers, human }) => ({ question, features: numbers, score: human })),
  );
  return scored.map((each, at): Scored => ({ ...each, features: predicted[at] ?? 0 }));
}

/** Features are wanted however unlikely the place. */
const ALL_FEATURES: Coefficients = { ...COEFFICIENTS, silent: 0 };

/** The chance, and less of it where something speaks against it; its order is all that counts. */
function ourScore(suggestion: Suggestion | undefined): number {
  if (suggestion?.features === undefined) return 0;
  return chanceOf(suggestion.features) - (suggestion.open === true ? 0 : SPOKEN_AGAINST);
}

const SPOKEN_AGAINST = 0.25;

function wordsOf(text: string): Map<string, number> {
  const counted = new Map<string, number>();
  for (const { stem } of tokensOf(text)) counted.set(stem, (counted.get(stem) ?? 0) + 1);
  return counted;
}

function overlapOf(reference: string, text: string): number {
  const wanted = wordsOf(reference);
  const said = wordsOf(text);
  return [...wanted.keys()].filter((word) => said.has(word)).length / Math.max(1, wanted.size);
}

function cosineOf(reference: string, text: string, idf: (word: string) => number): number {
  const [a, b] = [wordsOf(reference), wordsOf(text)];
  const length = (words: Map<string, number>): number =>
    Math.sqrt([...words].reduce((sum, [word, count]) => sum + (count * idf(word)) ** 2, 0));
  const both = [...a].reduce((sum, [word, count]) => sum + count * (b.get(word) ?? 0) * idf(word) ** 2, 0);
  return both / Math.max(1e-9, length(a) * length(b));
}

function publicSets(folder: string): void {
  const sets = readSets(folder);
  const bySet = new Map<string, ShortAnswerQuestion[]>();
  for (const question of sets) {
    const set = question.id.split('/')[0] ?? '';
    bySet.set(set, [...(bySet.get(set) ?? []), question]);
  }
  for (const [set, questions] of bySet) {
    const scored = scoresOf(questions);
    process.stdout.write(`\n  ${set}: ${questions.length} questions, ${scored.length} answers\n`);
    const essays = questions.map(asEssay);
    // Nobody marked which sentence it is.
    const places = essays
      .flatMap((question) => placesOf(question))
      .map((place): Place => ({ ...place, rightSentence: undefined }));
    process.stdout.write(
      lineOf(
        'as shipped',
        places.map((place) => decisionOf(place)),
      ),
    );
    process.stdout.write(operatingLine(places) + feedbackLine(essays) + offeredLine(essays));
    correlations(scored);
  }
}

function correlations(scored: readonly Scored[]): void {
  for (const key of ['ours', 'features', 'mean', 'length', 'overlap', 'cosine'] as const) {
    process.stdout.write(
      correlationLine(
        key,
        scored.map((each) => ({ question: each.question, score: each[key], human: each.human })),
      ),
    );
  }
}

const places = QUESTIONS.flatMap((question) => placesOf(question));
process.stdout.write(
  lineOf(
    `as shipped (${COEFFICIENTS.scorer}, fitted on these)`,
    places.map((place) => decisionOf(place)),
  ),
);
const sets = FITTED.map(fitSetOf);
for (const { name, questions } of FITTED)
  process.stdout.write(lineOf(`${name}, cross-validated by question`, crossValidated(questions, sets)));
process.stdout.write(
  lineOf(
    'a third set, never fitted on',
    MEASURED.flatMap((question) => placesOf(question)).map((place) => decisionOf(place)),
  ),
);
const shown = places.filter(({ rightSentence }) => rightSentence !== undefined);
const right = shown.filter(({ rightSentence }) => rightSentence === true).length;
process.stdout.write(`  right sentence wherever a covered item is shown one: ${right} of ${shown.length}\n`);
for (const [name, covers] of [
  ['word overlap of half', (says: string, text: string) => overlapOf(says, text) >= 0.5],
  ['always', () => true],
  ['long answers', (_says: string, text: string) => text.length > 400],
] as const) {
  const decisions = QUESTIONS.flatMap((question) =>
    question.answers.flatMap((answer) =>
      question.points.map(({ id, says }): Decision => ({
        question: question.name,
        covered: covers(says, answer.text),
        chance: undefined,
        confidence: undefined,
        truth: truthOf(answer, id),
        rightSentence: undefined,
        abstains: false,
      })),
    ),
  );
  process.stdout.write(lineOf(`peer: ${name}`, decisions));
}
process.stdout.write(lineOf('peer: the mean of the other questions', meanOfOthers(QUESTIONS)));
for (const { name, questions } of [...FITTED, { name: 'the third set', questions: MEASURED }]) {
  process.stdout.write(`${name}\n${operatingLine(questions.flatMap((each) => placesOf(each)))}`);
  process.stdout.write(feedbackLine(questions) + offeredLine(questions) + markedLine(questions));
}
for (const { name, questions } of [...FITTED, { name: 'the third set', questions: MEASURED }])
  attacks(name, questions);
for (const [name, questions] of [
  ['other subjects', OTHER_SUBJECTS],
  ['the third set', UNSEEN],
] as const) {
  process.stdout.write(`  scores of ${name}\n`);
  correlations(scoresOf(questions));
}
const [folder] = process.argv.slice(2);
if (folder !== undefined) publicSets(folder);
