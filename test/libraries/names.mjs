/**
 * Libraries that the tests load as one file each: they only compute, and none asks where its own files lie. What a library's own
 * tests take from `../src` is another copy than the one behind `@tensormark/…`: they ask for it in one of the two ways only.
 */
export const BUNDLED = [
  'answers',
  'arithmetic',
  'code-review',
  'deadlines',
  'documents',
  'essays',
  'frameworks',
  'marking',
  'network',
  'parameter-count',
  'python',
];

/** Where the files lie. */
export const FOLDER = 'dist/tested';
