export { readSettings as readApiSettings, UnusableSettings as UnusableApiSettings } from './environment.js';
export { LOG_LEVELS, NEW_EXAMS, type ApiOptions, type LogLevel } from './options.js';
export { singleSignOnIn, UnusableSingleSignOn } from './auth/single-sign-on-settings.js';
export type { Limits } from './http/limits.js';
export type { DemonstrationAccount } from './demonstration/accounts.js';
export type { NewPerson } from './people/people.js';
export { seedDemonstration, startApi, type RunningApi } from './start-api.js';
