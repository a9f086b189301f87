/**
 * What `make` gives for each, in order, with at most so many begun and not yet taken. Throws the first error that is come to; what
 * was begun behind it ends unheard.
 */
export async function* inTurn<From, To>(
  all: Iterable<From>,
  ahead: number,
  make: (each: From) => Promise<To>,
): AsyncGenerator<To> {
  let begun: readonly Promise<To>[] = [];
  for (const each of all) {
    const made = make(each);
    // It is heard when its turn comes.
    made.catch(() => undefined);
    begun = [...begun, made];
    const [first, ...others] = begun;
    if (begun.length < ahead || first === undefined) continue;
    begun = others;
    yield await first;
  }
  for (const each of begun) yield await each;
}
