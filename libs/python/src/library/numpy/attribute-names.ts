/** Every public attribute of an array, as NumPy 2.4 has them: what reading does not model is told by it from what is not there. */
export const ARRAY_ATTRIBUTES: ReadonlySet<string> = new Set(
  `T all any argmax argmin argpartition argsort astype base byteswap choose clip compress conj conjugate copy
    ctypes cumprod cumsum data device diagonal dot dtype dump dumps fill flags flat flatten getfield imag item
    itemsize mT max mean min nbytes ndim nonzero partition prod put ravel real repeat
    reshape resize round searchsorted setfield setflags shape size sort squeeze std strides sum swapaxes take
    to_device tobytes tofile tolist trace transpose var view`.split(/\s+/),
);

/** The same with those that versions since 1.13 have had. */
export const ALL_ARRAY_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...ARRAY_ATTRIBUTES,
  'itemset',
  'newbyteorder',
  'ptp',
  'tostring',
]);

/** What a single element has of them: it answers as an array of one element would. */
export const ELEMENT_ATTRIBUTES: ReadonlySet<string> = new Set(
  [...ARRAY_ATTRIBUTES].filter(
    (name) => !['argpartition', 'ctypes', 'dot', 'mT', 'partition'].includes(name),
  ),
);
