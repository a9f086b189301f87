export { CohortPage } from './CohortPage.js';
export { ModerationPage } from './ModerationPage.js';
export { LearningPlatformsPage } from './LearningPlatformsPage.js';
export { PeoplePage } from './PeoplePage.js';
export { SchemePage } from './SchemePage.js';
