import type { Finding } from '@tensormark/code-review';
import type { Claim, Verdict } from '../claim.js';
import type { Clause } from '../clauses.js';
import type { CodeFacts } from '../facts.js';
import { moodOf } from '../mood.js';
import { scopeOf } from '../scope.js';
import { claimAt, type Topic } from '../topic.js';
import { FINDS_FAULT, FINDS_LACK } from './faults/named-by-words.js';
import { FAULTS, NAMED_BY_WORDS } from './faults/table.js';

/** Praise or denial turns a fault about; such a clause names none. */
const DENIED =
  /\b(?:(?:never|not|hardly) (?:missing|forgotten|absent|omitted)|no problem|not a problem|no (?:shape |size )?mismatch|(?:no|without|avoid\w*|prevent\w*) (?:any )?(?:(?:data|information|target|test) )?(?:bug|error|issue|fault|leak(?:age)?)s?|is (?:fine|right|correct|ok|okay|appropriate)|are (?:fine|right|correct)|correctly|properly|rightly|not wrong|isn't wrong|does not cause|not (?:redundant|incorrect))\b/i;

/** Praise of what is the fault itself: "nothing wrong with the softmax, cross-entropy needs probabilities". */
const APPROVED = [
  /\bnothing (?:is |at all )?wrong (?:with|about|here)\b/i,
  /\b(?:cross[ -_]?entropy\w*|the loss|criterion)\b[^,;]*\b(?:needs?|wants?|expects?|requires?|takes?) (?:the )?probabilit/i,
  /(?<!\b(?:no|not|second|extra|another|without|where|while) (?:a |the )?)\bsoftmax\b(?: \w+){0,4} (?:is|was) (?:needed|required|necessary|good|right|well)\b/i,
  /(?<!\b(?:not|no|hardly|never)(?: \w+)? |n't (?:\w+ )?)\b(?:good|right|sensible|correct|suitable) (?:choice|idea|fit|combination|pair)\b/i,
  /(?<!\b(?:not|never) |n't )\b(?:go|goes|work|works|fit|fits) well\b/i,
];

const NOT_SO = /\b(?:not|never|neither|nor|no longer|hardly|disabled|(?<!switched )off|only)\b|n't\b/i;

/** Only that a call is not there at all can be refuted by the call; when and of what it is called cannot. */
const DENIES_OUTRIGHT =
  /\b(?:missing|never called|not called|never calls?|(?:does not|doesn't|do not|don't) call|forg[eo]t\w*|no call|(?:not|never) (?:zeroed|reset|cleared)|(?:does not|doesn't|never) flatten)\b/i;
const ORDERS =
  /(?:\bnot|n't|\bnever) (?:forg|miss)|\b(?:before|after|across|outside|inside|until|between|first|accumulate|properly|correctly|right)\b/i;

/** Faults that an answer names: borne out by what code review found, hardly ever refuted. */
export const faults: Topic = {
  readsAsides: true,
  *read(clause, facts) {
    if (
      clause.mood === 'open' &&
      moodOf(plainly(clause.text), plainly(clause.sentence), facts.text) === 'open'
    )
      return;
    const isPraised = DENIED.test(clause.text) || APPROVED.some((pattern) => pattern.test(clause.text));
    const seen = new Set<string>();
    const named = new Set<string>();
    for (const fault of FAULTS) {
      const said = firstMatch(fault.says, clause.text);
      const match = said ?? firstMatch(fault.happens ?? [], clause.text);
      if (match === undefined) continue;
      const denied = isPraised || (said === undefined && NOT_SO.test(clause.text));
      const key = fault.checks.source;
      if (seen.has(key)) continue;
      seen.add(key);
      const range = { start: match.index, end: match.index + match[0].length };
      const found = facts.findings.filter(
        (each) => fault.checks.test(each.check) && isRemedy(clause.text, each),
      );
      const [finding] = found.filter((each) => concerns(clause.text, each, facts));
      if (denied) {
        yield claimAt(
          clause,
          range,
          fault.subject,
          'not-checkable',
          finding === undefined ? 'That nothing is wrong here is not shown by reading.' : finding.message,
          { code: facts.quote(finding?.line) },
        );
        continue;
      }
      if (finding !== undefined) {
        named.add(finding.check);
        yield claimAt(clause, range, fault.subject, 'supported', finding.message, {
          code: facts.quote(finding.line),
          names: [finding.check],
        });
        continue;
      }
      const shown = fault.shown?.(facts);
      if (shown !== undefined) {
        yield claimAt(clause, range, fault.subject, 'supported', shown);
        continue;
      }
      const line =
        clause.mood === 'asserted' &&
        found.length === 0 &&
        DENIES_OUTRIGHT.test(clause.text) &&
        !ORDERS.test(clause.text)
          ? fault.refuted?.(facts)
          : undefined;
      const verdict: Verdict = line === undefined ? 'not-checkable' : 'contradicted';
      const says =
        line === undefined
          ? 'Code review found no such fault; that is no proof that there is none.'
          : `Line ${line} does this.`;
      yield claimAt(clause, range, fault.subject, verdict, says, { code: facts.quote(line) });
    }
    if (!isPraised) yield* byWords(clause, facts, named);
  },
};

/** "Instead of" sets what is there against what should be: it leaves nothing open. */
function plainly(text: string): string {
  return text.replace(/\b(?:instead of|rather than)\b/gi, 'and not');
}

/** Errors that are measured, and none of the code. */
const MEASURES =
  /\b(?:squared|absolute|percentage|reconstruction|train(?:ing)?|test|validation|prediction|generali[sz]ation) errors?\b|\berror (?:rates?|bars?)\b/gi;

/** Faults that were found, named by the words for what they are about. */
function* byWords(clause: Clause, facts: CodeFacts, named: ReadonlySet<string>): Generator<Claim> {
  const findsFault = FINDS_FAULT.test(clause.text.replace(MEASURES, ''));
  const findsLack = findsFault || FINDS_LACK.test(clause.text);
  if (!findsLack) return;
  for (const { checks, subject, isLack, words } of NAMED_BY_WORDS) {
    if (!findsFault && isLack !== true) continue;
    const finding = facts.findings.find(
      (each) =>
        checks.test(each.check) &&
        !named.has(each.check) &&
        isRemedy(clause.text, each) &&
        concerns(clause.text, each, facts),
    );
    if (finding === undefined) continue;
    const matches = words.map((pattern) => pattern.exec(clause.text));
    const [first] = matches;
    if (first === null || first === undefined || matches.includes(null)) continue;
    yield claimAt(
      clause,
      { start: first.index, end: first.index + first[0].length },
      subject,
      'supported',
      finding.message,
      { code: facts.quote(finding.line), names: [finding.check] },
    );
  }
}

function firstMatch(patterns: readonly RegExp[], text: string): RegExpExecArray | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null) return match;
  }
  return undefined;
}

/** "The loss should be sparse_categorical_crossentropy": a remedy by its name is that of the finding, or another fault. */
function isRemedy(text: string, { message, instead }: Finding): boolean {
  const named = /\b(?:should|must|has to|needs to) be (?:an? |the )?([a-z]+(?:_[a-z]+)+)\b/i.exec(text)?.[1];
  return named === undefined || new RegExp(String.raw`\b${named}\b`, 'i').test(`${message} ${instead}`);
}

/** A clause that names a layer means a finding that speaks of that layer, by its line or by its name. */
function concerns(text: string, finding: Finding, facts: CodeFacts): boolean {
  const scope = scopeOf(text, facts, undefined);
  if (scope.kind !== 'named') return true;
  const places = finding.evidence.flatMap((each) =>
    each.kind === 'places' ? each.places.map(({ line }) => line) : [],
  );
  const lines = new Set([finding.line, ...places]);
  return scope.layers.some(
    ({ path, quote, node }) =>
      (quote !== undefined && lines.has(quote.line)) ||
      (path !== '' &&
        new RegExp(String.raw`\b${path.replaceAll('.', String.raw`\.`)}\b`).test(
          finding.message + facts.text.split('\n')[finding.line - 1],
        )) ||
      facts.layers.some(
        (other) => other.inputs.includes(node) && other.quote !== undefined && lines.has(other.quote.line),
      ),
  );
}
