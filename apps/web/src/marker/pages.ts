export { ExamsToMarkPage } from './ExamsToMarkPage.js';
export { FlagsPage } from './FlagsPage.js';
export { GroupsPage } from './GroupsPage.js';
export { MarkingPage } from './MarkingPage.js';
export { QueuePage } from './QueuePage.js';
export { SplitPage } from './SplitPage.js';
export { SecondLooksPage } from './SecondLooksPage.js';
export { SharedPassagesPage } from './SharedPassagesPage.js';
