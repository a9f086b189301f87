import { fractionOf, roundedInterval } from '@tensormark/arithmetic';
import { equationLatex, equationText } from '@tensormark/network';
import {
  conventionWords,
  hasAnotherUnit,
  lacksUnit,
  sayingOf,
  sentenceFor,
  tellingFormula,
  type Asked,
  type Claim,
  type Explanation,
  type Frequency,
  type Matching,
  type Outcome,
  type Reference,
  type Slip,
} from '@tensormark/parameter-count';
import { formatMarks } from '../../marks.js';
import type { Evidence, ItemProposal } from '../../proposal.js';
import type { Ask } from './ask.js';
import { conversionOf, shownValue, valueInUnit } from './in-unit.js';
import { isOfAnotherNetwork } from './another-network.js';
import { costing, nothing, partly, undecided, type Judged } from './judged.js';
import { rulingOn, type Policies } from './policies.js';
import { comesFromElsewhere, judgeWrong, notFoundBefore, type Judgement } from './wrong.js';
import { explanationsOf, misconceptionEvidence, quoteOf, shownIn, type Judging } from './explanations.js';

/** What is proposed for one asked quantity, with the formula and the place it rests on. */
export function proposeItem(ask: Ask, judging: Judging, scheme: Policies): ItemProposal {
  const { reference, outcomes } = judging.matching;
  const outcome = outcomes.get(ask.id);
  const asked = reference.asked.get(ask.id);
  const base = { item: ask.id, says: ask.says, available: formatMarks(ask.marks) };
  if (outcome === undefined || asked === undefined) {
    const reason = 'Nothing was asked under this name.';
    return { ...base, proposed: null, outcome: 'undecided', reason, evidence: [] };
  }
  const expected = expectedText(asked, reference);
  const explanations = explanationsOf(asked, outcome, judging);
  const policies: Policies = {
    units: ask.units ?? scheme.units,
    misconceptions: ask.misconceptions ?? scheme.misconceptions,
  };
  const without = judge({ ask, asked, policies }, outcome, expected, explanations, judging);
  const judged = withUnit({ ask, asked, policies }, outcome, without);
  const shown = outcome.kind === 'not-found' ? outcome.seen : outcome.claim;
  const found = shown === null ? undefined : quoteOf(shown, judging.answer);
  const evidence: Evidence = {
    kind: 'quantity',
    asked: ask.says,
    verdict: judged.verdict,
    expected,
    ...formulaOf(asked, reference),
    convention: conventionWords(reference.convention),
    says: judged.says,
    ...(found === undefined ? {} : { found: found.text, span: found.span }),
  };
  return {
    ...base,
    proposed: judged.marks === null ? null : formatMarks(judged.marks),
    outcome: judged.outcome,
    reason: judged.says,
    evidence: [evidence, ...misconceptionEvidence(outcome, explanations, judging.answer)],
  };
}

function expectedText(asked: Asked, reference: Reference): string {
  const inUnit = valueInUnit(asked, reference);
  if (inUnit !== undefined) return inUnit;
  const values = asked.nodes.flatMap((id) => {
    const node = reference.nodes.get(id);
    return node === undefined ? [] : [shownValue(node)];
  });
  return values.length === 1 ? (values[0] ?? '') : `(${values.join(', ')})`;
}

function formulaOf(asked: Asked, reference: Reference): { formula: string; latex?: string } {
  const [node, ...others] = asked.nodes.flatMap((id) => reference.nodes.get(id) ?? []);
  if (node === undefined) return { formula: '' };
  if (others.length > 0) return { formula: expectedText(asked, reference) };
  if (node.measure === 'expression') return { formula: `${node.written} = ${shownValue(node)}` };
  const formula = tellingFormula(reference, node);
  const converted = conversionOf(asked, reference);
  return {
    formula: equationText(formula) + (converted?.text ?? ''),
    latex: equationLatex(formula) + (converted?.latex ?? ''),
  };
}

