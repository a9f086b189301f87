import { describe, expect, it } from '@jest/globals';
import { Interpreter } from '../src/runtime/interpreter.js';
import { builtins } from '../src/builtins/index.js';
import { library } from '../src/library/index.js';
import { NativeFunction, PyClassMethod, PyStaticMethod } from '../src/objects/callables.js';
import { PyModule } from '../src/objects/module.js';
import { PyClass } from '../src/objects/object.js';
import type { PyValue } from '../src/objects/object.js';

/** Every native function that can be reached from these values through modules, classes and their bases. */
function functionsIn(values: Iterable<PyValue>): Set<NativeFunction> {
  const found = new Set<NativeFunction>();
  const seen = new Set<PyValue>();
  const pending = [...values];
  while (pending.length > 0) {
    const value = pending.pop() ?? null;
    if (seen.has(value)) continue;
    seen.add(value);
    if (value instanceof NativeFunction) found.add(value);
    else if (value instanceof PyClassMethod || value instanceof PyStaticMethod) pending.push(value.callee);
    else if (value instanceof PyModule) pending.push(...value.namespace.values());
    else if (value instanceof PyClass) pending.push(...value.namespace.values(), ...value.bases);
  }
  return found;
}

describe('native signatures, which are read only when they are needed', () => {
  const python = new Interpreter();
  const modules = [...library.keys()].map((name) => {
    const outcome = python.importModule(name);
    return outcome.kind === 'finished' ? outcome.value : null;
  });
  const functions = functionsIn([...builtins.values(), ...modules]);

  it('are all readable', () => {
    expect(functions.size).toBeGreaterThan(1000);
    for (const each of functions) expect(each.signature?.name ?? each.name).toBe(each.name);
  });

  it('are what inspect shows, before the first call and after', () => {
    const { module } = new Interpreter().runModule(
      `import inspect, math
before = str(inspect.signature(math.isclose))
close = math.isclose(1.0, 1.0)
after = str(inspect.signature(math.isclose))
`,
      'signatures.py',
    );
    // as CPython shows it
    const shown = '(a, b, *, rel_tol=1e-09, abs_tol=0.0)';
    expect(['before', 'close', 'after'].map((name) => module.namespace.get(name))).toEqual([
      shown,
      true,
      shown,
    ]);
  });
});
