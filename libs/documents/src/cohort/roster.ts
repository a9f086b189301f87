import type { PersonHint } from './layout.js';

/** A student as the installation knows them. */
export interface KnownStudent {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly studentNumber: string | null;
}

/** Whose a piece is. Where more than one answer is possible, or what is said contradicts itself, a person is asked. */
export type Whose =
  | { readonly kind: 'known'; readonly student: string; readonly by: 'email' | 'number' | 'name' }
  | { readonly kind: 'asked'; readonly why: WhyAsked; readonly candidates: readonly string[] };

export type WhyAsked =
  /** Nobody is called so. */
  | 'unknown'
  /** Several could be meant. */
  | 'ambiguous'
  /** Somebody is called so, and another e-mail address or number is given. */
  | 'contradicts'
  /** It seems to be somebody, whose name is written in another way. */
  | 'similar'
  /** Another piece is theirs as well. */
  | 'twice';

const MOST_CANDIDATES = 8;

/** Says whose a piece is by e-mail address, institution's number or name; never by a likeness alone. */
export class Roster {
  private readonly byEmail = new Map<string, KnownStudent>();
  private readonly byNumber = new Map<string, KnownStudent>();
  private readonly byName = new Map<string, KnownStudent[]>();
  private readonly bySquashed = new Map<string, KnownStudent[]>();
  private readonly byWords = new Map<string, KnownStudent[]>();

  constructor(students: readonly KnownStudent[]) {
    for (const student of students) {
      this.byEmail.set(student.email.toLowerCase(), student);
      if (student.studentNumber !== null) this.byNumber.set(student.studentNumber.trim(), student);
      add(this.byName, named(student.name), student);
      add(this.byWords, inAnyOrder(student.name), student);
      for (const squashed of squashings(student.name)) add(this.bySquashed, squashed, student);
    }
  }

  whose(hint: PersonHint): Whose {
    const email = hint.email === null ? undefined : this.byEmail.get(hint.email.toLowerCase());
    const number = hint.number === null ? undefined : this.byNumber.get(hint.number);
    if (email !== undefined && number !== undefined && email !== number) {
      return asked('contradicts', [email, number]);
    }
    if (email !== undefined) return { kind: 'known', student: email.id, by: 'email' };
    if (number !== undefined) return { kind: 'known', student: number.id, by: 'number' };
    return this.byNames(hint);
  }

  private byNames(hint: PersonHint): Whose {
    for (const name of hint.names) {
      const found =
        (hint.nameForm === 'full' ? this.byName.get(named(name)) : this.bySquashed.get(squashed(name))) ?? [];
      const [student] = found;
      if (student === undefined) continue;
      if (found.length > 1) return asked('ambiguous', found);
      // An account by another address or number may be of somebody else who has the same name.
      const differs = hint.email !== null || (hint.number !== null && student.studentNumber !== null);
      return differs ? asked('contradicts', [student]) : { kind: 'known', student: student.id, by: 'name' };
    }
    const similar = hint.names.flatMap((name) => [
      ...(this.byWords.get(inAnyOrder(name)) ?? []),
      ...(this.bySquashed.get(squashed(name)) ?? []),
    ]);
    return similar.length > 0 ? asked('similar', similar) : asked('unknown', []);
  }
}

/** Of several pieces that are the same student's, none is known to be the right one. */
export function onlyOnce(whose: readonly Whose[]): readonly Whose[] {
  const times = new Map<string, number>();
  for (const each of whose) {
    if (each.kind === 'known') times.set(each.student, (times.get(each.student) ?? 0) + 1);
  }
  return whose.map((each) =>
    each.kind === 'known' && (times.get(each.student) ?? 0) > 1
      ? { kind: 'asked', why: 'twice', candidates: [each.student] }
      : each,
  );
}

function asked(why: WhyAsked, candidates: readonly KnownStudent[]): Whose {
  const ids = [...new Set(candidates.map(({ id }) => id))];
  return { kind: 'asked', why, candidates: ids.slice(0, MOST_CANDIDATES) };
}

function add(to: Map<string, KnownStudent[]>, key: string, student: KnownStudent): void {
  const there = to.get(key);
  if (there === undefined) to.set(key, [student]);
  else if (!there.includes(student)) there.push(student);
}

/** Platforms take out of names what file systems do not like. */
const NOT_IN_FILE_NAMES = /[&<>"`|'’:\\/*?]/g;

function named(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(NOT_IN_FILE_NAMES, '')
    .replaceAll(/[\s_]+/g, ' ')
    .trim();
}

function plain(name: string): string {
  return named(name).normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

function squashed(name: string): string {
  return plain(name).replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Wherever the family name begins: `doejane` is Jane Doe. */
function squashings(name: string): readonly string[] {
  const words = named(name).split(' ');
  return words.map((_, at) => squashed([...words.slice(at), ...words.slice(0, at)].join(' ')));
}

function inAnyOrder(name: string): string {
  return plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .toSorted()
    .join(' ');
}
