import { asString, defineClass, defineModule, keywords, PyList, PyTuple } from '@tensormark/python';
import type { NativeModule, PyObject, PyValue, Runtime } from '@tensormark/python';
import { applyTo } from '../torch/functions/apply-named.js';
import { moduleClass } from '../torch/nn/module.js';
import { ModuleObject } from '../torch/nn/module-object.js';
import { applyOperation } from '../torch/operations.js';
import { TensorObject } from '../torch/tensor/tensor.js';
import { operation } from '@tensormark/network';
import { axisSizes, patternFor, readPattern, sizeInName } from './einops-pattern.js';

type Kind = 'rearrange' | 'repeat' | 'reduce';

const REDUCTIONS: Readonly<Record<string, string>> = {
  mean: 'mean',
  sum: 'sum',
  max: 'amax',
  min: 'amin',
  prod: 'prod',
};

function refuse(rt: Runtime, kind: Kind, pattern: string, shape: readonly number[], why: string): never {
  return rt.raise(
    'RuntimeError',
    ` Error while processing ${kind}-reduction pattern "${pattern}".\n Input tensor shape: torch.Size([${shape.join(', ')}]).\n ${why}`,
  );
}

function sizesGiven(given: ReadonlyMap<string, PyValue>): Map<string, number> {
  return new Map([...given].map(([name, value]) => [name, Number(value)]));
}

/** A list of tensors is stacked along a first axis. */
function tensorOf(rt: Runtime, value: PyValue): TensorObject {
  if (value instanceof TensorObject) return value;
  const stack = operation('stack');
  if ((value instanceof PyList || value instanceof PyTuple) && stack !== undefined) {
    const stacked = applyOperation(rt, stack, [value]);
    if (stacked instanceof TensorObject) return stacked;
  }
  return rt.raise('RuntimeError', 'einops needs a tensor');
}

/** Splits the axes apart, drops or adds some, orders them, and joins them again: all of einops is that. */
function transform(
  rt: Runtime,
  kind: Kind,
  value: PyValue,
  text: string,
  reduction: PyValue,
  given: ReadonlyMap<string, PyValue>,
): PyValue {
  const tensor = tensorOf(rt, value);
  const { shape } = tensor;
  const written = readPattern(text);
  const pattern = written && patternFor(written, shape.length);
  if (pattern === undefined)
    return refuse(
      rt,
      kind,
      text,
      shape,
      `Wrong shape: expected ${written?.left.length ?? 0} dims. Received ${shape.length}-dim tensor.`,
    );
  const sizes = axisSizes(pattern.left, shape, sizesGiven(given));
  if (typeof sizes === 'string') return refuse(rt, kind, text, shape, sizes);
  const sizeOf = (name: string): number => sizeInName(name) ?? sizes.get(name) ?? 1;
  const left = pattern.left.flat();
  const right = pattern.right.flat();
  const gone = left.filter((name) => name !== '1' && !right.includes(name));
  const fresh = right.filter((name) => !left.includes(name) && name !== '1');
  if (kind !== 'reduce' && gone.length > 0)
    return refuse(
      rt,
      kind,
      text,
      shape,
      `Identifiers only on one side of expression (should be on both): {'${gone.join("', '")}'}`,
    );
  if (kind !== 'repeat' && fresh.length > 0)
    return refuse(
      rt,
      kind,
      text,
      shape,
      `Identifiers only on one side of expression (should be on both): {'${fresh.join("', '")}'}`,
    );

  // Axes of size 1 have no name to tell them by: they go, and come again with the shape.
  let axes = left.filter((name) => name !== '1');
  let result = applyTo(rt, 'reshape', tensor, ...axes.map((name) => BigInt(sizeOf(name))));
  if (gone.length > 0) {
    const method = typeof reduction === 'string' ? REDUCTIONS[reduction] : undefined;
    if (method === undefined) return rt.unknown('what a reduction of the program gives');
    const dims = new PyTuple(gone.map((name) => BigInt(axes.indexOf(name))));
    result = applyTo(rt, method, result, dims);
    axes = axes.filter((name) => !gone.includes(name));
  }
  const kept = right.filter((name) => axes.includes(name));
  const squeezed = axes.filter((name) => !kept.includes(name));
  result = applyTo(
    rt,
    'permute',
    result,
    ...[...squeezed, ...kept].map((name) => BigInt(axes.indexOf(name))),
  );
  result = applyTo(
    rt,
    'reshape',
    result,
    ...right.map((name) => BigInt(fresh.includes(name) || name === '1' ? 1 : sizeOf(name))),
  );
  if (fresh.length > 0) result = applyTo(rt, 'expand', result, ...right.map((name) => BigInt(sizeOf(name))));
  const joined = pattern.right.map((group) => BigInt(group.reduce((total, name) => total * sizeOf(name), 1)));
  return applyTo(rt, 'reshape', result, ...joined);
}

/** `Rearrange('b c h w -> b (h w) c')` and `Reduce(...)` as modules. */
class EinopsModule extends ModuleObject {
  pattern = '';
  reduction: PyValue = null;
  sizes: ReadonlyMap<string, PyValue> = new Map();

  override copyPayload(source: PyObject, copy: (value: PyValue) => PyValue): void {
    super.copyPayload(source, copy);
    if (!(source instanceof EinopsModule)) return;
    this.pattern = source.pattern;
    this.reduction = source.reduction;
    this.sizes = source.sizes;
  }
}

