import { describe, expect, it } from '@jest/globals';
import { openProgramReader } from '@tensormark/frameworks';

const reader = openProgramReader();

const errors = (source: string): readonly string[] =>
  reader.read(source).events.flatMap((event) => (event.kind === 'error' ? [event.message] : []));

const OWN = `
from shelves import Shelf
class Own(Shelf):
    def __init__(self, *args):
        super().__init__(*args)
    def close(self):
        pass
own = Own(1)
`;

describe('objects of classes whose base is not known', () => {
  it.each([
    'print(len(own))',
    'first = own[0]',
    'own[0] = 1',
    'del own[0]',
    'for each in own: print(each)',
    'one, other = own',
    'print(list(own), 3 in own)',
    'print(own + 1, 1 + own, own @ own, own < own)',
    'own += 1',
    'own.__call__(1), own.__iter__(), own.__getstate__()',
    'with own as opened: print(opened)',
    'class Kept(Shelf, table=True): pass',
  ])('may answer: %s', (statement) => {
    expect(errors(`${OWN}${statement}\n`)).toEqual([]);
  });

  it('still refuse what the classes of the program alone would have to answer', () => {
    const source = `
class Own:
    pass
len(Own())
`;
    expect(errors(source)).toEqual(["object of type 'Own' has no len()"]);
  });
});

describe('imports that are tried', () => {
  it('are there where a handler only says that they are missing', () => {
    const source = `
try:
    from shelves import Shelf
except ImportError:
    raise RuntimeError('Install shelves first.')
print(Shelf(1).rows)
`;
    expect(errors(source)).toEqual([]);
  });
});
