import type { NamedByWords } from './named-by-words.js';

const LABELS = /\b(?:labels?|targets?|classes|ground truth|y(?:_?train)?)\b/i;
const MASK = /\bmask\w*\b/i;
const DISCRIMINATOR = /\b(?:discriminator|critic|D)\b/;
const SHAPE = /\b(?:shapes?|sizes?|dimensions?|dims?|axis|axes|rank)\b/i;

/** Words for what a network is made of, and for the language. */
export const OF_NETWORKS: readonly NamedByWords[] = [
  {
    checks: /^(?:plain-list|shared-layer)$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:lists?|ModuleList|register\w*|optimi[sz]er|parameters)\b/i],
  },
  {
    checks: /^(?:tensor-not-parameter)$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:nn\.Parameter|Parameter|register\w*|learn\w*|train\w*)\b/i],
  },
  {
    checks: /^layer-in-forward$/,
    subject: 'fault',
    words: [
      /\b(?:forward|call)\b/i,
      /\b(?:new|creat\w+|mak\w+|made|each|every|random\w*|defin\w+|initiali[sz]\w+)\b/i,
    ],
  },
  {
    checks:
      /^(?:unused-layer|overwritten-layer|attribute-unread|layer-repeated|copied-call|mask-unread|input-unused)$/,
    subject: 'fault',
    isLack: true,
    words: [
      /\b(?:never|not|n't|unused|only|twice|instead|overwrit\w+|again)\b/i,
      /\b(?:used|called|applied|layer|unused|forward|defined|assigned|overwrit\w+)\b/i,
    ],
  },
  {
    checks: /^(?:zero-or-constant-weights|init-scale|init-[\w-]+)$/,
    subject: 'fault',
    words: [/\b(?:initiali[sz]\w+|init|zeros?|constant|symmetr\w+|same)\b/i],
  },
  {
    checks: /^layer-reuse$/,
    subject: 'normalisation',
    isLack: true,
    words: [/\b(?:same|shar\w+|reus\w+|one|twice|separate|own)\b/i, /\b(?:norm\w*|bn\w*)\b/i],
  },
  { checks: /^bias-before-bn$/, subject: 'bias', words: [/\bbias(?:es)?\b/i] },
  {
    checks: /^(?:pool-too-much|kernel-too-large|stride-skips)$/,
    subject: 'shapes',
    words: [/\b(?:pool\w*|kernel|stride|size|small|feature maps?)\b/i],
  },
  {
    checks:
      /^(?:rnn-last-step|rnn-first-layer|batch-as-time|rnn-layout|pack-layout|states-merged|rnn-tuple|state-[\w-]+)$/,
    subject: 'recurrence',
    isLack: true,
    words: [
      /\b(?:batch_first|last (?:time ?)?step|time ?steps?|hidden|states?|tuple|dimension|\[-1\]|sequence|layer)/i,
    ],
  },
  {
    checks:
      /^(?:view-[\w-]+|batch-absorbed|squeeze-all|turned-nothing|batch-hardcoded|layout-nhwc|channels-last|last-batch)$/,
    subject: 'shapes',
    words: [
      /\b(?:view|reshape\w*|permut\w+|transpos\w+|squeez\w+|batch|flatten\w*|channels?|contiguous|dimension\w*|axis|axes)\b/i,
    ],
  },
  {
    checks: /^(?:input-shape|dimension-missing|batch-missing|set-shape|layer-sizes|arrays-counted)$/,
    subject: 'shapes',
    words: [SHAPE],
  },
  {
    checks: /^layer-rank$/,
    subject: 'shapes',
    isLack: true,
    words: [/\b(?:shapes?|sizes?|dimensions?|dims?|rank|return_sequences|sequences?|[23]d|flatten\w*)\b/i],
  },
  {
    checks: /^(?:embedding-index|vocabulary-size)$/,
    subject: 'embedding',
    isLack: true,
    words: [/\b(?:embedding|vocab\w*|index|indices|long|\+ ?1)\b/i],
  },
  { checks: /^positions?-[\w-]+$/, subject: 'fault', words: [/\bposition\w*\b/i] },
  {
    checks: /^skip-changed$/,
    subject: 'residual',
    words: [/\b(?:skip|residual|shortcut|identity|in-?place)\b/i],
  },
  {
    checks: /^residual-mismatch$/,
    subject: 'residual',
    isLack: true,
    words: [/\b(?:skip|residual|shortcut|add\w*|sum\w*)\b/i],
  },
  {
    checks: /^device-mismatch$/,
    subject: 'device',
    isLack: true,
    words: [/\b(?:gpu|cuda|device|cpu|\.to\()/i],
  },
  {
    checks: /^(?:input-dtype|numpy-needs-detach)$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:float\w*|double|dtype|type|numpy|detach)\b/i],
  },
  {
    checks: /^(?:compile-missing|compiled-without-loss|compile-before-change)$/,
    subject: 'fault',
    isLack: true,
    words: [/\bcompil\w+\b/i],
  },
  {
    checks: /^weights-missing$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:trained|weights|load\w*)\b/i],
  },
  {
    checks: /^(?:squeezed|widths-turn)$/,
    subject: 'capacity',
    words: [/\b(?:units?|neurons?|bottleneck|single|one)\b/i],
  },
  { checks: /^folds-one-model$/, subject: 'fault', isLack: true, words: [/\bfolds?\b/i] },
  {
    checks:
      /^(?:call-signature|library-arguments|unknown-attribute|library-name|keras-name|library-option|refused|raises)$/,
    subject: 'fault',
    isLack: true,
    words: [
      /\b(?:arguments?|attribute|method|exist\w*|defined?|misnamed|spelled|spelling|typo|(?:wrong|unknown|no such) (?:parameter|function|name)|(?:missing|expects?|takes?) (?:an?|no|one|two|three|\d+) (?:\w+ )?(?:parameters?|inputs?))\b/i,
    ],
  },
  {
    checks: /^(?:undefined-name|unbound-local)$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:defin\w+|import\w*|undefined|NameError|declared|exist\w*)\b/i],
  },
  {
    checks: /^(?:unpack-mismatch|known-returns|returned-crossed|names-swapped)$/,
    subject: 'fault',
    words: [/\b(?:unpack\w*|returns?|order|swap\w*|values?|tuple)\b/i],
  },
  {
    checks: /^(?:forward-called)$/,
    subject: 'fault',
    words: [/\bforward\b/i, /\b(?:direct\w*|hooks?|__call__|itself|explicit\w*)\b/i],
  },
  {
    checks: /^(?:super-init|init-misspelled)$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:super|__init__|_init_|constructor|misspel\w+|typo)\b/i],
  },
  {
    checks: /^syntax-error$/,
    subject: 'fault',
    isLack: true,
    words: [/\b(?:syntax\w*|indent\w*|bracket\w*|parenthes\w+|colon|quote\w*)\b/i],
  },
  {
    checks: /^(?:mask-[\w-]+|files-unsorted)$/,
    subject: 'fault',
    isLack: true,
    words: [MASK, /\b(?:pictures?|images?|resiz\w+|interpolat\w+|255|sort\w*)\b/i],
  },
  {
    checks: /^(?:target-kept|target-in-window)$/,
    subject: 'fault',
    isLack: true,
    words: [LABELS, /\b(?:features?|input|column|drop\w*|leak\w*|window)\b/i],
  },
  { checks: /^critic-[\w-]+$/, subject: 'fault', words: [DISCRIMINATOR] },
];
