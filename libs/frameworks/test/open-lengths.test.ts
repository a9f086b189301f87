import { describe, expect, it } from '@jest/globals';
import { openProgramReader } from '@tensormark/frameworks';

const reader = openProgramReader();

const PRELUDE = `
import torch
from data import rows, words
`;

function errorsOf(source: string): readonly string[] {
  const { events } = reader.read(PRELUDE + source, { filename: 'program.py' });
  return events.flatMap((event) => (event.kind === 'error' ? [event.message] : []));
}

/** Each raises nothing in Python where the data are long enough, which nobody knows. */
describe('how many there are of what unknown data fill', () => {
  it.each([
    ['list-extended', 'a = []\na.extend(rows)\na[7]'],
    ['list-extended-in-a-loop', 'a = []\nfor i in range(3):\n    a.extend(rows)\na[7]'],
    ['list-added-to', 'a = []\nb = a\na += rows\nb[7]'],
    ['list-slice-assigned', 'a = []\na[0:0] = rows\na[7]'],
    ['list-copied', 'a = []\na.extend(rows)\nb = list(a)\nc = (a + [1])[2:]\nb[7], c[7], a.copy()[7]'],
    ['list-sorted', 'a = []\nfor row in rows:\n    a.append(1)\nsorted(a)[7]'],
    ['list-in-a-dict', 'a = {"one": []}\nfor row in rows:\n    a["one"].append(row)\na["one"][7]'],
    ['list-of-a-while', 'a = []\nwhile rows.more():\n    a.append(rows.take())\na[7]'],
    ['list-of-an-open-list', 'a, b = [], []\na.extend(rows)\nfor row in a:\n    b.append(row)\nb[7]'],
    ['list-written-into-somewhere', 'a = [1, [2]]\na[rows.at] = 3\na[0].mean(), a[1].mean()'],
    ['list-with-one-taken-out-somewhere', 'a = [1, 2]\ndel a[rows.at]\na[0].mean()'],
    ['dict-keys-listed', 'a = {}\na[rows.name] = 1\nlist(a.keys())[3], list(a.items())[3]'],
    [
      'copied-deep',
      'import copy\na, b = [], {}\na.extend(rows)\nb[rows.name] = 1\ncopy.deepcopy(a)[7], copy.deepcopy(b)["x"]',
    ],
    [
      'layers-some-of-them-not-known',
      'a = torch.nn.ModuleList([torch.nn.Linear(2, 3), rows.Layer()])\none, other = a\nassert len(list(a)) == len(a[0:2]) == 2\nlist(a.children())[1]',
    ],
    [
      'layers-of-a-dict-some-of-them-not-known',
      'a = torch.nn.ModuleDict({"one": rows.Layer(), "other": torch.nn.Linear(2, 3)})\nassert len(list(a.values())) == 2\nfor name, layer in a.items():\n    layer(rows)',
    ],
    [
      'layers-under-names-not-known',
      'a = torch.nn.ModuleDict()\na[rows.name] = torch.nn.Linear(2, 3)\na["first"](rows)\nb = torch.nn.Module()\nb.add_module(rows.name, torch.nn.Linear(2, 3))\nb.first(rows)',
    ],
    [
      'layers-in-a-row-some-of-them-not-known',
      'a = torch.nn.Sequential(torch.nn.Linear(2, 3), rows.Layer(), torch.nn.Linear(9, 3))\nx = torch.rand(4, 2)\nfor layer in a:\n    x = layer(x)\na.pop(0)\na[0](x)\ntorch.nn.Sequential(*list(a.children()))(x)',
    ],
    [
      'state-of-a-network-with-an-unknown-part',
      'net = torch.nn.Sequential(torch.nn.Linear(rows.width, 3), torch.nn.Linear(3, 1))\nnet.state_dict()["0.weight"]\ndict(net.named_parameters())["0.bias"]\nnet.load_state_dict(net.state_dict())',
    ],
    [
      'list-of-tensors-put-together',
      'a = []\nfor row in rows:\n    a.append(torch.zeros(2, 4))\nb = torch.zeros(9, 2, 4)\ntorch.stack(a) + b, torch.cat(a) + torch.zeros(18, 4), torch.nn.Linear(36, 2)(torch.cat(a, dim=1))',
    ],
    [
      'list-of-numbers-made-a-tensor',
      'a = []\nfor row in rows:\n    a.append([1.0, 2.0])\ntorch.tensor(a) + torch.zeros(9, 2), torch.tensor([1.0 for row in rows]) + torch.zeros(9)',
    ],
    [
      'tensor-grown-in-a-loop',
      'a = torch.zeros(2, 64)\nfor row in rows:\n    a = a[:, ::2]\ntorch.nn.Linear(2, 3)(a)',
    ],
    [
      'tensor-grown-in-a-counted-loop',
      'a = torch.zeros(1, 2)\nfor i in range(rows.count):\n    a = torch.cat([a, torch.zeros(1, 2)])\na + torch.zeros(9, 2)',
    ],
    [
      'tensor-of-an-early-return',
      'def cut(a):\n    if rows.short:\n        return a[:, :3]\n    return a\ntorch.nn.Linear(3, 2)(cut(torch.zeros(4, 6)))',
    ],
    [
      'tensor-or-tuple',
      'def both(a):\n    if rows.short:\n        return a, a\n    return a\none, other = both(torch.zeros(4, 6))\nboth(torch.zeros(4, 6)).mean()',
    ],
    [
      'tensor-cut-under-a-condition',
      'a = torch.zeros(4, 6)\nif rows.short:\n    a = a[:, :2]\nelse:\n    a = a[:, :3]\ntorch.nn.Linear(3, 2)(a)',
    ],
    [
      'list-of-a-dict-filled-elsewhere',
      'import numpy as np\na = {}\nrows.into(a)\nnp.argmax([a[one] for one in a.keys()])',
    ],
    [
      'names-of-a-package-asked-for-by-text',
      'import torchvision\ntorchvision.models.__dict__["resnet18"](weights=None)',
    ],
    ['range-by-a-step-not-known', 'for i in range(4)[:: rows.way]:\n    print(i)'],
    ['list-taken-from', 'a = []\na.extend(rows)\na.pop(0)\na.pop(5)\na[3] = 1\ndel a[4]'],
    ['set-added-to', 'a = set()\nfor word in words:\n    a.add(word)\nassert len(a) > 9'],
    ['set-updated', 'a = {"x"}\na.update(words)\nassert len(a) > 9\nassert "y" in a\na.remove("z")'],
    ['set-of-an-open-list', 'a = []\nfor row in rows:\n    a.append(0)\nassert len(set(a)) > 9'],
    ['set-joined', 'a = {"x"}\na.update(words)\nassert len(a | {"y"}) > 9\nassert a == {"x", "y"}'],
    ['count', 'n = 0\nfor row in rows:\n    n += 1\nassert n > 9'],
    ['command-line', 'import sys\nif len(sys.argv) < 3:\n    sys.exit(1)\nassert sys.argv[2] == "x"'],
  ])('is-left-open: %s', (_, source) => {
    expect(errorsOf(source)).toEqual([]);
  });

  it.each([
    ['list', 'a = [1]\na.extend([2])\na[7]', 'list index out of range'],
    ['list-popped', '[].pop()', 'pop from empty list'],
    ['set', 'a = set()\na.update("ab")\na.remove("z")', "'z'"],
    ['list-written-into', 'a = [1, 2]\na[1] = 3\na[5]', 'list index out of range'],
    ['state-of-a-network', 'torch.nn.Linear(2, 3).state_dict()["0.weight"]', "'0.weight'"],
    ['set-counted', 'assert len(set("ab")) > 2, "two"', 'two'],
    [
      'after-the-command-line',
      'import sys\nif len(sys.argv) < 3:\n    sys.exit(1)\ntorch.zeros(3) @ torch.zeros(4)',
      'inconsistent tensor size, expected tensor [3] and src [4] to have the same number of elements, but got 3 and 4 elements respectively',
    ],
  ])('is-known: %s', (_, source, message) => {
    expect(errorsOf(source)).toEqual([message]);
  });
});
