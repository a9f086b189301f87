export { ExamsToMarkPage } from './ExamsToMarkPage.js';
export { FlagsPage } from './FlagsPage.js';
export { MarkingPage } from './MarkingPage.js';
export { QueuePage } from './QueuePage.js';
