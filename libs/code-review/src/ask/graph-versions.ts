import type { Program } from '@tensormark/frameworks';

/** What TensorFlow has had since its version 1.0. */
export const SINCE_ONE =
  /\btf\.(layers|data|losses|keras|estimator)\.|\btf\.contrib\.(rnn|data|seq2seq)\b|\btensorflow\.contrib import rnn\b|tf\.nn\.(static|dynamic)_rnn|__version__\s*[=>]=\s*["'][12]\./;

/** What only graphs are made with, which TensorFlow 2 has no more but under the name of its first version. */
const OF_ONE =
  /\b(placeholder|Session|InteractiveSession|get_variable|global_variables_initializer|initialize_all_variables|disable_v2_behavior|disable_eager_execution)\(|\bcompat\.v1\b|\btf\.(contrib|layers)\.|\btf\.train\.\w+Optimizer\b/;

/** What TensorFlow has had since its version 2, or shortly before it. */
const SINCE_TWO =
  /\bGradientTape\b|\btf\.function\b|\btf\.(keras\.)?optimizers\.|\bkeras\.optimizers\b|\btf\.keras\.Model\b|\.numpy\(\)|\bapply_gradients\(\s*zip\b|__version__\s*[=>]=\s*["']2\./;

/** Whether a program may be one of TensorFlow 2: nothing in it is of its first version alone. */
export function maybeOfTwo({ source }: Program): boolean {
  return !OF_ONE.test(source);
}

/** Whether a program is one of TensorFlow 2. */
export function isOfTwo(program: Program): boolean {
  return maybeOfTwo(program) && SINCE_TWO.test(program.source);
}
