import { PyRaise, UnknownNeeded } from '@tensormark/python';

/** What following code of the program gives; undefined where it raises, or cannot go on without what is not known. */
export function attempted<T>(follow: () => T): T | undefined {
  try {
    return follow();
  } catch (thrown) {
    if (thrown instanceof PyRaise || thrown instanceof UnknownNeeded) return undefined;
    throw thrown;
  }
}
