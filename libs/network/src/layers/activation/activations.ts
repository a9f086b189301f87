import { raise, raiseAlike } from '../../values/errors.js';
import { keptBool, keptFloat, keptString, nullable } from '../../values/kinds.js';
import { optional, required } from '../../values/signature.js';
import { pointwise } from './pointwise.js';

const inplace = optional(keptBool, false);
const everywhere = ['torch', 'Tensor', 'functional'] as const;
const functional = ['functional'] as const;

const ReLU = pointwise({
  type: 'ReLU',
  name: 'relu',
  homes: everywhere,
  signature: { inplace },
  onIntegers: 'keeps',
  refusesBool: 'Boolean inputs not supported for relu',
  shown: [],
});

const ReLU6 = pointwise({
  type: 'ReLU6',
  name: 'relu6',
  homes: functional,
  signature: { inplace },
  onIntegers: 'keeps',
  refusesBool: 'Bool inputs not supported for hardtanh',
  shown: [],
});

const Sigmoid = pointwise({
  type: 'Sigmoid',
  name: 'sigmoid',
  homes: everywhere,
  aliases: ['expit'],
  signature: {},
  onIntegers: 'promotes',
  shown: [],
});

const Tanh = pointwise({
  type: 'Tanh',
  name: 'tanh',
  homes: everywhere,
  signature: {},
  onIntegers: 'promotes',
  shown: [],
});

const GELU = pointwise({
  type: 'GELU',
  name: 'gelu',
  homes: functional,
  inPlace: false,
  signature: { approximate: optional(keptString, 'none') },
  onIntegers: { refusedBy: 'GeluKernelImpl' },
  check({ approximate }, { shape, dtype }) {
    if (approximate !== 'none' && approximate !== 'tanh')
      raise('RuntimeError', 'approximate argument must be either none or tanh.', { shape, dtype });
  },
  shown: ['approximate'],
});

const SiLU = pointwise({
  type: 'SiLU',
  name: 'silu',
  homes: functional,
  signature: { inplace },
  onIntegers: { refusedBy: 'silu_cpu' },
  shown: [],
});

const Mish = pointwise({
  type: 'Mish',
  name: 'mish',
  homes: functional,
  signature: { inplace },
  onIntegers: { refusedBy: 'mish_cpu' },
  shown: [],
});

const LeakyReLU = pointwise({
  type: 'LeakyReLU',
  name: 'leaky_relu',
  homes: functional,
  signature: { negative_slope: optional(keptFloat, 0.01), inplace },
  onIntegers: { refusedBy: 'leaky_relu_cpu' },
  shown: ['negative_slope'],
});

const ELU = pointwise({
  type: 'ELU',
  name: 'elu',
  homes: functional,
  signature: { alpha: optional(keptFloat, 1.0), inplace },
  onIntegers: { refusedBy: 'elu_cpu' },
  shown: ['alpha'],
});

const CELU = pointwise({
  type: 'CELU',
  name: 'celu',
  homes: ['torch', 'functional'],
  signature: { alpha: optional(keptFloat, 1.0), inplace },
  onIntegers: { refusedBy: 'elu_cpu' },
  check({ alpha }, { shape, dtype }) {
    if (alpha === 0) raise('RuntimeError', 'ZeroDivisionError: alpha cannot be 0 for CELU', { shape, dtype });
  },
  shown: ['alpha'],
});

const SELU = pointwise({
  type: 'SELU',
  name: 'selu',
  homes: ['torch', 'functional'],
  signature: { inplace },
  onIntegers: { refusedBy: 'elu_cpu' },
  shown: [],
});

const Hardtanh = pointwise({
  type: 'Hardtanh',
  name: 'hardtanh',
  homes: functional,
  signature: {
    min_val: optional(keptFloat, -1.0),
    max_val: optional(keptFloat, 1.0),
    inplace,
    min_value: optional(nullable(keptFloat), null),
    max_value: optional(nullable(keptFloat), null),
  },
  onIntegers: 'keeps',
  refusesBool: 'Bool inputs not supported for hardtanh',
  validate({ min_val, max_val, min_value, max_value }) {
    const [most, least] = [max_value ?? max_val, min_value ?? min_val];
    if (Number.isNaN(most) || Number.isNaN(least))
      raise('RuntimeError', 'Boolean value of Tensor with more than one value is ambiguous');
    if (most <= least) raise('AssertionError', '');
  },
  shown: ['min_val', 'max_val'],
});

const Hardswish = pointwise({
  type: 'Hardswish',
  name: 'hardswish',
  homes: functional,
  signature: { inplace },
  onIntegers: { refusedBy: 'hardswish_cpu' },
  shown: [],
  hidesInplace: true,
});

