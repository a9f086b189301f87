/** Operators and their special methods, as the functions of `torch` that each is. */
export const OPERATORS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floor_divide',
  '%': 'remainder',
  '**': 'pow',
  '@': 'matmul',
  '~': 'bitwise_not',
  '==': 'eq',
  '!=': 'ne',
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  truediv: 'div',
  floordiv: 'floor_divide',
  mod: 'remainder',
  and: 'bitwise_and',
  or: 'bitwise_or',
  xor: 'bitwise_xor',
  invert: 'bitwise_not',
};

/** The same of one operand: `-x` is `neg`, which nothing is taken from. */
export const UNARY_OPERATORS: Readonly<Record<string, string>> = {
  '-': 'neg',
  '+': 'positive',
  '~': 'bitwise_not',
};
