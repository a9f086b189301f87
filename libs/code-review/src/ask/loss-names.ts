import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { statementsOf, targetsOf } from './tree.js';

const FUNCTIONS =
  /(^|\.)(F|functional)\.(cross_entropy|nll_loss|mse_loss|l1_loss|smooth_l1_loss|binary_cross_entropy(_with_logits)?)$/;
const CLASSES = /^(torch\.)?nn\.(CrossEntropy|NLL|MSE|L1|SmoothL1|BCE|BCEWithLogits)Loss\(/;

/** Whether a call is of a loss of PyTorch itself by its writing alone, where nothing of its arguments need be followed. */
export function isTorchLoss(program: Program, { callee }: tree.Call): boolean {
  const { text } = callee.span;
  if (FUNCTIONS.test(text)) return true;
  const makings = statementsOf(program).filter((one) => targetsOf(one).includes(text));
  return (
    makings.length > 0 && makings.every((one) => one.kind === 'Assign' && CLASSES.test(one.value.span.text))
  );
}