/** A right number whose unit is missing, or that is in another as good, says so and costs as the scheme has it. */
function withUnit({ ask, asked, policies }: Judgement, outcome: Outcome, judged: Judged): Judged {
  if (outcome.kind !== 'correct' && outcome.kind !== 'follows') return judged;
  const unit = asked.measuredIn?.written ?? asked.unit;
  return unit !== null && lacksUnit(asked, outcome.claim)
    ? costing(judged, policies.units.missing, ask, `It has no unit, and is read in ${unit}.`)
    : judged;
}

function judge(
  { ask, asked, policies }: Judgement,
  outcome: Outcome,
  expected: string,
  explanations: readonly Explanation[],
  judging: Judging,
): Judged {
  const written =
    outcome.kind === 'not-found'
      ? ''
      : quoteOf(outcome.kind === 'misread' ? shownIn(outcome) : outcome.claim, judging.answer).text;
  switch (outcome.kind) {
    case 'correct':
      return judgeCorrect({ ask, asked, policies }, outcome, expected, judging);
    case 'method': {
      if (outcome.result !== null && isInAnotherUnit(ask, outcome.result, judging))
        return inAnotherUnit({ ask, asked, policies }, outcome.result, expected, judging);
      const asFraction = judgeFraction(ask, asked, outcome, expected, written);
      if (asFraction !== undefined) return asFraction;
      const right =
        outcome.from.length === 0
          ? `${expected}, which is right`
          : `what follows from ${fromWords(outcome.from, judging)}`;
      const result =
        outcome.result === null
          ? 'but no result is written'
          : `the result written is ${quoteOf(outcome.result, judging.answer).text}`;
      return partly(ask, `The calculation comes to ${right}; ${result}.`);
    }
    case 'follows':
      if (isInAnotherUnit(ask, outcome.claim, judging))
        return inAnotherUnit({ ask, asked, policies }, outcome.claim, expected, judging);
      if (isOfAnotherNetwork(judging))
        return undecided(
          'follows',
          `Not ${expected}; it follows from ${fromWords(outcome.from, judging)}, but the working goes on from several numbers that are not the question's.`,
        );
      // What is wrong in nothing that is asked has cost nowhere yet.
      if (!outcome.from.some((slip) => isJudged(slip, judging.matching)))
        return partly(
          ask,
          `Not ${expected}; it follows without a slip from ${fromWords(outcome.from, judging)}, which is wrong.`,
        );
      return {
        marks: ask.marks,
        outcome: 'met',
        verdict: 'follows',
        says: `Not ${expected}, but it follows without a slip from ${fromWords(outcome.from, judging)}.`,
      };
    case 'misread': {
      if (isOfAnotherNetwork(judging))
        return undecided(
          'wrong',
          `The calculation has the right form, but the working goes on from several numbers that are not the question's; ${expected} is expected.`,
        );
      // Height and width of a square map are one thing to whoever works with it.
      const differences = [
        ...new Set(
          outcome.differences.map(
            ({ found, expected: wanted }) => `${found.toDecimal()} where ${wanted.toDecimal()} belongs`,
          ),
        ),
      ];
      const form = `The calculation has the right form, with ${differences.join(' and ')}; ${expected} is expected.`;
      const because = sentenceFor(quoteOf(shownIn(outcome), judging.answer).text, explanations);
      const says = because === undefined ? form : `${form} ${because}`;
      const open = notFoundBefore(asked, judging.matching);
      if (open !== undefined)
        return undecided('wrong', `${says} It may follow from ${open}, which was not found.`);
      const met = misconceptionIn(outcome, explanations, judging.matching.reference);
      const ruling = met === undefined ? 'as-any-other' : rulingOn(met, policies.misconceptions);
      if (ruling === 'person') return undecided('wrong', says);
      if (ruling === 'method') return partly(ask, says);
      const foreign = isMemoryOfCount(outcome, judging) && comesFromElsewhere(outcome.claim, judging);
      if (ruling === 'nothing' && typeof foreign === 'string')
        return undecided('wrong', `${says} It goes on from ${foreign}, which is not worked out here.`);
      if (ruling === 'nothing')
        return nothing(`${written} is given where ${expected} is expected. ${because ?? ''}`);
      if (differences.length > 1 || outcome.claim.verdict === 'false') return undecided('wrong', says);
      return partly(ask, says);
    }
    case 'wrong':
      if (isInAnotherUnit(ask, outcome.claim, judging))
        return inAnotherUnit({ ask, asked, policies }, outcome.claim, expected, judging);
      return judgeWrong({ ask, asked, policies }, outcome, expected, explanations, judging);
    case 'in-part':
      return undecided(
        'wrong',
        `${outcome.right} of ${outcome.of} numbers are right; ${expected} is expected.`,
      );
    case 'not-found':
      return undecided(
        'not-found',
        outcome.seen === null
          ? `${expected} was not found, and no other number is plainly meant for it.`
          : `${expected} is written, but it is not plain that it is meant for this.`,
      );
  }
}

