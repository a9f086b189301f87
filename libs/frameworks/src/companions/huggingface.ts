import { defineClass, defineModule, PyObject } from '@tensormark/python';
import type { NativeModule } from '@tensormark/python';
import { identityDecorator } from '../torch/modules/decorators.js';

/** A base that lets a model be shared; it adds nothing to what the model is. */
const mixin = defineClass({
  name: 'ModelHubMixin',
  module: 'huggingface_hub.hub_mixin',
  payload: PyObject,
  classMethods: {
    '__init_subclass__(**kwargs)': () => null,
    'from_pretrained(*args, **kwargs)': (rt) => rt.unknown('a model that is fetched'),
  },
  methods: {
    'save_pretrained(*args, **kwargs)': () => null,
    'push_to_hub(*args, **kwargs)': () => null,
  },
});

const pytorchMixin = defineClass({
  name: 'PyTorchModelHubMixin',
  module: 'huggingface_hub.hub_mixin',
  bases: [mixin],
  payload: PyObject,
});

/** Where models are shared: what is fetched from there is unknown. */
export const huggingface: readonly NativeModule[] = [
  defineModule({ name: 'huggingface_hub', classes: [mixin, pytorchMixin], missing: 'unknown' }),
  defineModule({
    name: 'huggingface_hub.dataclasses',
    // Checks the fields of a dataclass, and changes none.
    values: { strict: identityDecorator('strict') },
    missing: 'unknown',
  }),
];
