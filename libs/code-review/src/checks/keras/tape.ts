import { eachNode, foreignCall, isCertain, isValue, kerasOf } from '@tensormark/frameworks';
import type { Called, Program, Value } from '@tensormark/frameworks';
import type { Span, tree } from '@tensormark/python';
import type { Check, Found } from '../../check.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { layersOf, networkOfVariables } from '../../ask/keras.js';
import { gradientsAsked } from '../../ask/tapes.js';
import type { GradientAsked } from '../../ask/tapes.js';
import { isMadeOf } from '../../ask/made-of.js';
import { places } from '../../ask/places.js';
import { classesOf, functionsAround, holds, methodOf, statementsOf } from '../../ask/tree.js';
import { toldToTest } from './told-to-test.js';
import type { KerasPart } from './in-keras.js';
import { oncePerProgram } from '../../ask/once.js';

const BEGINNING = `
import tensorflow as tf
from data import batches
model = tf.keras.Sequential([
    tf.keras.layers.Dense(64, activation='relu', input_shape=(20,)),
    tf.keras.layers.Dropout(0.5),
    tf.keras.layers.Dense(3),
])
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam()
`;

/** `tape.gradient(…)`, with the `with` that records for the tape. */
interface Asked extends GradientAsked {
  readonly tape: Value;
  readonly recorded: tree.With;
}

function isTape(value: Value): boolean {
  return foreignCall(value)?.name.endsWith('.GradientTape') === true;
}

function isWithin(outer: Span, inner: Span): boolean {
  return outer.source.file === inner.source.file && holds(outer, inner);
}

function recordings(program: Program): tree.With[] {
  if (!program.source.includes('GradientTape')) return [];
  return statementsOf(program).filter(
    (node): node is tree.With =>
      node.kind === 'With' && node.items.some(({ context }) => context.span.text.includes('GradientTape')),
  );
}

const gradientsRecorded = oncePerProgram(recordedIn);

function recordedIn(program: Program): Asked[] {
  const withs = recordings(program);
  if (withs.length === 0) return [];
  return gradientsAsked(program).flatMap((one) => {
    const { tape } = one;
    if (!isValue(tape) || !isTape(tape)) return [];
    const { span } = tape;
    const recorded =
      span && withs.find(({ items }) => items.some(({ context }) => isWithin(context.span, span)));
    return recorded === undefined ? [] : [{ ...one, tape, recorded }];
  });
}

/** Whether two places are in the body of the same function. */
function areTogether(program: Program, one: Span, other: Span): boolean {
  return functionsAround(program, one).at(-1) === functionsAround(program, other).at(-1);
}

export const lossOutsideTape: Check = {
  id: 'loss-outside-tape',
  title: 'A loss that the tape did not see',
  severity: 'error',
  why: 'A gradient tape records what is computed inside its with alone: of anything computed after it there is no gradient, only None.',
  instead: 'Compute the loss inside the with, and ask for the gradient after it.',
  needs: 'tape.gradient of something that is computed after the with of the tape, in the same function.',
  wrong: [
    `${BEGINNING}
for x, y in batches:
    with tf.GradientTape() as tape:
        scores = model(x, training=True)
    loss = loss_fn(y, scores)  # <--
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
    `${BEGINNING}
def gradients_of(scores, y):
    with tf.GradientTape() as tape:
        loss = loss_fn(y, scores)
    return tape.gradient(loss, model.trainable_variables)
for x, y in batches:
    scores = model(x, training=True)  # <--
    optimizer.apply_gradients(zip(gradients_of(scores, y), model.trainable_variables))
`,
  ],
  right: [
    `${BEGINNING}
def loss_of(x, y):
    return loss_fn(y, model(x, training=True))
for x, y in batches:
    with tf.GradientTape() as tape:
        loss = loss_of(x, y)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
  ],
  *run(program) {
    for (const { call, tape, target, recorded } of gradientsRecorded(program)) {
      if (!isValue(target) || target.made.kind !== 'operation' || target.span === undefined) continue;
      const { span } = target;
      const isAfter = span.source.file === recorded.span.source.file && span.start >= recorded.span.end;
      const { span: asked } = call.moment;
      if (!isAfter || asked === undefined || !areTogether(program, span, recorded.span)) continue;
      if (span.start > asked.start) continue;
      yield {
        at: span,
        message: 'This is computed after the tape has stopped recording: its gradient is None.',
        evidence: [places(['the tape', tape.span], ['the gradient is asked for', asked])],
      };
    }
    yield* networkBefore(program);
  },
};

