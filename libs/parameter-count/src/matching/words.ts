import { ORDINALS } from '../reference/layout/families.js';

const FILLERS = new Set(
  'the a an of in for to and or is are number how many much count we have has this that with by at its it so thus hence therefore answer'.split(
    ' ',
  ),
);

/** What "altogether" is read as: the whole network's number is one, and so may be that of any layer with several steps. */
export const SUMMING_UP = 'altogether';

/** One spelling for each family of words that answers use for the same thing. */
const SYNONYMS: Readonly<Record<string, string>> = {
  parameter: 'parameter',
  param: 'parameter',
  convolution: 'conv',
  convolutional: 'conv',
  conv2d: 'conv',
  conv1d: 'conv',
  conv3d: 'conv',
  linear: 'dense',
  dense: 'dense',
  fc: 'dense',
  fully: 'dense',
  maxpool: 'pool',
  avgpool: 'pool',
  pooling: 'pool',
  pool: 'pool',
  classifier: 'classifier',
  head: 'head',
  overall: 'total',
  everything: 'total',
  altogether: SUMMING_UP,
  whole: 'total',
  entire: 'total',
  all: 'total',
  total: 'total',
  sum: 'total',
  network: 'total',
  model: 'total',
  together: SUMMING_UP,
  gesamt: 'total',
  insgesamt: SUMMING_UP,
  summe: 'total',
  zusammen: SUMMING_UP,
  filter: 'filter',
  kernel: 'filter',
  dimension: 'size',
  dim: 'size',
  shape: 'size',
  size: 'size',
  macs: 'mac',
  mac: 'mac',
  flop: 'flop',
  flops: 'flop',
  neuron: 'unit',
  unit: 'unit',
};

/** `3x3`, `1 × 1`: its numbers count nothing else, so that "conv 3x3" is no third convolution. */
const SIDES = /\d+(?:\s?(?:x|×|\*|\\times|by)\s?\d+)+/gu;

/**
 * The telling words of a text, in the order they stand: lower-case words and numbers, `conv1` as `conv` and `1`, and sizes as
 * one, `3 × 3` as `3x3`.
 */
export function tokensOf(text: string): string[] {
  const words =
    text
      .toLowerCase()
      .replace(SIDES, sizeToken)
      .match(/\d+(?:x\d+)+|\p{L}+|\d+/gu) ?? [];
  return words
    .filter((word) => !FILLERS.has(word))
    .map((word) => {
      const ordinal = ORDINALS.findIndex((each) => each === word);
      if (ordinal !== -1) return String(ordinal + 1);
      const one = singular(word);
      return SYNONYMS[one] ?? SYNONYMS[word] ?? one;
    });
}

function sizeToken(written: string): string {
  return (written.match(/\d+/g) ?? []).join('x');
}

function singular(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') && !word.endsWith('us')
    ? word.slice(0, -1)
    : word;
}

/** Words for a piece of what is asked; a number that they name is a step on the way. */
const PIECE =
  /\b(?:per|each|every|one|single|sub|bias(?:es)?|weights?|kernels?|filters?|gates?|heads?|input|intermediate)\b/i;

export function namesPiece(text: string): boolean {
  return PIECE.test(text);
}

/** Words that take back, or only suppose, what stands beside them. */
const DENIAL =
  /\b(?:not|no|never|without(?!\s*(?:$|[,;)]|(?:and|or|und|oder)\b|(?:the |any )?bias))|instead|rather|unless|if|would|wrong|forgot(?:ten)?|n['’]t|nicht|kein\w*|statt|friend|classmate|somebody|someone)\b/i;

export function denies(text: string): boolean {
  return DENIAL.test(text);
}

/** "in all", "altogether": a number beside it sums up. */
export function sumsUp(text: string): boolean {
  return /\b(?:in all|altogether|in total|overall|insgesamt|zusammen)\b/i.test(text);
}

const COMPARED =
  /(?:\b(?:(?:more|less|fewer|greater|smaller|larger|bigger|higher|lower) than|at (?:least|most)|up to|above|below|under|over|between|exceed(?:s|ing)?|mehr als|weniger als|mindestens|höchstens|unter|über)|[<>≤≥])$/iu;
const DENIED =
  /(?:\b(?:not|never|nicht|keine?)|n['’]t)(?: (?:have|has|be|had|exactly|really|equal|to|the|a))*$/iu;

/** "is not", "far more than": right before a number, they say that it is another. */
export function saysAnother(before: string): boolean {
  const text = before.trim().replace(/\s+/g, ' ');
  return COMPARED.test(text) || DENIED.test(text);
}
