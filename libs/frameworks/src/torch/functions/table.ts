import { nativeFunction, rawFunction } from '@tensormark/python';
import type { NativeFunction } from '@tensormark/python';
import { OPERATIONS } from '@tensormark/network';
import type { Home, OperationDefinition } from '@tensormark/network';
import { unknownAmong } from '../apply.js';
import { applyInPlace, applyOperation } from '../operations.js';
import { accepts } from './argument-check.js';
import { beyondTheTable } from './beyond-the-table.js';
import { shapedAlike } from './shaped-alike.js';
import { tensorClass, TensorObject } from '../tensor/tensor.js';

/** Every operation of the network's table as functions of the module that PyTorch has it in, but those written here. */
export function functionsAt(
  home: Home,
  own: Readonly<Record<string, unknown>> = {},
): Record<string, NativeFunction> {
  const functions: Record<string, NativeFunction> = {};
  const module = home === 'functional' ? 'torch.nn.functional' : 'torch';
  const taken = new Set(Object.keys(own).map((signature) => signature.slice(0, signature.indexOf('('))));
  for (const definition of OPERATIONS) {
    if (!definition.homes.includes(home)) continue;
    for (const name of [definition.name, ...definition.aliases]) {
      if (taken.has(name)) continue;
      functions[name] = rawFunction(name, checked(home, name, definition));
      if (!definition.inPlace) continue;
      functions[`${name}_`] = rawFunction(`${name}_`, (rt, [self, ...args], keywords) =>
        keywords?.has('inplace')
          ? rt.raise('TypeError', `${name}_() got an unexpected keyword argument 'inplace'`)
          : self instanceof TensorObject
            ? applyInPlace(rt, definition, self, args, keywords)
            : applyOperation(rt, definition, [self ?? null, ...args], keywords),
      );
    }
  }
  for (const callee of Object.values(functions)) callee.attributes = new Map([['__module__', module]]);
  return functions;
}

type Body = Parameters<typeof rawFunction>[1];

/** An operation as it stands in a module, its arguments refused as they are there. */
export function checked(home: Home, name: string, definition: OperationDefinition): Body {
  return (rt, args, written) => {
    const keywords = home === 'torch' ? withoutOut(written) : written;
    const unknown = unknownAmong(args, keywords);
    if (unknown !== undefined) return shapedAlike(rt, definition, args, keywords) ?? unknown;
    return accepts(rt, home, name, definition, args, keywords)
      ? applyOperation(rt, definition, args, keywords)
      : rt.unknown(`what ${name} gives after this error`);
  };
}

/** Keywords without the tensor that a result is to be written into: the result is what it holds from there on. */
function withoutOut(keywords: Parameters<Body>[2]): Parameters<Body>[2] {
  return keywords?.has('out') === true ? new Map([...keywords].filter(([name]) => name !== 'out')) : keywords;
}

/** Functions of `torch` that tensors have as methods too. */
const METHODS = [
  'equal',
  'allclose',
  'diff',
  'kron',
  'cross',
  'take',
  'multinomial',
  'cummax',
  'cummin',
  'trace',
  'ravel',
  'unique',
  'nonzero',
  'argwhere',
  'unique_consecutive',
  'masked_select',
  'isclose',
  'quantile',
  'nanquantile',
  'msort',
  'select_scatter',
  'slice_scatter',
  'diagonal_scatter',
  'diagflat',
  'frexp',
  'addr',
  'istft',
  'slogdet',
  'bincount',
  'conj',
  'angle',
  'resolve_conj',
  'index_add',
  'index_add_',
  'index_copy',
  'index_copy_',
  'index_fill',
  'index_fill_',
  'index_put',
  'index_put_',
  'masked_scatter',
  'masked_scatter_',
  'scatter_reduce',
  'scatter_reduce_',
  'put',
  'put_',
  'fill_diagonal_',
  'as_strided',
  'take_along_dim',
  'diag',
  'inverse',
  'pinverse',
  'det',
  'logdet',
  'cholesky',
  'matrix_exp',
  'matrix_power',
  'qr',
  'fliplr',
  'flipud',
  'hsplit',
  'vsplit',
  'dsplit',
  'kthvalue',
  'aminmax',
  'dist',
  'heaviside',
  'ldexp',
  'stft',
];
for (const [signature, body] of Object.entries(beyondTheTable)) {
  const name = signature.slice(0, signature.indexOf('('));
  if (METHODS.includes(name) && !tensorClass.namespace.has(name))
    tensorClass.define(name, nativeFunction(signature, body, { binds: true }));
}

/** Methods of tensors: those that tensors have already (reading facts, changing type) stay as they are. */
for (const definition of OPERATIONS) {
  if (!definition.homes.includes('Tensor')) continue;
  for (const name of [definition.name, ...definition.aliases]) {
    if (!tensorClass.namespace.has(name))
      tensorClass.define(name, rawFunction(name, checked('Tensor', name, definition), { binds: true }));
    if (!definition.inPlace || tensorClass.namespace.has(`${name}_`)) continue;
    tensorClass.define(
      `${name}_`,
      rawFunction(
        `${name}_`,
        (rt, [self, ...args], keywords) =>
          self instanceof TensorObject
            ? applyInPlace(rt, definition, self, args, keywords)
            : rt.raise('TypeError', `${name}_() needs a tensor`),
        { binds: true },
      ),
    );
  }
}
