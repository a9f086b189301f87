import { equationLatex, equationText, formatInteger } from '@tensormark/network';
import { CONVENTION_WORDS, type Candidate, type Matching, type Outcome } from '@tensormark/parameter-count';
import { formatMarks, type Marks } from '../../marks.js';
import type { Evidence, ItemProposal } from '../../proposal.js';
import type { Ask } from './ask.js';

/** What is proposed for one asked quantity, with the formula and the place it rests on. */
export function proposeItem(ask: Ask, matching: Matching, answer: string): ItemProposal {
  const outcome = matching.outcomes.get(ask.id);
  const base = { item: ask.id, says: ask.says, available: formatMarks(ask.marks) };
  if (outcome === undefined) {
    return {
      ...base,
      proposed: null,
      outcome: 'undecided',
      reason: 'Nothing was asked under this name.',
      evidence: [],
    };
  }
  const judged = judge(ask, outcome);
  const convention = CONVENTION_WORDS[matching.convention];
  const { reading } = outcome;
  const found = outcome.kind === 'not-found' ? undefined : quoteOf(shownCandidate(outcome), answer);
  const evidence: Evidence = {
    kind: 'quantity',
    asked: ask.says,
    verdict: judged.verdict,
    expected: formatInteger(reading.value),
    formula: equationText(reading.formula),
    latex: equationLatex(reading.formula),
    convention,
    says: judged.says,
    ...(found === undefined ? {} : { found: found.text, span: found.span }),
  };
  return {
    ...base,
    proposed: judged.marks === null ? null : formatMarks(judged.marks),
    outcome: judged.outcome,
    reason: judged.says,
    evidence: [evidence],
  };
}

interface Judged {
  readonly marks: Marks | null;
  readonly outcome: ItemProposal['outcome'];
  readonly verdict: Extract<Evidence, { kind: 'quantity' }>['verdict'];
  readonly says: string;
}

function judge(ask: Ask, outcome: Outcome): Judged {
  const expected = formatInteger(outcome.reading.value);
  switch (outcome.kind) {
    case 'correct':
      if (outcome.support === 'contradicted') {
        return {
          marks: null,
          outcome: 'undecided',
          verdict: 'correct',
          says: `${expected} is right, but the calculation beside it does not give it.`,
        };
      }
      return {
        marks: ask.marks,
        outcome: 'met',
        verdict: 'correct',
        says:
          outcome.support === 'calculation'
            ? `${expected} is right, and the calculation gives it.`
            : `${expected} is right; no calculation is shown for it.`,
      };
    case 'method': {
      const says =
        outcome.result === null
          ? `The calculation comes to ${expected}, which is right, but no result is written.`
          : `The calculation comes to ${expected}, which is right; the result written is ${outcome.result.value.toDecimal()}.`;
      if (ask.method === undefined) return { marks: null, outcome: 'undecided', verdict: 'method', says };
      return { marks: ask.method, outcome: 'partly', verdict: 'method', says };
    }
    case 'follows':
      return {
        marks: ask.marks,
        outcome: 'met',
        verdict: 'follows',
        says: `Not ${expected}, but it follows without a slip from the values before it (${outcome.from.join(', ')}).`,
      };
    case 'wrong':
      return {
        marks: 0n,
        outcome: 'not-met',
        verdict: 'wrong',
        says: `${outcome.candidate.value.toDecimal()} is given where ${expected} is expected.`,
      };
    case 'not-found':
      return {
        marks: null,
        outcome: 'undecided',
        verdict: 'not-found',
        says: `${expected} was not found, and no other number is plainly meant for it.`,
      };
  }
}

function shownCandidate(outcome: Exclude<Outcome, { kind: 'not-found' }>): Candidate {
  return outcome.candidate;
}

function quoteOf(candidate: Candidate, answer: string) {
  return { text: answer.slice(candidate.span.start, candidate.span.end), span: { ...candidate.span } };
}

/** Where two conventions are mixed, the items counted otherwise than the rest are for a person, and it is said. */
export function withDoubts(items: readonly ItemProposal[], matching: Matching): ItemProposal[] {
  return items.map((item) => {
    const mixed = matching.mixed.find(({ id }) => id === item.item);
    if (mixed === undefined) return item;
    const says = `This is right ${CONVENTION_WORDS[mixed.convention]}, while the rest is counted ${CONVENTION_WORDS[matching.convention]}: two conventions are mixed.`;
    return {
      ...item,
      proposed: null,
      outcome: 'undecided',
      reason: says,
      evidence: [...item.evidence, { kind: 'caution', span: { ...mixed.candidate.span }, says }],
    };
  });
}
