export { answerTasks } from './answer-tasks.js';
export { builtFile } from './built-file.js';
export { OutOfBounds, ThreadLost, TooBusy } from './errors.js';
export type { ThreadOptions } from './options.js';
export { Threads } from './threads.js';
