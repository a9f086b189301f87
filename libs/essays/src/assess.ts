import { readAnswer, readWith, type ReadAnswer } from './answer.js';
import { findStatement, type Found } from './find.js';
import { averts } from './judge/averted.js';
import { claimsTooLittle } from './judge/claimed.js';
import { COEFFICIENTS } from './judge/coefficients.js';
import { Question } from './judge/copied.js';
import type { Assessment, FoundMisconception, Suggestion } from './assessment.js';
import { isOutside } from './judge/outside.js';
import { confidenceOf } from './judge/model.js';
import { choicesIn } from './judge/offered.js';
import type { Coefficients } from './judge/scorer.js';
import { verdictOf } from './judge/verdict.js';
import type { EssayQuestion, RubricPoint } from './question.js';
import { likenessOf } from './match/likeness.js';
import { statementOf, type Rarity, type Statement } from './match/statement.js';
import { readSentence, type Reading } from './meaning/reading.js';
import { definedIn } from './terms/defined.js';
import { lexiconWith, type Lexicon, type Subject } from './terms/lexicon.js';
import { subjectOf } from './terms/subject.js';

/** A question made ready: its statements are read once, however many answers follow. */
export interface Assessor {
  assess(answer: string): Assessment;
}

/** Prepares a question. Pure: the same question and answer give the same assessment. */
export function prepareAssessor(
  question: EssayQuestion,
  coefficients: Coefficients = COEFFICIENTS,
): Assessor {
  const subject = subjectAskedIn(question);
  const lexicon = lexiconWith([], new Set(), subject);
  const askedReading = readSentence(question.asked, 0, lexicon);
  const asked = askedReading.units;
  const choices = choicesIn(askedReading);
  const copied = new Question(question.asked);
  const rarity = rarityAmong(question.points, lexicon);
  const ready = question.points.map((point) => {
    const plain = lexiconWith(point.synonyms, new Set(), subject);
    const said = readSentence(point.says, 0, plain);
    const defined = definedIn(question.asked, askedReading, said, plain);
    const own = lexiconWith(point.synonyms, defined, subject);
    const ownAsked = new Set([...asked, ...askedAlike(defined, askedReading, said, own)]);
    return {
      id: point.id,
      lexicon: own,
      asked: ownAsked,
      statements: statementsOf(point, own, ownAsked, rarity),
      wordings: 1 + (point.wordings?.length ?? 0),
    };
  });
  const outside = isOutside(
    question.asked,
    question.points.map(({ says, synonyms }) =>
      readSentence(says, 0, lexiconWith(synonyms, new Set(), subject)),
    ),
  );
  const traits = { choices, outside, alone: question.points.length === 1 };
  const wrong = (question.misconceptions ?? []).map((each) => ({
    id: each.id,
    lexicon,
    statements: statementsOf(each, lexicon, asked, () => 1),
  }));
  return {
    assess(text) {
      const answer = readAnswer(text, copied, lexicon);
      const misconceptions = wrong.flatMap(({ id, statements, lexicon: own }): FoundMisconception[] => {
        const found = findStatement(statements, answer, own, asked);
        return found !== undefined && isMisconception(found, answer)
          ? [{ misconception: id, span: found.span, nearness: likenessOf(found.features) }]
          : [];
      });
      const suggestions = ready.map(
        ({ id, statements, wordings, lexicon: own, asked: ownAsked }): Suggestion => {
          const found = findStatement(statements, readWith(answer, own), own, ownAsked);
          const judged = verdictOf(found, answer, misconceptions, coefficients, {
            ...traits,
            wordings,
            statements,
          });
          const confidence =
            coefficients.calibrated && judged.verdict === 'likely-covered' && found !== undefined
              ? confidenceOf(found.features, coefficients)
              : undefined;
          return {
            item: id,
            verdict: judged.verdict,
            ...(judged.span && { span: judged.span }),
            ...(confidence !== undefined && { confidence }),
            because: judged.because,
            ...(found && {
              wording: found.statement.text,
              features: found.features,
              open: judged.open,
              enough: judged.enough,
            }),
          };
        },
      );
      return { scorer: coefficients.scorer, suggestions, misconceptions, notes: answer.notes };
    },
  };
}

