import { kerasCall, kerasOf } from '@tensormark/frameworks';
import type { Datum, Fitted } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';

export const watchedValidation: Check = {
  id: 'watched-validation',
  title: 'A callback that watches a validation that is not there',
  severity: 'warning',
  why: 'Without data to validate with there is no val_loss: the callback warns and does nothing, so that training never stops early and the best is never kept.',
  instead: 'Give fit validation_split or validation_data, or watch the loss itself (monitor="loss").',
  needs: 'Callbacks that are known, given to fit without any data to validate with.',
  wrong: [
    `
from keras.models import Sequential
from keras.layers import Dense
from keras.callbacks import EarlyStopping
from data import x, y
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=500, callbacks=[EarlyStopping(patience=5)])  # <--
`,
  ],
  right: [
    `
from keras.models import Sequential
from keras.layers import Dense
from keras.callbacks import EarlyStopping, ModelCheckpoint
from data import x, y
model = Sequential([Dense(8, input_dim=4, activation='relu'), Dense(1)])
model.compile(loss='mse', optimizer='adam')
model.fit(x, y, epochs=500, callbacks=[EarlyStopping(monitor='loss', patience=5), ModelCheckpoint('m.h5')])
model.fit(x, y, epochs=500, validation_split=0.2, callbacks=[EarlyStopping(patience=5)])
`,
  ],
  *run(program) {
    for (const { fits } of kerasOf(program).models)
      for (const fit of fits) {
        const at = fit.moment.span;
        if (at === undefined || fit.call.name === 'train_on_batch' || isValidated(fit)) continue;
        const callbacks = fit.call.args.named.get('callbacks');
        for (const callback of Array.isArray(callbacks) ? callbacks : [callbacks]) {
          const watched = watchedBy(callback);
          if (watched === undefined) continue;
          yield {
            at,
            message: `${watched.name} watches ${watched.figure}, and nothing is given to validate with.`,
            evidence: [places(['the callback', watched.span])],
          };
          break;
        }
      }
  },
};

/** Whether there may be data to validate with; what is handed on by `**` is not seen. */
function isValidated({ validation, validationSplit, call, moment }: Fitted): boolean {
  const { positional, named } = call.args;
  return (
    validation !== undefined ||
    validationSplit !== undefined ||
    ['validation_data', 'validation_split', 'validation_generator'].some((name) => named.has(name)) ||
    positional.length > 7 ||
    moment.span?.text.includes('**') === true
  );
}

function watchedBy(callback: Datum | undefined) {
  const made = kerasCall(callback);
  if (made === undefined || !/^(EarlyStopping|ReduceLROnPlateau|ModelCheckpoint)$/.test(made.name))
    return undefined;
  const { named, positional } = made.args;
  if (made.name === 'ModelCheckpoint' && named.get('save_best_only') !== true) return undefined;
  const figure = named.get('monitor') ?? positional[made.name === 'ModelCheckpoint' ? 1 : 0] ?? 'val_loss';
  return typeof figure === 'string' && figure.startsWith('val_')
    ? { name: made.name, figure, span: made.value.span }
    : undefined;
}
