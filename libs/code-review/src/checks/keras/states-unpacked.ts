import { isRecurrent, layerArgument, layerOf } from '@tensormark/frameworks';
import type { KerasLayer, Program } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { applications } from '../../ask/keras-calls.js';
import { places } from '../../ask/places.js';
import { statementsOf } from '../../ask/tree.js';
import type { KerasPart } from './in-keras.js';

/** What a recurrent layer gives, taken apart into more or fewer things than it is. */
export const statesUnpackedInKeras: KerasPart = {
  why: 'A recurrent layer gives its output alone, unless return_state=True has it give its states too: an LSTM then gives three things, a GRU two, and one that goes both ways two states more for each.',
  instead: 'Give the layer return_state=True, and take as many as it gives.',
  wrong: [
    `
from keras.layers import Input, LSTM
given = Input(shape=(None, 40))
outputs, state_h, state_c = LSTM(64)(given)  # <--
`,
    `
from keras.layers import Input, GRU
given = Input(shape=(None, 40))
cell = GRU(64, return_sequences=True, return_state=True)
outputs, state_h, state_c = cell(given)  # <--
`,
  ],
  right: [
    `
from keras.layers import Bidirectional, Input, GRU, LSTM
given = Input(shape=(None, 40))
outputs, state_h, state_c = LSTM(64, return_state=True)(given)
again, state = GRU(64, return_sequences=True, return_state=True)(given)
whole, *states = Bidirectional(LSTM(64, return_state=True))(given)
both, h, c, back_h, back_c = Bidirectional(LSTM(64, return_state=True))(given)
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!/LSTM|GRU|RNN/.test(program.source)) return;
    const said = new Set<number>();
    const taken = statementsOf(program).flatMap((one) => {
      const target = one.kind === 'Assign' && one.targets.length === 1 ? one.targets[0] : undefined;
      return one.kind === 'Assign' &&
        target?.kind === 'Tuple' &&
        target.items.every(({ kind }) => kind !== 'Starred')
        ? [{ value: one.value.span, count: target.items.length }]
        : [];
    });
    if (taken.length === 0) return;
    for (const { callee, moment } of applications(program)) {
      const { span } = moment;
      const layer = layerOf(callee);
      if (layer === undefined || span === undefined || said.has(span.start)) continue;
      const count = taken.find(({ value }) => value.start === span.start && value.end === span.end)?.count;
      const gives = count === undefined ? undefined : givenBy(layer);
      if (gives === undefined || count === gives) continue;
      said.add(span.start);
      yield {
        at: span,
        message:
          gives === 1
            ? `${layer.name} gives its output alone here, and ${count} things are taken.`
            : `${layer.name} gives ${gives} things here, and ${count} are taken.`,
        severity: 'error',
        evidence: [places(['the layer', layer.span])],
      };
    }
  },
};

/** How many things a recurrent layer gives; undefined where that is not known. */
function givenBy(layer: KerasLayer): number | undefined {
  const core = layer.inner ?? layer;
  if (!isRecurrent(core) || (layer.inner !== undefined && layer.type !== 'Bidirectional')) return undefined;
  // Both ways left apart are two things.
  if (layer.inner !== undefined && layer.args.named.has('merge_mode')) return undefined;
  const state = layerArgument(core, ['return_state']) ?? false;
  if (typeof state !== 'boolean') return undefined;
  const states = core.type.endsWith('LSTM') ? 2 : 1;
  return state ? 1 + states * (layer.inner === undefined ? 1 : 2) : 1;
}
