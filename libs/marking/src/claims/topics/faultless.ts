import { judged } from '../mood.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

const NO_BUGS =
  /\b(?:no|not (?:contain|have|see|find|spot)(?: any)?|n't (?:contain|have|see|find|spot)(?: any)?|free (?:of|from)(?: any)?|without(?: any)?)\s+(?:obvious |syntax |apparent |real |major |serious |significant |actual |other )*(?:bugs?|errors?|mistakes?|faults?)\b(?!\s+(?:in (?!(?:this|the|its|given) (?:code|model|network|program|given)\b)|with|of|at|on|if|when|handling|message|rate|function|signal))|\bbug-?free\b/i;
const RUNS =
  /\b(?:will|would|does|should|can)?\s*(?:run|runs|work|works|execute|executes|compile|compiles)\s+(?:properly|correctly|fine|successfully|without (?:any )?(?:errors?|problems?|crash\w*|issues?)|as (?:intended|expected))\b/i;
const FAILS =
  /\b(?:will|would|does|is going to)?\s*(?:not run|n't run|crash(?:es)?|fails? (?:at|in|during|with|when)|raises? (?:an?|the)\s|throws? (?:an?|the)\s|gives? (?:an? )?(?:runtime|value|type|attribute|name|shape) ?error|runtime ?error)\b/i;

const within = (inner: RegExpExecArray, outer: RegExpExecArray): boolean =>
  inner.index >= outer.index && inner.index < outer.index + outer[0].length;

/** That all is well, or that the code does not run. */
export const faultless: Topic = {
  readsAsides: true,
  *read(clause, facts) {
    const [error] = facts.errors;
    const worst =
      facts.findings.find(({ severity }) => severity === 'error') ??
      facts.findings.find(({ severity }) => severity === 'warning');
    const runs = RUNS.exec(clause.text);
    const free = NO_BUGS.exec(clause.text);
    // That it runs without errors does not say that it has none.
    const clean = free !== null && runs !== null && within(free, runs) ? null : free;
    const narrowed =
      /\b(?:other than|apart from|except|aside from|besides|syntax|other|layer|conv\w*|fc\w*|loss|first|second|only|major|serious|significant|obvious|apparent)\b/i;
    if (clean !== null && !/\bnot (?:free|without)\b|\bno longer\b/i.test(clause.text)) {
      const fault = error?.says ?? worst?.message;
      const line = error?.line ?? worst?.line;
      const doubt =
        narrowed.test(clause.text) ||
        /\b(?:other than|apart from|except|aside from|besides)\b/i.test(clause.sentence);
      const holds = fault === undefined || doubt ? undefined : false;
      yield claimAt(
        clause,
        rangeOf(clean),
        'faultless',
        judged(holds, clause.mood),
        fault === undefined
          ? 'Reading found no fault; that is no proof that there is none.'
          : `Line ${line ?? 1}: ${fault}`,
        { code: facts.quote(line) },
      );
    }
    const negated = /\b(?:not|never|cannot|no)\b|n't/i;
    if (runs !== null) {
      const denies = negated.test(clause.text.replace(NO_BUGS, ''));
      const isSound = worst === undefined || (/without/i.test(runs[0]) && worst.severity !== 'error');
      const holds = error !== undefined ? false : facts.isTraced && isSound ? true : undefined;
      const means =
        /\b(?:run|runs|execute|executes|compile|compiles)\b/i.test(runs[0]) &&
        !/as (?:intended|expected)/i.test(runs[0]);
      const verdict =
        denies || narrowed.test(clause.text)
          ? undefined
          : error !== undefined
            ? false
            : means
              ? holds
              : undefined;
      const mood =
        clause.mood === 'suggested' &&
        /\b(?:would|should|can)\s+run/i.test(runs[0]) &&
        !/\b(?:if|after|then)\b/i.test(clause.sentence)
          ? 'asserted'
          : clause.mood;
      yield claimAt(
        clause,
        rangeOf(runs),
        'faultless',
        judged(verdict, mood),
        error === undefined
          ? 'The forward pass was followed to its end without an error.'
          : `Line ${error.line}: ${error.says}`,
        { code: facts.quote(error?.line) },
      );
      return;
    }
    const fails = FAILS.exec(clause.text);
    if (
      fails !== null &&
      !/\b(?:never|no) (?:crash|fail)|(?:not|n't) (?:crash|fail|raise|throw)/i.test(clause.text)
    ) {
      const mood =
        clause.mood === 'suggested' && /\bwould\b/i.test(fails[0]) && !/\bif\b/i.test(clause.sentence)
          ? 'asserted'
          : clause.mood;
      yield claimAt(
        clause,
        rangeOf(fails),
        'faultless',
        judged(error === undefined ? undefined : true, mood),
        error === undefined
          ? 'Reading found nothing that stops the code; on other inputs or machines it may still fail.'
          : `Line ${error.line}: ${error.says}`,
        { code: facts.quote(error?.line) },
      );
    }
  },
};
