import type { NativeModule } from '../native/modules.js';
import { importlibMetadata, importlibModule, importlibUtil } from './importlib.js';
import { numbersModule } from './numbers.js';
import { contextlibModule } from './contextlib.js';
import { typesModule } from './types.js';
import { inspectModule } from './inspect/module.js';
import { abc } from './abc.js';
import { collectionsAbc } from './collections/abstract.js';
import { collections } from './collections/collections.js';
import { copy } from './copy.js';
import { functools } from './functools.js';
import { future } from './future.js';
import { itertools } from './itertools.js';
import { math } from './math.js';
import { operator } from './operator.js';
import { typing, typingExtensions } from './typing/typing.js';
import { warnings } from './warnings.js';
import { dataclassesModule } from './dataclasses/module.js';
import { enumModule } from './enum/module.js';

// Being written in files of this folder by a second hand, right now: enum, dataclasses, re, inspect, random, argparse, os, sys, time,
// datetime, json, logging, pathlib, string, numbers, contextlib, types, importlib, pickle, numpy. All others are still to be written.
/** The standard library by module name. */
const modules: readonly NativeModule[] = [importlibModule, importlibUtil, importlibMetadata, numbersModule, contextlibModule, typesModule, inspectModule, dataclassesModule, enumModule];

export const library: ReadonlyMap<string, NativeModule> = new Map(
  modules.map((module) => [module.name, module]),
);
