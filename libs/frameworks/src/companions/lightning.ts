import { defineClass, defineModule } from '@tensormark/python';
import type { MethodDefinition, NativeModule } from '@tensormark/python';
import { moduleClass } from '../torch/nn/module.js';
import { ModuleObject } from '../torch/nn/module-object.js';

const nothing: MethodDefinition<ModuleObject> = () => null;
const oneOfTrainer: MethodDefinition<ModuleObject> = (rt) => rt.unknown('what a trainer keeps');

/** A module with a training loop around it, none of which is read. */
const lightningModule = defineClass({
  name: 'LightningModule',
  module: 'lightning.pytorch',
  bases: [moduleClass],
  payload: ModuleObject,
  unknowns: 'accept',
  methods: {
    'log(*args, **kwargs)': nothing,
    'log_dict(*args, **kwargs)': nothing,
    'save_hyperparameters(*args, **kwargs)': nothing,
    'print(*args, **kwargs)': nothing,
    'freeze()': (_rt, self) => {
      self.training = false;
      return null;
    },
    'unfreeze()': (_rt, self) => {
      self.training = true;
      return null;
    },
    'manual_backward(loss, *args, **kwargs)': nothing,
    'optimizers(*args, **kwargs)': oneOfTrainer,
    'lr_schedulers()': oneOfTrainer,
    'all_gather(*args, **kwargs)': oneOfTrainer,
    'toggle_optimizer(*args, **kwargs)': nothing,
    'untoggle_optimizer(*args, **kwargs)': nothing,
    'clip_gradients(*args, **kwargs)': nothing,
  },
  properties: {
    hparams: (rt) => rt.unknown('hyperparameters that were saved'),
    device: (rt) => rt.unknown('the device of a trainer'),
    trainer: (rt) => rt.unknown('a trainer'),
    logger: (rt) => rt.unknown('the logger of a trainer'),
    loggers: (rt) => rt.unknown('the loggers of a trainer'),
    global_rank: (rt) => rt.unknown('the rank of a process'),
    local_rank: (rt) => rt.unknown('the rank of a process'),
    current_epoch: () => 0n,
    global_step: () => 0n,
  },
});

export const lightning: readonly NativeModule[] = [
  'pytorch_lightning',
  'lightning',
  'lightning.pytorch',
  'pytorch_lightning.core',
  'pytorch_lightning.core.lightning',
  'pytorch_lightning.core.module',
  'lightning.pytorch.core',
  'lightning.pytorch.core.module',
].map((name) => defineModule({ name, classes: [lightningModule], missing: 'unknown' }));
