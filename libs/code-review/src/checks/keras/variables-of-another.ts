import { isValue, kerasOf } from '@tensormark/frameworks';
import type { Called, Datum, KerasModel, Program, Value } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { layersOf, networkOfVariables } from '../../ask/keras.js';
import { gradientsAsked } from '../../ask/tapes.js';
import { places } from '../../ask/places.js';
import { pairsOfOthers } from './written-pairs.js';
import { statementsOf } from '../../ask/tree.js';

const TWO = `
import tensorflow as tf
from data import batches
maker = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(20)])
judge = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu'), tf.keras.layers.Dense(1)])
bce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
maker_steps, judge_steps = tf.keras.optimizers.Adam(), tf.keras.optimizers.Adam()
for real in batches:
    with tf.GradientTape() as judging, tf.GradientTape() as making:
        made = maker(tf.random.normal([32, 8]))
        on_made, on_real = judge(made), judge(real)
        judge_loss = bce(tf.ones_like(on_real), on_real) + bce(tf.zeros_like(on_made), on_made)
        real_loss = bce(tf.ones_like(on_real), on_real)
        maker_loss = bce(tf.ones_like(on_made), on_made)
`;

export const variablesOfAnother: Check = {
  id: 'variables-of-another',
  title: 'Gradients for the variables of another network',
  severity: 'error',
  why: 'A loss has no gradient, only None, by variables that took no part in it; and gradients of one network that are put on the variables of another do not fit them, or move them by chance.',
  instead:
    'Name the same network three times: in the loss, in tape.gradient(loss, model.trainable_variables) and in apply_gradients(zip(gradients, model.trainable_variables)).',
  needs:
    'tape.gradient by the variables of a network that the loss is not made of, while it is made of another one; or gradients by the variables of one network that are zipped with those of another. All layers of both are known, and they share none.',
  wrong: [
    `${TWO}
    by_judge = judging.gradient(real_loss, judge.trainable_variables)
    by_maker = making.gradient(real_loss, maker.trainable_variables)  # <--
    judge_steps.apply_gradients(zip(by_judge, judge.trainable_variables))
    maker_steps.apply_gradients(zip(by_maker, maker.trainable_variables))
`,
    `${TWO}
    by_judge = judging.gradient(judge_loss, judge.trainable_variables)
    by_maker = making.gradient(maker_loss, maker.trainable_variables)
    judge_steps.apply_gradients(zip(by_judge, judge.trainable_variables))
    maker_steps.apply_gradients(zip(by_judge, maker.trainable_variables))  # <--
`,
    `
import tensorflow as tf
from networks import maker, judge, maker_loss, judge_loss, maker_steps, judge_steps
def step(real, noise):
    with tf.GradientTape() as of_maker, tf.GradientTape() as of_judge:
        made = maker(noise, training=True)
        on_real, on_made = judge(real, training=True), judge(made, training=True)
        lost, missed = maker_loss(on_made), judge_loss(on_real, on_made)
    for_maker = of_maker.gradient(lost, maker.trainable_variables)
    for_judge = of_judge.gradient(missed, maker.trainable_variables)
    maker_steps.apply_gradients(zip(for_maker, maker.trainable_variables))
    judge_steps.apply_gradients(zip(for_judge, judge.trainable_variables))  # <--
`,
  ],
  right: [
    `${TWO}
    by_judge = judging.gradient(judge_loss, judge.trainable_variables)
    by_maker = making.gradient(maker_loss, maker.trainable_variables)
    judge_steps.apply_gradients(zip(by_judge, judge.trainable_variables))
    maker_steps.apply_gradients(zip(by_maker, maker.trainable_variables))
`,
    // Of one network inside another the variables are the same.
    `
import tensorflow as tf
from data import batches
inner = tf.keras.Sequential([tf.keras.layers.Dense(64, activation='relu')])
outer = tf.keras.Sequential([inner, tf.keras.layers.Dense(1)])
steps = tf.keras.optimizers.Adam()
for x, y in batches:
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((outer(x) - y) ** 2)
    steps.apply_gradients(zip(tape.gradient(loss, inner.trainable_variables), inner.trainable_variables))
`,
  ],
  *run(program) {
    if (!program.source.includes('GradientTape') || !/(variables|weights)\b/.test(program.source)) return;
    const told = [...amongNetworks(program)];
    yield* told;
    // Networks of other files are told apart by their names alone.
    if (told.length === 0) yield* pairsOfOthers(program);
  },
};

