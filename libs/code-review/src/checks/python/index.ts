import { overwrittenPart } from './overwritten-part.js';
import type { Check } from '../../check.js';
import { aliasWritten } from './alias-written.js';
import { placedElsewhere } from './placed-elsewhere.js';
import { changedTooLate } from './changed-too-late.js';
import { changedBeforeRead } from './changed-before-read.js';
import { namesSwapped } from './names-swapped.js';
import type { ErrorCheck } from '../../ask/error-check.js';
import { returnedCrossed } from './returned-crossed.js';
import { knownReturns } from './known-returns.js';
import { callSignature } from './call-signature.js';
import { libraryArguments } from './library-arguments.js';
import { libraryOption } from './library-option.js';
import { libraryName } from './library-name.js';
import { moduleCalled } from './module-called.js';
import { listRepeated } from './list-repeated.js';
import { objectAttribute } from './object-attribute.js';
import { precedence } from './precedence.js';
import { formatCount } from './format-count.js';
import { forwardCalled } from './forward-called.js';
import { functionGradients } from './function-gradients.js';
import { returnMissing } from './return-missing.js';
import { superInit } from './super-init.js';
import { syntaxError } from './syntax-error.js';
import { unboundLocal } from './unbound-local.js';
import { undefinedName } from './undefined-name.js';
import { unknownAttribute } from './unknown-attribute.js';
import { argumentIgnored, sameOperands } from './same-operands.js';
import { unpackMismatch } from './unpack-mismatch.js';
import { zeroDimIndex } from './zero-dim-index.js';
import { largestPair } from './largest-pair.js';
import { enumerated } from './enumerated.js';
import { classNotMade } from './class-not-made.js';

/** Those of Python's errors that are met by running. */
export const pythonErrors: readonly ErrorCheck[] = [
  superInit,
  callSignature,
  unpackMismatch,
  unknownAttribute,
];

/** Python's own errors. */
export const python: readonly Check[] = [
  aliasWritten,
  syntaxError,
  undefinedName,
  unboundLocal,
  functionGradients,
  returnMissing,
  forwardCalled,
  sameOperands,
  argumentIgnored,
  precedence,
  namesSwapped,
  returnedCrossed,
  knownReturns,
  listRepeated,
  libraryName,
  moduleCalled,
  libraryArguments,
  libraryOption,
  objectAttribute,
  formatCount,
  changedBeforeRead,
  changedTooLate,
  placedElsewhere,
  ...pythonErrors,
  zeroDimIndex,
  largestPair,
  enumerated,
  classNotMade,
  overwrittenPart,
];
