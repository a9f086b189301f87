import { argument, kerasCall } from '@tensormark/frameworks';
import type { Check } from '../../check.js';
import { eachMaking } from '../../ask/makings.js';

/** Place of `mode` among the arguments of a callback. */
const CALLBACKS: Readonly<Record<string, { readonly monitor: number; readonly mode: number }>> = {
  EarlyStopping: { monitor: 0, mode: 4 },
  ReduceLROnPlateau: { monitor: 0, mode: 4 },
  ModelCheckpoint: { monitor: 1, mode: 5 },
};

export const watchedWay: Check = {
  id: 'watched-way',
  title: 'A figure that is watched the wrong way round',
  severity: 'warning',
  why: 'With mode="min" the smallest accuracy counts as the best, with mode="max" the largest loss: the worst weights are kept, or training stops as soon as it gets better.',
  instead:
    'Use mode="max" for accuracies and the like and mode="min" for losses and errors, or leave it "auto".',
  needs: 'A callback whose figure is a loss or an accuracy by its name, and whose mode is written.',
  wrong: [
    `
from keras.callbacks import ModelCheckpoint
kept = ModelCheckpoint('best.h5', monitor='val_accuracy', mode='min', save_best_only=True)  # <--
`,
    `
from tensorflow.keras.callbacks import EarlyStopping
stop = EarlyStopping(monitor='val_loss', mode='max', patience=5)  # <--
`,
  ],
  right: [
    `
from tensorflow.keras.callbacks import EarlyStopping, ModelCheckpoint, ReduceLROnPlateau
stop = EarlyStopping(monitor='val_loss', mode='min', patience=5)
kept = ModelCheckpoint('best.h5', monitor='val_acc', mode='max', save_best_only=True)
less = ReduceLROnPlateau(monitor='my_score', mode='min')
last = EarlyStopping(monitor='val_dice_loss', mode='max')
`,
  ],
  *run(program) {
    if (!/\bmode\s*=\s*['"](min|max)/.test(program.source)) return;
    const seen = new Set<number>();
    for (const value of eachMaking(program)) {
      const call = kerasCall(value);
      const places = call && Object.hasOwn(CALLBACKS, call.name) ? CALLBACKS[call.name] : undefined;
      const at = value.span;
      if (call === undefined || places === undefined || at === undefined || seen.has(at.start)) continue;
      const figure = argument(call.args, 'monitor', places.monitor) ?? 'val_loss';
      const mode = argument(call.args, 'mode', places.mode);
      if (typeof figure !== 'string' || (mode !== 'min' && mode !== 'max')) continue;
      const isGood = /^(val_)?(\w+_)?(acc|accuracy|auc|precision|recall|f1|iou|dice_coef)$/i.test(figure);
      // A loss of the program's own by the name of a score may be either.
      if (/dice|iou|jaccard|score|coef/i.test(figure) && /loss$/i.test(figure)) continue;
      const isBad = /^(val_)?(\w+_)?(loss|mse|mae|mean_squared_error|mean_absolute_error|rmse)$/i.test(
        figure,
      );
      if (!((isGood && mode === 'min') || (isBad && mode === 'max'))) continue;
      seen.add(at.start);
      yield {
        at,
        message: `${figure} is watched with mode='${mode}': ${isGood ? 'the smallest counts as the best' : 'the largest counts as the best'}.`,
        evidence: [],
      };
    }
  },
};
