import { argument, arrayFacts, isValue, rangeOf } from '@tensormark/frameworks';
import type { Datum } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { kerasCalls } from '../../ask/keras-calls.js';
import { places, spanOf } from '../../ask/places.js';

export const classColumns: Check = {
  id: 'class-columns',
  title: 'Class numbers beyond the columns they are to get',
  severity: 'error',
  why: 'to_categorical makes num_classes columns, for class numbers from 0 on: a number of that size or more has none, and raises an error.',
  instead: 'Count the classes from 0, or ask for one more than the largest number.',
  needs: 'to_categorical with a number of classes, of labels whose largest number is known.',
  wrong: [
    `
from keras.datasets import mnist
from keras.utils import to_categorical
(x, y), _ = mnist.load_data()
columns = to_categorical(y + 1, 10)  # <--
`,
    `
import numpy as np
from keras.utils import to_categorical
y = np.array([1, 2, 3, 3, 2, 1])
columns = to_categorical(y, num_classes=3)  # <--
`,
  ],
  right: [
    `
import numpy as np
from keras.datasets import cifar10
from keras.utils import to_categorical
(x, y), _ = cifar10.load_data()
columns = to_categorical(y, 10)
others = to_categorical(np.array([1, 2, 3]) - 1, num_classes=3)
more = to_categorical(np.array([1, 2, 3]))
`,
  ],
  *run(program) {
    for (const { name, args, moment } of kerasCalls(program)) {
      if (name !== 'to_categorical' || moment.span === undefined) continue;
      const count = argument(args, 'num_classes', 1) ?? args.named.get('nb_classes');
      const labels = args.positional[0] ?? args.named.get('y') ?? args.named.get('x');
      const largest = largestIn(labels);
      if (typeof count !== 'bigint' || largest === undefined || largest < Number(count)) continue;
      yield {
        at: moment.span,
        message: `The labels go up to ${largest}, and ${String(count)} columns are for classes 0 to ${String(count - 1n)}.`,
        evidence: [places(['the labels', spanOf(labels)])],
      };
    }
  },
};

/** The largest class number: of a published set, with what is added to it, or of what is written down. */
function largestIn(labels: Datum | undefined): number | undefined {
  const facts = arrayFacts(labels);
  const { targets, set } = facts;
  if (targets?.kind === 'classes' && set !== undefined)
    return targets.count === undefined ? undefined : targets.count - 1;
  if (isValue(labels) && labels.made.kind === 'operation' && /^(add|sub)$/.test(labels.made.name)) {
    const [of, by] = labels.made.args.positional;
    const largest = isValue(of) ? largestIn(of) : undefined;
    if (largest === undefined || typeof by !== 'bigint') return undefined;
    return labels.made.name === 'add' ? largest + Number(by) : largest - Number(by);
  }
  if (facts.isRandom === true) return undefined;
  return rangeOf(labels)?.high;
}
