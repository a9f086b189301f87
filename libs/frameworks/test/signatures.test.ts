import { expect, it } from '@jest/globals';
import { Interpreter, NativeFunction, PyClass, PyModule } from '@tensormark/python';
import type { PyValue } from '@tensormark/python';
import { einops } from '../src/companions/einops.js';
import { lightning } from '../src/companions/lightning.js';
import { torchModules } from '../src/torch/modules/all.js';
import { summaryModules } from '../src/torch/modules/summaries.js';
import { torchvisionModules } from '../src/torchvision/modules.js';

it('every-native-signature-can-be-read', () => {
  const natives = [...torchModules, ...summaryModules, ...einops, ...lightning, ...torchvisionModules];
  const python = new Interpreter({ modules: natives });
  const pending: PyValue[] = natives.map(({ name }) => {
    const outcome = python.importModule(name);
    return outcome.kind === 'finished' ? outcome.value : null;
  });
  const seen = new Set<PyValue>();
  let count = 0;
  while (pending.length > 0) {
    const value = pending.pop() ?? null;
    if (seen.has(value)) continue;
    seen.add(value);
    if (value instanceof NativeFunction) {
      // reading it is what may throw
      expect(value.signature?.name ?? value.name).toBe(value.name);
      count++;
    } else if (value instanceof PyModule) pending.push(...value.namespace.values());
    else if (value instanceof PyClass) pending.push(...value.namespace.values(), ...value.bases);
  }
  expect(count).toBeGreaterThan(1000);
});
