/** Every public attribute of an array, in the versions of NumPy from 1.13 to 2.4: what reading does not model is told by it from what is not there. */
export const ARRAY_ATTRIBUTES: ReadonlySet<string> = new Set(
  `T all any argmax argmin argpartition argsort astype base byteswap choose clip compress conj conjugate copy
    ctypes cumprod cumsum data device diagonal dot dtype dump dumps fill flags flat flatten getfield imag item
    itemset itemsize mT max mean min nbytes ndim newbyteorder nonzero partition prod ptp put ravel real repeat
    reshape resize round searchsorted setfield setflags shape size sort squeeze std strides sum swapaxes take
    to_device tobytes tofile tolist tostring trace transpose var view`.split(/\s+/),
);
