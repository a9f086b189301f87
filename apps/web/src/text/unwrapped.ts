/** A line this long was wrapped by an editor; a shorter one was ended by its writer. */
const WRAPPED = 60;

/** Line breaks that only wrap a paragraph become spaces, as in Markdown; those that end a short line stay. */
export function unwrapped(source: string, start: number, written: string): string {
  if (!written.includes('\n')) return written;
  return written.replaceAll('\n', (_, at: number) => {
    const end = start + at;
    return end - (source.lastIndexOf('\n', end - 1) + 1) >= WRAPPED ? ' ' : '\n';
  });
}