/** A network whose answer the loss is made of, and that answered before the tape began to record. */
function* networkBefore(program: Program): Generator<Found> {
  const said = new Set<number>();
  const looked = new Set<number>();
  for (const { call, tape, target, sources } of gradientsRecorded(program)) {
    const model = networkOfVariables(sources);
    const asked = call.moment.span?.start ?? -1;
    if (model === undefined || !isValue(target) || looked.has(asked)) continue;
    looked.add(asked);
    const start = callsNamed(program, 'GradientTape').find(({ result }) => result === tape)?.moment.at;
    if (start === undefined) continue;
    const answers = eventsOf(program, 'call').filter(
      ({ result }) => isAnswer(result, model) && (result === target || isMadeOf(target, result)),
    );
    const at = answers[0]?.moment.span;
    if (at === undefined || said.has(at.start) || answers.some(({ moment }) => moment.at > start)) continue;
    said.add(at.start);
    yield {
      at,
      message:
        'The network answers here, before the tape records: the loss has no gradient by its variables, only None.',
      evidence: [places(['the tape', tape.span], ['the gradient is asked for', call.moment.span])],
    };
  }
}

function isAnswer(result: Called['result'], model: Value): result is Value {
  return (
    isValue(result) &&
    result.made.kind === 'operation' &&
    result.made.name === 'call' &&
    result.made.args.positional[0] === model
  );
}

const PLAIN =
  /^tensorflow\.(?:\w+\.)*(constant|convert_to_tensor|cast|expand_dims|reshape|resize|zeros|ones|linspace|range|normal|uniform|preprocess_input|decode_\w+|stack|concat)$/;

/** Whether it is a tensor that no variable is, made of what is read or written down. */
function isPlain(value: Value, depth = 0): boolean {
  if (depth > 20 || value.made.kind !== 'operation') return false;
  const call = foreignCall(value);
  if (call !== undefined) return PLAIN.test(call.name) || call.name.endsWith('.preprocess_input');
  const [of] = value.made.args.positional;
  return value.made.name === 'getitem' && isValue(of) && isPlain(of, depth + 1);
}

export const tapeNotWatching: Check = {
  id: 'tape-not-watching',
  title: 'A gradient by a tensor that the tape does not watch',
  severity: 'error',
  why: 'A tape watches variables by itself; by a plain tensor there is no gradient, only None, unless it was told to watch it.',
  instead: 'Call tape.watch(x) first thing inside the with, or make x a tf.Variable.',
  needs: 'tape.gradient by a tensor that is made before the with, and no watch on that tape.',
  wrong: [
    `
import tensorflow as tf
x = tf.constant(3.0)
with tf.GradientTape() as tape:  # <--
    y = x * x
print(tape.gradient(y, x))
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.constant(3.0)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = x * x
print(tape.gradient(y, x))
`,
    `
import tensorflow as tf
x = tf.Variable(3.0)
with tf.GradientTape() as tape:
    y = x * x
print(tape.gradient(y, x))
`,
  ],
  *run(program) {
    const isWatching = (tape: Value): boolean =>
      callsNamed(program, 'watch').some(({ args }) => args.positional[0] === tape);
    for (const { call, tape, sources, recorded } of gradientsRecorded(program)) {
      if (!isValue(sources) || !isPlain(sources) || isWatching(tape)) continue;
      if (sources.span !== undefined && isWithin(recorded.span, sources.span)) continue;
      yield {
        at: tape.span ?? recorded.span,
        message: 'The gradient is asked for by a plain tensor, and the tape was not told to watch it.',
        evidence: [places(['the tensor', sources.span], ['the gradient is asked for', call.moment.span])],
      };
    }
  },
};

