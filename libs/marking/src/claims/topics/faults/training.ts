import type { CodeFacts } from '../../facts.js';
import type { Fault } from './fault.js';

/** What a loop of training leaves out, or does in the wrong place. */
export const TRAINING: readonly Fault[] = [
  {
    subject: 'gradients',
    says: [
      /\b(?:never|not|n't|no|without|forgets?|forgot\w*|missing|omits?|lacks?)\b.*\b(?:zero[_ ]?grad\w*|zero(?:es|ed|ing|s)?(?: out)? (?:the |its )?gradients?|(?:reset|clear)(?:s|ed|ing)? (?:the |its )?gradients?|gradients? (?:reset|cleared|zeroed))\b/i,
      /\bzero_?grad\w*\b.*\b(?:never|not|n't|missing|absent|forgotten)\b/i,
      /\bgradients?\b.*\b(?:never|not|n't|forgotten)\b.*\b(?:reset|zeroed|cleared|set to zero)\b/i,
    ],
    happens: [
      /\bgradients? (?:will |would |keep |just |therefore |simply )*(?:accumulat\w+|add(?:ing)? up|pil\w+ up)\b/i,
      /\b(?:old|stale|previous|earlier|last) (?:\w+ ){0,2}gradients?\b.*\b(?:add\w*|kept|remain\w*|stay\w*|mix\w*|includ\w*|left)\b/i,
      /\bgradients? (?:of|from) (?:all |the )?(?:old|previous|earlier|last|past|other) (?:batch\w*|steps?|iterations?)\b/i,
    ],
    checks: /^zero-grad$/,
    refuted: (facts) =>
      isSureOfTraining(facts) && facts.program?.events.some(({ kind }) => kind === 'backward') === true
        ? facts.program.events.find(
            (event) =>
              event.kind === 'zero-grad' && event.moment.turn !== undefined && event.moment.arm === undefined,
          )?.moment.span?.place.line
        : undefined,
  },
  {
    subject: 'gradients',
    says: [
      /\b(?:never|not|n't|no|without|forgets?|missing|lacks?)\b.*\b(?:loss\.)?backward(?:\(\))?\b/i,
      /\bbackward\b.*\b(?:missing|never|not called|absent)\b/i,
    ],
    checks: /^backward-missing$/,
    refuted: (facts) =>
      isSureOfTraining(facts)
        ? facts.program?.events.find((event) => event.kind === 'backward' && event.moment.arm === undefined)
            ?.moment.span?.place.line
        : undefined,
  },
  {
    subject: 'gradients',
    says: [
      /\b(?:never|not|n't|no|without|forgets?|missing|lacks?)\b.*\b(?:optimi[sz]er\.?\s?step|step\(\)|call(?:s|ed|ing)? step|weights? (?:are )?updat\w+|updat\w+ (?:the |its )?(?:weights|parameters))/i,
      /\bstep(?:\(\))?\b.*\b(?:missing|never called|not called|absent)\b/i,
    ],
    checks: /^step-missing$/,
    refuted: (facts) =>
      isSureOfTraining(facts)
        ? facts.program?.events.find((event) => event.kind === 'step' && event.moment.arm === undefined)
            ?.moment.span?.place.line
        : undefined,
  },
  {
    subject: 'gradients',
    says: [/\bstep\b.*\bbefore\b.*\bbackward\b/i, /\bbackward\b.*\bafter\b.*\bstep\b/i, /\bwrong order\b/i],
    checks: /^order$/,
  },
  {
    subject: 'modes',
    says: [
      /\b(?:never|not|n't|no|without|forgets?|missing|lacks?)\b.*\b(?:\.?eval\(\)|model\.eval|eval(?:uation)?[ -]mode)/i,
      /\beval\b.*\b(?:missing|never called|not called|absent|forgotten)\b/i,
    ],
    happens: [
      /\b(?:evaluat\w+|test\w*|validat\w+|inference)\b.*\b(?:in|is in|still in) train(?:ing)?[ -]mode\b/i,
      /\bdropout\b.*\b(?:active|on|enabled|applied|dropping|drops|random\w*)\b.*\b(?:test\w*|evaluat\w*|validat\w*|inference|predict\w*|measur\w*)\b/i,
      /\b(?:test\w*|evaluat\w*|validat\w*|inference|predict\w*|measur\w*|accuracy)\b.*\b(?:with|under|using|while)\b.*\b(?:dropout (?:is )?(?:still )?(?:on|active|enabled)|(?:neurons|units|activations) (?:dropped|switched off|zeroed))\b/i,
    ],
    checks: /^eval-missing$/,
    // A call of eval() is no proof that it stands where it should.
  },
  {
    subject: 'modes',
    says: [
      /\b(?:never|not|n't|no|without|forgets?|missing)\b.*\b(?:\.train\(\)|model\.train|back to train(?:ing)?(?:[ -]mode)?|train(?:ing)?[ -]mode again)/i,
      /\bstays? in eval/i,
    ],
    checks: /^train-missing$/,
  },
  {
    subject: 'fault',
    says: [/\b(?:not|never|n't|no)\b.*\bshuffl\w+/i],
    checks: /^no-shuffle$/,
  },
  {
    subject: 'fault',
    says: [
      /\b(?:accumulat\w+|keep\w*|total|sum\w*)\b.*\bgraph\b/i,
      /\bmemory\b.*\b(?:leak|grow)\w*/i,
      /\b(?:loss)\.item\(\)/i,
    ],
    checks: /^loss-accumulate$/,
  },
  {
    subject: 'fault',
    says: [],
    happens: [
      /\b(?:learning[ -]?rate|step size|lr)\b.*\b(?:too|very|extremely|unusually|absurdly|ridiculously|much) (?:\w+ )?(?:high|large|big|low|small|tiny|huge)\b/i,
      /\b(?:too|very) (?:high|large|big|low|small) (?:a |of a )?(?:learning[ -]?rate|step size|lr)\b/i,
      /\b(?:learning[ -]?rate|step size|lr)\b.*\b(?:diverg\w+|explod\w+|blow\w* up|overshoot\w*|unstable|huge)\b/i,
      /\b(?:lower|smaller|reduced?|decrease) (?:the )?(?:learning[ -]?rate|step size|lr)\b/i,
    ],
    checks: /^lr-range$/,
  },
];

function isSureOfTraining({ program }: CodeFacts): boolean {
  return program !== undefined && !program.cutShort && program.syntaxErrors.length === 0;
}
