import { isIrregular, isWhole, uninflected } from './inflected.js';

/** Words whose stem no rule gives. Keys and values are already in lower case. */
const IRREGULAR: Readonly<Record<string, string>> = {
  reduction: 'reduc',
  reductions: 'reduc',
  reduce: 'reduc',
  reduces: 'reduc',
  reduced: 'reduc',
  reducing: 'reduc',
  data: 'data',
  bias: 'bias',
  biases: 'bias',
  biased: 'bias',
  loss: 'loss',
  losses: 'loss',
  lost: 'lose',
  matrices: 'matrix',
  indices: 'index',
  vertices: 'vertex',
  minima: 'minimum',
  maxima: 'maximum',
  optima: 'optimum',
  axes: 'axis',
  analyses: 'analysis',
  hypotheses: 'hypothesis',
  criteria: 'criterion',
  phenomena: 'phenomenon',
  learnt: 'learn',
  learned: 'learn',
  learning: 'learn',
  learner: 'learn',
  learns: 'learn',
  learnable: 'learnabl',
  given: 'given',
  gave: 'give',
  kept: 'keep',
  lead: 'lead',
  led: 'lead',
  made: 'make',
  making: 'make',
  found: 'find',
  grew: 'grow',
  grown: 'grow',
  fell: 'fall',
  fallen: 'fall',
  rose: 'rise',
  risen: 'rise',
  chosen: 'choos',
  chose: 'choos',
  choice: 'choos',
  choose: 'choos',
  choosing: 'choos',
  seen: 'see',
  saw: 'see',
  held: 'hold',
  built: 'build',
  sent: 'send',
  taught: 'teach',
  thought: 'think',
  forgot: 'forget',
  forgotten: 'forget',
  forgetting: 'forget',
  hidden: 'hidden',
  written: 'writ',
  wrote: 'writ',
  better: 'better',
  best: 'best',
  worse: 'worse',
  division: 'divid',
  divide: 'divid',
  dividing: 'divid',
  divided: 'divid',
  divides: 'divid',
  subtraction: 'subtract',
  multiplication: 'multipl',
  multiply: 'multipl',
  multiplied: 'multipl',
  multiplies: 'multipl',
  multiplying: 'multipl',
  multiplicative: 'multipl',
  probability: 'probab',
  probabilities: 'probab',
  probabilistic: 'probab',
  probable: 'probab',
  probably: 'probab',
  derivative: 'deriv',
  derivatives: 'deriv',
  derive: 'deriv',
  derived: 'deriv',
  accuracy: 'accura',
  accurate: 'accura',
  accurately: 'accura',
  dependency: 'depend',
  dependencies: 'depend',
  dependence: 'depend',
  dependent: 'depend',
  dependant: 'depend',
  depends: 'depend',
  depend: 'depend',
  independent: 'independ',
  independently: 'independ',
  independence: 'independ',
  variance: 'varianc',
  variances: 'varianc',
  gates: 'gate',
  gated: 'gate',
  gating: 'gate',
  training: 'train',
  trained: 'train',
  trains: 'train',
  trainable: 'trainabl',
  using: 'use',
  used: 'use',
  usage: 'use',
  uses: 'use',
  during: 'during',
  mean: 'mean',
  means: 'mean',
  meaning: 'meaning',
  noise: 'noise',
  noisy: 'noise',
  ease: 'eas',
  easy: 'eas',
  easier: 'eas',
  easily: 'eas',
  easiest: 'eas',
  addition: 'add',
  adding: 'add',
  added: 'add',
  adds: 'add',
  add: 'add',
  additive: 'additiv',
  additively: 'additiv',
  additional: 'additional',
  additionally: 'additional',
  summation: 'sum',
  summed: 'sum',
  summing: 'sum',
  sums: 'sum',
  stable: 'stabl',
  stability: 'stabl',
  stabilise: 'stabl',
  stabilize: 'stabl',
  stabilises: 'stabl',
  stabilizes: 'stabl',
  stabilising: 'stabl',
  stabilizing: 'stabl',
  stabilised: 'stabl',
  stabilized: 'stabl',
  weights: 'weight',
  weighted: 'weighted',
  weighting: 'weighted',
  vanishing: 'vanish',
  vanished: 'vanish',
  vanishes: 'vanish',
  memorise: 'memor',
  memorize: 'memor',
  memorises: 'memor',
  memorizes: 'memor',
  memorising: 'memor',
  memorizing: 'memor',
  memorised: 'memor',
  memorized: 'memor',
  memorisation: 'memor',
  memorization: 'memor',
  memory: 'memory',
  memories: 'memory',
  similarity: 'similar',
  similarities: 'similar',
  representation: 'represent',
  representations: 'represent',
  convergence: 'converg',
  converge: 'converg',
  divergence: 'diverg',
  diverge: 'diverg',
  explosion: 'explod',
  precision: 'precision',
  position: 'position',
  positional: 'position',
  positions: 'position',
  sequential: 'sequential',
  disable: 'disabl',
  disables: 'disabl',
  regression: 'regress',
  decision: 'decision',
  loose: 'loosen',
  looser: 'loosen',
  loosest: 'loosen',
  loosen: 'loosen',
  loosens: 'loosen',
  loosened: 'loosen',
  loosening: 'loosen',
  tighter: 'tight',
  tightest: 'tight',
  tighten: 'tight',
  tightens: 'tight',
  tightened: 'tight',
  tightening: 'tight',
  tightness: 'tight',
  reusable: 'reus',
  reusability: 'reus',
  distribute: 'distribute',
  distributes: 'distribute',
  distributed: 'distribute',
  responsible: 'responsible',
  responsibility: 'responsible',
  multiple: 'multiple',
  missing: 'missing',
  expressive: 'expressiv',
  expressiveness: 'expressiv',
  expressivity: 'expressiv',
  nonlinearity: 'nonlinearity',
  nonlinearities: 'nonlinearity',
  grade: 'grade',
  grades: 'grade',
  graded: 'grade',
  marginal: 'marginal',
  marginally: 'marginal',
  grus: 'gru',
  relus: 'relu',
  gpus: 'gpu',
  cpus: 'cpu',
  attention: 'attention',
  attend: 'attend',
  attends: 'attend',
};

