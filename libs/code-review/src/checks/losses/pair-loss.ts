import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { madeOnce, operandsOf } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const LOSS = (near: string, far: string): string => `
import torch
import torch.nn as nn
import torch.nn.functional as F

class Pairs(nn.Module):
    def forward(self, one, other, label):
        apart = F.pairwise_distance(one, other)
        near = ${near}
        far = ${far}
        return torch.mean(near + far)

Pairs()(torch.randn(8, 4), torch.randn(8, 4), torch.randint(0, 2, (8,)))
`;
const NEAR = '(1 - label) * apart.pow(2)';
const FAR = 'label * torch.clamp(1.0 - apart, min=0.0).pow(2)';

/**
 * The contrastive loss as Hadsell, Chopra and LeCun (2006) write it: (1 - y) d² + y max(0, m - d)², over pairs that are alike (y = 0)
 * and pairs that are not.
 */
export const pairLoss: Check = {
  id: 'pair-loss',
  title: 'A contrastive loss of which a half is lost',
  severity: 'warning',
  why: 'Pairs that are alike are to come near, and others to move apart as long as they are nearer than the margin: by one half of that alone all points fall together, or fly apart.',
  instead: 'Write (1 - y) * d**2 + y * clamp(margin - d, min=0)**2.',
  needs:
    'A sum of a squared distance and of the square of the same distance taken from a margin, each with the label of the pair.',
  wrong: [
    LOSS('label * apart.pow(2)', FAR).replace('near + far)', 'near + far)  # <--'),
    LOSS(NEAR, 'label * torch.clamp(1.0 - apart, max=0.0).pow(2)  # <--'),
    LOSS(NEAR, 'label * torch.clamp(apart - 1.0, min=0.0).pow(2)  # <--'),
    `
import keras.backend as K
from models import pairs
def contrastive(y_true, y_pred):
    margin = 1
    return K.mean(y_true * K.square(y_pred) + y_true * K.square(K.maximum(margin - y_pred, 0)))  # <--
pairs.compile(loss=contrastive, optimizer='adam')
`,
  ],
  right: [
    LOSS(NEAR, FAR),
    `
import keras.backend as K
from models import pairs
def contrastive(y_true, y_pred):
    margin = 1
    return K.mean(y_true * K.square(y_pred) + (1 - y_true) * K.square(K.maximum(margin - y_pred, 0)))
pairs.compile(loss=contrastive, optimizer='adam')
`,
    LOSS('label * apart.pow(2)', '(1 - label) * F.relu(1.0 - apart).pow(2)'),
  ],
  *run(program) {
    if (!/margin|contrast|pairwise_distance|cdist|norm\(/i.test(program.source)) return;
    const seen = new Set<number>();
    for (const { result, given } of madeOnce(program, 'add')) {
      const terms = given.flatMap((datum) => termOf(datum) ?? []);
      const [far] = terms.filter(({ hinge }) => hinge !== undefined);
      const [near] = terms.filter(({ hinge }) => hinge === undefined);
      const { hinge } = far ?? {};
      if (near === undefined || far === undefined || hinge === undefined || terms.length !== 2) continue;
      if (near.of !== hinge.distance || result.span === undefined || seen.has(result.span.start)) continue;
      const isSame = near.label.value === far.label.value && near.label.isTurned === far.label.isTurned;
      if (near.label.value !== far.label.value) continue;
      seen.add(result.span.start);
      const said = [places(['the distance', near.of.span])];
      if (isSame)
        yield {
          at: result.span,
          message: 'Both parts count for the same pairs: one is to have the label, and the other 1 - label.',
          evidence: said,
        };
      else if (hinge.span !== undefined && hinge.isBelow)
        yield {
          at: hinge.span,
          message: 'What is kept here is what lies below 0: pairs beyond the margin are pulled back to it.',
          evidence: said,
        };
      else if (hinge.span !== undefined && hinge.isTurned)
        yield {
          at: hinge.span,
          message:
            'The margin is taken from the distance: pairs that differ are pulled back to it, not pushed beyond.',
          evidence: said,
        };
    }
  },
};

interface Label {
  readonly value: Value;
  /** 1 - label. */
  readonly isTurned: boolean;
}

interface Hinge {
  readonly distance: Value;
  readonly isTurned: boolean;
  readonly isBelow: boolean;
  readonly span: Value['span'];
}

interface Term {
  readonly label: Label;
  readonly of: Value;
  readonly hinge: Hinge | undefined;
}

/** A label, or 1 less it, times the square of something, whatever numbers are multiplied too. */
function termOf(datum: Datum | undefined): Term | undefined {
  const factors = factorsOf(datum).filter(isValue);
  const squares = factors.flatMap((factor) => squareIn(factor) ?? []);
  const labels = factors.filter((factor) => squareIn(factor) === undefined);
  const [of] = squares;
  const [label] = labels;
  if (of === undefined || label === undefined || squares.length !== 1 || labels.length !== 1)
    return undefined;
  return { label: labelOf(label), of, hinge: hingeOf(of) };
}

function factorsOf(datum: Datum | undefined, depth = 0): readonly Datum[] {
  if (datum === undefined) return [];
  if (!isValue(datum) || depth > 6) return [datum];
  const { name, given } = madeBy(datum);
  if (!/^mul(tiply)?$/.test(name)) return [datum];
  return given.flatMap((one) => factorsOf(one, depth + 1));
}

/** The word for what made a value, and what it was given: of TensorFlow and Keras too, `K.square(x)`. */
function madeBy(value: Value): { readonly name: string; readonly given: readonly Datum[] } {
  const call = foreignCall(value);
  return call !== undefined && /^(tensorflow|keras|tf_keras)\./.test(call.name)
    ? { name: call.name.split('.').at(-1) ?? '', given: call.args.positional }
    : { name: makerOf(value), given: operandsOf(value) };
}

function squareIn(value: Value): Value | undefined {
  const {
    name,
    given: [of, by],
  } = madeBy(value);
  const isSquare = name === 'square' || (name === 'pow' && Number(by) === 2);
  return isSquare && isValue(of) ? of : undefined;
}

/** `1 - label` is the label turned. */
function labelOf(value: Value): Label {
  const {
    name,
    given: [one, other],
  } = madeBy(value);
  const isTurned = /^sub(tract)?$/.test(name) && !isValue(one) && Number(one) === 1;
  return isTurned && isValue(other) ? { value: other, isTurned } : { value, isTurned: false };
}

/** `clamp(margin - distance, min=0)`, `relu(margin - distance)`. */
function hingeOf(value: Value): Hinge | undefined {
  if (!/^(clamp|clip|relu|ReLU|maximum|max)$/.test(madeBy(value).name) || value.made.kind === 'attribute')
    return undefined;
  const difference = value.inputs.find((one) => /^sub(tract)?$/.test(madeBy(one).name));
  if (difference === undefined) return undefined;
  const [one, other] = madeBy(difference).given;
  const named = value.made.kind === 'operation' ? value.made.args.named : undefined;
  const isBelow = named?.has('max') === true && !named.has('min');
  // A margin that is a number: which of two tensors it is, nobody says.
  if (isValue(one) === isValue(other)) return undefined;
  const distance = isValue(one) ? one : other;
  return isValue(distance) ? { distance, isTurned: isValue(one), isBelow, span: value.span } : undefined;
}