function* amongNetworks(program: Program): Generator<Found> {
  const networks = ownedIn(program);
  const said = new Set<number>();
  if (networks.size < 2) return;
  for (const { call, target: loss, sources } of gradientsAsked(program)) {
    const by = networkOf(networks, sources);
    const at = call.moment.span;
    if (at === undefined || by === undefined || !isValue(loss) || said.has(at.start)) continue;
    const other = onlyMadeOf(networks, loss, by);
    if (other === undefined) continue;
    said.add(at.start);
    yield {
      at,
      message:
        'The loss is made by another network: by the variables of this one it has no gradient, only None.',
      evidence: [
        places(['the loss', loss.span], ['its network', other.value.span], ['this one', by.value.span]),
      ],
    };
  }
  for (const { args, moment, result } of zipped(program)) {
    const [one, variables] = args.positional.slice(1);
    const of = networkOf(networks, variables);
    const by = isValue(one) ? askedBy(program, networks, one) : undefined;
    const at = statementsOf(program).findLast(
      ({ kind, span }) =>
        kind === 'Expr' &&
        moment.span !== undefined &&
        span.start <= moment.span.start &&
        span.end >= moment.span.end,
    )?.span;
    if (result === undefined || at === undefined || !at.text.includes('apply_gradients')) continue;
    if (of === undefined || by === undefined || of === by.network || said.has(at.start)) continue;
    said.add(at.start);
    // Where gradients by those variables are asked for twice, it is one of the questions that is wrong.
    const asked = gradientsAsked(program).filter(
      ({ call: { moment: when }, sources }) =>
        networkOf(networks, sources) === by.network && isSameTurn(when, moment),
    );
    yield {
      at: (asked.length > 1 ? by.call.moment.span : undefined) ?? at,
      message: 'These are gradients of one network, put on the variables of another.',
      evidence: [places(['the gradients', by.call.moment.span], ['the variables', of.value.span])],
    };
  }
}

/** Whether two things happen in one call of a function, in one turn of a loop. */
function isSameTurn(one: Called['moment'], other: Called['moment']): boolean {
  return one.activation?.id === other.activation?.id && one.turn === other.turn;
}

/** The networks of a program whose layers are all known, by what they are, without those that share a layer with another. */
function ownedIn(program: Program): ReadonlyMap<Value, KerasModel> {
  const whole = kerasOf(program).models.filter(({ network }) => network?.isWhole === true);
  const layers = new Map(
    whole.map((model) => [
      model,
      new Set((model.network === undefined ? [] : layersOf(model.network)).map(({ layer }) => layer?.value)),
    ]),
  );
  const isApart = (model: KerasModel): boolean =>
    [...layers].every(
      ([other, own]) => other === model || [...(layers.get(model) ?? [])].every((layer) => !own.has(layer)),
    );
  return new Map(whole.filter(isApart).map((model) => [model.value, model]));
}

/** The network of `model.trainable_variables`. */
function networkOf(
  networks: ReadonlyMap<Value, KerasModel>,
  datum: Datum | undefined,
): KerasModel | undefined {
  const of = networkOfVariables(datum);
  return of && networks.get(of);
}

/** The network that a loss is made of, where it is not the one asked about and nothing unknown was called on the way. */
function onlyMadeOf(
  networks: ReadonlyMap<Value, KerasModel>,
  loss: Value,
  by: KerasModel,
): KerasModel | undefined {
  let other: KerasModel | undefined;
  const isOpen = comesOf(loss, (value) => {
    if (value === by.value) return true;
    const model = networks.get(value);
    other ??= model;
    // What is called and is neither of these may hold the network in question.
    return model === undefined && isAnotherNetwork(value);
  });
  return isOpen ? undefined : other;
}

function isAnotherNetwork({ made }: Value): boolean {
  return made.kind === 'operation' && /^(Sequential|Model)$/.test(made.name);
}

/** `zip(gradients, variables)`. */
function zipped(program: Program): readonly Called[] {
  return callsNamed(program, '__new__').filter(({ args }) => args.positional.length === 3);
}

/** The call of `tape.gradient` that gave something, and by whose variables. */
function askedBy(
  program: Program,
  networks: ReadonlyMap<Value, KerasModel>,
  gradients: Value,
): { readonly call: Called; readonly network: KerasModel } | undefined {
  const asked = gradientsAsked(program).find(({ call }) => call.result === gradients);
  const network = asked && networkOf(networks, asked.sources);
  return asked && network && { call: asked.call, network };
}
