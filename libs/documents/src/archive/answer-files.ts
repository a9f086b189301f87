/** What systems add to archives, and what no answer is. */
const NO_ANSWER =
  /(?:^|\/)(?:__MACOSX\/|\.git\/|\.ipynb_checkpoints\/|__pycache__\/|node_modules\/|\.venv\/|venv\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/;

/** Files that are read as one submission. */
export const MOST_FILES = 40;

export function isAnswerFile(path: string): boolean {
  return !NO_ANSWER.test(path);
}

/** Programs and what is made of them, which also short ones without a byte that no text has never are an answer. */
const PROGRAM = /\.(?:exe|dll|com|bat|cmd|msi|scr|app|bin|so|dylib|o|obj|a|lib|class|jar|pyc|pyd|lnk)$/i;

export function isProgram(path: string): boolean {
  return PROGRAM.test(path);
}

/** Whether an archive with these files holds anything to read. */
export function holdsAnswers(
  files: readonly { readonly name: string; readonly unpacked: number }[],
): boolean {
  return files.some(({ name, unpacked }) => isAnswerFile(name) && !isProgram(name) && unpacked > 0);
}

export const NO_ANSWERS =
  'The archive holds no file with answers: it is empty, or has only empty files and programs. Check what you packed, and upload it again.';
