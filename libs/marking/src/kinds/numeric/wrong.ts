import { numeralValue, numericLeaves, Rational, workOf } from '@tensormark/arithmetic';
import {
  askedBefore,
  givenNumbers,
  isTheSameWork,
  sentenceFor,
  slipsBearing,
  type Asked,
  type Claim,
  type Explanation,
  type Matching,
  type Outcome,
  type Reference,
  type Slip,
} from '@tensormark/parameter-count';
import { isOfAnotherNetwork } from './another-network.js';
import type { Ask } from './ask.js';
import { quoteOf, shownIn, type Judging } from './explanations.js';
import { nothing, partly, undecided, type Judged } from './judged.js';
import type { Policies } from './policies.js';
import { withSameErrorBefore } from './same-error.js';

/** What is asked, and what the scheme says of errors in it. */
export interface Judgement {
  readonly ask: Ask;
  readonly asked: Asked;
  readonly policies: Policies;
}

type Wrong = Extract<Outcome, { kind: 'wrong' }>;

/** A number whose words say that it is the answer, and that is not: for a person wherever it may be right all the same. */
export function judgeWrong(
  { ask, asked, policies }: Judgement,
  outcome: Wrong,
  expected: string,
  explanations: readonly Explanation[],
  judging: Judging,
): Judged {
  const { matching, answer } = judging;
  const written = quoteOf(outcome.claim, answer).text;
  const says = `${written} is given where ${expected} is expected.`;
  if (outcome.seen !== null)
    return undecided('wrong', `${says} ${quoteOf(outcome.seen, answer).text} is written, too.`);
  if (outcome.elsewhere !== null)
    return undecided('wrong', `${says} It is the answer to ${outcome.elsewhere}.`);
  if (isTheSameWork(matching.reference, asked, outcome.claim))
    return undecided('wrong', `${says} ${asOtherWork(outcome.claim)}`);
  if (explanations.length === 0 && ask.method !== undefined && outcome.calculation !== null)
    return undecided('wrong', `${says} The calculation beside it was not recognised.`);
  const because = sentenceFor(written, explanations);
  const reason = because === undefined ? says : `${says} ${because}`;
  if (explanations.some(({ errors }) => errors.every(({ about }) => about === 'convention')))
    return undecided('wrong', `${reason} Some count so; a person decides whether it stands.`);
  const foreign = comesFromElsewhere(outcome.calculation, judging);
  if (foreign !== undefined)
    return undecided('wrong', `${reason} It goes on from ${foreign}, which is not worked out here.`);
  const source = goesOnFrom(ask, outcome.calculation, matching);
  if (source !== undefined)
    return undecided('wrong', `${reason} It goes on from what is wrong in ${source}.`);
  const open = notFoundBefore(asked, matching);
  if (open !== undefined)
    return undecided('wrong', `${reason} It may follow from ${open}, which was not found.`);
  const same = withSameErrorBefore(asked, explanations, judging);
  if (same.length > 0 && !isOfAnotherNetwork(judging))
    return {
      marks: ask.marks,
      outcome: 'met',
      verdict: 'follows',
      says: `${reason} It follows from the same error in ${same.join(', ')}, which has cost there.`,
    };
  const other = askedWhereItWentWrong(ask, explanations, matching);
  if (other !== undefined) return undecided('wrong', `${reason} That would be an error in ${other}.`);
  if (outcome.calculation === null && ask.method !== undefined && hasDigitsSwapped(asked, outcome, judging))
    return undecided('wrong', `${says} Two neighbouring digits are swapped.`);
  const ruling = outcome.calculation === null ? 'nothing' : rulingOnAll(explanations, policies);
  if (ruling === 'person') return undecided('wrong', reason);
  return ruling === 'method' ? partly(ask, reason) : nothing(reason);
}

/** What to say of the right work under the name of the other unit of it: 200 FLOPs where 100 multiply-accumulates are asked for. */
function asOtherWork({ unit }: Claim): string {
  return unit !== null && workOf(unit) === 'flops'
    ? 'As FLOPs, of which a multiply-accumulate is two, it is right.'
    : 'As multiply-accumulates, of which each is two FLOPs, it is right.';
}

/** What a scheme that rules on all errors of method alike says of a calculation that one of them explains. */
function rulingOnAll(
  explanations: readonly Explanation[],
  { misconceptions }: Policies,
): 'nothing' | 'method' | 'person' {
  const isOfMethod = explanations.some(({ errors: [, second] }) => second === undefined);
  return isOfMethod && misconceptions !== 'as-met' ? misconceptions : 'nothing';
}

