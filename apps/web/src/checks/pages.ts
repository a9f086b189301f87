export { CheckPage } from './CheckPage.js';
export { ChecksPage } from './ChecksPage.js';