/**
 * How often an error about this very thing is met that gives the number, so that it is no slip of a right working; a wrong
 * size from a layer before is one, for what is asked here.
 */
function misconceptionIn(
  { differences }: Extract<Outcome, { kind: 'misread' }>,
  explanations: readonly Explanation[],
  { nodes }: Reference,
): Frequency | undefined {
  const isSize = differences.some(({ of }) => {
    const measure = of.kind === 'node' ? nodes.get(of.node)?.measure : undefined;
    return measure === 'size' || measure === 'units';
  });
  if (isSize) return undefined;
  const met = explanations.flatMap(({ errors: [first, second] }) =>
    second === undefined ? first.frequency : [],
  );
  return (['common', 'known'] as const).find((each) => met.includes(each));
}

/** Whether a number stands where a count of parameters belongs that the memory asked for is reckoned from. */
function isMemoryOfCount(
  { differences }: Extract<Outcome, { kind: 'misread' }>,
  { matching: { reference } }: Judging,
): boolean {
  return differences.some(
    ({ of }) => of.kind === 'node' && reference.nodes.get(of.node)?.measure === 'parameters',
  );
}

/** The number is the expected one, and its unit is not: that costs what the scheme says. */
function inAnotherUnit(
  { ask, asked, policies: { units } }: Judgement,
  claim: Claim,
  expected: string,
  { answer }: Judging,
): Judged {
  const says = `${quoteOf(claim, answer).text} is given where ${expected} is expected.`;
  const right: Judged = { marks: ask.marks, outcome: 'met', verdict: 'wrong', says };
  const isMissing = lacksUnit(asked, claim) && units.missing !== 'accepted';
  const because = 'The number is right, its unit is another or missing.';
  return costing(right, isMissing ? units.missing : units.wrong, ask, because);
}

function isInAnotherUnit({ id }: Ask, claim: Claim, { matching: { reference } }: Judging): boolean {
  const asked = reference.asked.get(id);
  return asked !== undefined && hasAnotherUnit(reference, asked, claim);
}

function judgeCorrect(
  { ask }: Judgement,
  { claim, support, rounded, rival }: Extract<Outcome, { kind: 'correct' }>,
  expected: string,
  { answer }: Judging,
): Judged {
  const met = (says: string): Judged => ({
    marks: ask.marks,
    outcome: 'met',
    verdict: rounded ? 'rounded' : 'correct',
    says,
  });
  if (rival !== null) {
    const other = quoteOf(rival, answer).text;
    return undecided('correct', `${expected} is given, and ${other} is given for the same thing elsewhere.`);
  }
  if (support === 'contradicted') {
    return followsFromRounded(claim)
      ? met(`${expected} is right, and the calculation gives it as far as its numbers are rounded.`)
      : undecided('correct', `${expected} is right, but the calculation beside it does not give it.`);
  }
  if (rounded) {
    // Where the question says how near a number must come, a coarser one is a person's.
    if (saysHowNear(ask))
      return undecided('rounded', `Rounded, it is ${expected}, but not as finely as is asked.`);
    return support === 'calculation'
      ? met(`Rounded, it is ${expected}, and the calculation gives it.`)
      : undecided('rounded', `Rounded, it is ${expected}; no calculation is shown for it.`);
  }
  return met(
    support === 'calculation'
      ? `${expected} is right, and the calculation gives it.`
      : `${expected} is right; no calculation is shown for it.`,
  );
}

