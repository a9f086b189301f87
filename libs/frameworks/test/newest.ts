import { inNewestWords } from '../../network/test/newest-words.js';

/**
 * What PyTorch 1.13, which the cases are from, says otherwise than the newest, which the reader speaks as: the old words,
 * and the new ones for them. A pair with no new words is of calls that are no error any more, or are one only now.
 */
const SINCE: readonly (readonly [RegExp, RegExp])[] = [
  // Recurrent layers check their arguments and the rank of their input before anything else.
  [
    /^RuntimeError: input must have 3 dimensions, got \d$/,
    /^ValueError: (RNN|LSTM|GRU): Expected input to be 2D or 3D, got \dD instead$/,
  ],
  [
    /^RuntimeError: For (un)?batched .-D input, hx should also be/,
    /^ValueError: (RNN|LSTM|GRU): Expected input to be 2D or 3D, got \dD instead$/,
  ],
  [
    /^AssertionError: (\w+Cell): Expected input to be 1-D or 2-D but/,
    /^ValueError: \w+Cell: Expected input to be 1D or 2D, got \dD instead$/,
  ],
  [/^IndexError: list index out of range$/, /^ValueError: num_layers must be greater than zero$/],
  [
    /^ValueError: Unknown nonlinearity '\w+'$/,
    /^ValueError: Unknown nonlinearity '\w+'\. Select from 'tanh' or 'relu'\.$/,
  ],
  [
    /^ValueError: proj_size has to be smaller than hidden_size$/,
    /^ValueError: hidden_size must be greater than zero$/,
  ],
  [
    /^TypeError: (empty\(\)|'>=' not supported|can't multiply sequence)/,
    /^TypeError: (input|hidden)_size should be of type int, got: \w+$/,
  ],
  [
    /^ValueError: could not convert string to float: 'a'$/,
    /^ValueError: dropout should be a number in range \[0, 1\]/,
  ],
  // So do attention and bilinear layers.
  [
    /^ZeroDivisionError: /,
    /^ValueError: (embed_dim and num_heads must be greater than 0|in1_features must be > 0)/,
  ],
  [
    /^AssertionError: Softmax2d requires a 3D or 4D tensor as input$/,
    /^ValueError: Softmax2d: expected input to be 3D or 4D, got \dD instead$/,
  ],
  [
    /^ValueError: num_channels must be divisible by num_groups$/,
    /^ValueError: num_channels \(\d+\) must be divisible by num_groups \(\d+\)$/,
  ],
  // The types are named, in the order of the call.
  [
    /^RuntimeError: mat1 and mat2 must have the same dtype$/,
    /^RuntimeError: mat1 and mat2 must have the same dtype, but got \w+ and \w+$/,
  ],
  [
    /^RuntimeError: expected scalar type \w+ but found \w+$/,
    /^RuntimeError: expected m1 and m2 to have the same dtype, but got: [\w:<> ]+ != [\w:<> ]+$/,
  ],
  [
    /^RuntimeError: "addmm_impl_cpu_" not implemented for '(Half|Bool)'$/,
    /^RuntimeError: expected m1 and m2 to have the same dtype, but got: [\w:<> ]+ != [\w:<> ]+$/,
  ],
  [
    /^RuntimeError: Expected one of cpu, cuda, .* device type at start of device string: /,
    /^RuntimeError: Expected one of cpu, cuda, .* device type at start of device string: /,
  ],
  [
    /^NotImplementedError: Input Error: Only 3D, 4D and 5D input Tensors supported/,
    /^NotImplementedError: Input Error: Only 3D, 4D and 5D input Tensors supported .*\| lanczos \|/,
  ],
  [/^TypeError: Module\.__init__\(\) (takes 1|got an)/, /^TypeError: \w+\.__init__\(\) (takes 1|got an)/],
  [/^RuntimeError: both arguments to matmul need/, /^RuntimeError: both arguments to linear need/],
  [
    /^RuntimeError: All inputs should have same dimension but got/,
    /^RuntimeError: The anchor, positive, and negative tensors are expected/,
  ],
  [/^ValueError: \w+ is not valid$/, /^ValueError: \w+ is not a valid value for reduction$/],
  // Reductions are told their dimensions in one more way, and norms are linear algebra's.
  [/^TypeError: (all|any)\(\) received an invalid/, /^RuntimeError: dim \d+ appears multiple times/],
  [/^TypeError: (std|var)\(\) received an invalid/, /^RuntimeError: std and var only support/],
  [
    /^RuntimeError: norm\(\): input dtype should be/,
    /^RuntimeError: linalg\.vector_norm: Expected a floating/,
  ],
  [/^RuntimeError: repeats can not be negative$/, /^RuntimeError: Repeats must be non-negative$/],
  [
    /^RuntimeError: repeats must have the same size as input along dim$/,
    /^RuntimeError: repeats must have the same size as input along dim, but got/,
  ],
  [
    /^ValueError: only one element tensors can be converted/,
    /^RuntimeError: a Tensor with \d+ elements cannot be converted to Scalar$/,
  ],
  [
    /^RuntimeError: (The size of tensor a|output with shape)/,
    /^RuntimeError: source tensor shape must match self tensor shape, excluding/,
  ],
  // Circular padding takes inputs without a batch.
  [/^RuntimeError: Invalid padding size, expected/, /^RuntimeError: Padding value causes wrapping/],
  [
    /^RuntimeError: (Mismatch of parameter numbers|Not allow zero-dim input)/,
    /^RuntimeError: prelu: Expected `weight` to be a scalar or 1D tensor/,
  ],
  [
    /^RuntimeError: weight tensor should be defined either for all or no classes$/,
    /^RuntimeError: weight tensor should be defined either for all \d+ classes or no classes but got/,
  ],
  [/^RuntimeError: (upper bound) and larger bound/, /^RuntimeError: upper bound and lower bound/],
  [/^IndexError: Dimension out of range/, /^IndexError: start out of range \(expected/],
  [/^TypeError: linspace\(\) missing/, /^TypeError: linspace\(\) received an invalid combination/],
  [
    /^RuntimeError: Padding length too large$/,
    /^RuntimeError: Padding length should be less than or equal to two times/,
  ],
];

/** What 1.13 refused and the newest takes. */
const TAKEN: readonly RegExp[] = [
  /^AttributeError: module 'torch.nn' has no attribute 'RMSNorm'$/,
  /^TypeError: (all|any)\(\) received an invalid combination/,
  /^RuntimeError: (all|any): You passed a dimname/,
  // Half precision has all kernels now.
  /^RuntimeError: "\w+" not implemented for 'Half'$/,
  // Nothing may be left of a dimension, less than nothing not.
  /^RuntimeError: The input size \d+, plus negative padding -?\d+ and -?\d+ resulted in a negative output size/,
];

/** The text of an error of 1.13 as the newest has it; undefined where there is none any more. */
export function errorNow(kind: string, words: string, found: string | undefined): string | undefined {
  const said = `${kind}: ${words}`;
  if (found !== undefined && SINCE.some(([old, now]) => old.test(said) && now.test(found))) return found;
  if (found === undefined && TAKEN.some((old) => old.test(said))) return undefined;
  return inNewestWords([kind, words]);
}

/** What 1.13 took and the newest refuses: programs, and with what words. */
const REFUSED: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\.masked_fill_?\(z\(/,
    /^RuntimeError: masked_fill_ only supports boolean masks, but got mask with dtype float$/,
  ],
];

/** Whether an error is the newest's alone. */
export function isRefusedNow(code: string, found: string): boolean {
  return REFUSED.some(([program, words]) => program.test(code) && words.test(found));
}

const REPRESENTED: readonly (readonly [RegExp, string])[] = [
  [/((?:EmbeddingBag|Upsample|UpsamplingNearest2d|UpsamplingBilinear2d)\(.*?mode=)([\w-]+)/g, "$1'$2'"],
];

/** Softplus's defaults are floats now; what a program gave stays as it was. */
function softplus(code: string, text: string): string {
  const given =
    /Softplus\((.*?)\)/
      .exec(code)?.[1]
      ?.split(',')
      .filter((part) => part.trim() !== '') ?? [];
  const isGiven = (name: string, at: number): boolean =>
    given.some((part, index) => part.includes(`${name}=`) || (index === at && !part.includes('=')));
  return ['beta', 'threshold'].reduce(
    (shown, name, at) =>
      isGiven(name, at) ? shown : shown.replace(new RegExp(`(Softplus\\(.*${name}=\\d+)(?=[,)])`), '$1.0'),
    text,
  );
}

/** Values of 1.13 as the newest writes them. */
export function valueNow(text: string, code: string): string {
  return softplus(
    code,
    REPRESENTED.reduce((result, [old, now]) => result.replace(old, now), text),
  );
}
