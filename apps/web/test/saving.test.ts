import { describe, expect, it } from '@jest/globals';
import { ProblemError, problemOf, unreachable } from '../src/api/problem.js';
import type { Mark, NewMark } from '../src/api/types.js';
import { KEPT_AS, makeOutbox, type Outbox } from '../src/marker/outbox.js';
import { type Given, isUnsaved, readGiven, stateAfter } from '../src/marker/saves.js';

const KIM = { id: 'kim', name: 'Kim Marker' };
const SASHA = { id: 'sasha', name: 'Sasha Examiner' };

const given = (answer: string, marks = '3'): Given => ({
  answer,
  exam: 'exam',
  part: '2',
  candidate: `C-${answer}`,
  marks,
  available: '4',
  mark: { action: 'change', marks, expectedCurrent: null },
  draft: { items: {}, total: marks, reason: 'Why.' },
  seen: [],
});

const markOf = (by: string, marks: string, id = 'new'): Mark => ({
  id,
  marks,
  origin: 'set',
  reason: '',
  by,
  at: '2036-05-01T10:00:00Z',
  items: [],
  takenBack: null,
});

const problem = (status: number, body: object = {}): ProblemError =>
  problemOf(status, new Headers(), { title: `Refused with ${status}`, ...body });

class Kept implements Storage {
  readonly #kept = new Map<string, string>();
  get length() {
    return this.#kept.size;
  }
  clear() {
    this.#kept.clear();
  }
  key(at: number) {
    return [...this.#kept.keys()][at] ?? null;
  }
  getItem(name: string) {
    return this.#kept.get(name) ?? null;
  }
  setItem(name: string, value: string) {
    this.#kept.set(name, value);
  }
  removeItem(name: string) {
    this.#kept.delete(name);
  }
}

/** Everything that was begun has gone as far as it goes without the world. */
const settled = () => new Promise<void>((done) => setImmediate(done));

interface Sent {
  readonly answer: string;
  readonly mark: NewMark;
  arrives(marks?: string): Promise<void>;
  fails(error: ProblemError): Promise<void>;
}

/** A server that answers when it is told to, and a clock that goes when it is told to. */
function world(storage: Storage | null = new Kept()) {
  const sent: Sent[] = [];
  const saved: string[] = [];
  const unsaved: string[] = [];
  let due: (() => void)[] = [];
  const there = { who: KIM.id as string | null | ProblemError, marks: [] as readonly Mark[] };
  const open = (): Outbox =>
    makeOutbox({
      decide: (answer, mark) =>
        new Promise((resolve, reject) => {
          sent.push({
            answer,
            mark,
            arrives(marks = mark.marks ?? '0') {
              resolve(markOf(KIM.name, marks));
              return settled();
            },
            fails(error) {
              reject(error);
              return settled();
            },
          });
        }),
      marksOf: () => Promise.resolve(there.marks),
      who: () => (there.who instanceof ProblemError ? Promise.reject(there.who) : Promise.resolve(there.who)),
      later: (act) => {
        due.push(act);
        return () => {
          due = due.filter((each) => each !== act);
        };
      },
      storage: () => storage,
      onSaved: (save) => {
        saved.push(save.answer);
        return Promise.resolve();
      },
      onUnsaved: (save) => unsaved.push(save.answer),
    });
  return {
    open,
    sent,
    saved,
    unsaved,
    there,
    waits: () => due.length,
    async timePasses() {
      for (const act of due.splice(0)) act();
      await settled();
    },
  };
}

const states = (outbox: Outbox) => outbox.all().map(({ answer, state }) => [answer, state.kind]);

describe('what was decided is saved while the marker goes on', () => {
  it('several-are-under-way-at-once-and-each-ends-by-itself', async () => {
    const { open, sent, saved } = world();
    const outbox = open();
    outbox.begin(KIM);
    for (const answer of ['a', 'b', 'c']) outbox.give(given(answer));
    expect(outbox.all().filter(isUnsaved)).toEqual([]);
    expect(states(outbox)).toEqual([
      ['a', 'saving'],
      ['b', 'saving'],
      ['c', 'saving'],
    ]);
    await sent[1]?.arrives();
    await sent[2]?.fails(problem(409, { current: null }));
    expect(states(outbox)).toEqual([
      ['a', 'saving'],
      ['c', 'conflict'],
    ]);
    await sent[0]?.arrives();
    expect(saved).toEqual(['b', 'a']);
    expect(outbox.all().map(({ draft }) => draft?.reason)).toEqual(['Why.']);
  });

  it('no-more-are-sent-at-once-than-leave-connections-for-the-answers', async () => {
    const { open, sent, saved } = world();
    const outbox = open();
    outbox.begin(KIM);
    for (const answer of ['a', 'b', 'c', 'd', 'e', 'f']) outbox.give(given(answer));
    outbox.drop('e');
    expect(sent.map(({ answer }) => answer)).toEqual(['a', 'b', 'c']);
    await sent[1]?.fails(problem(422));
    await sent[0]?.arrives();
    await sent[2]?.arrives();
    expect(sent.map(({ answer }) => answer)).toEqual(['a', 'b', 'c', 'd', 'f']);
    await sent[3]?.arrives();
    await sent[4]?.arrives();
    outbox.give(given('g'));
    expect([sent.at(-1)?.answer, saved]).toEqual(['g', ['a', 'c', 'd', 'f']]);
  });

  it('a-lost-connection-is-tried-again-and-a-reload-in-between-loses-nothing', async () => {
    const storage = new Kept();
    const before = world(storage);
    const outbox = before.open();
    outbox.begin(KIM);
    outbox.give(given('a'));
    await before.sent[0]?.fails(unreachable());
    expect(states(outbox)).toEqual([['a', 'waiting']]);
    await before.timePasses();
    expect(before.sent).toHaveLength(2);
    // Sent again, and not yet there: the marker is told so all the while.
    expect(outbox.all().map(isUnsaved)).toEqual([true]);

    const after = world(storage);
    const reloaded = after.open();
    reloaded.begin(KIM);
    await settled();
    expect(after.sent.map(({ mark }) => mark)).toEqual([given('a').mark]);
    await after.sent[0]?.arrives();
    expect([states(reloaded), storage.length]).toEqual([[], 0]);
  });

  it('what-arrived-although-no-answer-came-is-no-conflict-with-oneself', async () => {
    const { open, sent, saved, there, timePasses } = world();
    const outbox = open();
    outbox.begin(KIM);
    outbox.give(given('a'));
    await sent[0]?.fails(unreachable());
    await timePasses();
    there.marks = [markOf(KIM.name, '3.0')];
    await sent[1]?.fails(problem(409, { current: {} }));
    expect([saved, states(outbox)]).toEqual([['a'], []]);
  });

  it.each([
    ['a-colleague-s-mark', markOf(SASHA.name, '3')],
    ['other-marks-of-one-s-own', markOf(KIM.name, '2')],
    ['a-mark-that-was-there-before', markOf(KIM.name, '3', 'old')],
  ])('%s-after-a-lost-connection-is-a-conflict', async (_name, mark) => {
    const { open, sent, saved, there, timePasses } = world();
    const outbox = open();
    outbox.begin(KIM);
    outbox.give({ ...given('a'), seen: ['old'] });
    await sent[0]?.fails(unreachable());
    await timePasses();
    there.marks = [mark];
    await sent[1]?.fails(problem(409, { current: {} }));
    expect([saved, states(outbox)]).toEqual([[], [['a', 'conflict']]]);
  });

  it('one-s-own-equal-mark-is-a-conflict-where-the-first-try-was-refused-outright', async () => {
    const { open, sent, there } = world();
    const outbox = open();
    outbox.begin(KIM);
    outbox.give(given('a'));
    there.marks = [markOf(KIM.name, '3')];
    await sent[0]?.fails(problem(409, { current: {} }));
    expect(states(outbox)).toEqual([['a', 'conflict']]);
  });

  it('nothing-is-sent-in-the-name-of-somebody-else', async () => {
    const storage = new Kept();
    const { open, sent, there, timePasses } = world(storage);
    const outbox = open();
    outbox.begin(KIM);
    outbox.give(given('a'));
    await sent[0]?.fails(unreachable());
    there.who = SASHA.id;
    await timePasses();
    expect(sent).toHaveLength(1);
    expect(outbox.all()[0]?.state).toEqual({ kind: 'waiting', why: 'signed-out' });
    outbox.begin(SASHA);
    await settled();
    expect([outbox.all(), sent.length, storage.length]).toEqual([[], 1, 1]);
    there.who = KIM.id;
    outbox.begin(KIM);
    await settled();
    expect(sent.map(({ answer }) => answer)).toEqual(['a', 'a']);
  });

  it('after-an-ended-session-it-is-sent-once-the-same-person-is-back', async () => {
    const { open, sent, timePasses } = world();
    const outbox = open();
    outbox.begin(KIM);
    outbox.give(given('a'));
    await sent[0]?.fails(problem(401));
    await timePasses();
    expect(sent).toHaveLength(1);
    outbox.begin(KIM);
    await settled();
    expect(sent).toHaveLength(2);
  });

  it('a-decision-that-replaces-another-is-not-ended-by-the-answer-to-the-first', async () => {
    const { open, sent, saved } = world();
    const outbox = open();
    outbox.begin(KIM);
    outbox.give(given('a', '3'));
    await sent[0]?.fails(problem(409, { proposalId: null }));
    expect(states(outbox)).toEqual([['a', 'overtaken']]);
    outbox.give(given('a', '1'));
    outbox.give(given('a', '2'));
    await sent[1]?.arrives();
    expect([saved, states(outbox)]).toEqual([[], [['a', 'saving']]]);
    await sent[2]?.arrives();
    expect([saved, states(outbox)]).toEqual([['a'], []]);
  });

  it('what-is-taken-back-is-neither-sent-nor-kept', async () => {
    const storage = new Kept();
    const { open, sent, timePasses } = world(storage);
    const outbox = open();
    outbox.begin(KIM);
    outbox.give(given('a'));
    await sent[0]?.fails(unreachable());
    outbox.drop('a');
    await timePasses();
    expect([sent.length, outbox.all(), storage.length]).toEqual([1, [], 0]);
  });

  it('a-try-by-hand-leaves-no-earlier-one-waiting', async () => {
    const { open, sent, waits } = world();
    const outbox = open();
    outbox.begin(KIM);
    outbox.give(given('a'));
    await sent[0]?.fails(unreachable());
    expect(waits()).toBe(1);
    outbox.tryAgain();
    await settled();
    expect([sent.length, waits()]).toEqual([2, 0]);
    await sent[1]?.fails(unreachable());
    expect(waits()).toBe(1);
    outbox.forget();
    expect(waits()).toBe(0);
  });

  it('what-another-tab-has-saved-or-taken-back-is-not-sent-from-here-as-well', async () => {
    const storage = new Kept();
    const { open, sent, timePasses } = world(storage);
    const outbox = open();
    outbox.begin(KIM);
    for (const answer of ['a', 'b', 'c']) outbox.give(given(answer));
    await sent[0]?.fails(unreachable());
    await sent[1]?.fails(problem(409, { current: {} }));
    outbox.keptElsewhere(`${KEPT_AS}${SASHA.id}:a`, null);
    outbox.keptElsewhere(`${KEPT_AS}${KIM.id}:a`, '{}');
    expect(states(outbox)).toEqual([
      ['a', 'waiting'],
      ['b', 'conflict'],
      ['c', 'saving'],
    ]);
    for (const answer of ['a', 'b', 'c']) outbox.keptElsewhere(`${KEPT_AS}${KIM.id}:${answer}`, null);
    expect(states(outbox)).toEqual([['c', 'saving']]);
    await timePasses();
    expect(sent).toHaveLength(3);
  });

  it('goes-on-without-a-storage', async () => {
    const { open, sent, saved } = world(null);
    const outbox = open();
    outbox.begin(KIM);
    outbox.give(given('a'));
    await sent[0]?.arrives();
    expect(saved).toEqual(['a']);
  });

  it.each([
    ['no-answer', unreachable(), 'waiting'],
    ['a-session-that-ended', problem(401), 'waiting'],
    ['a-server-that-restarts', problem(503), 'waiting'],
    ['another-mark', problem(409, { current: null }), 'conflict'],
    ['another-proposal', problem(409, { proposal: null, proposalId: null }), 'overtaken'],
    ['a-conflict-of-another-kind', problem(409), 'refused'],
    ['marks-out-of-range', problem(422), 'refused'],
    ['a-conflict-of-interest', problem(403), 'refused'],
    ['a-fault', problem(500), 'refused'],
  ])('%s-leaves-it-in-a-state-of-its-own', (_name, error, state) =>
    expect(stateAfter(error).kind).toBe(state),
  );

  it('what-was-kept-is-read-back-and-nothing-else', () => {
    expect(readGiven(JSON.stringify(given('a')))).toEqual(given('a'));
    for (const other of ['', 'null', '{}', '[]', JSON.stringify({ ...given('a'), mark: { action: 'burn' } })])
      expect(readGiven(other)).toBeNull();
  });
});