function saysHowNear({ tolerance, significantFigures, decimals }: Ask): boolean {
  return tolerance !== undefined || significantFigures !== undefined || decimals !== undefined;
}

/**
 * `-ln(0.0022) = 6.1291`: the number was worked out with what 0.0022 was rounded from. Asked of numbers alone that are right
 * by themselves.
 */
function followsFromRounded({ equation, expression, value }: Claim): boolean {
  const at = equation?.sides.findIndex((side) => side.expression === expression) ?? -1;
  const from = equation?.sides[at - 1];
  if (from === undefined) return false;
  const range = roundedInterval(from.expression, [], true);
  return range !== null && range.low.compare(value) <= 0 && value.compare(range.high) <= 0;
}

/**
 * `8/11` is a number and nothing that is left to work out. Where it may be shortened, where figures or decimals are asked for,
 * or where it only follows, a person says whether it stands as the result.
 */
function judgeFraction(
  ask: Ask,
  { accept }: Asked,
  { claim, result, from }: Extract<Outcome, { kind: 'method' }>,
  expected: string,
  written: string,
): Judged | undefined {
  const fraction = result === null ? fractionOf(claim.expression) : null;
  if (fraction === null || claim.value.isInteger) return undefined;
  const isShortest = fraction.under.absolute().numerator === claim.value.denominator;
  const wantsDigits = accept.kind !== 'exact' && accept.kind !== 'absolute' && accept.kind !== 'relative';
  if (from.length > 0 || !isShortest || wantsDigits)
    return undecided('method', `${written} is given, as a fraction, where ${expected} is expected.`);
  return {
    marks: ask.marks,
    outcome: 'met',
    verdict: 'correct',
    says: `${written} is ${expected}, which is right.`,
  };
}

/** Whether a value of the working's own is judged by itself: it is asked for, or stands where something asked went wrong. */
function isJudged({ node, claim }: Slip, { reference, outcomes }: Matching): boolean {
  return [...reference.asked.values()].some(({ id, nodes }) => {
    const outcome = outcomes.get(id);
    return (
      nodes.includes(node) ||
      (outcome !== undefined &&
        outcome.kind !== 'not-found' &&
        outcome.kind !== 'correct' &&
        outcome.claim === claim)
    );
  });
}

/** What a number follows from, by the words of the scheme where it was asked for. */
function fromWords(from: readonly Slip[], judging: Judging): string {
  const asked = [...judging.matching.reference.asked.values()];
  const said = new Map<Claim, string>();
  for (const { node, claim } of from) {
    const id = asked.find(({ nodes }) => nodes.includes(node))?.id;
    // The sizes of one shape are given at once.
    if (id !== undefined || !said.has(claim)) said.set(claim, id ?? nodeWords(node));
  }
  return [...said].map(([claim, of]) => `${quoteOf(claim, judging.answer).text} (${of})`).join(', ');
}

function nodeWords(id: string): string {
  const of = id.slice(0, Math.max(id.lastIndexOf('/'), 0));
  return of === '' ? sayingOf(id) : `${sayingOf(id)} of ${of}`;
}

/** Where two conventions are mixed, the items counted otherwise than the rest are for a person, and it is said. */
export function withDoubts(items: readonly ItemProposal[], matching: Matching): ItemProposal[] {
  return items.map((item) => {
    const mixed = matching.mixed.find(({ asked }) => asked.id === item.item);
    if (mixed === undefined) return item;
    const says = `This is right ${conventionWords(mixed.reference.convention)}, while the rest is counted ${conventionWords(matching.reference.convention)}: two conventions are mixed.`;
    return {
      ...item,
      proposed: null,
      outcome: 'undecided',
      reason: says,
      evidence: [...item.evidence, { kind: 'caution', span: { ...mixed.claim.span }, says }],
    };
  });
}
