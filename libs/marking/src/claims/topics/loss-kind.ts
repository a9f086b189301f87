import { judged } from '../mood.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';

/** Losses by the function that PyTorch has for them, and how answers call them; what says more comes first. */
const LOSSES: readonly (readonly [words: RegExp, functions: readonly string[]])[] = [
  [
    /\bbinary[ -]cross[ -]?entropy\b|\bBCE(?:WithLogits)?(?:Loss)?\b/i,
    ['binary_cross_entropy', 'binary_cross_entropy_with_logits'],
  ],
  [/\b(?:categorical |softmax )?cross[ -]?entropy\b|\bCrossEntropyLoss\b/i, ['cross_entropy', 'nll_loss']],
  [/\bnegative log[ -]?likelihood\b|\bNLL(?:Loss)?\b/i, ['nll_loss', 'cross_entropy']],
  [/\bmean[ -]squared[ -]error\b|\bMSE(?:Loss)?\b|\bsquared error\b/i, ['mse_loss']],
  [/\b(?:mean )?absolute error\b|\bMAE\b|\bL1(?:Loss)?\b/i, ['l1_loss', 'smooth_l1_loss']],
];
const IS = /\b(?:loss|criterion)(?: function)?\s+(?:is|used is|here is)\s+(?:an?\s+|the\s+)?$/i;
/** Whether a loss suits the task is for other checks. */
const JUDGES =
  /\b(?:not|no|never|nothing|instead|rather|wrong|right|correct|suit\w*|suitable|appropriate|bad|good|better|fits?|needs?|expects?|wants?)\b|n't/i;
const USES = /\b(?:uses?|used|using|with|by|as|minimi[sz]es|computes)\b|\b(?:loss|criterion)\b/i;

/** Which loss a program is trained with. */
export const lossKind: Topic = {
  *read(clause, { program, quote }) {
    if (program === undefined || program.cutShort || JUDGES.test(clause.text)) return;
    const computed = program.events.flatMap((event) => (event.kind === 'loss' ? [event] : []));
    const names = new Set(computed.map(({ name }) => name));
    const [name, ...others] = names;
    if (name === undefined || name === 'unknown' || others.length > 0) return;
    const found = LOSSES.find(([words]) => words.test(clause.text));
    const match = found?.[0].exec(clause.text);
    if (found === undefined || match === null || match === undefined || !USES.test(clause.text)) return;
    const isSaid = IS.test(clause.text.slice(0, match.index));
    const isKnown = LOSSES.some(([, functions]) => functions.includes(name));
    const same = found[1].includes(name);
    const [first] = computed;
    yield claimAt(
      clause,
      rangeOf(match),
      'loss',
      judged(same ? true : isSaid && isKnown ? false : undefined, clause.mood),
      `The loss is ${name}.`,
      { code: quote(first?.moment.span?.place.line) },
    );
  },
};
