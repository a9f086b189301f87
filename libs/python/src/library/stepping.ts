import type { PyValue, Runtime } from '../objects/object.js';

/** What an iterator is driven by: the next item, or undefined after the last. */
export type Next = (rt: Runtime) => PyValue | undefined;

/** An iterator over what a TypeScript generator yields. */
export function stepping(make: (rt: Runtime) => Generator<PyValue, void, undefined>): Next {
  let steps: Generator<PyValue, void, undefined> | undefined;
  return (rt) => {
    steps ??= make(rt);
    const step = steps.next();
    return step.done === true ? undefined : step.value;
  };
}
