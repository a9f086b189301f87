import type { NamedByWords } from './named-by-words.js';

const TEST = /\b(?:test\w*|valid\w*|evaluat\w*|held[- ]out|dev set)\b/i;
const ACCURACY = /\b(?:accurac\w+|metrics?|correct\w*|score|average|mean|figure)\b/i;
const SCHEDULE = /\b(?:schedul\w+|lr_scheduler|learning[- ]rate (?:decay|schedule))\b/i;
const OPTIMISER = /\b(?:optimi[sz]ers?|opt)\b/i;

/** Words for the loop of training, its data, and learning by reward. */
export const OF_TRAINING: readonly NamedByWords[] = [
  {
    checks: /^(?:backward-no-grad|graph-cut|term-cut)$/,
    subject: 'gradients',
    isLack: true,
    words: [/\b(?:detach\w*|no_grad|item\(\)|\.data|numpy|graph|gradients?|backprop\w*|flow)\b/i],
  },
  { checks: /^(?:clip-order|clip-scaled)$/, subject: 'gradients', isLack: true, words: [/\bclip\w*\b/i] },
  {
    checks: /^scaler-use$/,
    subject: 'gradients',
    isLack: true,
    words: [/\b(?:scaler|scaled?|amp|mixed precision|autocast)\b/i],
  },
  { checks: /^accum-scale$/, subject: 'gradients', isLack: true, words: [/\baccumulat[\w-]+\b/i] },
  {
    checks: /^(?:scheduler-[\w-]+|scheduled-in-phases)$/,
    subject: 'learning-rate',
    isLack: true,
    words: [SCHEDULE],
  },
  {
    checks: /^optimizer-in-loop$/,
    subject: 'optimiser',
    words: [OPTIMISER, /\b(?:loop|each|every|again|anew|re-?created|inside|state|momentum|new)\b/i],
  },
  {
    checks: /^model-in-loop$/,
    subject: 'fault',
    words: [
      /\b(?:model|network|net)\b/i,
      /\b(?:loop|each|every|again|anew|re-?(?:created|initiali[sz]ed)|inside|new)\b/i,
    ],
  },
  {
    checks:
      /^(?:not-in-optimizer|optimizer-before-change|empty-optimizer|variables-of-another|twin-optimizer)$/,
    subject: 'optimiser',
    isLack: true,
    words: [/\b(?:optimi[sz]er|parameters|variables|weights|updat\w+|train\w*)\b/i],
  },
  {
    checks: /^(?:all-frozen|frozen-[\w-]+)$/,
    subject: 'fault',
    words: [/\b(?:frozen|freez\w+|requires_grad|trainable|train\w*|learn\w*)\b/i],
  },
  {
    checks:
      /^(?:metric-(?:denominator|divided-early|last-batch)|mean-by-[\w-]+|sums-by-batches|mean-of-interval|other-loader|size-of-whole|sum-unused|length-of-columns)$/,
    subject: 'fault',
    words: [
      /\b(?:divid\w+|len\(|average\w*|mean|accuracy|number of (?:batches|samples|examples)|denominator|batch\w*)\b/i,
    ],
  },
  {
    checks: /^metric-reset$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:reset\w*|epoch|accumulat\w+|zero|carr(?:y|ied))\b/i],
  },
  { checks: /^metric-(?:arguments|task)$/, subject: 'fault', words: [ACCURACY] },
  {
    checks:
      /^(?:tested-on-training|validation-is-train|validation-trains|validation-shared|rows-shared|leak-[\w-]+|statistics-apart)$/,
    subject: 'fault',
    words: [/\b(?:train\w*|leak\w*|split\w*|same (?:data|set)|fit\w*|scal\w+|test\w*|valid\w*)\b/i],
  },
  {
    checks: /^augment-test$/,
    subject: 'preprocessing',
    words: [TEST, /\b(?:augment\w*|random\w*|flip\w*|crop\w*|transform\w*|rotat\w*|jitter)\b/i],
  },
  {
    checks: /^normalize-missing$/,
    subject: 'preprocessing',
    isLack: true,
    words: [/\b(?:normali[sz]\w+|standardi[sz]\w+|transform\w*)\b/i],
  },
  {
    checks: /^(?:scaled-twice|units-mixed|pretrained-inputs)$/,
    subject: 'preprocessing',
    words: [/\b(?:scal\w+|255|normali[sz]\w+|preprocess\w*|divid\w+)\b/i],
  },
  {
    checks: /^transform-missing$/,
    subject: 'preprocessing',
    isLack: true,
    words: [/\b(?:totensor|transform\w*|tensors?|pil)\b/i],
  },
  { checks: /^normalize-channels$/, subject: 'preprocessing', words: [/\b(?:normali[sz]e|channels?)\b/i] },
  {
    checks: /^(?:shuffled-apart|augmented-apart|parts-mixed|parts-of-other|rows-differ)$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:shuffl\w+|augment\w*|correspond\w*|match\w*|pair\w*|align\w*|same)\b/i],
  },
  {
    checks: /^return-in-loop$/,
    subject: 'fault',
    words: [/\breturn\w*\b/i, /\b(?:loop|first (?:batch|iteration)|indent\w*|inside|early)\b/i],
  },
  { checks: /^return-missing$/, subject: 'fault', isLack: true, words: [/\breturn\w*\b|\bNone\b/] },
  { checks: /^(?:best-[\w-]+|weights-set-back)$/, subject: 'fault', isLack: true, words: [/\bbest\b/i] },
  {
    checks: /^patience-not-reset$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:patience|early stopping|counter)\b/i],
  },
  {
    checks: /^(?:lost-value|result-unused|stale-outputs|loss-shadowed|made-unread|call-missing)$/,
    subject: 'fault',
    isLack: true,
    words: [
      /\b(?:overwrit\w+|unused|discard\w*|assign\w*|result|ignored|never used|shadow\w*|called|parenthes\w+|replac\w+|thrown away)\b/i,
    ],
  },
  {
    checks: /^loss-accumulate$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:\.?item\(\)|memory|graph|detach\w*)/i],
  },
  {
    checks: /^no-grad-missing$/,
    subject: 'modes',
    isLack: true,
    words: [/\b(?:no_grad|no grad\w*|gradients?|inference_mode|memory)\b/i],
  },
  {
    checks: /^(?:functional-dropout|dropout-in-eval|dropout-rate)$/,
    subject: 'modes',
    words: [
      /\bdropout\b/i,
      /\b(?:training|self\.training|eval\w*|test\w*|inference|rate|high|large|0?\.\d+|functional)\b/i,
    ],
  },
  { checks: /^closure-[\w-]+$/, subject: 'optimiser', isLack: true, words: [/\bclosure\b/i] },
  {
    checks: /^few-updates$/,
    subject: 'epochs',
    isLack: true,
    words: [/\b(?:epochs?|long enough|steps?|updates?|iterations?)\b/i],
  },
  {
    checks: /^(?:lr-range|rate-for-data)$/,
    subject: 'learning-rate',
    words: [
      /\b(?:learning[ -]?rate|lr|step size)\b/i,
      /\b(?:high|large|big|low|small|tiny|huge|unstable|diverg\w*)\b/i,
    ],
  },
  { checks: /^batch-size$/, subject: 'batch-size', words: [/\bbatch[ -_]?size\b/i] },
  {
    checks: /^(?:target-not-updated|target-unasked|target-is-same|bootstrap-places)$/,
    subject: 'fault',
    isLack: true,
    words: [/\btarget\b/i],
  },
  { checks: /^exploration-[\w-]+$/, subject: 'fault', words: [/\b(?:epsilon|explor[\w-]+|greedy)\b/i] },
  {
    checks: /^(?:end-[\w-]+|mask-added)$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:done|terminal|end of (?:the |an )?episode|episode)\b/i],
  },
  { checks: /^(?:state-kept|state-twice)$/, subject: 'fault', words: [/\bstate\b/i] },
];
