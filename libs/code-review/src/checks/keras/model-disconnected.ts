import {
  application,
  argument,
  entriesOf,
  foreignCall,
  isValue,
  kerasCall,
  pretrained,
} from '@tensormark/frameworks';
import type { CallArguments, Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { kerasCalls } from '../../ask/keras-calls.js';
import { spreadOut } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

export const modelDisconnected: Check = {
  id: 'model-disconnected',
  title: 'An output that does not come from the inputs of its Model',
  severity: 'error',
  why: 'Keras goes back from the outputs and has to end at the inputs that Model is given, each of them; where it ends at another one it raises "Graph disconnected".',
  instead: 'Give Model the very tensors that the outputs are made of, all of them.',
  needs:
    'Model(inputs, outputs) whose inputs are all known, and an output that is made, by layers that are all followed, of an Input, or of a network’s own output, that is none of them.',
  wrong: [
    `
from keras.layers import Input, Dense, concatenate
from keras.models import Model
one, other = Input((10,)), Input((5,))
out = Dense(1, activation='sigmoid')(concatenate([one, other]))
model = Model(one, out)  # <--
`,
    `
from keras.layers import Input, Dense
from keras.models import Model, Sequential
body = Sequential([Dense(64, activation='relu', input_shape=(20,)), Dense(8)])
out = Dense(1, activation='sigmoid')(body.output)
given = Input((20,))
model = Model(inputs=given, outputs=out)  # <--
`,
    `
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Input, Dense, GlobalAveragePooling2D
from tensorflow.keras.models import Model
given = Input((224, 224, 3))
base = VGG16(weights='imagenet', include_top=False, input_shape=(224, 224, 3))
scores = Dense(5, activation='softmax')(GlobalAveragePooling2D()(base.output))
model = Model(given, scores)  # <--
`,
    `
from keras.layers import Input, Dense, merge
from keras.models import Model
a, b = Input((10,)), Input((10,))
a = Dense(10)(a)
model = Model(input=[a, b], output=merge([a, b], mode='sum'))  # <--
`,
    `
from keras.layers import Dense, Input, concatenate
from keras.models import Model
picture, kind = Input((90,)), Input((4,))
kind = Dense(90, activation='relu')(kind)
both = concatenate([picture, kind])
model = Model(inputs=[picture, kind], outputs=Dense(1)(both))  # <--
`,
  ],
  right: [
    `
from keras.layers import Input, Dense, concatenate
from keras.models import Model
def branch(width):
    given = Input((width,))
    return Model(given, Dense(4, activation='relu')(given))
one, other = branch(3), branch(5)
both = concatenate([one.output, other.output])
model = Model(inputs=[one.input, other.input], outputs=Dense(1)(both))
`,
    `
from keras.layers import Input, Dense, concatenate, add
from keras.models import Model, Sequential
one, other = Input((10,)), Input((5,))
joined = concatenate([one, other])
out = Dense(1, activation='sigmoid')(add([Dense(8)(joined), Dense(8)(one)]))
model = Model([one, other], out)
body = Sequential([Dense(64, activation='relu', input_shape=(20,)), Dense(8)])
top = Model(inputs=body.input, outputs=Dense(1, activation='sigmoid')(body.output))
first = Model(inputs=body.inputs, outputs=body.layers[0].output)
whole = Model({'a': one, 'b': other}, Dense(2)(model.output))
`,
    `
from tensorflow.keras.applications import VGG16
from tensorflow.keras.layers import Input, Dense, GlobalAveragePooling2D
from tensorflow.keras.models import Model, Sequential
given = Input((224, 224, 3))
base = VGG16(weights='imagenet', include_top=False, input_tensor=given)
scores = Dense(5, activation='softmax')(GlobalAveragePooling2D()(base.output))
model = Model(given, scores)
other = VGG16(weights='imagenet', include_top=False, input_shape=(224, 224, 3))
again = Model(given, GlobalAveragePooling2D()(other(given)))
entry = Input((8,))
small = Sequential([entry, Dense(4)])
tail = Model(entry, Dense(1)(small.output))
part = Model(model.layers[3].output, scores)
`,
    `
from keras.layers import Dense, Input, concatenate
from keras.models import Model
picture, kind = Input((90,)), Input((4,))
wide = Dense(90, activation='relu')(kind)
both = concatenate([picture, wide])
model = Model(inputs=[picture, kind], outputs=Dense(1)(both))
tail = Model(inputs=[picture, wide], outputs=Dense(1)(both))
`,
  ],
  *run(program) {
    if (!/\bModel\(/.test(program.source)) return;
    const begun = beginnings(program);
    for (const call of kerasCalls(program)) {
      if (call.name !== 'Model' || call.value.span === undefined) continue;
      const inputs = inputsOf(call.args);
      const starts = tensorsIn(inputs);
      const ends = tensorsIn(outputsOf(call.args));
      if (starts === undefined || ends === undefined || starts.length === 0) continue;
      const computed = starts.find(
        call.args.named.has('input') ? isComputed : (start) => isOverwritten(start, starts, begun),
      );
      const loose = computed ?? looseIn(starts, ends);
      if (loose === undefined) continue;
      yield {
        at: call.value.span,
        message:
          computed === undefined
            ? 'The output is made of an input that this Model is not given.'
            : 'This Model is to begin with what a layer gave, and not with its Input.',
        evidence: [
          places([computed === undefined ? 'where that input comes from' : 'the layer', loose.span]),
        ],
      };
    }
  },
};

function inputsOf(args: CallArguments): Datum | undefined {
  return argument(args, 'inputs', 0) ?? args.named.get('input');
}

function outputsOf(args: CallArguments): Datum | undefined {
  return argument(args, 'outputs', 1) ?? args.named.get('output');
}

/** The tensors of an argument; undefined where one of them is not known. */
function tensorsIn(given: Datum | undefined): readonly Value[] | undefined {
  if (isValue(given)) return [given];
  const items: readonly Datum[] | undefined = Array.isArray(given)
    ? given
    : entriesOf(given)?.map(([, value]) => value);
  const values = items?.filter((item) => isValue(item));
  return values !== undefined && values.length === items?.length ? values : undefined;
}

/** What a layer gave that stands in this program: no Input, and no part of another network. */
function isComputed(value: Value): boolean {
  return kerasCall(application(value)?.callee)?.group === 'layers';
}

/** What the networks of a program are said to begin with. */
function beginnings(program: Program): ReadonlySet<Value> {
  return new Set(
    kerasCalls(program).flatMap(({ name, args }) =>
      name === 'Model' ? (tensorsIn(inputsOf(args)) ?? []) : [],
    ),
  );
}

/** What layers made, one after the other, of an Input that no network begins with: its name was given away. */
function isOverwritten(start: Value, starts: readonly Value[], begun: ReadonlySet<Value>): boolean {
  if (starts.length < 2 || !isComputed(start)) return false;
  let current = start;
  for (let depth = 0; depth < 20; depth++) {
    const [of, ...more] = madeOf(current);
    if (of === undefined || more.length > 0) return false;
    if (kerasCall(of)?.name === 'Input') return !begun.has(of);
    current = of;
  }
  return false;
}

const MOST = 2000;

/** Where an output comes from that none of the inputs is; undefined where that is not sure. */
function looseIn(starts: readonly Value[], ends: readonly Value[]): Value | undefined {
  const begun = new Set([...starts, ...starts.flatMap((start) => inputsBehind(start))]);
  const isIn = (value: Value): boolean =>
    begun.has(value) || starts.some((start) => start.made.kind === 'attribute' && isInputOf(start, value));
  const seen = new Set<Value>();
  const waiting = [...ends];
  for (let value = waiting.pop(); value !== undefined && seen.size < MOST; value = waiting.pop()) {
    if (seen.has(value) || isIn(value)) continue;
    seen.add(value);
    if (kerasCall(value)?.name === 'Input') return value;
    const network =
      value.made.kind === 'attribute' && value.made.name === 'output' ? value.inputs[0] : undefined;
    if (network === undefined) waiting.push(...madeOf(value));
    else if (begins(network)) {
      if (!starts.some((start) => mayBegin(start, network))) return value;
    } else waiting.push(...insideOf(network));
  }
  return undefined;
}

/** What `branch.input` is, of a `Model` that stands in the program. */
function inputsBehind({ made, inputs: [network] }: Value): readonly Value[] {
  if (made.kind !== 'attribute' || !/^inputs?$/.test(made.name)) return [];
  const call = kerasCall(network);
  return call?.name === 'Model' ? (tensorsIn(inputsOf(call.args)) ?? []) : [];
}

/** The tensors that a layer, a network or a function of Keras or TensorFlow was called on. */
function madeOf(value: Value): readonly Value[] {
  const foreign = foreignCall(value);
  const args =
    application(value)?.args ??
    (/^(keras|tensorflow|tf_keras)\./.test(foreign?.name ?? '') ? foreign?.args : undefined);
  return args === undefined ? [] : givenIn(args).filter((given) => isValue(given));
}

/** All arguments, those in lists one by one. */
function givenIn(args: CallArguments): readonly Datum[] {
  return spreadOut([...args.positional, ...args.named.values()]);
}

/** Whether a start is the input of the network of which the other is the output or input. */
function isInputOf(start: Value, value: Value): boolean {
  return (
    value.made.kind === 'attribute' &&
    /^inputs?$/.test(value.made.name) &&
    start.inputs[0] === value.inputs[0]
  );
}

/** A network with inputs of its own, which nothing in the program gave it. */
function begins(network: Value): boolean {
  const call = kerasCall(network);
  if (call?.name === 'Sequential') {
    const given = call.args.positional[0] ?? call.args.named.get('layers');
    return given === undefined || Array.isArray(given);
  }
  return (
    pretrained(network) !== undefined &&
    !call?.args.named.has('input_tensor') &&
    (call?.args.positional.length ?? 9) < 3
  );
}

/** Whether a start may be what such a network begins with: anything but an Input that it was not given. */
function mayBegin(start: Value, network: Value): boolean {
  if (kerasCall(start)?.name !== 'Input') return true;
  const call = kerasCall(network);
  return call === undefined || givenIn(call.args).includes(start);
}

/** What a `Model` that stands in the program gives. */
function insideOf(network: Value): readonly Value[] {
  const call = kerasCall(network);
  return call?.name === 'Model' ? (tensorsIn(outputsOf(call.args)) ?? []) : [];
}