const Hardsigmoid = pointwise({
  type: 'Hardsigmoid',
  name: 'hardsigmoid',
  homes: functional,
  signature: { inplace },
  onIntegers: { refusedBy: 'hardsigmoid_cpu' },
  shown: [],
  hidesInplace: true,
});

const Hardshrink = pointwise({
  type: 'Hardshrink',
  name: 'hardshrink',
  homes: everywhere,
  inPlace: false,
  signature: { lambd: optional(keptFloat, 0.5) },
  onIntegers: { refusedBy: 'hardshrink_cpu' },
  shown: ['lambd'],
  unnamed: true,
});

const Softshrink = pointwise({
  type: 'Softshrink',
  name: 'softshrink',
  homes: functional,
  inPlace: false,
  signature: { lambd: optional(keptFloat, 0.5) },
  onIntegers: { refusedBy: 'softshrink_cpu' },
  check({ lambd }, { shape, dtype }) {
    if (lambd < 0)
      raise('RuntimeError', `lambda must be greater or equal to 0, but found to be ${lambd}.`, {
        shape,
        dtype,
      });
  },
  shown: ['lambd'],
  unnamed: true,
});

const Softplus = pointwise({
  type: 'Softplus',
  name: 'softplus',
  homes: functional,
  inPlace: false,
  signature: { beta: optional(keptFloat, 1.0), threshold: optional(keptFloat, 20.0) },
  onIntegers: { refusedBy: 'softplus_cpu' },
  shown: ['beta', 'threshold'],
});

const Softsign = pointwise({
  type: 'Softsign',
  name: 'softsign',
  homes: functional,
  inPlace: false,
  signature: {},
  onIntegers: 'promotes',
  refusesBool: '"abs_cpu" not implemented for \'Bool\'',
  shown: [],
});

const Tanhshrink = pointwise({
  type: 'Tanhshrink',
  name: 'tanhshrink',
  homes: functional,
  inPlace: false,
  signature: {},
  onIntegers: 'promotes',
  refusesBool:
    'Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.',
  shown: [],
});

const LogSigmoid = pointwise({
  type: 'LogSigmoid',
  name: 'logsigmoid',
  homes: functional,
  inPlace: false,
  signature: {},
  onIntegers: { refusedBy: 'log_sigmoid_cpu' },
  shown: [],
});

const Threshold = pointwise({
  type: 'Threshold',
  name: 'threshold',
  homes: ['torch', 'functional'],
  signature: { threshold: required(keptFloat), value: required(keptFloat), inplace },
  onIntegers: 'keeps',
  shown: ['threshold', 'value'],
});

const rreluArguments = { lower: optional(keptFloat, 1 / 8), upper: optional(keptFloat, 1 / 3) };

const RReLU = pointwise({
  type: 'RReLU',
  name: 'rrelu',
  homes: ['torch', 'functional'],
  signature: { ...rreluArguments, inplace },
  onIntegers: { refusedBy: 'rrelu_with_noise_out_cpu' },
  check({ lower, upper }, { shape, dtype }) {
    if (lower > upper)
      raiseAlike('RuntimeError', 'Lower bound should be less than or equal to the upper bound', {
        shape,
        dtype,
      });
  },
  shown: ['lower', 'upper'],
  random: true,
});

const ENTRIES = [
  ReLU,
  ReLU6,
  Sigmoid,
  Tanh,
  GELU,
  SiLU,
  Mish,
  LeakyReLU,
  ELU,
  CELU,
  SELU,
  Hardtanh,
  Hardswish,
  Hardsigmoid,
  Hardshrink,
  Softshrink,
  Softplus,
  Softsign,
  Tanhshrink,
  LogSigmoid,
  Threshold,
  RReLU,
];

export const POINTWISE_ACTIVATIONS = {
  ReLU: ReLU.layer,
  ReLU6: ReLU6.layer,
  Sigmoid: Sigmoid.layer,
  Tanh: Tanh.layer,
  GELU: GELU.layer,
  SiLU: SiLU.layer,
  Mish: Mish.layer,
  LeakyReLU: LeakyReLU.layer,
  ELU: ELU.layer,
  CELU: CELU.layer,
  SELU: SELU.layer,
  Hardtanh: Hardtanh.layer,
  Hardswish: Hardswish.layer,
  Hardsigmoid: Hardsigmoid.layer,
  Hardshrink: Hardshrink.layer,
  Softshrink: Softshrink.layer,
  Softplus: Softplus.layer,
  Softsign: Softsign.layer,
  Tanhshrink: Tanhshrink.layer,
  LogSigmoid: LogSigmoid.layer,
  Threshold: Threshold.layer,
  RReLU: RReLU.layer,
};

export const POINTWISE_ACTIVATION_OPERATIONS = ENTRIES.map((entry) => entry.operation);
