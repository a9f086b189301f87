/** What stopped work for good, by what its error says; the first that fits. What fits none is in the log alone. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [/no space left|disk full|could not extend file|ENOSPC/i, 'the server’s disk is full'],
  [/out of memory|heap limit|needed over \d+ MB|ENOMEM/i, 'it needed more memory than the server has for it'],
  [/network could not be run/i, 'its network could not be run on the compute device'],
  [/stalled more than/i, 'the process that worked on it ended again and again'],
  [/thread/i, 'a worker’s thread was lost while it worked on it'],
  [
    /can't reach database|ECONNREFUSED|ECONNRESET|connection .*(terminated|closed|refused)|too many (clients|connections)/i,
    'the database could not be reached',
  ],
  [/took over \d+ s|timed? ?out|ETIMEDOUT/i, 'it took longer than it may'],
];

/** Why work failed, in words for examiners; never the inner workings themselves, which the log has. */
export function causeOf(reason: string): string {
  return CAUSES.find(([pattern]) => pattern.test(reason))?.[1] ?? 'there was an error in the server itself';
}
