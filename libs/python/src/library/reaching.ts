import type { Machine } from '../compile/frame.js';
import type { Runtime } from '../objects/object.js';

/** The interpreter behind a runtime, for the few library functions that import modules or look at them. */
export function machineOf(rt: Runtime): Machine {
  if (isMachine(rt)) return rt;
  throw new Error('a runtime is always a machine');
}

function isMachine(rt: Runtime): rt is Machine {
  return 'importModule' in rt && 'builtins' in rt;
}
