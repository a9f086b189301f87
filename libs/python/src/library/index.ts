import type { NativeModule } from '../native/modules.js';
import { dataclassesModule } from './dataclasses/module.js';
import { enumModule } from './enum/module.js';

// Being written in files of this folder by a second hand, right now: enum, dataclasses, re, inspect, random, argparse, os, sys, time,
// datetime, json, logging, pathlib, string, numbers, contextlib, types, importlib, pickle, numpy. All others are still to be written.
/** The standard library by module name. */
const modules: readonly NativeModule[] = [dataclassesModule, enumModule];

export const library: ReadonlyMap<string, NativeModule> = new Map(
  modules.map((module) => [module.name, module]),
);
