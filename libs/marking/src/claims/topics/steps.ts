import { kerasOf } from '@tensormark/frameworks';
import type { CodeFacts } from '../facts.js';
import { judged } from '../mood.js';
import { polarityAt, type Polarity } from '../polarity.js';
import { claimAt, type Topic } from '../topic.js';
import type { Step } from './steps/step.js';
import { STEPS } from './steps/table.js';

/** Negations of something else: a clause that has one and is not understood says nothing here. */
const NEGATED = /\b(?:not|no|never|without|nor|neither|cannot|hardly|lacks?|missing|forg[eo]t\w*)\b|n't\b/i;
const WANTED =
  /\b(?:not|n't|no|without|remov\w+|rid|delet\w+|more|second|another|larger|smaller|higher|lower|fewer|less|instead)\b|n't/i;
/** That something is so in one place, or at one time, is not that it is so. */
const SOME =
  /\b(?:only|twice|too (?:often|late|early)|once|every|each|some|first|second|last|wrong(?:ly)?|incorrectly)\b/i;

/** What a training program does, and what it leaves out. */
export const steps: Topic = {
  *read(clause, facts) {
    const { program } = facts;
    if (program === undefined || program.cutShort || program.syntaxErrors.length > 0) return;
    // Of a network alone it is not known how it is trained.
    const trains =
      program.events.some(({ kind }) => kind === 'optimizer-made' || kind === 'backward') ||
      kerasOf(program).models.some(({ compiles, fits }) => compiles.length > 0 || fits.length > 0);
    for (const step of STEPS) {
      if (!trains && step.isOfNetwork !== true) continue;
      const said = sayingOf(step, clause.text);
      if (said === undefined) continue;
      const shown = step.shows(facts);
      const { range, polarity } = said;
      const also = { code: facts.quote(shown.line) };
      if (clause.mood === 'suggested') {
        if (shown.is === false && !WANTED.test(clause.text))
          yield claimAt(clause, range, step.subject, 'supported', `It is asked for. ${shown.says}`, {
            ...also,
            names: namesOf(step, facts),
          });
        continue;
      }
      if (polarity === undefined) continue;
      const isAbsent = polarity === 'absent';
      let holds = shown.is === undefined ? undefined : shown.is !== isAbsent;
      if (
        holds === false &&
        ((isAbsent && SOME.test(clause.text)) || step.doubtful?.test(clause.text) === true)
      )
        holds = undefined;
      if (shown.is === true && step.elsewhere?.test(clause.text) === true) holds = undefined;
      // What is nowhere may be no loss: only code review says that it is.
      yield claimAt(clause, range, step.subject, judged(holds, clause.mood), shown.says, {
        ...also,
        ...(isAbsent && holds === true && { names: namesOf(step, facts) }),
      });
    }
  },
};

interface Saying {
  readonly range: { readonly start: number; readonly end: number };
  readonly polarity: Polarity;
}

/** How a clause speaks of a step: by a phrase of its own, or by the thing with words around it. */
function sayingOf(step: Step, text: string): Saying | undefined {
  for (const [patterns, polarity] of [
    [step.absent ?? [], 'absent'],
    [step.present ?? [], 'present'],
  ] as const) {
    for (const pattern of patterns) {
      const match = pattern.exec(text);
      if (match === null) continue;
      const range = { start: match.index, end: match.index + match[0].length };
      // What says that it is not done may say so by a negation of its own.
      const others = polarity === 'absent' ? text.slice(0, range.start) + text.slice(range.end) : text;
      const isTurned = NEGATED.test(others.replace(/\bwithout (?:tracking )?gradients?\b/gi, ''));
      return { range, polarity: isTurned ? undefined : polarity };
    }
  }
  const match = step.words?.exec(text);
  if (match === null || match === undefined) return undefined;
  const range = { start: match.index, end: match.index + match[0].length };
  return { range, polarity: polarityAt(text, range.start, range.end) };
}

function namesOf({ checks }: Step, { findings }: CodeFacts): readonly string[] {
  return checks === undefined ? [] : findings.map(({ check }) => check).filter((check) => checks.test(check));
}
