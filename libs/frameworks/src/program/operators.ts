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
  truediv: 'div',
  floordiv: 'floor_divide',
  mod: 'remainder',
  and: 'bitwise_and',
  or: 'bitwise_or',
  xor: 'bitwise_xor',
  invert: 'bitwise_not',
};
