import { isValue } from '@tensormark/frameworks';
import type { Datum, Program, Value } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { eventsOf } from '../../ask/events.js';
import { isGuarded } from '../../ask/library-names.js';
import { knownObject } from '../../ask/library-objects.js';
import { attributesGiven } from '../../ask/given-attributes.js';
import { didYouMean, distance } from '../../ask/spelling.js';

export const objectAttribute: Check = {
  id: 'object-attribute',
  title: 'An attribute that an object of a library does not have',
  severity: 'error',
  why: 'Python raises an AttributeError as soon as the line runs.',
  instead: 'Use the name that objects of this class have; names are told apart by case.',
  needs: 'An object whose class is known by what made it: an array, a network, a table, a data set.',
  wrong: [
    `
from tensorflow import keras
net = keras.Sequential([keras.layers.Dense(3)])
net.compile(loss='mse', optimizer='adam')
net.sumary()  # <--
`,
    `
import numpy as np
rows = np.random.rand(80, 3)
rows.append([1, 2, 3])  # <--
`,
    `
from tensorflow.keras.datasets import mnist
(x, y), _ = mnist.load_data()
print(x.values.shape)  # <--
`,
  ],
  right: [
    `
import numpy as np
import pandas as pd
from tensorflow import keras
net = keras.Sequential([keras.layers.Dense(3)])
net.kind = 'small'
print(net.kind, net.layers, net.optimizer)
rows = np.random.rand(80, 3)
print(rows.T.shape, rows[:3].mean(), rows.astype('float32').tolist())
table = pd.read_csv('a.csv')
print(table.sice.mean(), table.describe())
print(pd.read_csv('a.csv', chunksize=5).get_chunk(3), pd.read_csv('a.csv', iterator=True).read(3))
total = keras.metrics.Mean()
total.update_state(3.0)
try:
    rows.append(3)
except AttributeError:
    pass
`,
  ],
  *run(program) {
    const told = new Set<number>();
    for (const { of, name, span, isCalled } of attributesRead(program)) {
      if (name.startsWith('_') || told.has(span.start) || span.source.file !== program.file) continue;
      const object = knownObject(of);
      if (object === undefined || object.names.has(name)) continue;
      if (isCalled && !isCallOf(name, span)) continue;
      if (attributesGiven(program).has(name) || isGuarded(program)(span)) continue;
      const near = didYouMean(name, object.names);
      const meant = near !== undefined && isSlip(name, near) ? near : undefined;
      if (object.isOpen && (meant === undefined || !isCalled)) continue;
      told.add(span.start);
      yield {
        at: span,
        message: `There is no ${name} in ${object.what}${meant === undefined ? '' : `; did you mean ${meant}`}.`,
        evidence: [],
      };
    }
  },
};

function isSlip(name: string, meant: string): boolean {
  return distance(name.toLowerCase(), meant.toLowerCase()) <= (name.length <= 4 ? 1 : 2);
}

interface Read {
  readonly of: Value;
  readonly name: string;
  readonly span: Span;
  readonly isCalled: boolean;
}

/** Attributes that are read of values, whether what they give is called or handed on. */
function* attributesRead(program: Program): Generator<Read> {
  for (const { result, moment, owner, name, args } of eventsOf(program, 'call')) {
    if (owner === 'unknown' && name !== '' && isValue(result) && result.made.kind === 'operation') {
      const [receiver] = result.made.args.positional;
      const { span } = moment;
      if (result.made.name === name && isValue(receiver) && span !== undefined)
        yield { of: receiver, name, span, isCalled: true };
    }
    if (args.positional.some(isReadOrHolds)) for (const given of args.positional) yield* behind(given);
    if (args.named.size > 0) for (const given of args.named.values()) yield* behind(given);
  }
}

function isReadOrHolds(given: Datum): boolean {
  return isValue(given) ? given.made.kind === 'attribute' : Array.isArray(given);
}

/** Whether it is written there that the method of this name is called. */
function isCallOf(name: string, { text }: Span): boolean {
  return new RegExp(String.raw`\.\s*${name}\s*\(`).test(text);
}

function* behind(given: Datum, depth = 0): Generator<Read> {
  if (Array.isArray(given) && depth < 3) for (const one of given) yield* behind(one, depth + 1);
  if (!isValue(given) || given.made.kind !== 'attribute' || depth > 4) return;
  const [of] = given.inputs;
  if (of === undefined) return;
  yield* behind(of, depth + 1);
  if (given.span !== undefined) yield { of, name: given.made.name, span: given.span, isCalled: false };
}