function subjectAskedIn({ asked, points, misconceptions = [] }: EssayQuestion): Subject {
  const texts = [
    asked,
    ...[...points, ...misconceptions].flatMap(({ says, wordings = [] }) => [says, ...wordings]),
  ];
  return subjectOf(texts.map((text) => readSentence(text, 0, lexiconWith())));
}

function statementsOf(
  { says, wordings = [] }: { says: string; wordings?: readonly string[] },
  lexicon: Lexicon,
  asked: ReadonlySet<string>,
  rarity: Rarity,
): Statement[] {
  return [says, ...wordings]
    .flatMap((text) =>
      [text, ...withoutAsides(text), ...examplesIn(text), ...alternativesIn(text)].map((told) => ({
        ...statementOf(told, lexicon, asked, rarity),
        text,
      })),
    )
    .filter(({ wanted }) => wanted.length > 0);
}

/** "is articulated (has joints)": several words in brackets say it again, or add what need not be said; one is a term to be named. */
function withoutAsides(text: string): readonly string[] {
  const without = text.replace(/\s*(?:\([^()\s]+\s[^()]*\)|\[[^[\]\s]+\s[^[\]]*\])/g, '');
  return without !== text && /\p{L}{3,}\s+\p{L}{2,}/u.test(without) ? [without.trim()] : [];
}

/** "Names a cost, such as memory or time": who names one of the examples names what they are examples of. */
function examplesIn(text: string): readonly string[] {
  const [, examples] = /^(?:names?|mentions?|gives?|lists?)\b[^.;]*?\bsuch as\s+([^.;]+)/i.exec(text) ?? [];
  return examples === undefined ? [] : [`such as ${examples}`];
}

/** "Repeats with several seeds, or otherwise deals with chance": either part says it. */
function alternativesIn(text: string): readonly string[] {
  const parts = text.split(/,?\s+or (?:otherwise|else|alternatively)\s+/i);
  return parts.length > 1 ? parts.filter((part) => /\p{L}{3,}\s+\p{L}{2,}/u.test(part)) : [];
}

/**
 * The words of a term that is explained and that question and item write alike: "What is voltage?" has the voltage of "Voltage is the
 * difference in …", though it is no term there.
 */
function askedAlike(
  defined: ReadonlySet<string>,
  asked: Reading,
  { said, tokens }: Reading,
  own: Lexicon,
): readonly string[] {
  const question = ` ${asked.tokens.map(({ stem }) => stem).join(' ')} `;
  return said.flatMap(({ unit, at, to }) => {
    const written = tokens.slice(at, to);
    return defined.has(unit) && question.includes(` ${written.map(({ stem }) => stem).join(' ')} `)
      ? [...readSentence(written.map(({ word }) => word).join(' '), 0, own).units]
      : [];
  });
}

/** A wrong statement is only found where nearly all of it is said. */
const ENOUGH_OF_IT = 0.8;
const NEAR = 0.66;

/** What stands in most of a question's items tells little about any one of them. */
function rarityAmong(points: readonly RubricPoint[], lexicon: Lexicon): Rarity {
  if (points.length < 3) return () => 1;
  const held = new Map<string, number>();
  for (const { says } of points) {
    for (const unit of readSentence(says, 0, lexicon).units) held.set(unit, (held.get(unit) ?? 0) + 1);
  }
  return (unit) => {
    const share = (held.get(unit) ?? 1) / points.length;
    return share >= 0.75 ? 0.35 : share >= 0.5 ? 0.65 : 1;
  };
}

function isMisconception(found: Found, answer: ReadAnswer): boolean {
  const { features, conflicts, stretch } = found;
  const read = answer.sentences.slice(stretch.from, stretch.to);
  const readings = read.map(({ reading }) => reading);
  return (
    likenessOf(features) >= NEAR &&
    features.recall + features.joined >= ENOUGH_OF_IT &&
    conflicts.length === 0 &&
    !claimsTooLittle(found.statement, readings, answer.disowned) &&
    !averts(found.statement.reading, readings) &&
    read.every(({ stance, barriers }) => stance === 'asserted' && barriers.size === 0)
  );
}