export const tapeUsedUp: Check = {
  id: 'tape-used-up',
  title: 'A second gradient from a tape that gives one',
  severity: 'error',
  why: 'A tape lets go of what it recorded with the first gradient; the second call raises an error.',
  instead: 'Make it with persistent=True, or use one tape for each gradient.',
  needs: 'Two calls of gradient on one tape that is not persistent.',
  wrong: [
    `
import tensorflow as tf
x = tf.Variable(3.0)
with tf.GradientTape() as tape:  # <--
    y = x * x
    z = y * y
print(tape.gradient(y, x))
print(tape.gradient(z, x))
`,
  ],
  right: [
    `
import tensorflow as tf
x = tf.Variable(3.0)
with tf.GradientTape(persistent=True) as tape:
    y = x * x
    z = y * y
print(tape.gradient(y, x))
print(tape.gradient(z, x))
for step in range(10):
    with tf.GradientTape() as tape:
        y = x * x
    tape.gradient(y, x)
`,
  ],
  *run(program) {
    const first = new Map<Value, Called>();
    const said = new Set<Value>();
    for (const { call, tape } of gradientsRecorded(program)) {
      const before = first.get(tape);
      first.set(tape, before ?? call);
      const args = foreignCall(tape)?.args;
      if (before === undefined || args === undefined || tape.span === undefined || said.has(tape)) continue;
      if (args.positional.length > 0 || (args.named.get('persistent') ?? false) !== false) continue;
      if (!isCertain(before.moment) || !isCertain(call.moment)) continue;
      said.add(tape);
      yield {
        at: tape.span,
        message: 'Two gradients are asked of this tape, and it gives one.',
        evidence: [places(['the first', before.moment.span], ['the second', call.moment.span])],
      };
    }
  },
};

const DIFFERS = /^(Dropout|SpatialDropout[123]D|AlphaDropout|BatchNormalization)$/;
const DIFFERS_IN = /\b(Dropout|SpatialDropout[123]D|AlphaDropout|BatchNormalization)\(/;

/** A network that is learned with by the program's own loop, and never told so. */
export const trainMissingInKeras: KerasPart = {
  why: 'Called without training=True, a network drops nothing out and normalises by its moving averages, which then never learn either.',
  instead: 'Call it as model(x, training=True) inside the tape, and with training=False elsewhere.',
  wrong: [
    `${BEGINNING}
for x, y in batches:
    with tf.GradientTape() as tape:
        scores = model(x)  # <--
        loss = loss_fn(y, scores)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
    `${BEGINNING}
for x, y in batches:
    with tf.GradientTape() as tape:
        loss = loss_fn(y, model(x, training=False))  # <--
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`,
  ],
  right: [
    `${BEGINNING}
for x, y in batches:
    with tf.GradientTape() as tape:
        scores = model(x, training=True)
        loss = loss_fn(y, scores)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
print(model(x))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!/apply_gradients|\.minimize\(/.test(program.source) || /set_learning_phase/.test(program.source))
      return;
    for (const recorded of recordings(program)) {
      // Where nothing is stepped after it, gradients are looked at and nothing is learned.
      const around = functionsAround(program, recorded.span).at(-1);
      const after = around?.span.text ?? program.source;
      if (!/apply_gradients|\.minimize\(/.test(after)) continue;
      const calls: tree.Call[] = [];
      eachNode(recorded.body, (node) => {
        if (node.kind === 'Call' && node.callee.kind === 'Name' && node.args.length === 1) calls.push(node);
      });
      yield* toldToTest(program, recorded, DIFFERS_IN);
      for (const call of calls) {
        if (call.keywords.some(({ name }) => name === 'training' || name === undefined)) continue;
        const made = differing(program, call.callee.span.text);
        if (made === undefined) continue;
        yield {
          at: call.span,
          message: 'The network learns from this call without being told that it is training.',
          evidence: [places(['its dropout or batch norm', made])],
        };
      }
    }
  },
};

/** What of a network works otherwise while it learns, by the one name that the network has. */
function differing(program: Program, name: string): Span | undefined {
  const makings = statementsOf(program).filter(
    (node): node is tree.Assign =>
      node.kind === 'Assign' && node.targets.some((target) => target.span.text === name),
  );
  const [making] = makings;
  if (makings.length !== 1 || making?.value.kind !== 'Call') return undefined;
  const { value } = making;
  const own = classesOf(program).find((one) => one.name === value.callee.span.text);
  if (own !== undefined) {
    const forward = methodOf(own, 'call');
    const isTold = forward?.parameters.some((parameter) => parameter.name === 'training') === true;
    return isTold && DIFFERS_IN.test(methodOf(own, '__init__')?.span.text ?? '') ? own.nameSpan : undefined;
  }
  const model = kerasOf(program).models.find(
    ({ network }) => network?.span !== undefined && isWithin(value.span, network.span),
  );
  return model?.network && layersOf(model.network).find(({ layer }) => DIFFERS.test(layer?.type ?? ''))?.span;
}
