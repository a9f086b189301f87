import { defineClass, defineModule } from '@tensormark/python';
import type { MethodDefinition, NativeModule } from '@tensormark/python';
import { moduleClass } from '../torch/nn/module.js';
import { ModuleObject } from '../torch/nn/module-object.js';

const nothing: MethodDefinition<ModuleObject> = () => null;

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
    'freeze()': (_rt, self) => {
      self.training = false;
      return null;
    },
  },
  properties: {
    hparams: (rt) => rt.unknown('hyperparameters that were saved'),
    device: (rt) => rt.unknown('the device of a trainer'),
    trainer: (rt) => rt.unknown('a trainer'),
    current_epoch: () => 0n,
    global_step: () => 0n,
  },
});

export const lightning: readonly NativeModule[] = [
  'pytorch_lightning',
  'lightning',
  'lightning.pytorch',
  'pytorch_lightning.core',
].map((name) => defineModule({ name, classes: [lightningModule], missing: 'unknown' }));
