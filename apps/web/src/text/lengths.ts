/** What the server takes of each kind of text, in characters. */
const LONGEST = { reason: 4000, feedback: 2000 } as const;

const inFull = new Intl.NumberFormat('en-GB');

/** How much a text is too long; null where it is not. Told before it is sent, so that nothing typed comes back refused. */
export function tooLong(text: string, kind: keyof typeof LONGEST): string | null {
  const { length } = text.trim();
  const most = LONGEST[kind];
  return length <= most
    ? null
    : `${inFull.format(length)} characters; at most ${inFull.format(most)}. Take out ${inFull.format(length - most)}`;
}
