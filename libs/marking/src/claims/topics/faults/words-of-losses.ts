import type { NamedByWords } from './named-by-words.js';

const LOSS = /\b(?:loss(?:es)?|criterion|cross[- _]?entropy\w*|bce\w*|mse\w*|nll\w*|objective)\b/i;
const OUTPUT = /\b(?:outputs?|last|final|predictions?|logits|scores|head)\b/i;
const GENERATOR = /\b(?:generator|G|fake\w*|generated)\b/;

/** Words for losses and what they are given, attention, and two networks against one another. */
export const OF_LOSSES: readonly NamedByWords[] = [
  {
    checks: /^(?:labels-loss|loss-arguments-labels|class-columns|entropy-arguments)$/,
    subject: 'loss',
    isLack: true,
    words: [/\b(?:sparse|one[- ]?hot|integers?|class (?:numbers|indices)|to_categorical|categorical)/i],
  },
  {
    checks:
      /^(?:last-layer-loss|loss-task|one-unit-classes|softmax-one-unit|several-labels|output-range|softmax-hidden)$/,
    subject: 'loss',
    words: [/\b(?:sigmoid|softmax|activation|categorical\w*|binary\w*|bce\w*|mse|loss|units?|neurons?)\b/i],
  },
  {
    checks: /^loss-task$/,
    subject: 'loss',
    words: [LOSS, /\b(?:classif\w+|regress\w+|class\w*|continuous|mse|squared)\b/i],
  },
  {
    checks:
      /^(?:loss-sign|kl-sign|entropy-sign|penalty-subtracted|surrogate-sign|critic-signs|overlap-minimised|scale-sign)$/,
    subject: 'loss',
    words: [
      /\b(?:sign|minus|negat\w+|maximi[sz]\w+|minimi[sz]\w+|subtract\w*|added|ascent|wrong direction|opposite)\b/i,
    ],
  },
  {
    checks: /^kl-(?:sign|form|unread|reduction)$/,
    subject: 'loss',
    isLack: true,
    words: [/\b(?:kl|kld|kullback\w*|divergence)\b/i],
  },
  { checks: /^kl-needs-log$/, subject: 'loss', isLack: true, words: [/\b(?:kl\w*|divergence)\b/i, /\blog/i] },
  {
    checks: /^(?:sampling-form|sampling-std|sample-cut)$/,
    subject: 'loss',
    words: [
      /\b(?:reparameteri[sz]\w+|sampl\w+|logvar|log[- ]variance|std|standard deviation|sigma|noise|epsilon)\b/i,
    ],
  },
  {
    checks: /^(?:silent-broadcast|target-shape)$/,
    subject: 'loss',
    isLack: true,
    words: [/\b(?:broadcast\w*|shapes?|squeez\w+|unsqueez\w+|dimensions?)\b/i],
  },
  {
    checks: /^target-dtype$/,
    subject: 'loss',
    isLack: true,
    words: [/\b(?:long|int64|integers?|float\w*|dtype|data type|type)\b/i],
  },
  { checks: /^target-range$/, subject: 'loss', words: [/\b(?:classes|outputs?|units?|labels?|neurons?)\b/i] },
  {
    checks: /^loss-arguments$/,
    subject: 'loss',
    words: [/\b(?:swap\w*|order|arguments?|first|revers\w+|switch\w*)\b/i],
  },
  {
    checks: /^loss-constructed$/,
    subject: 'loss',
    isLack: true,
    words: [LOSS, /\b(?:construct\w+|instanti\w+|call\w*|instance|object|parenthes\w+)\b/i],
  },
  {
    checks: /^(?:softmax-dim|argmax-batch|normalize-dim)$/,
    subject: 'softmax',
    words: [/\b(?:dim\w*|axis|batch)\b/i],
  },
  { checks: /^relu-on-output$/, subject: 'activation', words: [/\brelu\b/i, OUTPUT] },
  { checks: /^dropout-on-output$/, subject: 'dropout', words: [/\bdropout\b/i, OUTPUT] },
  {
    checks: /^(?:sigmoid-deep|vanishing-gradient)$/,
    subject: 'activation',
    words: [/\b(?:sigmoid|tanh|vanish\w+|saturat\w+)\b/i],
  },
  {
    checks: /^double-activation$/,
    subject: 'activation',
    words: [/\b(?:twice|double|two|both|again|already)\b/i],
  },
  {
    checks: /^(?:sigmoid-threshold-zero|logit-threshold|softmax-threshold|threshold-outside)$/,
    subject: 'loss',
    words: [/\b(?:threshold\w*|0\.5|> ?0|round\w*|compar\w+|sigmoid)\b/i],
  },
  {
    checks: /^(?:argmax-one-logit|largest-values|chances-as-classes)$/,
    subject: 'fault',
    words: [/\b(?:argmax|max|largest|single (?:output|unit)|predict\w*|probabilit\w+)\b/i],
  },
  {
    checks: /^target-not-shifted$/,
    subject: 'loss',
    isLack: true,
    words: [/\b(?:shift\w*|next (?:token|word|character|step)|same (?:sequence|tokens?|input))\b/i],
  },
  { checks: /^pads-learned$/, subject: 'loss', isLack: true, words: [/\bpad\w*\b|\bignore_index\b/i] },
  {
    checks: /^(?:dice-needs-prob|overlap-[\w-]+)$/,
    subject: 'loss',
    isLack: true,
    words: [/\b(?:dice|iou|intersection|union|overlap)\b/i],
  },
  {
    checks: /^picture-range$/,
    subject: 'loss',
    words: [/\b(?:tanh|sigmoid|range|\[-1|normali[sz][\w-]+)\b/i],
  },
  {
    checks:
      /^(?:causal-mask|mask-unread|mask-inverted|mask-after-softmax|mask-small|mask-over-queries|masked-wins)$/,
    subject: 'attention',
    isLack: true,
    words: [/\b(?:mask\w*|future|ahead|causal\w*|triu|tril|look\w*)\b/i],
  },
  {
    checks: /^scale-(?:missing|inverted|after-softmax|width)$/,
    subject: 'attention',
    isLack: true,
    words: [/\b(?:scal\w+|sqrt|square root|divid\w+|d_?k)\b/i],
  },
  {
    checks: /^(?:attention-layout|weights-dim|keys-not-turned)$/,
    subject: 'attention',
    words: [/\b(?:dim\w*|transpos\w+|batch_first|layout|axis|keys?)\b/i],
  },
  {
    checks: /^(?:backward-twice|judge-not-frozen|generator-detached)$/,
    subject: 'gradients',
    isLack: true,
    words: [
      /\b(?:detach\w*|retain_graph|second (?:backward|time)|twice|freed|graph|through the generator|frozen|trainable)\b/i,
    ],
  },
  {
    checks: /^(?:generator-target|judge-target)$/,
    subject: 'loss',
    words: [/\b(?:labels?|ones?|zeros?|real|fake|target)\b/i],
  },
  {
    checks: /^critic-sigmoid$/,
    subject: 'loss',
    words: [
      /\bsigmoid\b/i,
      /\b(?:remov\w+|no|not|without|linear|unbounded|wasserstein|shouldn't|drop\w*)\b/i,
    ],
  },
  {
    checks: /^(?:penalty-[\w-]+|gradient-norm-dim|mix-of-elements|points-without-gradient)$/,
    subject: 'loss',
    words: [/\bpenalt\w+\b/i],
  },
  {
    checks: /^generator-range$/,
    subject: 'preprocessing',
    words: [GENERATOR, /\b(?:range|tanh|sigmoid|scal\w+|\[-1)/i],
  },
];
