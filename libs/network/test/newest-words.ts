/**
 * Words that changed between PyTorch 1.13, which the fixtures are from, and the newest: what the old one says, and what
 * the new one says instead. What torch-behaviour.json (2.13) has is from there, the rest from PyTorch's own source.
 */
const CHANGED: readonly (readonly [RegExp, string])[] = [
  // 2.13 names the numbers.
  [
    /^ValueError: num_channels must be divisible by num_groups$/,
    'ValueError: num_channels (8) must be divisible by num_groups (3)',
  ],
  [
    /^AssertionError: Softmax2d requires a 3D or 4D tensor as input$/,
    'ValueError: Softmax2d: expected input to be 3D or 4D, got 2D instead',
  ],
  [
    /^RuntimeError: size mismatch, got (\d+), (\d+x\d+),(\d+)$/,
    'RuntimeError: size mismatch, got input ($1), mat ($2), vec ($3)',
  ],
  [/tuple of SymInts/, 'tuple of ints'],
  // 2.13 has one more mode.
  [/(trilinear) \| (area \| nearest-exact)/, '$1 | lanczos | $2'],
  [/^(RuntimeError: mat1 and mat2 must have the same dtype)$/, '$1, but got Long and Float'],
];

/** What 1.13 refused and the newest takes: circular padding without a batch, a momentum of None. */
const TAKEN_SINCE = [
  /^RuntimeError: Invalid padding size, expected \d+ but got \d+$/,
  /^TypeError: instance_norm\(\): argument 'momentum' \(position 7\) must be float, not NoneType$/,
];

/** A recorded error as `Type: message` in the newest words; undefined where there is none any more. */
export function inNewestWords([type, message]: readonly [string, string]): string | undefined {
  const said = `${type}: ${message}`;
  if (TAKEN_SINCE.some((old) => old.test(said))) return undefined;
  for (const [old, now] of CHANGED) if (old.test(said)) return said.replace(old, now);
  return said;
}

/** Representations that changed. */
const REPRESENTED: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  // A list and a tuple are one here.
  Unflatten: [[/\[(.*)\]/, '($1)']],
  Softplus: [[/beta=1, threshold=20$/, 'beta=1.0, threshold=20.0']],
  Upsample: [[/mode=([\w-]+)$/, "mode='$1'"]],
  UpsamplingNearest2d: [[/mode=([\w-]+)$/, "mode='$1'"]],
  UpsamplingBilinear2d: [[/mode=([\w-]+)$/, "mode='$1'"]],
  EmbeddingBag: [[/mode=(\w+)/, "mode='$1'"]],
};

export function newestRepr(layer: string, repr: string): string {
  return (REPRESENTED[layer] ?? []).reduce((text, [old, now]) => text.replace(old, now), repr);
}
