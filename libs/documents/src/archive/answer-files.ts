/** What systems add to archives, and what no answer is. */
const NO_ANSWER =
  /(?:^|\/)(?:__MACOSX\/|\.git\/|\.ipynb_checkpoints\/|__pycache__\/|node_modules\/|\.venv\/|venv\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/;

/** Files that are read as one submission. */
export const MOST_FILES = 40;

export function isAnswerFile(path: string): boolean {
  return !NO_ANSWER.test(path);
}
