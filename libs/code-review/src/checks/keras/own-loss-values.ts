import { foreignCall, isCertain, isValue, kerasOf } from '@tensormark/frameworks';
import type { Compiled, Datum, KerasModel, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { eachMaking } from '../../ask/makings.js';
import { headOf } from '../../ask/keras.js';
import { places } from '../../ask/places.js';
import { signedTerms } from '../../ask/signed-terms.js';
import type { KerasPart } from './in-keras.js';

const OWN = (given: string, loss: string): string => `
from tensorflow.keras import backend as K
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
from data import x, y
def own(y_true, y_pred):
    ${given}
    return ${loss}
model = Sequential([Dense(64, activation='relu', input_shape=(30,)), Dense(1, activation='sigmoid')])
model.compile(loss=own, optimizer='adam')
model.fit(x, y, epochs=30)
`;
const ENTROPY = '-K.mean(y_true * K.log(p) + (1 - y_true) * K.log(1 - p))';

/** What a loss of the program's own gives, with the network that it is for. */
function* ownLosses(
  program: Program,
): Generator<{ readonly model: KerasModel; readonly compiled: Compiled; readonly gives: Value }> {
  for (const model of kerasOf(program).models)
    for (const compiled of model.compiles) {
      const { result } = compiled.call;
      const gives = isValue(result) && result.made.kind === 'operation' ? result.made.gives : undefined;
      if (isValue(gives) && isCertain(compiled.moment)) yield { model, compiled, gives };
    }
}

/** The logarithm of what a network that ends in sigmoid or softmax gives, as it is. */
export const logInOwnLoss: KerasPart = {
  instead:
    'Clip the probabilities first, K.clip(p, K.epsilon(), 1 - K.epsilon()), or add K.epsilon() to them.',
  wrong: [OWN('p = y_pred', ENTROPY).replace('K.log(1 - p))', 'K.log(1 - p))  # <--')],
  right: [
    OWN('p = K.clip(y_pred, K.epsilon(), 1 - K.epsilon())', ENTROPY),
    OWN('p = y_pred + 1e-7', '-K.mean(y_true * K.log(p))'),
  ],
  *run(program: Program): Generator<Found> {
    for (const { model, compiled, gives } of ownLosses(program)) {
      const activation = model.network && headOf(model.network)?.activation;
      if (activation === undefined || !/^(sigmoid|softmax)$/.test(activation)) continue;
      const log = under(gives).find((value) => {
        const call = foreignCall(value);
        return (
          call !== undefined &&
          /^(tensorflow|keras|tf_keras)\b.*\.log$/.test(call.name) &&
          isBare(call.args.positional[0])
        );
      });
      if (log?.span === undefined) continue;
      yield {
        at: log.span,
        message: `The logarithm is taken of what ${activation} gives as it is, which may be 0.`,
        evidence: [places(['the loss is given here', compiled.moment.span])],
      };
    }
  },
};

/** All that a value is made of. */
function under(value: Value): readonly Value[] {
  const seen = new Set<Value>([value]);
  for (const one of seen) {
    if (seen.size > 400) break;
    for (const input of one.inputs) seen.add(input);
  }
  return [...seen];
}

const PICKS = /\.(where|gather|gather_nd|squeeze|reshape|flatten|cast|expand_dims|ones_like|zeros_like)$/;

/** Whether it is a prediction with nothing that would keep it from 0: turned round, picked from, laid out otherwise. */
function isBare(datum: Datum | undefined, depth = 0): boolean {
  if (!isValue(datum) || depth > 8) return false;
  const { made } = datum;
  if (made.kind === 'argument') return /pred/i.test(made.name);
  const call = foreignCall(datum);
  if (call !== undefined)
    return PICKS.test(call.name) && call.args.positional.some((one) => isBare(one, depth + 1));
  if (made.kind !== 'operation') return false;
  const [one, other] = made.args.positional;
  if (made.name === 'sub') return !isValue(one) && Number(one) === 1 && isBare(other, depth + 1);
  return made.name === 'getitem' && isBare(one, depth + 1);
}

const DICE = '(2 * K.sum(y_true * y_pred) + 1) / (K.sum(y_true) + K.sum(y_pred) + 1)';

/** An overlap that is made small as it is. */
export const overlapMinimisedInKeras: KerasPart = {
  wrong: [OWN(`dice = ${DICE}`, 'dice').replace('+ 1)\n', '+ 1)  # <--\n')],
  right: [
    OWN(`dice = ${DICE}`, '1 - dice'),
    OWN(`dice = ${DICE}`, '-K.log(dice)'),
    OWN(`dice = ${DICE}`, '-dice'),
  ],
  *run(program: Program): Generator<Found> {
    if (!/true/.test(program.source)) return;
    for (const { compiled, gives } of ownLosses(program)) {
      const terms = signedTerms(gives);
      const [only] = terms;
      if (terms.length !== 1 || only?.sign !== 1 || only.value.span === undefined || !isOverlap(only.value))
        continue;
      yield {
        at: only.value.span,
        message: 'This overlap is 1 where prediction and truth are the same, and it is made small.',
        evidence: [places(['the loss is given here', compiled.moment.span])],
      };
    }
  },
};

/** A ratio of the sum of products of two arguments to a sum of both. */
function isOverlap(value: Value): boolean {
  if (value.made.kind !== 'operation' || value.made.name !== 'div') return false;
  const [above, below] = value.made.args.positional;
  if (!isValue(above) || !isValue(below)) return false;
  const [product] = signedTerms(above);
  const parts = product === undefined ? [] : argumentsOf(product.value);
  const isProduct = product?.value.made.kind === 'operation' && product.value.made.name === 'mul';
  return isProduct && parts.length === 2 && signedTerms(below).length >= 2 && argumentsOf(below).length === 2;
}

function argumentsOf(value: Value): readonly string[] {
  return [...new Set(under(value).flatMap(({ made }) => (made.kind === 'argument' ? [made.name] : [])))];
}

const APART = (root: string): string => `
from keras import backend as K
from keras.layers import Dense, Input, Lambda
from keras.models import Model, Sequential
def apart(both):
    one, other = both
    return ${root}
base = Sequential([Dense(64, activation='relu', input_shape=(30,)), Dense(16)])
first, second = Input((30,)), Input((30,))
model = Model([first, second], Lambda(apart)([base(first), base(second)]))
`;

/** The root of the squared distance of two codes, which is 0 where they are equal. */
export const sqrtAtZeroInKeras: KerasPart = {
  instead: 'Keep it from 0: K.sqrt(K.maximum(squares, K.epsilon())).',
  wrong: [APART('K.sqrt(K.sum(K.square(one - other), axis=1, keepdims=True))  # <--')],
  right: [APART('K.sqrt(K.maximum(K.sum(K.square(one - other), axis=1, keepdims=True), K.epsilon()))')],
  *run(program: Program): Generator<Found> {
    if (!/keras|tensorflow/.test(program.source) || !program.source.includes('sqrt')) return;
    const said = new Set<number>();
    for (const value of eachMaking(program)) {
      const root = foreignCall(value);
      if (root === undefined || !/^(tensorflow|keras|tf_keras)\b.*\.sqrt$/.test(root.name)) continue;
      const squared = first(first(root.args.positional[0], /\.(reduce_sum|sum)$/), /\.(square|pow)$/);
      if (!isValue(squared) || squared.made.kind !== 'operation' || squared.made.name !== 'sub') continue;
      const [one, other] = squared.made.args.positional.map(halfOf);
      const at = value.span;
      if (one === undefined || one !== other || at === undefined || said.has(at.start)) continue;
      said.add(at.start);
      yield {
        at,
        severity: 'design',
        message: 'Where the two are equal, this is the root of 0, whose gradient is not finite.',
        evidence: [],
      };
    }
  },
};

/** What a function of that name was given first. */
function first(datum: Datum | undefined, name: RegExp): Datum | undefined {
  const call = foreignCall(datum);
  return call !== undefined && name.test(call.name) ? call.args.positional[0] : undefined;
}

/** The argument of which a value is one of two parts. */
function halfOf(datum: Datum): Value | undefined {
  if (!isValue(datum) || datum.made.kind !== 'operation') return undefined;
  const [of] = datum.made.args.positional;
  return /^(unpacked|getitem)$/.test(datum.made.name) && isValue(of) && of.made.kind === 'argument'
    ? of
    : undefined;
}
