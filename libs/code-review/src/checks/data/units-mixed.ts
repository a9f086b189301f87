import { foreignCall, isValue, predictionOf } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { makerOf } from '../../ask/ancestry.js';
import { callsNamed } from '../../ask/events.js';
import { operandsOf } from '../../ask/makings.js';
import { places } from '../../ask/places.js';

const FORECAST = (truth: string): string => `
import numpy as np
import torch
import torch.nn as nn
from sklearn.preprocessing import MinMaxScaler
rows = np.load('rows.npy').reshape(-1, 1)
scaler = MinMaxScaler()
train, test = scaler.fit_transform(rows[:100]), None
test = scaler.transform(rows[100:])
net = nn.Linear(1, 1)
x, y = torch.FloatTensor(test[:-1]), torch.FloatTensor(test[1:])
with torch.no_grad():
    guess = net(x).numpy()
guess = scaler.inverse_transform(guess)
${truth}
`;

const LEARNED = (score: string): string => `
import numpy as np
from keras.models import Sequential
from keras.layers import Dense
from sklearn.metrics import mean_squared_error
from sklearn.preprocessing import StandardScaler
from sales import x, x_test, prices, prices_test
scaler = StandardScaler()
y = scaler.fit_transform(prices)
y_test = scaler.transform(prices_test)
model = Sequential([Dense(16, input_dim=8, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=50)
guess = model.predict(x_test)
${score}
`;

export const unitsMixed: Check = {
  id: 'units-mixed',
  title: 'Scaled numbers compared with unscaled ones',
  severity: 'warning',
  why: 'One of them is in the units of the data and the other in those of the scaler: their difference says nothing.',
  instead: 'Turn both back with inverse_transform before they are compared.',
  needs:
    'A difference of what inverse_transform gave and what a scaler’s transform gave, with nothing turned back between.',
  wrong: [
    LEARNED('print(mean_squared_error(scaler.inverse_transform(y_test), guess))  # <--'),
    FORECAST('error = np.abs(guess - y.numpy()).mean()  # <--'),
  ],
  right: [
    LEARNED('print(mean_squared_error(scaler.inverse_transform(y_test), scaler.inverse_transform(guess)))'),
    FORECAST('error = np.abs(guess - scaler.inverse_transform(y.numpy())).mean()'),
    FORECAST('error = np.abs(guess - rows[101:]).mean()'),
  ],
  *run(program) {
    if (!program.source.includes('inverse_transform')) return;
    const seen = new Set<number>();
    for (const { args, moment } of callsNamed(
      program,
      'sub',
      '__sub__',
      'mean_squared_error',
      'mean_absolute_error',
    )) {
      yield* mixed(program, args.positional, moment.span, seen);
    }
    for (const { args, moment, name } of callsNamed(program, '')) {
      const [callee, ...given] = args.positional;
      if (name === '' && /sklearn\.metrics\.(mean_|r2_)/.test(isValue(callee) ? calleeName(callee) : ''))
        yield* mixed(program, given, moment.span, seen);
    }
  },
};

function calleeName(value: Value): string {
  return value.made.kind === 'unknown' ? value.made.reason : '';
}

function* mixed(program: Program, given: readonly Datum[], at: Value['span'], seen: Set<number>) {
  const [one, other] = given;
  if (!isValue(one) || !isValue(other) || at === undefined || seen.has(at.start)) return;
  const [left, right] = [unitsOf(program, one), unitsOf(program, other)];
  if (left === undefined || right === undefined || left.units === right.units) return;
  seen.add(at.start);
  yield {
    at,
    message:
      'One of the two has been turned back by inverse_transform, and the other is as the scaler made it.',
    evidence: [
      places(
        ['turned back here', (left.units === 'data' ? left : right).by.span],
        ['scaled here', (left.units === 'data' ? right : left).by.span],
      ),
    ],
  };
}

interface Units {
  readonly units: 'data' | 'scaler';
  readonly by: Value;
}

const KEEPING =
  /^(getitem|unpacked|element|array|asarray|tensor|as_tensor|from_numpy|FloatTensor|Tensor|numpy|detach|cpu|cuda|to|float|view|reshape|flatten|ravel|squeeze|unsqueeze|copy|clone|stack)$/;

/** Whether numbers are those of a scaler, or have been turned back: by the last of its methods that they went through. */
function unitsOf(program: Program, value: Value, depth = 0): Units | undefined {
  if (depth > 30 || value.made.kind !== 'operation') return undefined;
  const name = makerOf(value);
  const [of] = operandsOf(value);
  const scaler = isValue(of) && makerOf(of) === 'fit' ? operandsOf(of)[0] : of;
  const isScaler = /preprocessing\.\w*Scaler$/.test(foreignCall(scaler)?.name ?? '');
  if (name === 'inverse_transform') return isScaler ? { units: 'data', by: value } : undefined;
  if (name === 'fit_transform' || name === 'transform')
    return isScaler ? { units: 'scaler', by: value } : undefined;
  // What a network predicts is in the units that it has learned of.
  if (name === 'predict') {
    const taught = predictionOf(program, value)?.fits[0]?.y;
    const units = isValue(taught) ? unitsOf(program, taught, depth + 1) : undefined;
    return units && { units: units.units, by: value };
  }
  if (!KEEPING.test(name)) return undefined;
  const listed = Array.isArray(of) ? of.find(isValue) : isValue(of) ? of : value.inputs[0];
  return listed && unitsOf(program, listed, depth + 1);
}
