import type { ValueDefinition } from '../native/classes.js';
import { countWork } from '../objects/work.js';

export type TextMethods = NonNullable<ValueDefinition<string>['methods']>;

/** Methods that do not go over the text, or count their work themselves. */
const FREE = new Set(['__len__', '__getitem__', '__str__', '__add__', '__iter__', '__eq__', '__ne__']);

/** Methods that handle the text character by character. */
const SLOW = new Set(
  'title capitalize swapcase istitle strip lstrip rstrip split rsplit splitlines expandtabs __hash__ __repr__'.split(
    ' ',
  ),
);

/** The same methods, each counting steps for the length of the text it goes over. */
export function counted(table: TextMethods): TextMethods {
  return Object.fromEntries(
    Object.entries(table).map(([signature, method]) => {
      const name = signature.slice(0, signature.indexOf('('));
      if (FREE.has(name)) return [signature, method];
      const weight = SLOW.has(name) ? 4 : 1;
      const counting: typeof method = (rt, self, ...args) => {
        countWork(rt, self.length * weight);
        return method(rt, self, ...args);
      };
      return [signature, counting];
    }),
  );
}
