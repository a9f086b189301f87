import { application, activationIn, foreignCall, isCertain, isValue, layerOf } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Found } from '../../check.js';
import { comesOf } from '../../ask/ancestry.js';
import { callsNamed, eventsOf } from '../../ask/events.js';
import { eachMaking } from '../../ask/makings.js';
import { places } from '../../ask/places.js';
import { signedTerms } from '../../ask/signed-terms.js';
import type { SignedTerm } from '../../ask/signed-terms.js';
import { gradientsAsked } from '../../ask/tapes.js';
import { statementAt, statementsOf } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

const VAE = `
import tensorflow as tf
from tensorflow.keras import Input, Model, layers
from data import batches
given = Input((20,))
hidden = layers.Dense(16, activation='relu')(given)
encoder = Model(given, [layers.Dense(4)(hidden), layers.Dense(4)(hidden)])
decoder = tf.keras.Sequential([layers.Dense(16, activation='relu', input_shape=(4,)), layers.Dense(20)])
optimizer = tf.keras.optimizers.Adam()
for x in batches:
    with tf.GradientTape() as tape:
        mean, log_var = encoder(x)
        noise = tf.random.normal(tf.shape(mean))
        rebuilt = decoder(mean + tf.exp(0.5 * log_var) * noise)
        apart = tf.reduce_mean(tf.reduce_sum(tf.square(x - rebuilt), axis=1))
        kl = -0.5 * tf.reduce_sum(1 + log_var - tf.square(mean) - tf.exp(log_var), axis=1)
        loss = apart + tf.reduce_mean(kl)
    variables = encoder.trainable_variables + decoder.trainable_variables
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
`;
const OWN_LOSS = `
from keras import backend as K
from keras.layers import Dense, Input, Lambda
from keras.models import Model
given = Input((20,))
hidden = Dense(16, activation='relu')(given)
mean, log_var = Dense(4)(hidden), Dense(4)(hidden)
def drawn(args):
    m, s = args
    return m + K.exp(s / 2) * K.random_normal(shape=(K.shape(m)[0], 4))
code = Lambda(drawn)([mean, log_var])
vae = Model(given, Dense(20, activation='sigmoid')(code))
def vae_loss(x, rebuilt):
    apart = K.sum(K.binary_crossentropy(x, rebuilt), axis=-1)
    kl = -0.5 * K.sum(1 + log_var - K.square(mean) - K.exp(log_var), axis=-1)
    return apart + kl
vae.compile(optimizer='adam', loss=vae_loss)
`;

/** The divergence from the standard normal with its sign turned round. */
export const klSignInKeras: KerasPart = {
  instead: 'Write -0.5 * tf.reduce_sum(1 + log_var - tf.square(mean) - tf.exp(log_var), axis=1).',
  wrong: [
    VAE.replace('kl = -0.5', 'kl = 0.5').replace('log_var), axis=1)', 'log_var), axis=1)  # <--'),
    OWN_LOSS.replace('kl = -0.5', 'kl = 0.5').replace('log_var), axis=-1)', 'log_var), axis=-1)  # <--'),
  ],
  right: [VAE, OWN_LOSS],
  *run(program: Program): Generator<Found> {
    for (const { value } of lossesIn(program)) {
      const core = divergenceIn(signedTerms(value));
      if (core?.sign !== 1) continue;
      const at = core.at.span && (statementAt(program, core.at.span)?.span ?? core.at.span);
      if (at === undefined) continue;
      yield {
        at,
        message: 'The divergence is written without its minus, and added to the loss.',
        evidence: [places(['the loss', value.span])],
      };
      return;
    }
  },
};

