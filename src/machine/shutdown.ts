/**
 * Resolves at the first SIGINT or SIGTERM, or when the parent that started this process goes away. A second signal ends
 * the process at once.
 */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = (): void => {
      if (asked) process.exit(130);
      asked = true;
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    if (process.channel !== undefined) process.once('disconnect', stop);
  });
}
