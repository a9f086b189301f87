import type { NativeModule } from '../../native/modules.js';
import { asyncio } from './asyncio.js';
import { bisect } from './bisect.js';
import { fractions } from './fractions.js';
import { heapq } from './heapq.js';
import { io } from './io.js';
import { pprint, traceback, weakref } from './small.js';
import { statistics } from './statistics.js';
import { textwrap } from './textwrap.js';

/** Modules that are easiest said in Python itself. */
export const pureModules: readonly NativeModule[] = [
  asyncio,
  bisect,
  fractions,
  heapq,
  io,
  pprint,
  statistics,
  textwrap,
  traceback,
  weakref,
];