/** A divergence that is computed beside a loss, which it is no part of. */
export const klUnreadInKeras: KerasPart = {
  instead: 'Add it to the reconstruction: loss = apart + kl.',
  wrong: [
    VAE.replace('loss = apart + tf.reduce_mean(kl)', 'loss = apart  # <--').replace(
      'variables =',
      'print(kl)\n    variables =',
    ),
  ],
  right: [VAE, OWN_LOSS],
  *run(program: Program): Generator<Found> {
    if (!program.source.includes('GradientTape') || !program.source.includes('exp')) return;
    const cores = coresIn(program);
    if (cores.length === 0) return;
    for (const { call, target } of gradientsAsked(program)) {
      if (!isValue(target) || !isCertain(call.moment)) continue;
      const beside = cores.filter(({ activation }) => activation === call.moment.activation?.id);
      const [kl] = beside;
      if (kl === undefined || beside.some(({ value }) => comesOf(target, (one) => one === value))) continue;
      const at = lastBinding(program, target) ?? call.moment.span;
      if (at === undefined) continue;
      yield {
        at,
        message: 'The divergence is computed, and is no part of the loss that gradients are asked of.',
        evidence: [places(['the divergence', kl.value.span])],
      };
      return;
    }
  },
};

/** The statement that last gave a loss its name, before gradients of it are asked for. */
function lastBinding(program: Program, { span }: Value): Span | undefined {
  const named = span && statementAt(program, span);
  const name =
    named?.kind === 'Assign' && named.targets[0]?.kind === 'Name' ? named.targets[0].id : undefined;
  const again = statementsOf(program).find(
    (one) =>
      one.kind === 'Assign' &&
      one.value.span.text === name &&
      span !== undefined &&
      one.span.start > span.start,
  );
  return (again ?? named)?.span;
}

const NOISE_OF_ONE = VAE.replace('tf.shape(mean))', '(1, 4))');

/** Noise of another distribution, or one draw for the whole batch. */
export const samplingFormInKeras: KerasPart = {
  instead: 'Write mean + tf.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean)).',
  wrong: [
    VAE.replace('random.normal(tf.shape(mean))', 'random.uniform(tf.shape(mean))  # <--'),
    NOISE_OF_ONE.replace('(1, 4))', '(1, 4))  # <--'),
    VAE.replace(
      '[layers.Dense(4)(hidden), layers.Dense(4)(hidden)])',
      "[layers.Dense(4)(hidden), layers.Dense(4, activation='relu')(hidden)])",
    ).replace(
      'mean, log_var = encoder(x)',
      "mean = layers.Dense(4)(hidden)\n        log_var = layers.Dense(4, activation='relu')(hidden)  # <--",
    ),
  ],
  right: [VAE, OWN_LOSS],
  *run(program: Program): Generator<Found> {
    if (!/keras|tensorflow/.test(program.source) || !/random/.test(program.source)) return;
    if (!program.source.includes('exp')) return;
    const said = new Set<number>();
    for (const value of eachMaking(program)) {
      const parts = productOf(value);
      const deviation = parts?.find((part) => logarithmUnder(part) !== undefined);
      const noise = parts?.find((part) => part !== deviation && isDrawn(part));
      if (deviation === undefined || noise === undefined) continue;
      const logarithm = logarithmUnder(deviation);
      const found = ofNoise(noise) ?? ofLogarithm(logarithm);
      if (found === undefined || said.has(found.at.start)) continue;
      said.add(found.at.start);
      yield { ...found, evidence: [places(['the sample', value.span])] };
    }
  },
};

interface Said {
  readonly at: Span;
  readonly message: string;
}

function ofNoise(noise: Value): Said | undefined {
  const call = foreignCall(noise);
  const at = noise.span;
  if (call === undefined || at === undefined) return undefined;
  if (call.name.endsWith('uniform'))
    return { at, message: 'The noise is drawn evenly from 0 to 1, and not from the standard normal.' };
  const shape = call.args.named.get('shape') ?? call.args.positional[0];
  return Array.isArray(shape) && shape.length > 1 && shape[0] === 1n
    ? { at, message: 'One row of noise is drawn for the whole batch: every example gets the same.' }
    : undefined;
}

function ofLogarithm(logarithm: Value | undefined): Said | undefined {
  const layer = layerOf(application(logarithm)?.callee);
  const at = layer?.span;
  return layer?.type === 'Dense' && activationIn(layer) === 'relu' && at !== undefined
    ? { at, message: 'The logarithm of the variance comes out of relu: no deviation is below 1.' }
    : undefined;
}

