export { ExamListPage } from './ExamListPage.js';
export { ExamPage } from './ExamPage.js';
