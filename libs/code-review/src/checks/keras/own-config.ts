import type { Program } from '@tensormark/frameworks';
import { eachNode } from '@tensormark/frameworks';
import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { kerasCalls } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';
import { classesOf, methodOf } from '../../ask/tree.js';
import type { Span } from '@tensormark/python';

const KEPT = /(^|\.)(Layer|Constraint|Regularizer|Initializer)$/;
const LAYER = /(^|\.)Layer$/;

const LAYERS = `
from keras import backend as K
from keras.constraints import Constraint
from keras.layers import Layer
from keras.models import load_model
`;

export const ownConfig: Check = {
  id: 'own-config',
  title: 'A class of the program’s own that cannot be made again from its settings',
  severity: 'error',
  why: 'A network in a file holds what get_config gives of each object, and loading calls __init__ with just that: what is missing, or what __init__ does not take, raises an error.',
  instead:
    'Let get_config give what __init__ takes: {**super().get_config(), "width": self.width}, and let __init__ take **kwargs for what the base has.',
  needs:
    'load_model with custom_objects that name a class of the program, derived straight from Layer or the like.',
  wrong: [
    `${LAYERS}
class Scale(Layer):  # <--
    def __init__(self, width, **kwargs):
        self.width = width
        super().__init__(**kwargs)
    def call(self, x):
        return x * self.width
model = load_model('model.h5', custom_objects={'Scale': Scale})
`,
    `${LAYERS}
class Clipped(Constraint):
    def __init__(self, most=2):
        self.most = most
    def __call__(self, weights):
        return K.clip(weights, -self.most, self.most)
    def get_config(self):
        return {'name': self.__class__.__name__, 'most': self.most}  # <--
model = load_model('model.h5', custom_objects={'Clipped': Clipped})
`,
    `${LAYERS}
class Scale(Layer):
    def __init__(self, width):  # <--
        super().__init__()
        self.width = width
    def call(self, x):
        return x * self.width
    def get_config(self):
        config = super().get_config()
        config['width'] = self.width
        return config
model = load_model('model.h5', custom_objects={'Scale': Scale})
`,
  ],
  right: [
    `${LAYERS}
class Scale(Layer):
    def __init__(self, width, **kwargs):
        super().__init__(**kwargs)
        self.width = width
    def call(self, x):
        return x * self.width
    def get_config(self):
        return {**super().get_config(), 'width': self.width}
class Doubled(Layer):
    def __init__(self, by=2, **kwargs):
        super().__init__(**kwargs)
        self.by = by
    def call(self, x):
        return x * self.by
class Clipped(Constraint):
    def __init__(self, most=2):
        self.most = most
    def __call__(self, weights):
        return K.clip(weights, -self.most, self.most)
    def get_config(self):
        return {'most': self.most}
model = load_model('model.h5', custom_objects={'Scale': Scale, 'Doubled': Doubled, 'Clipped': Clipped})
`,
    `${LAYERS}
class Scale(Layer):
    def __init__(self, width):
        super().__init__()
        self.width = width
    def call(self, x):
        return x * self.width
made = Scale(3)
model = load_model('model.h5', custom_objects={'Scale': lambda **settings: made})
`,
  ],
  *run(program) {
    if (!program.source.includes('custom_objects')) return;
    for (const { name, args, moment } of kerasCalls(program)) {
      const path = args.positional[0] ?? args.named.get('filepath');
      if (name !== 'load_model' || moment.span === undefined) continue;
      // A folder holds the functions themselves, and needs no settings.
      if (typeof path === 'string' && !/\.(h5|hdf5|keras)$/.test(path)) continue;
      for (const one of namedIn(program, moment.span)) {
        const at = faultOf(one);
        if (at !== undefined)
          yield {
            at: at.span,
            message: at.message,
            severity: at.severity,
            evidence: [places(['loaded here', moment.span])],
          };
      }
    }
  },
};

/** The classes of the program that a call names in its custom_objects, under their own names. */
function namedIn(program: Program, { text }: Span): readonly tree.ClassDefinition[] {
  return classesOf(program).filter(
    (one) =>
      one.bases.length === 1 &&
      one.bases.every(({ span }) => KEPT.test(span.text)) &&
      !classesOf(program).some(({ name }) => name === one.bases[0]?.span.text) &&
      new RegExp(`:\\s*${one.name}\\s*[,}]|\\b${one.name}\\s*=\\s*${one.name}\\b`).test(text),
  );
}

interface Fault {
  readonly span: Span;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

function faultOf(one: tree.ClassDefinition): Fault | undefined {
  const init = methodOf(one, '__init__');
  if (init === undefined) return undefined;
  const parameters = init.parameters.slice(1);
  const config = methodOf(one, 'get_config');
  if (config === undefined) {
    const [missing] = parameters.filter(
      ({ kind, fallback }) => kind !== 'rest' && kind !== 'keywords' && fallback === undefined,
    );
    return missing === undefined || methodOf(one, 'from_config') !== undefined
      ? undefined
      : {
          span: one.nameSpan,
          // The third version keeps plain arguments by itself.
          severity: 'warning',
          message: `Nothing keeps ${missing.name}, which this ${one.name} must be given: it has no get_config.`,
        };
  }
  if (parameters.some(({ kind }) => kind === 'keywords') || methodOf(one, 'from_config') !== undefined)
    return undefined;
  const isOfLayer = one.bases.some(({ span }) => LAYER.test(span.text));
  const taken = new Set(parameters.map(({ name }) => name));
  if (isOfLayer)
    return config.span.text.includes('super') && !taken.has('name')
      ? {
          span: init.nameSpan,
          severity: 'error',
          message:
            'get_config gives what each layer has, its name among them, which this __init__ does not take.',
        }
      : undefined;
  let fault: Fault | undefined;
  eachNode(config.body, (node) => {
    if (node.kind !== 'Dict') return;
    for (const { key } of node.entries)
      if (key?.kind === 'Constant' && typeof key.value === 'string' && !taken.has(key.value))
        fault ??= {
          span: node.span,
          severity: 'error',
          message: `get_config gives ${key.value}, which __init__ does not take.`,
        };
  });
  return fault;
}
