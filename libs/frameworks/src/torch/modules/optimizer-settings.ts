import { PyTuple } from '@tensormark/python';
import type { PyValue } from '@tensormark/python';

type Settings = readonly (readonly [name: string, standard: PyValue])[];

/** Where they are computed, and with what checks. */
const MEANS: Settings = [
  ['foreach', null],
  ['maximize', false],
  ['capturable', false],
  ['differentiable', false],
  ['fused', null],
];
const BETAS: Settings = [
  ['betas', new PyTuple([0.9, 0.999])],
  ['eps', 1e-8],
];

/** What each optimiser of PyTorch takes after its parameters, in that order, with what holds where it is not given. Source: torch 2.13. */
export const OPTIMIZER_SETTINGS: Readonly<Record<string, Settings>> = {
  ASGD: [['lr', 0.01], ['lambd', 1e-4], ['alpha', 0.75], ['t0', 1e6], ['weight_decay', 0n], ...MEANS],
  Adadelta: [['lr', 1], ['rho', 0.9], ['eps', 1e-6], ['weight_decay', 0n], ...MEANS],
  Adafactor: [
    ['lr', 0.01],
    ['beta2_decay', -0.8],
    ['eps', new PyTuple([null, 1e-3])],
    ['d', 1],
    ['weight_decay', 0],
    ...MEANS,
  ],
  Adagrad: [
    ['lr', 0.01],
    ['lr_decay', 0n],
    ['weight_decay', 0n],
    ['initial_accumulator_value', 0n],
    ['eps', 1e-10],
    ...MEANS,
  ],
  Adam: [
    ['lr', 1e-3],
    ...BETAS,
    ['weight_decay', 0n],
    ['amsgrad', false],
    ...MEANS,
    ['decoupled_weight_decay', false],
  ],
  AdamW: [
    ['lr', 1e-3],
    ...BETAS,
    ['weight_decay', 0.01],
    ['amsgrad', false],
    ...MEANS,
    ['decoupled_weight_decay', true],
  ],
  Adamax: [['lr', 2e-3], ...BETAS, ['weight_decay', 0n], ...MEANS],
  LBFGS: [
    ['lr', 1n],
    ['max_iter', 20n],
    ['max_eval', 25n],
    ['tolerance_grad', 1e-7],
    ['tolerance_change', 1e-9],
    ['history_size', 100n],
    ['line_search_fn', null],
  ],
  Muon: [
    ['lr', 1e-3],
    ['weight_decay', 0.1],
    ['momentum', 0.95],
    ['nesterov', true],
    ['ns_coefficients', new PyTuple([3.4445, -4.775, 2.0315])],
    ['eps', 1e-7],
    ['ns_steps', 5n],
    ['adjust_lr_fn', null],
  ],
  NAdam: [
    ['lr', 2e-3],
    ...BETAS,
    ['weight_decay', 0n],
    ['momentum_decay', 4e-3],
    ['decoupled_weight_decay', false],
    ...MEANS,
  ],
  RAdam: [['lr', 1e-3], ...BETAS, ['weight_decay', 0n], ['decoupled_weight_decay', false], ...MEANS],
  RMSprop: [
    ['lr', 0.01],
    ['alpha', 0.99],
    ['eps', 1e-8],
    ['weight_decay', 0n],
    ['momentum', 0n],
    ['centered', false],
    ...MEANS,
  ],
  Rprop: [
    ['lr', 0.01],
    ['etas', new PyTuple([0.5, 1.2])],
    ['step_sizes', new PyTuple([1e-6, 50n])],
    ...MEANS,
  ],
  SGD: [
    ['lr', 1e-3],
    ['momentum', 0n],
    ['dampening', 0n],
    ['weight_decay', 0n],
    ['nesterov', false],
    ...MEANS,
  ],
  SparseAdam: [['lr', 1e-3], ...BETAS, ...MEANS],
};
