import { foreignCall, isValue, kerasOf } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Found } from '../../check.js';
import { callsNamed } from '../../ask/events.js';
import { places } from '../../ask/places.js';
import type { KerasPart } from './in-keras.js';

const SCALED = `
from sklearn.preprocessing import MinMaxScaler
from keras.models import Sequential
from keras.layers import Dense
from data import table, prices
of_inputs, of_prices = MinMaxScaler(), MinMaxScaler()
x = of_inputs.fit_transform(table)
y = of_prices.fit_transform(prices.reshape(-1, 1))
model = Sequential([Dense(16, input_dim=5, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=50)
`;

/** What a network predicts, turned back by the scaler of its inputs in place of that of its targets. */
export const unitsMixedInKeras: KerasPart = {
  why: 'Each scaler knows the range of the numbers that it was fitted to: by that of the inputs the predictions come out in their range, where the number of columns does not make it an error.',
  instead: 'Turn predictions back with the scaler that made the targets.',
  wrong: [
    `${SCALED}
print(of_inputs.inverse_transform(model.predict(x[:10])))  # <--
`,
  ],
  right: [
    `${SCALED}
print(of_prices.inverse_transform(model.predict(x[:10])))
`,
  ],
  *run(program: Program): Generator<Found> {
    if (!program.source.includes('inverse_transform')) return;
    for (const { args, moment } of callsNamed(program, 'inverse_transform')) {
      const [scaler, given] = args.positional;
      const predicted = predictedIn(given);
      const model = kerasOf(program).models.find(({ value }) => value === predicted);
      const fit = model?.fits.at(-1);
      if (scaler === undefined || fit === undefined || moment.span === undefined) continue;
      const [ofInputs, ofTargets] = [scalersOf(fit.x), scalersOf(fit.y)];
      if (!ofInputs.includes(scaler) || ofTargets.length === 0 || ofTargets.includes(scaler)) continue;
      yield {
        at: moment.span,
        message:
          'What is predicted is turned back by the scaler of the inputs; the targets were made by another.',
        evidence: [places(['learned from', fit.moment.span])],
      };
    }
  },
};

/** The network whose predictions something is. */
function predictedIn(datum: Datum | undefined): Datum | undefined {
  let current = datum;
  for (let depth = 0; depth < 8; depth++) {
    if (!isValue(current) || current.made.kind !== 'operation') return undefined;
    const { name, args }: Extract<Value['made'], { readonly kind: 'operation' }> = current.made;
    if (name === 'predict') return args.positional[0];
    if (!/^(reshape|getitem|squeeze|ravel|flatten|array|asarray|expand_dims)$/.test(name)) return undefined;
    [current] = args.positional;
  }
  return undefined;
}

/** The scalers that made an array, through whatever was taken out of what they gave. */
function scalersOf(datum: Datum | undefined): Datum[] {
  const found: Datum[] = [];
  const seen = new Set<Value>();
  const look = (value: Datum | undefined): void => {
    if (Array.isArray(value)) {
      for (const one of value) look(one);
      return;
    }
    if (!isValue(value) || seen.has(value) || seen.size > 200) return;
    seen.add(value);
    const [scaler] = value.made.kind === 'operation' ? value.made.args.positional : [];
    const isScaled = value.made.kind === 'operation' && /^(fit_)?transform$/.test(value.made.name);
    if (isScaled && /preprocessing\.\w*Scaler$/.test(foreignCall(scaler)?.name ?? '')) {
      found.push(scaler ?? null);
      return;
    }
    for (const input of value.inputs) look(input);
  };
  look(datum);
  return found;
}
