import { judged } from '../mood.js';
import { claimAt, rangeOf, type Topic } from '../topic.js';
import { lossesOf } from '../training-facts.js';

/** Losses by the function that PyTorch or Keras has for them, and how answers call them; what says more comes first. */
const LOSSES: readonly (readonly [words: RegExp, functions: readonly string[]])[] = [
  [
    /\bbinary[ -]cross[ -]?entropy\b|\bBCE(?:WithLogits)?(?:Loss)?\b/i,
    ['binary_cross_entropy', 'binary_cross_entropy_with_logits', 'binary_crossentropy'],
  ],
  [
    /\bsparse[ _-]categorical[ _-]cross[ -]?entropy\b|\bSparseCategoricalCrossentropy\b/i,
    ['sparse_categorical_crossentropy'],
  ],
  [
    /\b(?:categorical[ _-]|softmax )cross[ -]?entropy\b|\bCategoricalCrossentropy\b/i,
    ['cross_entropy', 'nll_loss', 'categorical_crossentropy', 'sparse_categorical_crossentropy'],
  ],
  [
    /\bcross[ -]?entropy\b|\bCrossEntropyLoss\b/i,
    [
      'cross_entropy',
      'nll_loss',
      'categorical_crossentropy',
      'sparse_categorical_crossentropy',
      'binary_crossentropy',
    ],
  ],
  [/\bnegative log[ -]?likelihood\b|\bNLL(?:Loss)?\b/i, ['nll_loss', 'cross_entropy']],
  [/\bmean[ -]squared[ -]error\b|\bMSE(?:Loss)?\b|\bsquared error\b/i, ['mse_loss', 'mean_squared_error']],
  [
    /\b(?:dice|focal|hinge|triplet|contrastive|cosine|ctc|wasserstein|tversky)(?:[- ](?:embedding )?loss)?\b/i,
    [],
  ],
  [/\b(?:huber|smooth[- ]l1)(?:[ _]?loss)?\b/i, ['huber_loss', 'smooth_l1_loss', 'huber']],
  [
    /\b(?:mean )?absolute error\b|\bMAE\b|\bL1(?:Loss)?\b/i,
    ['l1_loss', 'smooth_l1_loss', 'mean_absolute_error'],
  ],
];
const IS =
  /\b(?:(?:loss|criterion)(?: function)?\s+(?:is|used is|here is)|(?:trained|compiled|optimi[sz]ed) (?:with|for|by)|minimi[sz]es|uses)\s+(?:an?\s+|the\s+)?$/i;
const IS_USED =
  /^\s*(?:loss(?: function)?)?\s*(?:is|was) (?:used|chosen|minimi[sz]ed|computed)\b|^\s*(?:loss )?(?:serves|acts|is taken) as (?:the )?(?:loss|objective|criterion)\b/i;
/** Whether a loss suits the task is for other checks. */
const JUDGES =
  /\b(?:not|no|never|nothing|instead|rather|wrong|right|correct|suit\w*|suitable|appropriate|bad|good|better|fits?|needs?|expects?|wants?|broadcasts?|averaged|summed|should)\b|n't/i;
const USES = /\b(?:uses?|used|using|with|by|as|minimi[sz]e[sd]|computes)\b|\b(?:loss|criterion)\b/i;

/** Which loss a program is trained with. */
export const lossKind: Topic = {
  *read(clause, facts) {
    const { program, quote } = facts;
    if (program === undefined || program.cutShort || JUDGES.test(clause.text)) return;
    const computed = lossesOf(facts);
    const names = new Set(computed.map(({ name }) => name));
    const [name, ...others] = names;
    if (name === undefined || name === 'unknown' || others.length > 0) return;
    const found = LOSSES.find(([words]) => words.test(clause.text));
    const match = found?.[0].exec(clause.text);
    if (found === undefined || match === null || match === undefined || !USES.test(clause.text)) return;
    // "Before the cross-entropy" says where something else stands.
    if (
      /\b(?:before|after|into|to|of|by|in front of)\s+(?:the\s+)?$/i.test(
        clause.text.slice(0, match.index),
      ) &&
      !IS.test(clause.text.slice(0, match.index))
    )
      return;
    const isSaid =
      IS.test(clause.text.slice(0, match.index)) ||
      IS_USED.test(clause.text.slice(match.index + match[0].length));
    const isKnown = LOSSES.some(([, functions]) => functions.includes(name));
    const isWritten = found[1].length === 0 && found[0].test(facts.text);
    const same = found[1].includes(name);
    const [first] = computed;
    yield claimAt(
      clause,
      rangeOf(match),
      'loss',
      judged(same ? true : isSaid && isKnown && !isWritten ? false : undefined, clause.mood),
      `The loss is ${name}.`,
      { code: quote(first?.line) },
    );
  },
};
