import type { Program } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import { statementsOf, targetsOf } from './tree.js';

const FUNCTIONS =
  /(?:^|\.)(?:F|functional)\.(cross_entropy|nll_loss|mse_loss|l1_loss|smooth_l1_loss|binary_cross_entropy(?:_with_logits)?)$/;
const CLASSES = /^(?:torch\.)?nn\.(CrossEntropy|NLL|MSE|L1|SmoothL1|BCE|BCEWithLogits)Loss\(/;

/** The functions of the losses that are made by classes. */
const FUNCTION_OF: Readonly<Record<string, string>> = {
  CrossEntropy: 'cross_entropy',
  NLL: 'nll_loss',
  MSE: 'mse_loss',
  L1: 'l1_loss',
  SmoothL1: 'smooth_l1_loss',
  BCE: 'binary_cross_entropy',
  BCEWithLogits: 'binary_cross_entropy_with_logits',
};

/** Whether a call is of a loss of PyTorch itself by its writing alone, where nothing of its arguments need be followed. */
export function isTorchLoss(program: Program, call: tree.Call): boolean {
  const names = namesOf(program, call);
  return names.length > 0 && names.every((name) => name !== undefined);
}

/** The function's name of such a loss: `mse_loss` of `criterion(outputs, targets)`, where `criterion` is an `nn.MSELoss()`. */
export function writtenLoss(program: Program, call: tree.Call): string | undefined {
  const [name, ...others] = new Set(namesOf(program, call));
  return others.length === 0 ? name : undefined;
}

function namesOf(program: Program, { callee }: tree.Call): readonly (string | undefined)[] {
  const { text } = callee.span;
  const named = FUNCTIONS.exec(text)?.[1];
  if (named !== undefined) return [named];
  return statementsOf(program)
    .filter((one) => targetsOf(one).includes(text))
    .map((one) => {
      if (one.kind !== 'Assign') return undefined;
      const made = one.value.span.text;
      const kind = CLASSES.exec(made)?.[1];
      return kind === undefined ? FUNCTIONS.exec(made)?.[1] : FUNCTION_OF[kind];
    });
}
