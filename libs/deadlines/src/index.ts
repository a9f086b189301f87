export { type Admission, admissionOf } from './admission.js';
export { lateBy, lateInWords, rulesInWords } from './in-words.js';
export { deductionOf, type Lateness, latenessOf, type Marked } from './lateness.js';
export { splitIsWith } from './splitting.js';
export {
  ALWAYS_OPEN,
  COUNTING,
  type Counting,
  extended,
  type LateFee,
  type LatePolicy,
  type Schedule,
} from './schedule.js';