const rearrangeClass = defineClass({
  name: 'Rearrange',
  module: 'einops.layers.torch',
  bases: [moduleClass],
  payload: EinopsModule,
  allocate: (cls) => new EinopsModule(cls),
  methods: {
    '__init__(pattern, **axes_lengths)': (rt, self, pattern, sizes) => {
      self.initialise(rt);
      self.pattern = asString(pattern ?? null);
      self.sizes = keywords(sizes ?? null);
      return null;
    },
    'forward(input)': (rt, self, input) =>
      transform(rt, 'rearrange', input ?? null, self.pattern, null, self.sizes),
    'extra_repr()': (_rt, self) => `'${self.pattern}'`,
  },
});

const reduceClass = defineClass({
  name: 'Reduce',
  module: 'einops.layers.torch',
  bases: [moduleClass],
  payload: EinopsModule,
  allocate: (cls) => new EinopsModule(cls),
  methods: {
    '__init__(pattern, reduction, **axes_lengths)': (rt, self, pattern, reduction, sizes) => {
      self.initialise(rt);
      self.pattern = asString(pattern ?? null);
      self.reduction = reduction ?? null;
      self.sizes = keywords(sizes ?? null);
      return null;
    },
    'forward(input)': (rt, self, input) =>
      transform(rt, 'reduce', input ?? null, self.pattern, self.reduction, self.sizes),
    'extra_repr()': (_rt, self) => `'${self.pattern}'`,
  },
});

/** What of einops is but other words for what it and PyTorch have, as Python. */
const PACKING = `
import math
import torch


def pack(tensors, pattern):
    names = pattern.split()
    before = names.index("*")
    after = len(names) - before - 1
    shapes, parts = [], []
    for tensor in tensors:
        end = tensor.ndim - after
        shapes.append(tensor.shape[before:end])
        parts.append(tensor.reshape(*tensor.shape[:before], -1, *tensor.shape[end:]))
    return torch.cat(parts, dim=before), shapes


def unpack(tensor, packed_shapes, pattern):
    axis = pattern.split().index("*")
    sizes = [-1 if -1 in tuple(shape) else math.prod(shape) for shape in packed_shapes]
    if -1 in sizes:
        sizes[sizes.index(-1)] = tensor.shape[axis] - sum(size for size in sizes if size >= 0)
    parts = torch.split(tensor, sizes, dim=axis)
    return [
        part.reshape(*tensor.shape[:axis], *shape, *tensor.shape[axis + 1:])
        for part, shape in zip(parts, packed_shapes)
    ]


def parse_shape(x, pattern):
    names = pattern.split()
    if "..." in names:
        at = names.index("...")
        names = names[:at] + ["_"] * (x.ndim - len(names) + 1) + names[at + 1:]
    return {name: size for name, size in zip(names, x.shape) if name != "_"}


def einsum(*tensors_and_pattern):
    *tensors, pattern = tensors_and_pattern
    letters = {}

    def letter(name):
        if name == "...":
            return name
        return letters.setdefault(name, chr(ord("a") + len(letters)) if len(letters) < 26 else chr(ord("A") + len(letters) - 26))

    def side(text):
        return ",".join("".join(letter(name) for name in term.split()) for term in text.split(","))

    left, right = pattern.split("->")
    return torch.einsum(side(left) + "->" + side(right), *tensors)


def asnumpy(tensor):
    return tensor.detach().cpu().numpy()
`;

/** A linear layer by pattern. */
const MIXING = `
import torch
from torch import nn


class EinMix(nn.Module):
    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        self.pattern, self.weight_shape, self.bias_shape = pattern, weight_shape, bias_shape
        self.axes_lengths = axes_lengths
        self.weight = nn.Parameter(torch.zeros([axes_lengths[name] for name in weight_shape.split()]))
        bias = None if bias_shape is None else nn.Parameter(torch.zeros([axes_lengths[name] for name in bias_shape.split()]))
        self.bias = bias

    def forward(self, input):
        from einops import einsum, rearrange
        left, right = (side.strip() for side in self.pattern.split("->"))
        apart, together = (side.replace("(", " ").replace(")", " ").split() for side in (left, right))
        used = {name: size for name, size in self.axes_lengths.items() if name in apart}
        x = rearrange(input, f"{left} -> {' '.join(apart)}", **used)
        x = einsum(x, self.weight, f"{' '.join(apart)}, {self.weight_shape} -> {' '.join(together)}")
        if self.bias is not None:
            names = self.bias_shape.split()
            sizes = [self.axes_lengths[name] if name in names else 1 for name in together]
            x = x + self.bias.reshape(sizes)
        return rearrange(x, f"{' '.join(together)} -> {right}")
`;

/** `einops`: reshaping by pattern, which much code for vision transformers is written with. */
export const einops: readonly NativeModule[] = [
  defineModule({
    name: 'einops',
    source: PACKING,
    functions: {
      'rearrange(tensor, pattern, **axes_lengths)': (rt, tensor, pattern, sizes) =>
        transform(rt, 'rearrange', tensor ?? null, asString(pattern ?? null), null, keywords(sizes ?? null)),
      'repeat(tensor, pattern, **axes_lengths)': (rt, tensor, pattern, sizes) =>
        transform(rt, 'repeat', tensor ?? null, asString(pattern ?? null), null, keywords(sizes ?? null)),
      'reduce(tensor, pattern, reduction, **axes_lengths)': (rt, tensor, pattern, reduction, sizes) =>
        transform(
          rt,
          'reduce',
          tensor ?? null,
          asString(pattern ?? null),
          reduction ?? null,
          keywords(sizes ?? null),
        ),
    },
    missing: 'unknown',
  }),
  defineModule({ name: 'einops.layers', missing: 'unknown' }),
  defineModule({
    name: 'einops.layers.torch',
    source: MIXING,
    classes: [rearrangeClass, reduceClass],
    missing: 'unknown',
  }),
];
