import type { Finding } from '@tensormark/code-review';
import type { Subject, Verdict } from '../claim.js';
import { lineWith, type CodeFacts } from '../facts.js';
import { scopeOf } from '../scope.js';
import { claimAt, type Topic } from '../topic.js';
import { pairsOf } from './between.js';

/** A fault as answers put it, and the checks whose finding bears it out. */
interface Fault {
  readonly subject: Subject;
  /** The words that are the claim; one of them must match the clause. */
  readonly says: readonly RegExp[];
  /** Words for what happens because of it: in a clause that says that it does not, they are no claim of the fault. */
  readonly happens?: readonly RegExp[];
  /** Checks that find it. */
  readonly checks: RegExp;
  /** What else bears it out, in the code itself. */
  readonly shown?: (facts: CodeFacts) => string | undefined;
  /** Whether the code shows beyond doubt that it is not so; the line is the proof. */
  readonly refuted?: (facts: CodeFacts) => number | undefined;
}

const TO_ANSWER = String.raw`(?:wrong|incorrect\w*|inappropriate|unsuitable|bad|not (?:suitable|right|correct|appropriate|compatible)|unsuited|does(?:n't| not) (?:match|suit|fit|go)|mismatch\w*|a problem|problematic|redundant|unnecessary|a mistake|an error|a bug|twice|double|already)`;

