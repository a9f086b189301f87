import { literal, type Formula } from '@tensormark/network';
import {
  explain,
  questionOfNode,
  sentenceFor,
  slipsBearing,
  statedBy,
  type Asked,
  type Claim,
  type Explanation,
  type Matching,
  type Outcome,
  type Slip,
  type Surroundings,
} from '@tensormark/parameter-count';
import type { Evidence } from '../../proposal.js';

/** What an item is judged by. */
export interface Judging {
  readonly matching: Matching;
  readonly surroundings: Surroundings | undefined;
  readonly answer: string;
}

/** The errors that give exactly the number that stands where another is expected, at worst from the working's own values. */
export function explanationsOf(asked: Asked, outcome: Outcome, judging: Judging): readonly Explanation[] {
  if ((outcome.kind !== 'wrong' && outcome.kind !== 'misread') || asked.form !== 'number') return [];
  const { matching, surroundings, answer } = judging;
  const { reference } = matching;
  const [id] = asked.nodes;
  const question = questionOfNode(reference, id, { surroundings });
  if (question === undefined) return [];
  const stated = statedBy(shownIn(outcome));
  const right = rightNodes(matching);
  const found = explain(question, stated, right);
  const slips = slipsBearing(reference, id, matching.slips);
  if (found.length > 0 || slips.length === 0) return found;
  const carrying = questionOfNode(reference, id, { surroundings, given: givenBy(slips) });
  if (carrying === undefined) return [];
  const from = slips.map(({ claim }) => quoteOf(claim, answer).text).join(' and ');
  return explain(carrying, stated, right, { most: 'one-error' }).map((each) => ({
    ...each,
    says: `${each.says}, going on from ${from}`,
  }));
}

function givenBy(slips: readonly Slip[]): ReadonlyMap<string, Formula> {
  return new Map(
    slips.flatMap(({ node, value }) => (value.isInteger ? [[node, literal(value.numerator)]] : [])),
  );
}

/** The number that stands where the expected one should. */
export function shownIn(outcome: Extract<Outcome, { kind: 'wrong' | 'misread' }>): Claim {
  return outcome.kind === 'misread' && outcome.result !== null ? outcome.result : outcome.claim;
}

/** What the working has right: no error behind another number can have changed it. */
function rightNodes({ reference, outcomes }: Matching): readonly string[] {
  return [...outcomes].flatMap(([id, { kind }]) =>
    kind === 'correct' ? (reference.asked.get(id)?.nodes ?? []) : [],
  );
}

/** The explanations as evidence, beside the number that they explain. */
export function misconceptionEvidence(
  outcome: Outcome,
  explanations: readonly Explanation[],
  answer: string,
): Evidence[] {
  if ((outcome.kind !== 'wrong' && outcome.kind !== 'misread') || explanations.length === 0) return [];
  const { text, span } = quoteOf(shownIn(outcome), answer);
  const says = sentenceFor(text, explanations);
  if (says === undefined) return [];
  return [{ kind: 'misconception', span, explanations: explanations.map((each) => each.says), says }];
}

/** What a claim rests on, as it stands in the answer. */
export function quoteOf(
  { span }: Claim,
  answer: string,
): { readonly text: string; readonly span: Claim['span'] } {
  return { text: answer.slice(span.start, span.end), span: { ...span } };
}
