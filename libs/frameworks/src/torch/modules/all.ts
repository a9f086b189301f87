import type { NativeModule } from '@tensormark/python';
// The files that give tensors their methods; the operations of the table come last and leave what is there.
import '../tensor/facts.js';
import '../tensor/numbers.js';
import '../tensor/conversion.js';
import '../tensor/filling.js';
import '../tensor/indexing.js';
import '../functions/operators.js';
import '../functions/renamed.js';
import '../functions/table.js';
import { data } from './data.js';
import { distributions } from './distributions.js';
import { extensionOps } from './extension-ops.js';
import { functional, init, nn, nnModules } from './nn.js';
import { nnUtilities } from './nn-utils.js';
import { optim } from './optim.js';
import { surroundings } from './surroundings.js';
import { quantization } from '../quantization/modules.js';
import { asPackages } from './shared.js';
import { torch } from './torch.js';

/** Every module of PyTorch that means something here. */
export const torchModules: readonly NativeModule[] = asPackages([
  torch,
  nn,
  functional,
  init,
  ...nnModules,
  ...nnUtilities,
  ...optim,
  ...data,
  ...quantization,
  ...surroundings,
  ...distributions,
  ...extensionOps,
]);
