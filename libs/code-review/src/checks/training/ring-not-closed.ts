import type { Check } from '../../check.js';
import { places } from '../../ask/places.js';
import { classesOf, statementsIn, targetsOf } from '../../ask/tree.js';

const MEMORY = (step: string): string => `
class Memory:
    def __init__(self, room):
        self.room, self.kept, self.at = room, [], 0

    def push(self, one):
        if len(self.kept) < self.room:
            self.kept.append(None)
        self.kept[self.at] = one
        ${step}
`;

export const ringNotClosed: Check = {
  id: 'ring-not-closed',
  title: 'A place in a full memory that goes on rising',
  severity: 'error',
  why: 'Once the memory is full the place is beyond its end: IndexError, after as many steps as it has room for.',
  instead: 'Come back to the beginning: self.at = (self.at + 1) % self.room.',
  needs:
    'A class that appends to a list only up to a size, writes at a place that is raised by one, and sets it back nowhere.',
  wrong: [MEMORY('self.at = self.at + 1  # <--'), MEMORY('self.at += 1  # <--')],
  right: [
    MEMORY('self.at = (self.at + 1) % self.room'),
    MEMORY('self.at += 1\n        if self.at == self.room:\n            self.at = 0'),
  ],
  *run(program) {
    for (const owner of classesOf(program)) {
      const text = owner.span.text;
      if (
        !/len\(self\.\w+\)\s*<=?\s*self\.\w+/.test(text) ||
        text.includes('%') ||
        /deque|\.pop\(|del self/.test(text)
      )
        continue;
      for (const method of owner.body) {
        if (method.kind !== 'FunctionDef') continue;
        const body = statementsIn(method.body);
        for (const one of body) {
          const [place = ''] = targetsOf(one);
          const raised =
            (one.kind === 'AugAssign' && one.operator === '+' && one.value.span.text === '1') ||
            (one.kind === 'Assign' && one.value.span.text === `${place} + 1`);
          if (!raised || !/^self\.\w+$/.test(place)) continue;
          const name = place.replace('self.', String.raw`self\.`);
          const written = body.find(({ span }) =>
            new RegExp(String.raw`^self\.\w+\[${name}\]\s*=`).test(span.text),
          );
          if (written === undefined) continue;
          const list = /^self\.\w+/.exec(written.span.text)?.[0].replace('self.', String.raw`self\.`) ?? '';
          if (
            !new RegExp(String.raw`len\(${list}\)\s*<=?\s*self\.\w+`).test(text) ||
            !new RegExp(String.raw`${list}\.append\(`).test(text)
          )
            continue;
          // Set back somewhere but where it begins.
          const sets = text.match(new RegExp(String.raw`\b${name}\s*=(?!=)`, 'g'))?.length ?? 0;
          if (sets > (one.kind === 'Assign' ? 2 : 1)) continue;
          yield {
            at: one.span,
            message: `${place} rises with every call, also when the memory is full: then it is a place that is not there.`,
            evidence: [places(['it is written there', written.span])],
          };
        }
      }
    }
  },
};
