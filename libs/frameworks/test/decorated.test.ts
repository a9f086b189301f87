import { expect, it } from '@jest/globals';
import { openProgramReader } from '@tensormark/frameworks';

/** What Python or PyTorch would raise, as reading has it. */
function errorsIn(python: string): string[] {
  const { events } = openProgramReader().read(python, { filename: 'program.py' });
  return events.flatMap((event) => (event.kind === 'error' ? [event.message] : []));
}

// What a decorator makes of a function has attributes of the decorator's, known or not.
it.each([
  [
    'command-of-an-unknown-group',
    'from cli import group\n@group()\ndef main():\n    pass\n@main.command()\ndef train():\n    pass\n',
  ],
  [
    'kernel-registered-for-an-operation',
    "import torch\n@torch.library.custom_op('own::twice', mutates_args=())\ndef twice(x):\n    return 2 * x\n@twice.register_fake\ndef _(x):\n    return torch.empty_like(x)\n",
  ],
  [
    'graph-of-a-scripted-function',
    'import torch\n@torch.jit.script\ndef twice(x):\n    return 2 * x\nprint(twice.graph)\n',
  ],
  [
    'scripted-network-saved',
    "import torch\nnet = torch.nn.Linear(2, 1)\ntorch.jit.script(net).save('net.pt')\ntorch.jit.trace(net, torch.rand(1, 2)).save('net.pt')\n",
  ],
  [
    'property-kept-once-it-is-asked-for',
    'import torch\nfrom kept import lazy_property\nclass Coin:\n    @lazy_property\n    def odds(self):\n        return torch.rand(2)\nprint(1 - Coin().odds)\n',
  ],
  [
    'typed-dict-derived',
    'from typing import TypedDict\nclass First(TypedDict, total=False):\n    a: int\nclass Second(First, total=False):\n    b: int\nprint(Second(a=1, b=2))\n',
  ],
  [
    'union-with-a-variable',
    "from typing import Tuple, TypeVar, Union\nT = TypeVar('T')\nPair = Union[T, Tuple[T, T]]\ndef size(of: Pair[int]):\n    return of\nsize(2)\n",
  ],
])('reads what is decorated: %s', (_case, python) => {
  expect(errorsIn(python)).toEqual([]);
});

it('knows what a plain function lacks: attribute-of-a-function', () => {
  expect(errorsIn('def twice(x):\n    return 2 * x\ntwice.graph\n')).toEqual([
    "'function' object has no attribute 'graph'",
  ]);
});