/** One word of lower case without its endings: `normalisation` meets `normalizes`, `generator` stays apart from `general`. */
export function stem(word: string): string {
  const irregular = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined;
  if (irregular !== undefined) return irregular;
  if (word.length <= 3) return word;
  const plain = uninflected(isIrregular(word) ? word : british(singular(word)));
  const known = Object.hasOwn(IRREGULAR, plain) ? IRREGULAR[plain] : undefined;
  if (known !== undefined || plain.length <= 3) return known ?? plain;
  return tidy(isWhole(plain) ? plain : withoutEnding(plain));
}

function singular(word: string): string {
  if (/(?:ss|us|is|[^aeiou]s)$/.test(word) && !/[^s]s$/.test(word)) return word;
  if (word.endsWith('sses') || word.endsWith('xes') || word.endsWith('ches') || word.endsWith('shes'))
    return word.slice(0, -2);
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/[^su]s$/.test(word) && !word.endsWith('is')) return word.slice(0, -1);
  return word;
}

/** Words in -ise that no spelling has with a z. */
const NOT_GREEK =
  /^(?:pre|con)cis$|^(?:a|p?ra|no|ari|w|otherw|clockw|pairw|elementw|exerc|prom|comprom|compr|surpr|adv|rev|dev|superv|disgu|like?w|stepw|layerw)is$|^(?:rais|aris|pris|otherwis|supervis|unsupervis)$/;

const ALWAYS_OUR = /^(?:f|h|p|y|t|s|fl|sc|dev|cont|det)?our(?:s|ed|ing|able|al)?$/;
/** "installed", "drilling": the word itself has both, where "modelled" is "model". */
const ALWAYS_LL =
  /(?:rec|inst|st|sm|sc|app|bef)all(?:ed|ing|er)$|(?:inst|dist|fulf|ref|dr|sp|gr|thr|ch|sk|st)ill(?:ed|ing|er)$|(?:sm|sp|dw|sw|qu|sh|res)ell(?:ed|ing|er)$|(?:str|scr|unr)oll(?:ing|er)$/;

/** American spelling, where the British differs. */
function british(word: string): string {
  return word
    .replace(/is(ation|e|ed|ing|er|able)$/, (whole: string, ending: string) =>
      NOT_GREEK.test(word.slice(0, word.length - ending.length)) ? whole : `iz${ending}`,
    )
    .replace(/our(s|ed|ing|able|al)?$/, (whole: string, ending: string | undefined) =>
      ALWAYS_OUR.test(word) ? whole : `or${ending ?? ''}`,
    )
    .replace(/(l)l(ed|ing|er)$/, (whole: string, l: string, ending: string) =>
      word.length > 7 && !ALWAYS_LL.test(word) ? `${l}${ending}` : whole,
    )
    .replace(/centre/, 'center');
}

const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/izations?$/, 'iz'],
  [/(?:iz)(?:e|ed|ing|er|able)$/, 'iz'],
  [/([a-z]{3,})icities$/, '$1ic'],
  [/([a-z]{3,})(?:ational)$/, '$1at'],
  [/([a-z]{3,})ications?$/, '$1i'],
  [/([a-z]{3,})(?:ations?|ative|ating|ated|ates?)$/, '$1'],
  [/([a-z]{2,}[cpst])(?:ions?|ional|ive|ively|ivity|ing|ed)$/, '$1'],
  [/([a-z]{3,})(?:fulness|ousness|iveness)$/, '$1'],
  [/([a-z]{4,})(?:ments?)$/, '$1'],
  [/([a-z]{3,})(?:ness)$/, '$1'],
  [/([a-z]{3,})ically$/, '$1ic'],
  [/([a-z]{3,})(?:ally)$/, '$1al'],
  [/([a-z]{3,})(?:ility|ilities)$/, '$1l'],
  [/([a-z]{3,})(?:ably|able|ible|ibly)$/, '$1'],
  [/([a-z]{3,})ily$/, '$1i'],
  [/([a-z]{3,})ly$/, '$1'],
  [/([a-z]{3,})(?:ance|ence|ancy|ency)$/, '$1'],
  [/([a-z]{3,})ity$/, '$1'],
  [/([a-z]{2,})(?:ing|ed)$/, '$1'],
];

function withoutEnding(word: string): string {
  for (const [ending, left] of ENDINGS) {
    const cut = word.replace(ending, left);
    if (cut !== word && /[aeiouy]/.test(cut) && cut.length >= 3) return cut;
  }
  return word;
}

function tidy(word: string): string {
  const single = /([bdfgmnprt])\1$/.test(word) && word.length > 4 ? word.slice(0, -1) : word;
  const open = single.length > 4 ? single.replace(/e$/, '') : single;
  return open.length > 3 ? open.replace(/y$/, 'i') : open;
}
