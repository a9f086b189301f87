import type { NativeModule } from '../native/modules.js';
import { argparseModule } from './argparse/module.js';
import { builtinNames } from './builtin-names.js';
import { contextlibModule } from './contextlib.js';
import { dataclassesModule } from './dataclasses/module.js';
import { enumModule } from './enum/module.js';
import { importlibMetadata, importlibModule, importlibUtil } from './importlib.js';
import { inspectModule } from './inspect/module.js';
import { jsonModule } from './json/module.js';
import { languageModules } from './language.js';
import { loggingModule } from './logging.js';
import { numbersModule } from './numbers.js';
import { numpyModule, numpyRandom } from './numpy/module.js';
import { osModule } from './os/module.js';
import { osPathModule } from './os/paths.js';
import { pureModules } from './pure/index.js';
import { pathlibModule } from './pathlib.js';
import { randomModule } from './random.js';
import { reModule, regexModule } from './re/module.js';
import { stringModule } from './string.js';
import { sysModule } from './sys.js';
import { datetimeModule, timeModule } from './time.js';
import { tqdmModules } from './tqdm.js';
import { typesModule } from './types.js';
import { withUninterpreted } from './uninterpreted.js';

/** The standard library by module name. */
const modules: readonly NativeModule[] = [
  argparseModule,
  ...builtinNames,
  contextlibModule,
  dataclassesModule,
  datetimeModule,
  enumModule,
  importlibMetadata,
  importlibModule,
  importlibUtil,
  inspectModule,
  jsonModule,
  ...languageModules,
  loggingModule,
  numbersModule,
  numpyModule,
  numpyRandom,
  osModule,
  osPathModule,
  pathlibModule,
  ...pureModules,
  randomModule,
  reModule,
  regexModule,
  stringModule,
  sysModule,
  timeModule,
  ...tqdmModules,
  typesModule,
];

export const library: ReadonlyMap<string, NativeModule> = new Map(
  modules.map((module) => [module.name, withUninterpreted(module)]),
);
