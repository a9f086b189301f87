import type { PyClass } from '@tensormark/python';
import type { Recorder } from './recorder.js';

/** Those of some classes of networks that are part of no other network and that no other derives from. */
export function outermostOf({ values }: Recorder, classes: readonly PyClass[]): readonly PyClass[] {
  const inner = new Set(
    values.modules.flatMap(({ object, children }) =>
      children.map(([, child]) => child.object.cls).filter((cls) => cls !== object.cls),
    ),
  );
  return classes.filter((cls) => !inner.has(cls) && cls.subclasses.length === 0);
}
