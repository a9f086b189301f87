import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { places } from '../../ask/places.js';

export const layersPopped: Check = {
  id: 'layers-popped',
  title: 'A layer taken off the list of layers, and not off the network',
  severity: 'warning',
  why: 'layers is a list of the layers that there are: what pop takes off it stays in the network, which gives what it gave before.',
  instead:
    'Make a network that ends earlier: Model(model.input, model.layers[-2].output); a Sequential has pop() itself.',
  needs: 'layers.pop(), and output, add or a call of the same network afterwards.',
  wrong: [
    `
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import Model
base = VGG16(weights='imagenet')
base.layers.pop()  # <--
model = Model(base.input, Dense(6, activation='softmax')(base.output))
`,
    `
from keras.layers import Dense
from keras.models import load_model
model = load_model('faces.h5')
model.layers.pop()  # <--
model.add(Dense(6, activation='softmax'))
`,
  ],
  right: [
    `
from keras.applications import VGG16
from keras.layers import Dense
from keras.models import Model, Sequential
base = VGG16(weights='imagenet')
model = Model(base.input, Dense(6, activation='softmax')(base.layers[-2].output))
short = VGG16(weights='imagenet')
short.layers.pop()
head = Sequential()
for layer in short.layers:
    head.add(layer)
head.add(Dense(6, activation='softmax'))
`,
  ],
  *run(program) {
    if (!/\.layers\.pop\(/.test(program.source)) return;
    for (const { args, moment } of callsNamed(program, 'pop')) {
      const network = networkOf(args.positional[0]);
      if (network === undefined || moment.span === undefined) continue;
      const again = usedAfter(program, network, moment.at);
      if (again === undefined) continue;
      yield {
        at: moment.span,
        message: 'This changes a list of the layers, and leaves the network as it is.',
        evidence: [places(['the network is used here', again.span])],
      };
    }
  },
};

/** The network whose `layers` something is. */
function networkOf(datum: Datum | undefined): Value | undefined {
  if (!isValue(datum) || datum.made.kind !== 'attribute' || datum.made.name !== 'layers') return undefined;
  return datum.inputs[0];
}

/** Where the network's own output is taken, or a layer is added to it. */
function usedAfter(
  program: Program,
  network: Value,
  at: number,
): { readonly span: Value['span'] } | undefined {
  for (const { args, moment, name } of eventsOf(program, 'call')) {
    if (moment.at < at) continue;
    const given = [...args.positional, ...args.named.values()].flat();
    if (name === 'add' && given[0] === network) return { span: moment.span };
    const output = given.find(
      (one) =>
        isValue(one) &&
        one.made.kind === 'attribute' &&
        one.made.name === 'output' &&
        one.inputs[0] === network,
    );
    if (output !== undefined) return { span: moment.span };
  }
  return undefined;
}
