import { foreignCall, isValue } from '@tensormark/frameworks';
import type { Datum, Value } from '@tensormark/frameworks';
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

export const unitsMixed: Check = {
  id: 'units-mixed',
  title: 'Scaled numbers compared with unscaled ones',
  severity: 'warning',
  why: 'One of them is in the units of the data and the other in those of the scaler: their difference says nothing.',
  instead: 'Turn both back with inverse_transform before they are compared.',
  needs:
    'A difference of what inverse_transform gave and what a scaler’s transform gave, with nothing turned back between.',
  wrong: [FORECAST('error = np.abs(guess - y.numpy()).mean()  # <--')],
  right: [
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
      yield* mixed(args.positional, moment.span, seen);
    }
    for (const { args, moment, name } of callsNamed(program, '')) {
      const [callee, ...given] = args.positional;
      if (name === '' && /sklearn\.metrics\.(mean_|r2_)/.test(isValue(callee) ? calleeName(callee) : ''))
        yield* mixed(given, moment.span, seen);
    }
  },
};

function calleeName(value: Value): string {
  return value.made.kind === 'unknown' ? value.made.reason : '';
}

function* mixed(given: readonly Datum[], at: Value['span'], seen: Set<number>) {
  const [one, other] = given;
  if (!isValue(one) || !isValue(other) || at === undefined || seen.has(at.start)) return;
  const [left, right] = [unitsOf(one), unitsOf(other)];
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
function unitsOf(value: Value, depth = 0): Units | undefined {
  if (depth > 30 || value.made.kind !== 'operation') return undefined;
  const name = makerOf(value);
  const [of] = operandsOf(value);
  const isScaler = /preprocessing\.\w*Scaler$/.test(foreignCall(of)?.name ?? '');
  if (name === 'inverse_transform') return isScaler ? { units: 'data', by: value } : undefined;
  if (name === 'fit_transform' || name === 'transform')
    return isScaler ? { units: 'scaler', by: value } : undefined;
  if (!KEEPING.test(name)) return undefined;
  const listed = Array.isArray(of) ? of.find(isValue) : isValue(of) ? of : value.inputs[0];
  return listed && unitsOf(listed, depth + 1);
}
