import { defineClass } from '../../native/classes.js';
import { raise } from '../../objects/exceptions.js';
import { PyObject } from '../../objects/object.js';
import type { NdArray } from './array.js';
import { guardedMethods } from './giving-up.js';
import { getElements, setElements } from './indexing.js';

/** `array.flat`: the elements one after the other, which are gone over, picked and written to. */
export class FlatElements extends PyObject {
  at = 0;
  constructor(readonly array: NdArray) {
    super(flatClass);
  }
}

const flatClass = defineClass({
  name: 'flatiter',
  module: 'numpy',
  payload: FlatElements,
  unfollowed: 'base coords index __array__',
  methods: guardedMethods<FlatElements>({
    '__iter__()': (_rt, self) => self,
    '__next__()': (rt, self) =>
      self.at < self.array.size
        ? self.array.isKnown
          ? getElements(rt, self.array.reshaped([self.array.size]), BigInt(self.at++))
          : rt.unknown(`element ${self.at++} of an array of which they are not known`)
        : raise('StopIteration', ''),
    '__len__()': (_rt, self) => BigInt(self.array.size),
    '__getitem__(key)': (rt, self, key) =>
      self.array.isKnown
        ? getElements(rt, self.array.reshaped([self.array.size]), key)
        : rt.unknown('elements that are not known'),
    '__setitem__(key, value)': (rt, self, key, value) => {
      if (self.array.isContiguous) setElements(rt, self.array.reshaped([self.array.size]), key, value);
      else self.array.forget();
      return null;
    },
    'copy()': (_rt, self) => self.array.as(self.array.dtype).reshaped([self.array.size]),
  }),
});
