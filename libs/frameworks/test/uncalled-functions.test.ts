import { describe, expect, it } from '@jest/globals';
import { openProgramReader } from '@tensormark/frameworks';

const reader = openProgramReader();

const errors = (source: string): readonly string[] =>
  reader.read(source).events.flatMap((event) => (event.kind === 'error' ? [event.message] : []));

describe('functions that nothing in a file calls', () => {
  it.each([
    ['keyword-asked-for', 'def f(**options):\n    return options["rate"] * options.pop("scale")'],
    [
      'keyword-asked-for-by-the-base',
      'class A:\n    def __init__(self, **o):\n        self.n = o.pop("n")\nclass B(A):\n    def __init__(self, **o):\n        super().__init__(**o)\n    def get(self):\n        return self.n + 1',
    ],
    ['default-none-looked-into', 'def f(images, targets=None):\n    return targets[0]["boxes"].shape'],
    [
      'default-empty-dict-looked-into',
      'def f(epoch, logs={}):\n    if logs.get("acc") > 0.9:\n        print(logs["loss"])',
    ],
    [
      'default-none-refused',
      'def f(x, targets=None):\n    if targets is None:\n        raise ValueError("targets")\n    a, b = targets\n    return a + b',
    ],
    [
      'one-of-two-given',
      'def f(inputs=None, state=None):\n    if state is None:\n        state = torch.zeros(inputs.size(1), 8)\n    if inputs is None:\n        inputs = torch.zeros(3, state.size(0), 4)\n    return inputs, state',
    ],
    [
      'layer-as-it-is',
      'from torch import nn\nclass Norm(nn.LayerNorm):\n    def forward(self, x):\n        return super().forward(x)',
    ],
    ['name-of-an-attribute', 'def f(a, name):\n    setattr(a, name, 1)\n    return getattr(a, name)'],
    [
      'attribute-set-by-any-name',
      'class A:\n    def __init__(self, names):\n        for name in names:\n            setattr(self, name, 1)\n        setattr(self, names[0], 1)\n    def get(self):\n        return self.width',
    ],
    [
      'relative-import',
      'def f():\n    from .parts import make\n    return make(1)\nfrom . import other\nother.run()',
    ],
    [
      'method-of-a-class-that-is-not-known',
      'from other import Base\ndef f(value, name):\n    Base.__init__(value, name)\n    return type(value).__getattribute__(value, name)',
    ],
    [
      'class-of-classes',
      'class Meta(type):\n    def __call__(cls, *args):\n        return super().__call__(*args)',
    ],
    [
      'distribution-of-unknown',
      'from torch.distributions import Categorical\ndef f(policy, s):\n    m = Categorical(policy(s))\n    return m.log_prob(m.sample())',
    ],
  ])('need what a caller would give: %s', (_name, source) => {
    expect(errors(`${source}\n`)).toEqual([]);
  });

  it('do without what they ask for: none-coped-with', () => {
    const source =
      'def f(x, scale=None):\n    if scale is None:\n        return x.missing\n    return x[scale.width]\n';
    expect(errors(source)).toEqual([]);
  });

  it('still refuse keys of a dictionary of their own: key-missing', () => {
    expect(errors('def f():\n    own = {"a": 1}\n    return own["b"]\n')).toEqual(['b']);
  });

  it('run what is there for a module that is missing: guarded-import', () => {
    const source = `
def f(a):
    try:
        import accelerated
    except ImportError:
        accelerated = None
    if accelerated is None:
        return a.missing_part + [][a]
    return accelerated.run(a)

def g(a):
    try:
        from plots import draw
    except ImportError:
        print('no plots')
    return draw(a)
`;
    expect(errors(source)).toEqual([]);
  });
});

describe('a name that nothing in a fragment binds', () => {
  const NETWORK =
    'from torch import nn\nclass Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n        self.last = nn.Linear(width, 3)\n    def forward(self, x):\n        return self.last(x)\n';
  const called = (source: string): readonly string[] =>
    reader
      .read(source)
      .events.flatMap((event) =>
        event.kind === 'module-call' && event.moment.span?.text.includes('(batch)') === true
          ? [event.module.type]
          : [],
      );
  it('means the one network whose class stands above: model-never-made', () => {
    expect(called(`${NETWORK}scores = model(batch)`)).toContain('Net');
  });
  it.each([
    [
      'two-networks',
      `${NETWORK}class Other(Net):\n    pass\nclass Third(nn.Module):\n    pass\nscores = model(batch)`,
    ],
    ['another-name', `${NETWORK}scores = teacher(batch)`],
    ['a-loss-of-ones-own', `${NETWORK.replaceAll('Net', 'MyLoss')}scores = model(batch)`],
  ])('stays unknown: %s', (_name, source) => {
    expect(called(source)).toEqual([]);
  });
});