const FAULTS: readonly Fault[] = [
  {
    subject: 'loss',
    says: [
      /\bsoftmax\b.*\b(?:cross[ -_]?entropy|CE loss|the loss|CrossEntropyLoss)\b/i,
      /\b(?:cross[ -_]?entropy(?:loss)?|CrossEntropyLoss|the loss)\b.*\b(?:softmax|logits|raw scores)\b/i,
      /\bsoftmax\b.*\b(?:twice|two times|double|again|redundant|should (?:not|be removed)|shouldn't|needs? to (?:go|be removed)|unnecessary|not needed|must be removed)\b/i,
      /\b(?:double|duplicate|second|extra|two) softmax(?:es)?\b/i,
      /\bremov\w+ (?:the )?(?:final |last |extra )?softmax\b/i,
    ],
    checks: /^(?:softmax-ce|logsoftmax-ce|softmax-one-unit)$/,
  },
  {
    subject: 'loss',
    says: [
      /\bsigmoid\b.*\b(?:bce\w*|binary cross[ -]?entropy\w*)\b/i,
      /\b(?:bce\w*|binary cross[ -]?entropy\w*)\b.*\b(?:sigmoid|logits|probabilit\w+)\b/i,
    ],
    checks: /^(?:bcelogits-double|bce-needs-prob|bce-sigmoid)$/,
  },
  {
    subject: 'loss',
    says: [
      /\bnll\w*\b.*\b(?:log[ _-]?softmax|log[ -]?probabilit\w+|logits|softmax)\b/i,
      /\b(?:log[ _-]?softmax)\b.*\bnll\w*/i,
    ],
    checks: /^nll-needs-log$/,
  },
  {
    subject: 'loss',
    says: [
      new RegExp(String.raw`\b(?:loss|criterion)(?: function)?\b[^,]*\b${TO_ANSWER}\b`, 'i'),
      /\b(?:wrong|incorrect|inappropriate|unsuitable) (?:choice of )?(?:loss|criterion)\b/i,
    ],
    checks:
      /^(?:softmax-ce|nll-needs-log|bce-\w+|bcelogits-double|loss-task|softmax-one-unit|target-\w+|kl-reduction|loss-sign)$/,
  },
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
    subject: 'activation',
    says: [
      /\bcollaps\w+ (?:in)?to (?:a |one )?(?:single )?(?:linear|affine)/i,
      /\b(?:equivalent to|same as|nothing (?:more|but)|just|only|effectively|are|is) (?:a |one |an )?(?:single |big )?(?:linear|affine) (?:layer|map|transformation|function|operation|model)\b/i,
    ],
    checks: /^missing-nonlinearity$/,
    shown: (facts) => {
      const bare = pairsOf(facts).find(({ activated }) => activated === false);
      return facts.isWhole && facts.errors.length === 0 && bare !== undefined
        ? `${bare.from.path} feeds ${bare.to.path} with no activation between.`
        : undefined;
    },
  },
  {
    subject: 'shapes',
    says: [
      /\b(?:in_features|in_channels|input (?:size|features|channels|dimensions?)|num_features|shapes?|sizes?|dimensions?|number of (?:inputs?|features|channels|input \w+))\b.*\b(?:not match\w*|n't match\w*|mismatch\w*|wrong|incorrect\w*|incompatible|not (?:fit|agree|correct|equal)|n't (?:fit|agree)|disagree\w*|off|inconsistent|conflict\w*|should be|must be|needs? to be|has to be|instead of)\b/i,
      /\b(?:shape|size|dimension|channel|feature)s?(?: size)?[ -](?:mismatch|error|problem|conflict)\b/i,
      /\bmismatch\w*\b.*\b(?:shapes?|sizes?|dimensions?|channels?|features?|linear|conv\w*|fc\w*|layers?)\b/i,
      /\b(?:wrong|incorrect) (?:input |output )?(?:size|shape|dimensions?|number of (?:inputs?|input features|channels|features))\b/i,
      /\bexpects? \d[\d,]*\b/i,
    ],
    checks:
      /^(?:shape-\w+(?:-\w+)*|flatten-\w+|view-size|layout-nhwc|kernel-too-large|cat-mismatch|residual-mismatch|bn-features|groups-divide|rnn-layout|target-shape|raises)$/,
  },
  {
    subject: 'shapes',
    says: [
      /\b(?:not|never|n't|no|without|forgets?(?: to)?|missing|lacks?|needs? (?:a |to be )?|should(?: be)?)\b.*\bflatten(?:ed|ing|s)?\b/i,
      /\bflatten\w*\b.*\b(?:missing|absent|forgotten)\b/i,
    ],
    checks: /^(?:flatten-missing|flatten-size|shape-linear-in)$/,
    refuted: ({ layers, isWhole, errors }) =>
      isWhole && errors.length === 0
        ? layers.find(({ operation }) => /^(?:flatten|view|reshape)$/i.test(operation))?.quote?.line
        : undefined,
  },
  {
    subject: 'fault',
    says: [
      /\bsuper\(?\)?\.?(?:__init__)?\b.*\b(?:missing|not|never|forg\w+|n't|without)\b/i,
      /\b(?:missing|not|never|forg\w+|n't|without|no)\b.*\bsuper\b/i,
    ],
    checks: /^super-init$/,
    refuted: ({ text }) =>
      text.match(/^\s*class\s/gm)?.length === 1
        ? lineWith(text, /\bsuper\([^()]*\)\.__init__\(|\w+\.__init__\(\s*self/)
        : undefined,
  },
  {
    subject: 'fault',
    says: [/\b(?:not|never|n't)\b.*\bdefined\b/i, /\bundefined (?:name|variable)\b/i],
    checks: /^undefined-name$/,
  },
  {
    subject: 'fault',
    says: [/\b(?:python|plain|normal|regular|ordinary) lists?\b/i, /\bModuleList\b/i],
    checks: /^plain-list$/,
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
    says: [
      /\b(?:never|not|n't)\b.*\bused\b.*\b(?:forward|layer)|\bunused (?:layer|module)|\b(?:layer|self\.\w+) is (?:never|not) (?:used|called)\b/i,
    ],
    checks: /^unused-layer$/,
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
  {
    subject: 'fault',
    says: [/\bbias(?:es)?\b.*\b(?:before|followed by)\b.*\b(?:norm\w*|bn)\b/i],
    checks: /^bias-before-bn$/,
  },
  {
    subject: 'fault',
    says: [/\brelu\b.*\b(?:output|last|final|logits)\b/i],
    checks: /^relu-on-output$/,
  },
];

/** Praise or denial turns a fault about; such a clause names none. */
const DENIED =
  /\b(?:(?:never|not|hardly) (?:missing|forgotten|absent|omitted)|no problem|not a problem|no (?:shape |size )?mismatch|no (?:bug|error|issue|fault)s?|is (?:fine|right|correct|ok|okay|appropriate)|are (?:fine|right|correct)|correctly|properly|rightly|not wrong|isn't wrong|does not cause|not (?:redundant|incorrect))\b/i;

/** Praise of what is the fault itself: "nothing wrong with the softmax, cross-entropy needs probabilities". */
const APPROVED = [
  /\bnothing (?:is |at all )?wrong (?:with|about|here)\b/i,
  /\b(?:cross[ -_]?entropy\w*|the loss|criterion)\b[^,;]*\b(?:needs?|wants?|expects?|requires?|takes?) (?:the )?probabilit/i,
  /(?<!\b(?:no|not|second|extra|another|without) (?:a |the )?)\bsoftmax\b(?: \w+){0,4} (?:is|was) (?:needed|required|necessary|good|right|well)\b/i,
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
  *read(clause, facts) {
    if (clause.mood === 'open') return;
    const isPraised = DENIED.test(clause.text) || APPROVED.some((pattern) => pattern.test(clause.text));
    const seen = new Set<string>();
    for (const fault of FAULTS) {
      const named = firstMatch(fault.says, clause.text);
      const match = named ?? firstMatch(fault.happens ?? [], clause.text);
      if (match === undefined) continue;
      const denied = isPraised || (named === undefined && NOT_SO.test(clause.text));
      const key = fault.checks.source;
      if (seen.has(key)) continue;
      seen.add(key);
      const range = { start: match.index, end: match.index + match[0].length };
      const found = facts.findings.filter(({ check }) => fault.checks.test(check));
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
  },
};

function firstMatch(patterns: readonly RegExp[], text: string): RegExpExecArray | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match !== null) return match;
  }
  return undefined;
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

function isSureOfTraining({ program }: CodeFacts): boolean {
  return program !== undefined && !program.cutShort && program.syntaxErrors.length === 0;
}