/** Something that this rests on and that the working was not seen to answer: what follows from it is not known. */
export function notFoundBefore(asked: Asked, { reference, outcomes }: Matching): string | undefined {
  if (!asked.follow) return undefined;
  return askedBefore(reference, asked).find((id) => outcomes.get(id)?.kind === 'not-found');
}

/** Another thing asked, not right itself, in which alone the errors lie that give a number: they cost once, there. */
function askedWhereItWentWrong(
  ask: Ask,
  explanations: readonly Explanation[],
  { reference, outcomes }: Matching,
): string | undefined {
  const own = pathsOf(ask.id, reference);
  const others = [...outcomes].flatMap(([id, { kind }]) =>
    id === ask.id || kind === 'correct' ? [] : pathsOf(id, reference).filter((path) => path !== ''),
  );
  const modules = explanations.flatMap(({ errors }) => errors.flatMap((error) => error.modules));
  const elsewhere =
    explanations.length > 0 &&
    explanations.every(({ errors }) =>
      errors.every(
        ({ modules: made }) =>
          made.length > 0 &&
          made.every(
            (path) => liesIn(path, others) && !own.some((each) => each !== '' && liesIn(path, [each])),
          ),
      ),
    );
  return elsewhere ? modules[0] : undefined;
}

/**
 * Another thing asked whose wrong number a true calculation goes on from, where nothing in the network says that it does: the
 * error may have cost already.
 */
function goesOnFrom(
  ask: Ask,
  calculation: Claim | null,
  { reference, outcomes }: Matching,
): string | undefined {
  if (calculation === null || calculation.verdict === 'false') return undefined;
  const leaves = numericLeaves(calculation.expression).map((leaf) => numeralValue(leaf.numeral));
  const [own = ''] = reference.asked.get(ask.id)?.nodes ?? [];
  return [...outcomes].find(([id, outcome]) => {
    if (id === ask.id || (outcome.kind !== 'wrong' && outcome.kind !== 'misread')) return false;
    const slips = (reference.asked.get(id)?.nodes ?? []).map((node) => ({ node, ...shownValueOf(outcome) }));
    return (
      slipsBearing(reference, own, slips).length === 0 &&
      slips.some(({ value }) => leaves.some((leaf) => leaf.equals(value)))
    );
  })?.[0];
}

/** Smaller numbers than this are sizes, and written down without being worked out. */
const WORKED_OUT = Rational.of(5000);

/**
 * A large number that a true calculation goes on from, which is neither the question's nor worked out in this answer: it may
 * be the result of another part, where an error in it has cost already.
 */
export function comesFromElsewhere(
  calculation: Claim | null,
  { matching: { reference }, answer }: Judging,
): string | undefined {
  if (calculation === null || calculation.verdict === 'false') return undefined;
  const known = new Set([
    ...[...reference.asked.values()].flatMap(({ nodes }) =>
      nodes.map((id) => reference.nodes.get(id)?.value.numerator.toString()),
    ),
    ...[...reference.nodes.values()].flatMap((node) =>
      node.measure === 'expression'
        ? numericLeaves(node.expression).map(({ numeral }) => numeralValue(numeral).toString())
        : [],
    ),
  ]);
  const given = givenNumbers(reference);
  const text = answer.replace(/(?<=\d)[,.'_\s](?=\d{3}(?!\d))/g, '');
  return numericLeaves(calculation.expression)
    .map((leaf) => numeralValue(leaf.numeral))
    .filter((value) => value.isInteger && value.compare(WORKED_OUT) >= 0)
    .map((value) => value.toString())
    .find((written) => !given.has(written) && !known.has(written) && text.split(written).length === 2);
}

function shownValueOf(
  outcome: Extract<Outcome, { kind: 'wrong' | 'misread' }>,
): Pick<Slip, 'value' | 'claim'> {
  const claim = shownIn(outcome);
  return { value: claim.value, claim };
}

/** Whether a module is one of some, or lies in one of them. */
function liesIn(path: string, modules: readonly string[]): boolean {
  return modules.some((each) => path === each || path.startsWith(`${each}.`));
}

function pathsOf(id: string, { asked, nodes }: Reference): readonly string[] {
  return (asked.get(id)?.nodes ?? []).flatMap((node) => nodes.get(node)?.of ?? []);
}

/** Whether a number is the expected one but for two neighbouring digits. */
function hasDigitsSwapped({ nodes }: Asked, { claim }: Wrong, { matching: { reference } }: Judging): boolean {
  const right = reference.nodes.get(nodes[0])?.value.numerator.toString() ?? '';
  const given = claim.value.toString();
  const at = [...right].findIndex((digit, place) => digit !== given.charAt(place));
  return (
    right.length >= 4 &&
    at !== -1 &&
    `${right.slice(0, at)}${right.charAt(at + 1)}${right.charAt(at)}${right.slice(at + 2)}` === given
  );
}
