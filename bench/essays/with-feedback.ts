import {
  truthOf,
  type EvaluatedAnswer,
  type EvaluatedQuestion,
} from '../../libs/essays/evaluation/evaluated.js';
import {
  isSilenced,
  nearestPlaces,
  prepareAssessor,
  type Acceptance,
  type MarkedSegment,
  type Suggestion,
} from '../../libs/essays/src/index.js';
import { seeded } from './statistics.js';

/** Orders in which the answers are met; sentences of marked answers are looked at in a few of them, for they take long. */
const ORDERS = 200;
const ORDERS_WITH_SEGMENTS = 3;

interface Tally {
  items: number;
  shown: number;
  right: number;
  keptBack: number;
  keptBackRight: number;
}

/**
 * What markers see who meet the answers to each question one after another and say of each suggestion that an item is covered what is
 * so: as in the product, where a scorer that was rejected too often about an item goes silent and stays so; and where it may speak
 * again, because what marks an item gets tells of the suggestions that were not shown, too.
 */
export function feedbackLine(questions: readonly EvaluatedQuestion[]): string {
  const met = questions.flatMap(itemsOf);
  const told = (tally: Tally): string =>
    `${share(tally.right, tally.shown)} right of ${share(tally.shown, tally.items)} of all items` +
    (tally.keptBack === 0
      ? ''
      : `, ${(tally.keptBackRight / ORDERS).toFixed(1)} right and ${((tally.keptBack - tally.keptBackRight) / ORDERS).toFixed(1)} wrong ones kept back`);
  return `  met one after another: without a word ${told(walked(met, 'never'))}; silent as rejected ${told(walked(met, 'for-good'))}; speaking again ${told(walked(met, 'for-now'))}\n`;
}

/** Of one rubric item, whether each answer's suggestion says that it is covered, and whether it is. */
type Met = readonly { readonly suggested: boolean; readonly covered: boolean }[];

function itemsOf(question: EvaluatedQuestion): readonly Met[] {
  const assessor = prepareAssessor(question);
  const assessed = question.answers.map((answer) => ({
    answer,
    suggestions: assessor.assess(answer.text).suggestions,
  }));
  return question.points.map(({ id }) =>
    assessed.map(({ answer, suggestions }) => ({
      suggested: suggestions.some(({ item, verdict }) => item === id && verdict === 'likely-covered'),
      covered: truthOf(answer, id) === 'covered',
    })),
  );
}

function walked(items: readonly Met[], silent: 'never' | 'for-good' | 'for-now'): Tally {
  const tally: Tally = { items: 0, shown: 0, right: 0, keptBack: 0, keptBackRight: 0 };
  for (let order = 1; order <= ORDERS; order++) {
    const random = seeded(order);
    for (const item of items) {
      let known: Acceptance = { decided: 0, accepted: 0 };
      for (const { suggested, covered } of inSomeOrder(item, random)) {
        tally.items += 1;
        if (!suggested) continue;
        const isKeptBack = silent !== 'never' && isSilenced(known);
        tally[isKeptBack ? 'keptBack' : 'shown'] += 1;
        if (covered) tally[isKeptBack ? 'keptBackRight' : 'right'] += 1;
        if (!isKeptBack || silent === 'for-now')
          known = { decided: known.decided + 1, accepted: known.accepted + (covered ? 1 : 0) };
      }
    }
  }
  return tally;
}

/** What the accepted sentences of the answers met before offer where the scorer itself says nothing of an item being covered. */
export function offeredLine(questions: readonly EvaluatedQuestion[]): string {
  let offered = 0;
  let right = 0;
  let items = 0;
  for (const question of questions) {
    const assessor = prepareAssessor(question);
    for (let order = 1; order <= ORDERS_WITH_SEGMENTS; order++) {
      const segments: MarkedSegment[] = [];
      inSomeOrder(question.answers, seeded(order)).forEach((answer, answers) => {
        const { suggestions } = assessor.assess(answer.text);
        items += suggestions.length;
        for (const { item } of nearestPlaces(question, answer.text, { answers, segments })) {
          if (suggestions.some((each) => each.item === item && each.verdict === 'likely-covered')) continue;
          offered += 1;
          right += truthOf(answer, item) === 'covered' ? 1 : 0;
        }
        // The latest ones first, as they come from the records.
        segments.unshift(...acceptedIn(question, answer, suggestions));
      });
    }
  }
  return `  offered beside these, for a sentence accepted before: ${share(right, offered)} right of ${share(offered, items)} of all items\n`;
}

function acceptedIn(
  { points }: EvaluatedQuestion,
  answer: EvaluatedAnswer,
  suggestions: readonly Suggestion[],
): readonly MarkedSegment[] {
  return suggestions.flatMap(({ item, verdict, span }) => {
    if (verdict !== 'likely-covered' || span === undefined || truthOf(answer, item) !== 'covered') return [];
    const said = points.find(({ id }) => id === item)?.says ?? '';
    return [{ answer: answer.name, item, said, text: answer.text.slice(span.start, span.end) }];
  });
}

/** Fisher and Yates. */
function inSomeOrder<Each>(all: readonly Each[], random: () => number): readonly Each[] {
  const left = [...all];
  return all.flatMap(() => left.splice(Math.floor(random() * left.length), 1));
}

function share(part: number, all: number): string {
  return all === 0 ? 'none' : `${((100 * part) / all).toFixed(1)} %`;
}
