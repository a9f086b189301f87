import type { NativeImplementation } from '../native/functions.js';
import { defineModule } from '../native/modules.js';
import type { PyValue, Runtime } from '../objects/object.js';

const CLOCKS = [
  'time',
  'time_ns',
  'perf_counter',
  'perf_counter_ns',
  'monotonic',
  'monotonic_ns',
  'process_time',
  'process_time_ns',
  'thread_time',
  'localtime',
  'gmtime',
  'strftime',
  'asctime',
  'ctime',
  'mktime',
];

const clocks: Record<string, NativeImplementation> = Object.fromEntries(
  CLOCKS.map((name) => [
    `${name}(*args)`,
    (rt: Runtime): PyValue => rt.unknown(`time.${name} reads the clock`),
  ]),
);

export const timeModule = defineModule({
  name: 'time',
  missing: 'unknown',
  functions: { ...clocks, 'sleep(secs, /)': () => null },
});

/** Dates and times are all unknown: what a program does with them never decides what a model is. */
export const datetimeModule = defineModule({
  name: 'datetime',
  missing: 'unknown',
  values: { MINYEAR: 1n, MAXYEAR: 9999n },
});
