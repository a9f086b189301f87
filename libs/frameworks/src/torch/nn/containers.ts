import type { PyClass } from '@tensormark/python';
import { moduleDictClass } from './containers/module-dict.js';
import { moduleListClass } from './containers/module-list.js';
import { parameterDictClass } from './containers/parameter-dict.js';
import { parameterListClass } from './containers/parameter-list.js';
import { sequentialClass } from './containers/sequential.js';

/** Modules that hold others, by PyTorch's names. */
export const containerClasses: ReadonlyMap<string, PyClass> = new Map(
  [sequentialClass, moduleListClass, moduleDictClass, parameterListClass, parameterDictClass].map((cls) => [
    cls.name,
    cls,
  ]),
);
