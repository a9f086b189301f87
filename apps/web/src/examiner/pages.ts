export { ExaminedPage } from './ExaminedPage.js';
export { ExamsPage } from './ExamsPage.js';
