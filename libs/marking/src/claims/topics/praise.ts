import type { Subject } from '../claim.js';
import { judged } from '../mood.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

/** That something is as it should be, and the checks whose finding says that it is not. */
interface Praise {
  readonly subject: Subject;
  readonly says: RegExp;
  readonly checks: RegExp;
  /** Whether its own words already say of what, or deny, and are not turned about by that; advice refutes it, too. */
  readonly denies?: true;
}

const WELL = String.raw`(?:(?:is|are|seems?|looks?)\s+(?:also |indeed |well |perfectly |all )*(?:the )?(?:right|correct|appropriate|suitable|fine|good|well chosen|reasonable|sensible|consistent|compatible)\b|(?:matches|match|fits|fit|suits|suit|agrees?|goes well|go well|works well|work well)\b)`;

const PRAISES: readonly Praise[] = [
  {
    subject: 'loss',
    says: new RegExp(String.raw`\b(?:loss|criterion)(?: function)?\b[^,;]{0,40}?\s${WELL}`, 'i'),
    checks:
      /^(?:softmax-ce|bcelogits-double|bce-needs-prob|nll-needs-log|last-layer-loss|labels-loss|loss-task|one-unit-classes|softmax-one-unit|target-(?:dtype|shape|range)|loss-sign|loss-arguments|kl-(?:sign|form))$/,
  },
  {
    subject: 'learning-rate',
    says: new RegExp(String.raw`\b(?:learning[ -]?rate|lr)\b[^,;]{0,30}?\s${WELL}`, 'i'),
    checks: /^(?:lr-range|rate-for-data)$/,
  },
  {
    subject: 'shapes',
    says: new RegExp(
      String.raw`\b(?:shapes?|dimensions?|sizes|input sizes?|numbers? of (?:input )?features)\b[^,;]{0,40}?\s${WELL}`,
      'i',
    ),
    checks:
      /^(?:shape-\w+(?:-\w+)*|flatten-\w+|view-size|cat-mismatch|residual-mismatch|bn-features|layer-rank|input-shape)$/,
  },
  {
    subject: 'shapes',
    says: /\b(?:predictions?|outputs?|targets?|labels?)\b[^,;]*\b(?:have|has|of) the same (?:shape|size|dimensions?)\b/i,
    checks: /^(?:silent-broadcast|target-shape|shape-\w+(?:-\w+)*)$/,
  },
  {
    subject: 'embedding',
    says: /\b(?:embedding|vocabulary)\b[^,;]*\b(?:large|big) enough\b|\bembedding\b[^,;]*\b(?:covers?|fits|matches) (?:all|the|every)\b/i,
    checks: /^(?:embedding-index|vocabulary-size)$/,
    denies: true,
  },
  {
    subject: 'gradients',
    says: new RegExp(
      String.raw`\b(?:training loop|backward pass|gradient updates?|optimi[sz]ation step)\b[^,;]{0,30}?\s${WELL}`,
      'i',
    ),
    checks: /^(?:zero-grad|backward-missing|step-missing|order|backward-no-grad|graph-cut)$/,
  },
  {
    subject: 'gradients',
    says: new RegExp(
      String.raw`\b(?:steps?|calls?|order|sequence|zero_?grad|backward|training)\b[^;]*\b(?:in|is) (?:in )?(?:the )?(?:right|correct|proper|usual) (?:order|sequence|one)\b|\b(?:order|sequence) of [^,;]{0,40}?\s${WELL}`,
      'i',
    ),
    checks: /^(?:order|zero-grad|backward-missing|step-missing|clip-order)$/,
  },
  {
    subject: 'fault',
    says: /\b(?:no|without|avoid\w*|prevent\w*) (?:any )?(?:(?:data|information|target|test) )?leak(?:age|s)?\b|\bnothing leaks\b/i,
    checks: /^leak-[\w-]+$/,
    denies: true,
  },
  {
    subject: 'preprocessing',
    says: /\b(?:scaled|normali[sz]ed|preprocessed|transformed|treated) (?:in )?(?:exactly )?(?:the same way|identically|alike|equally)\b|\b(?:same|identical) (?:scaling|preprocessing|normali[sz]ation)\b/i,
    checks: /^(?:scaled-apart|normalize-missing|statistics-apart|units-mixed)$/,
  },
  {
    subject: 'modes',
    says: new RegExp(
      String.raw`\b(?:evaluation|validation|testing|test (?:loop|code|phase))\b[^,;]{0,30}?\s(?:${WELL}|(?:is|are) (?:done|implemented|handled|carried out) (?:correctly|properly|well|right))`,
      'i',
    ),
    checks:
      /^(?:eval-missing|tested-on-training|validation-is-train|validation-trains|augment-test|leak-\w+)$/,
  },
  {
    subject: 'activation',
    says: new RegExp(String.raw`\bactivations?(?: functions?)?\b[^,;]{0,30}?\s${WELL}`, 'i'),
    checks:
      /^(?:relu-on-output|last-layer-loss|missing-nonlinearity|softmax-hidden|softmax-one-unit|output-range)$/,
  },
];

const TURNED =
  /\b(?:not|no|never|without|nor|neither|hardly|lacks?|missing|but|except|wrong\w*|incorrect\w*|only|if|would|should|could|first|second|each|layer|conv\w*|fc\w*)\b|n't\b/i;

/** What an answer calls right and code review calls wrong. Where nothing was found, praise is not borne out by that. */
export const praise: Topic = {
  readsAsides: true,
  *read(clause, facts) {
    for (const { subject, says, checks, denies } of PRAISES) {
      const match = says.exec(clause.text);
      if (match === null) continue;
      if (TURNED.test(denies === true ? clause.text.replace(match[0], '') : clause.text)) continue;
      const finding = facts.findings.find(
        ({ check, severity }) =>
          checks.test(check) &&
          (severity === 'error' || severity === 'warning' || (denies === true && severity === 'design')),
      );
      yield claimAt(
        clause,
        rangeOf(match),
        subject,
        judged(finding === undefined ? undefined : false, clause.mood),
        finding?.message ?? 'That nothing is wrong here is not shown by reading.',
        { code: facts.quote(finding?.line) },
      );
    }
  },
};
