import type { Desk } from '../api/types.js';

/** How often a hold is prolonged; it runs out by itself after ten minutes. */
const PROLONG_EVERY = 2 * 60_000;

/** An answer that somebody here wants on the desk, until they let go of it. */
export interface Held {
  /** Whose desk it came to lie on; null where the server could not say, which is no reason to keep anybody from working. */
  readonly taken: Promise<Desk | null>;
  release(): void;
}

/** The answers on this page's desk: taken once for all who want them here, prolonged, and put back when nobody does. */
export interface DeskKeeper {
  hold(answer: string): Held;
  /** Whose it is, as far as is known. */
  of(answer: string): Desk | null;
  /** Puts everything back at once, as the page goes away. */
  leave(): void;
  /** Takes all that is wanted again, as after the page came back. */
  prolong(): void;
  subscribe(listener: () => void): () => void;
}

export interface DeskLine {
  readonly take: (answer: string) => Promise<Desk>;
  readonly free: (answer: string) => Promise<void>;
  readonly later: (act: () => void, ms: number) => void;
}

interface Place {
  wants: number;
  is: Desk | null;
  taken: Promise<Desk | null>;
}

export function makeDeskKeeper({ take, free, later }: DeskLine): DeskKeeper {
  const places = new Map<string, Place>();
  /** What is asked about an answer goes out in order, or it would be put back after it was taken again. */
  const asked = new Map<string, Promise<unknown>>();
  const listeners = new Set<() => void>();
  let prolonging = false;

  function inOrder<T>(answer: string, ask: () => Promise<T>): Promise<T | null> {
    const before = asked.get(answer) ?? Promise.resolve();
    const now = before.then(ask).catch(() => null);
    asked.set(answer, now);
    void now.finally(() => {
      if (asked.get(answer) === now) asked.delete(answer);
    });
    return now;
  }

  function takeAt(answer: string, place: Place): Promise<Desk | null> {
    return inOrder(answer, () => take(answer)).then((is) => {
      if (is !== null) place.is = is;
      for (const listener of listeners) listener();
      return is;
    });
  }

  function prolong() {
    for (const [answer, place] of places) place.taken = takeAt(answer, place);
  }

  function prolongLater() {
    if (prolonging) return;
    prolonging = true;
    later(() => {
      prolonging = false;
      if (places.size === 0) return;
      prolong();
      prolongLater();
    }, PROLONG_EVERY);
  }

  function put(answer: string, { is }: Place) {
    places.delete(answer);
    if (is?.yours !== false) void inOrder(answer, () => free(answer));
  }

  return {
    hold(answer) {
      let place = places.get(answer);
      if (place === undefined) {
        place = { wants: 0, is: null, taken: Promise.resolve(null) };
        places.set(answer, place);
        place.taken = takeAt(answer, place);
        prolongLater();
      }
      place.wants += 1;
      const held = place;
      let released = false;
      return {
        taken: held.taken,
        release() {
          if (released) return;
          released = true;
          held.wants -= 1;
          // Not at once: who goes on to the answer that was held ahead lets go of it and wants it in one step.
          later(() => {
            if (held.wants === 0 && places.get(answer) === held) put(answer, held);
          }, 0);
        },
      };
    },
    of: (answer) => places.get(answer)?.is ?? null,
    leave() {
      for (const [answer, { is }] of places)
        if (is?.yours !== false) void inOrder(answer, () => free(answer));
    },
    prolong,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
