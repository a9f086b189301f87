export { DisagreementsPage } from './DisagreementsPage.js';
export { GroupsPage } from './GroupsPage.js';
export { SecondLooksPage } from './SecondLooksPage.js';
export { SharedPassagesPage } from './SharedPassagesPage.js';
export { SplitPage } from './SplitPage.js';
