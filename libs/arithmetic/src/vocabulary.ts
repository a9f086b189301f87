import type { Operator, RelationSign } from './tokens.js';

/** Words that calculate, as one to two words before an operand. */
export const OPERATOR_WORDS: ReadonlyMap<string, { readonly operator: Operator; readonly second?: string }> =
  new Map([
    ['plus', { operator: '+' }],
    ['minus', { operator: '-' }],
    ['times', { operator: '*' }],
    ['multiplied', { operator: '*', second: 'by' }],
    ['divided', { operator: '/', second: 'by' }],
    ['mod', { operator: 'mod' }],
  ]);

/** Words that state a result. Those not `sure` may mean something else, so what does not hold is no error. */
export const RELATION_WORDS: ReadonlyMap<string, { readonly sign: RelationSign; readonly sure: boolean }> =
  new Map([
    ['equals', { sign: '=', sure: true }],
    ['equal', { sign: '=', sure: true }],
    ['gives', { sign: '=', sure: true }],
    ['giving', { sign: '=', sure: true }],
    ['makes', { sign: '=', sure: true }],
    ['yields', { sign: '=', sure: true }],
    ['totals', { sign: '=', sure: true }],
    ['is', { sign: '=', sure: false }],
    ['are', { sign: '=', sure: false }],
  ]);

/** Words between a relation and its number that change nothing. */
export const FILLERS: ReadonlySet<string> = new Set([
  'to',
  'a',
  'the',
  'total',
  'of',
  'only',
  'just',
  'which',
  'us',
  'in',
  'exactly',
]);

/** Words that say a number is rounded. */
export const ABOUT: ReadonlySet<string> = new Set([
  'about',
  'approx',
  'approximately',
  'roughly',
  'around',
  'circa',
  'ca',
  'nearly',
  'almost',
  'c.a',
]);

/** Words behind the beginning of a clause that go on about what stands before it. */
export const POINTING_BACK: ReadonlySet<string> = new Set(
  'that this it which so all together altogether total overall in i we you get one finally'.split(' '),
);

/** Words that begin another statement. */
export const CLAUSE_WORDS: ReadonlySet<string> = new Set([
  'where',
  'when',
  'if',
  'since',
  'and',
  'so',
  'then',
  'thus',
  'hence',
  'therefore',
  'because',
  'but',
  'while',
  'let',
]);

/** Words before a size. What follows them is a shape and not a calculation. */
export const SHAPE_WORDS: ReadonlySet<string> = new Set([
  'size',
  'sizes',
  'shape',
  'shapes',
  'dimension',
  'dimensions',
  'dim',
  'dims',
  'input',
  'inputs',
  'output',
  'outputs',
  'image',
  'images',
  'map',
  'maps',
  'kernel',
  'kernels',
  'filter',
  'filters',
  'conv',
  'convs',
  'conv2d',
  'convolution',
  'convolutions',
  'convolutional',
  'pool',
  'pooling',
  'maxpool',
  'avgpool',
  'window',
  'stride',
  'padding',
  'patch',
  'patches',
  'tensor',
  'grid',
  'feature',
  'volume',
  'matrix',
  'resolution',
  'spatial',
  'layer',
  'block',
]);

/** Words before a number that is concluded: "98.5, so 98 windows". */
export const CONCLUSIONS: ReadonlySet<string> = new Set(['so', 'thus', 'hence', 'therefore', 'namely']);

/** Letters behind a digit that make it no number: `2D`, `1st`. */
export const ORDINAL_ENDINGS: ReadonlySet<string> = new Set(['d', 'D', 'st', 'nd', 'rd', 'th', 's']);

/** Words that a number behind them numbers: `Layer 2`, `Block 1`. */
const NUMBERED = new Set([
  'layer',
  'block',
  'step',
  'part',
  'question',
  'conv',
  'conv1d',
  'conv2d',
  'conv3d',
  'fc',
  'stage',
  'group',
  'task',
  'exercise',
  'case',
  'head',
  'level',
  'section',
  'dense',
  'linear',
  'module',
  'tensor',
  'sub-tensor',
  'branch',
  'path',
  'q',
  'equation',
  'eq',
  'row',
  'example',
  'answer',
]);

export function isNumberedWord(word: string): boolean {
  return NUMBERED.has(word.toLowerCase());
}

/** Whether text ends in such a word, `#` and a full stop allowed: `Layer `, `Eq. `. */
export function endsInNumberedWord(text: string): boolean {
  const word = /([A-Za-z][A-Za-z\d-]{0,15})\.?[ \t]*#?$/.exec(text)?.[1];
  return word !== undefined && isNumberedWord(word);
}
