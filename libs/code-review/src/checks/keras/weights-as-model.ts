import type { tree } from '@tensormark/python';
import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { callsOf } from '../../ask/tree.js';

export const weightsAsModel: Check = {
  id: 'weights-as-model',
  title: 'A file of weights read as a whole network',
  severity: 'error',
  why: 'save_weights keeps the weights alone: load_model finds no layers in such a file and raises an error.',
  instead: 'Save the network with save(), or build it anew and call load_weights.',
  needs: 'The same file name, written out, for save_weights and load_model.',
  wrong: [
    `
from keras.models import load_model
from nets import model, x
model.save_weights('net.h5')
again = load_model('net.h5')  # <--
print(again.predict(x))
`,
    `
from tensorflow import keras
from nets import model, x, y
best = keras.callbacks.ModelCheckpoint('best.h5', monitor='loss', save_best_only=True, save_weights_only=True)
model.fit(x, y, epochs=20, callbacks=[best])
model = keras.models.load_model('best.h5')  # <--
`,
  ],
  right: [
    `
from keras.models import load_model
from nets import build, model
model.save('net.h5')
model.save_weights('weights.h5')
again = load_model('net.h5')
other = build()
other.load_weights('weights.h5')
`,
  ],
  *run(program) {
    if (!/load_model/.test(program.source)) return;
    const calls = callsOf(program);
    const weights = new Map<string, tree.Call>();
    const whole = new Set<string>();
    for (const call of calls) {
      const name = call.callee.span.text.split('.').at(-1) ?? '';
      const path = pathOf(call, name === 'save' ? undefined : 'filepath');
      if (path === undefined) continue;
      if (name === 'save_weights' || (name === 'ModelCheckpoint' && isOfWeights(call)))
        weights.set(path, call);
      else if (/^(save|save_model|ModelCheckpoint)$/.test(name)) whole.add(path);
    }
    for (const call of calls) {
      if (!/(^|\.)load_model$/.test(call.callee.span.text)) continue;
      const path = pathOf(call, 'filepath');
      const saved = path === undefined || whole.has(path) ? undefined : weights.get(path);
      if (saved === undefined) continue;
      yield {
        at: call.span,
        message: `'${path ?? ''}' is written with the weights alone, and no network can be made of it.`,
        evidence: [places(['written here', saved.span])],
      };
    }
  },
};

function pathOf({ args, keywords }: tree.Call, word: string | undefined): string | undefined {
  const given = args[0] ?? keywords.find(({ name }) => name !== undefined && name === word)?.value;
  return given?.kind === 'Constant' && typeof given.value === 'string' ? given.value : undefined;
}

function isOfWeights({ keywords }: tree.Call): boolean {
  return keywords.some(
    ({ name, value }) => name === 'save_weights_only' && value.kind === 'Constant' && value.value === true,
  );
}
