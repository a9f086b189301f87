import { neg } from '../engine/elementwise.js';
import { logSoftmax, softmax } from '../engine/reductions.js';
import type { Value } from '../engine/value.js';
import { executor, type Executor, type RunningCall } from '../running/call.js';

/** Which dimension PyTorch takes when none is given. */
function dimOf(call: RunningCall, x: Value): number {
  const given = call.has('dim') ? call.optionalNumber('dim') : null;
  const rank = x.shape.length;
  return given ?? (rank === 0 || rank === 1 || rank === 3 ? 0 : 1);
}

export const SOFTMAXES: readonly Executor[] = [
  executor(['Softmax', 'softmax'], (call) => {
    const x = call.value('input');
    return softmax(x, dimOf(call, x));
  }),
  executor(['LogSoftmax', 'log_softmax'], (call) => {
    const x = call.value('input');
    return logSoftmax(x, dimOf(call, x));
  }),
  executor(['Softmin', 'softmin'], (call) => {
    const x = call.value('input');
    return softmax(neg(x), dimOf(call, x));
  }),
  executor('Softmax2d', (call) => softmax(call.value('input'), -3)),
];
