/**
 * What a call gives, behind what it is made on. Written out for as few as most calls give: a list that is made by going over another
 * has room for sixteen more.
 */
export function behindReceiver<T extends {} | null>(receiver: T, given: readonly T[]): T[] {
  const [first, second] = given;
  if (first === undefined) return [receiver];
  if (second === undefined) return [receiver, first];
  return given.length === 2 ? [receiver, first, second] : [receiver, ...given];
}
