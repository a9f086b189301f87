/** Python's arithmetic and orderings, by the operation of the network's table that each is: the same for PyTorch and Keras. */
export const ARITHMETIC = {
  add: 'add',
  sub: 'sub',
  mul: 'mul',
  truediv: 'div',
  floordiv: 'floor_divide',
  mod: 'remainder',
  pow: 'pow',
  matmul: 'matmul',
} as const;

export const ORDERINGS = { lt: 'lt', le: 'le', gt: 'gt', ge: 'ge' } as const;
