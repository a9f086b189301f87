import { open } from 'node:fs/promises';
import { Refused } from '../command.js';

/**
 * Reads a file of at most `mostBytes`. What cannot be read is refused with what to do about it.
 */
export async function readInput(path: string, mostBytes: number): Promise<Uint8Array> {
  const file = await open(path).catch((error: unknown) => {
    throw new Refused(`cannot read ${path}: ${reasonOf(error)}`);
  });
  try {
    const { size } = await file.stat();
    if (size > mostBytes) {
      throw new Refused(`${path} has ${size} bytes; at most ${mostBytes} are read. Send a smaller file.`);
    }
    return await file.readFile().catch((error: unknown) => {
      throw new Refused(`cannot read ${path}: ${reasonOf(error)}`);
    });
  } finally {
    await file.close();
  }
}

/** The same as text in UTF-8. */
export async function readText(path: string, mostBytes: number): Promise<string> {
  return new TextDecoder().decode(await readInput(path, mostBytes));
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'EACCES') return 'it may not be read by this user';
  return error instanceof Error ? error.message : String(error);
}