function productOf(value: Value): readonly Value[] | undefined {
  const call = foreignCall(value);
  const given =
    call === undefined
      ? value.made.kind === 'operation' && value.made.name === 'mul'
        ? value.made.args.positional
        : []
      : call.name.endsWith('.multiply')
        ? call.args.positional
        : [];
  const values = given.filter((part: Datum) => isValue(part));
  return values.length === 2 ? values : undefined;
}

/** What a deviation is half the exponential of: `v` of `exp(0.5 * v)`, `exp(v / 2)`. */
function logarithmUnder(value: Value): Value | undefined {
  const raised = expOf(value);
  if (raised?.made.kind !== 'operation' || foreignCall(raised) !== undefined) return undefined;
  const { args, name } = raised.made;
  const [one, two] = args.positional;
  if (name === 'mul')
    return one === 0.5 && isValue(two) ? two : two === 0.5 && isValue(one) ? one : undefined;
  return name === 'div' && isValue(one) && (two === 2n || two === 2) ? one : undefined;
}

function expOf(value: Value): Value | undefined {
  const call = foreignCall(value);
  const [of] = call?.args.positional ?? [];
  return call !== undefined && /(^|\.)exp$/.test(call.name) && isValue(of) ? of : undefined;
}

function isDrawn(value: Value): boolean {
  return /(^|\.)(random\.(normal|uniform)|random_normal|random_uniform)$/.test(
    foreignCall(value)?.name ?? '',
  );
}

/** The sign of a divergence among what a loss is summed up of: 1 where it is turned round. */
function divergenceIn(
  terms: readonly SignedTerm[],
): { readonly sign: 1 | -1; readonly at: Value } | undefined {
  for (const { sign, value } of terms) {
    const logarithm = expOf(value);
    const beside = terms.find((other) => other.value === logarithm && other.sign === -sign);
    const squared = terms.some((other) => other.sign === sign && isSquare(other.value));
    if (logarithm === undefined || beside === undefined || !squared) continue;
    return { sign: sign === 1 ? -1 : 1, at: value };
  }
  return undefined;
}

function isSquare(value: Value): boolean {
  const call = foreignCall(value);
  if (call !== undefined) return /(^|\.)(square|pow)$/.test(call.name);
  if (value.made.kind !== 'operation') return false;
  const [one, two] = value.made.args.positional;
  return value.made.name === 'pow' ? two === 2n || two === 2 : value.made.name === 'mul' && one === two;
}

/** Each sum that is a divergence by itself, with the call of a function that it is made in. */
function coresIn(program: Program): { readonly value: Value; readonly activation: number | undefined }[] {
  return callsNamed(program, 'sub').flatMap(({ moment, result }) => {
    const terms = isValue(result) ? signedTerms(result) : [];
    return isValue(result) && terms.length === 3 && divergenceIn(terms) !== undefined
      ? [{ value: result, activation: moment.activation?.id }]
      : [];
  });
}

/** Sums that are learned by: gradients are asked of them, they are added as losses, or a function gives them that says it is a loss. */
function* lossesIn(program: Program): Generator<{ readonly value: Value }> {
  if (!/keras|tensorflow/.test(program.source) || !program.source.includes('exp')) return;
  for (const { target } of gradientsAsked(program)) if (isValue(target)) yield { value: target };
  for (const { args } of callsNamed(program, 'add_loss'))
    if (isValue(args.positional[1])) yield { value: args.positional[1] };
  const returned = statementsOf(program).flatMap((one) =>
    one.kind === 'Return' && one.value !== undefined ? [one.value.span] : [],
  );
  for (const { moment, result } of eventsOf(program, 'call')) {
    const { activation, span } = moment;
    if (!isValue(result) || span === undefined || !/loss/i.test(activation?.name ?? '')) continue;
    if (returned.some(({ start, end }) => start === span.start && end === span.end)) yield { value: result };
  }
}
