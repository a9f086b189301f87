import { entriesOf, isCertain, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check, Found } from '../../check.js';
import { places } from '../../ask/places.js';

const BEGINNING = `
import pandas as pd
from tensorflow.keras.layers import Dense, Input
from tensorflow.keras.models import Model
table = pd.read_csv('flats.csv')
given = Input(shape=(3,))
hidden = Dense(16, activation='relu')(given)
rent = Dense(1, name='rent')(hidden)
sold = Dense(1, activation='sigmoid', name='sold')(hidden)
model = Model(given, [rent, sold])
x = table[['rooms', 'size', 'year']]
`;

export const outputsNamed: Check = {
  id: 'outputs-named',
  title: 'Losses or targets that go to other outputs than they are for',
  severity: 'error',
  why: 'What compile and fit are given for several outputs goes to them by their names or, in a list, in the order that Model was given them.',
  instead: 'Use the names that the last layers have, or the order of the outputs.',
  needs: 'A network with several outputs whose names are all known.',
  wrong: [
    `${BEGINNING}
model.compile(loss={'cost': 'mse', 'sold': 'binary_crossentropy'}, optimizer='adam')  # <--
model.fit(x, {'rent': table['rent'], 'sold': table['sold']}, epochs=9)
`,
    `${BEGINNING}
model.compile(loss={'rent': 'mse', 'sold': 'binary_crossentropy'}, optimizer='adam')
model.fit(x, [table['sold'], table['rent']], epochs=9)  # <--
`,
  ],
  right: [
    `${BEGINNING}
model.compile(loss={'rent': 'mse', 'sold': 'binary_crossentropy'}, optimizer='adam')
model.fit(x, [table['rent'], table['sold']], epochs=9)
model.fit(x, {'rent': table['rent'], 'sold': table['sold']}, epochs=9)
`,
  ],
  *run(program) {
    for (const { network, compiles, fits } of kerasOf(program).models) {
      const outputs = network?.outputs;
      const names = outputs?.map(({ name }) => name) ?? [];
      if (names.length < 2 || names.some((name) => name === undefined)) continue;
      for (const { call, moment } of compiles) {
        if (!isCertain(moment) || moment.span === undefined) continue;
        const wrong = ['loss', 'loss_weights', 'metrics'].flatMap((key) =>
          unknownIn(call.args.named.get(key), names),
        );
        if (wrong[0] !== undefined) yield said(moment.span, wrong[0], names);
      }
      for (const { y, moment } of fits) {
        if (moment.span === undefined) continue;
        const [wrong] = unknownIn(y, names);
        if (wrong !== undefined) yield said(moment.span, wrong, names);
        const columns = Array.isArray(y) ? y.map((one: Datum) => columnOf(one)) : [];
        const isTurned =
          columns.length === names.length &&
          columns.every((column) => names.includes(column)) &&
          new Set(columns).size === names.length &&
          columns.some((column, at) => column !== names[at]);
        if (!isTurned) continue;
        yield {
          at: moment.span,
          message: `The targets come as ${columns.join(', ')}, and the outputs as ${names.join(', ')}.`,
          evidence: [places(['the outputs', network?.span])],
        };
      }
    }
  },
};

function said(at: Found['at'], wrong: string, names: readonly (string | undefined)[]): Found {
  return { at, message: `No output is called ${wrong}: they are ${names.join(', ')}.`, evidence: [] };
}

/** Names that no output has. */
function unknownIn(given: Datum | undefined, names: readonly (string | undefined)[]): string[] {
  return (entriesOf(given) ?? []).flatMap(([key]) =>
    typeof key === 'string' && !names.includes(key) ? [key] : [],
  );
}

/** The column of a table that an array is, whatever rows of it, by its name there. */
function columnOf(datum: Datum): string | undefined {
  let current: Datum | undefined = datum;
  for (let depth = 0; depth < 12 && isValue(current); depth++) {
    const { made, inputs }: typeof current = current;
    if (made.kind === 'operation' && made.name === 'getitem' && typeof made.args.positional[1] === 'string')
      return made.args.positional[1];
    if (
      made.kind !== 'attribute' &&
      (made.kind !== 'operation' || !/^(astype|to_numpy|reshape|values|getitem)$/.test(made.name))
    )
      return undefined;
    [current] = inputs;
  }
  return undefined;
}
