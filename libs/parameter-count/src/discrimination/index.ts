export { blindSpots, type BlindSpot } from './blind-spots.js';
export { spotsInWords } from './in-words.js';
export { resolvableSpots, type Proposal, type ResolvableSpot } from './proposals.js';
