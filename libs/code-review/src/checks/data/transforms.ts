import { augmentedTests } from './own-augment.js';
import { isRandom } from '@tensormark/frameworks';
import type { Program, ProgramLoader, VisionData, VisionTransform } from '@tensormark/frameworks';
import type { Span } from '@tensormark/python';
import type { Check } from '../../check.js';
import { errorCheck } from '../../ask/error-check.js';
import { inWords } from '../../ask/errors.js';
import { dataOf, isLearnedFrom } from '../../ask/data-sets.js';
import { rawPixels } from './raw-pixels.js';
import { scaledApart } from './scaled-apart.js';
import { places } from '../../ask/places.js';

const ONE_CHANNEL = `
from torchvision import datasets, transforms
from torch.utils.data import DataLoader
`;

const BY_PHASE = `${ONE_CHANNEL}
import torch
from torch import nn
normed = transforms.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
augment = [transforms.RandomResizedCrop(224), transforms.ToTensor(), normed]
data_transforms = {
    "train": transforms.Compose(augment),
    "val": transforms.Compose([transforms.Resize((224, 224)), transforms.ToTensor(), normed]),
}
sets = {x: datasets.ImageFolder("pictures/" + x, data_transforms[x]) for x in ["train", "val"]}
loaders = {x: DataLoader(sets[x], batch_size=32, shuffle=x == "train") for x in ["train", "val"]}
net = nn.Sequential(nn.Flatten(), nn.Linear(3 * 224 * 224, 10))
optimizer = torch.optim.SGD(net.parameters(), lr=0.01)
for epoch in range(3):
    for phase in ["train", "val"]:
        net.train(phase == "train")
        for images, labels in loaders[phase]:
            optimizer.zero_grad()
            with torch.set_grad_enabled(phase == "train"):
                loss = nn.functional.cross_entropy(net(images), labels)
                if phase == "train":
                    loss.backward()
                    optimizer.step()
`;

const TABLE = `
import torch
from torch import nn
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from data import X, y
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
scaler = StandardScaler()
X_train = scaler.fit_transform(X_train)
X_test = scaler.transform(X_test)
X_train, X_test = torch.FloatTensor(X_train), torch.FloatTensor(X_test)
y_train = torch.FloatTensor(y_train).view(-1, 1)
net = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
for epoch in range(100):
    optimizer.zero_grad()
    nn.functional.mse_loss(net(X_train), y_train).backward()
    optimizer.step()
net.eval()
with torch.no_grad():
    predicted = net(X_test)
`;

export const normalizeChannels = errorCheck(
  {
    id: 'normalize-channels',
    title: 'A transform that does not take what the one before gives',
    why: 'Normalize takes tensors with as many channels as it has means, and ToTensor pictures; anything else raises an error at the first item.',
    instead:
      'Put ToTensor before Normalize, and give Normalize one mean and one deviation for each channel of the data.',
    needs: 'One of torchvision’s own data sets with transforms that are all known, and a loop over it.',
    wrong: [
      `${ONE_CHANNEL}
to_tensor = transforms.Compose([
    transforms.ToTensor(),
    transforms.Normalize((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),  # <--
])
loader = DataLoader(datasets.MNIST("data", train=False, transform=to_tensor), batch_size=32)
for images, labels in loader:
    print(images.mean())
`,
      `${ONE_CHANNEL}
to_tensor = transforms.Compose([
    transforms.Normalize((0.5,), (0.5,)),  # <--
    transforms.ToTensor(),
])
loader = DataLoader(datasets.FashionMNIST("data", train=False, transform=to_tensor), batch_size=32)
for images, labels in loader:
    print(images.mean())
`,
    ],
    right: [
      `${ONE_CHANNEL}
grey = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.13,), (0.31,))])
as_three = transforms.Compose([
    transforms.Grayscale(3),
    transforms.Resize((224, 224)),
    transforms.ToTensor(),
    transforms.Normalize((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
])
for transform in (grey, as_three):
    for images, labels in DataLoader(datasets.MNIST("data", train=False, transform=transform), batch_size=32):
        print(images.mean())
`,
    ],
  },
  (error) => {
    const at = error.moment.span;
    const isTransform =
      at !== undefined &&
      error.call === undefined &&
      error.module === undefined &&
      /doesn't match the broadcast shape|at non-singleton dimension 0$|^img should be Tensor Image|^pic should be PIL/.test(
        error.message,
      ) &&
      /Normalize|ToTensor/.test(at.text);
    if (!isTransform) return undefined;
    return {
      at,
      message: /channel|broadcast|singleton/.test(error.message)
        ? 'Normalize has another number of means than the pictures have channels.'
        : 'This transform is given what it does not take: the order of the transforms is wrong.',
      evidence: [inWords(error)],
    };
  },
);

export const transformMissing: Check = {
  id: 'transform-missing',
  title: 'Pictures that are never made into tensors',
  severity: 'error',
  why: 'The data set gives PIL pictures, which a loader cannot put together: it raises an error at the first batch.',
  instead: 'Give the data set transform=transforms.ToTensor(), alone or in a Compose.',
  needs: 'One of torchvision’s own data sets with transforms that are all known, and a loader of it.',
  wrong: [
    `${ONE_CHANNEL}
digits = datasets.MNIST("data", train=True, download=True)  # <--
for images, labels in DataLoader(digits, batch_size=32, shuffle=True):
    print(images.mean())
`,
  ],
  right: [
    `${ONE_CHANNEL}
raw = datasets.MNIST("data", train=True, download=True)
print(len(raw), raw.data.shape)
for images, labels in DataLoader(raw, batch_size=2, collate_fn=lambda items: list(zip(*items))):
    print(len(images))
`,
  ],
  *run(program) {
    const seen = new Set<number>();
    for (const loader of program.loaders) {
      const data = dataOf(loader);
      const at = data?.span;
      if (data?.picture?.kind !== 'image' || at === undefined || seen.has(at.start)) continue;
      if (loader.named.has('collate_fn') || program.source.includes('.transform')) continue;
      seen.add(at.start);
      yield {
        at,
        message: `${data.name} is given no transform that makes tensors of its pictures.`,
        evidence: [places(['the loader', loader.made.span])],
      };
    }
  },
};

export const augmentTest: Check = {
  id: 'augment-test',
  title: 'Random transforms on the data to test with',
  severity: 'warning',
  why: 'Every evaluation then sees other, harder pictures: figures vary from run to run and come out too low.',
  instead:
    'Give the test set transforms without randomness: Resize, CenterCrop, ToTensor and the same Normalize.',
  needs:
    'One of torchvision’s own data sets that is for testing, or a loader for validation of a part of the training set, with transforms that are all known, whose batches nothing learns from.',
  wrong: [
    `${ONE_CHANNEL}
augment = transforms.Compose([
    transforms.RandomCrop(32, padding=4),
    transforms.RandomHorizontalFlip(),
    transforms.ToTensor(),
])
train_set = datasets.CIFAR10("data", train=True, transform=augment)
test_set = datasets.CIFAR10("data", train=False, transform=augment)  # <--
test_loader = DataLoader(test_set, batch_size=32)
`,
    `${ONE_CHANNEL}
import torch
from torch.utils.data import SubsetRandomSampler
augment = transforms.Compose([transforms.RandomHorizontalFlip(), transforms.ToTensor()])
data = datasets.CIFAR10("data", train=True, transform=augment)
order = torch.randperm(50000)
train_loader = DataLoader(data, batch_size=32, sampler=SubsetRandomSampler(order[:45000]))
valid_loader = DataLoader(data, batch_size=32, sampler=SubsetRandomSampler(order[45000:]))  # <--
`,
    `
import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms

class Views(Dataset):
    def __init__(self, names, transform):
        self.names, self.transform = names, transform

    def __len__(self):
        return len(self.names)

    def __getitem__(self, at):
        return self.transform(Image.open(self.names[at]).convert("RGB"))

train_tf = transforms.Compose([transforms.RandomCrop(64), transforms.ToTensor()])
val_tf = transforms.Compose([transforms.CenterCrop(64), transforms.RandomHorizontalFlip(), transforms.ToTensor()])  # <--
names = open("names.txt").read().split()
train_loader = DataLoader(Views(names[100:], train_tf), batch_size=32, shuffle=True)
val_loader = DataLoader(Views(names[:100], val_tf), batch_size=32)
`,
    BY_PHASE.replace(
      'transforms.Resize((224, 224)), transforms.ToTensor(), normed]),',
      'transforms.RandomRotation(20), transforms.Resize((224, 224)), transforms.ToTensor(), normed]),  # <--',
    ),
  ],
  right: [
    BY_PHASE,
    `${ONE_CHANNEL}
augment = transforms.Compose([transforms.RandomHorizontalFlip(), transforms.ToTensor()])
train_set = datasets.CIFAR10("data", train=True, transform=augment)
test_set = datasets.CIFAR10("data", train=False, transform=transforms.ToTensor())
test_loader = DataLoader(test_set, batch_size=32)
`,
  ],
  *run(program) {
    yield* augmentedTests(program);
    const seen = new Set<number>();
    for (const loader of program.loaders) {
      const data = dataOf(loader);
      const random = data?.transforms?.find(isRandom);
      const at = data && placeOf(program, data, random);
      if (data?.transforms === undefined || at === undefined || seen.has(at.start)) continue;
      const words = wordsOf(data.root ?? at.text);
      const isForTesting =
        data.train === false ||
        (data.name === 'ImageFolder' && /\b(val|valid|validation|test|testing)\b/i.test(words));
      const kept = heldOut(program, loader);
      if (
        data.train === true &&
        random !== undefined &&
        kept !== undefined &&
        !isLearnedFrom(program, loader)
      ) {
        seen.add(at.start);
        yield {
          at: kept,
          severity: 'design',
          message: `This is a part of the training set, and goes through its ${random.name} as well.`,
          evidence: [places(['the random transform', random.span])],
        };
        continue;
      }
      if (!isForTesting || random === undefined || /\btrain/i.test(wordsOf(data.root ?? rootOf(at.text))))
        continue;
      if (isLearnedFrom(program, loader)) continue;
      seen.add(at.start);
      yield {
        at,
        message: `The pictures to test with go through ${random.name}, which gives another picture each time.`,
        evidence: [places(['the random transform', random.span])],
      };
    }
  },
};

export const normalizeMissing: Check = {
  id: 'normalize-missing',
  title: 'One part of the data is normalised and the other not',
  severity: 'warning',
  why: 'The network learns from numbers of one range and is tested on another: figures come out far too low.',
  instead: 'Give both parts the same Normalize.',
  needs:
    'Two data sets of one kind, one learned from and one not, with transforms that are all known; two parts of a split, one of them put through a scaler; or pictures taken out of a data set as bytes.',
  wrong: [
    `${ONE_CHANNEL}
from torch import nn, optim
normed = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.13,), (0.31,))])
train_loader = DataLoader(datasets.MNIST("data", train=True, transform=normed), batch_size=32, shuffle=True)
test_set = datasets.MNIST("data", train=False, transform=transforms.ToTensor())  # <--
test_loader = DataLoader(test_set, batch_size=32)
net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
optimizer = optim.SGD(net.parameters(), lr=0.1)
for images, labels in train_loader:
    optimizer.zero_grad()
    nn.functional.cross_entropy(net(images), labels).backward()
    optimizer.step()
`,
    `${ONE_CHANNEL}
from torch import nn
digits = datasets.MNIST("data", train=True)
pictures = digits.data.float()  # <--
scores = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))(pictures)
`,
    BY_PHASE.replace('transforms.ToTensor(), normed]),', 'transforms.ToTensor()]),  # <--'),
    TABLE.replace('X_test = scaler.transform(X_test)\n', '').replace('net(X_test)', 'net(X_test)  # <--'),
  ],
  right: [
    BY_PHASE,
    TABLE,
    `${ONE_CHANNEL}
from torch import nn
digits = datasets.MNIST("data", train=True)
scores = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))(digits.data.float() / 255)
`,
    `${ONE_CHANNEL}
normed = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.13,), (0.31,))])
train_loader = DataLoader(datasets.MNIST("data", train=True, transform=normed), batch_size=32, shuffle=True)
test_loader = DataLoader(datasets.MNIST("data", train=False, transform=normed), batch_size=32)
`,
  ],
  *run(program) {
    yield* rawPixels(program);
    yield* scaledApart(program);
    const parts = program.loaders.flatMap((loader) => {
      const data = dataOf(loader);
      return data?.transforms === undefined ? [] : [{ loader, data, transforms: data.transforms }];
    });
    const normalises = (transforms: readonly VisionTransform[]): boolean =>
      transforms.some(({ name }) => name === 'Normalize');
    const seen = new Set<number>();
    for (const { loader, data, transforms } of parts) {
      if (!isLearnedFrom(program, loader)) continue;
      const other = parts.find(
        (part) =>
          part.data.name === data.name &&
          (part.data.span?.start !== data.span?.start || part.data.root !== data.root) &&
          normalises(part.transforms) !== normalises(transforms) &&
          !isLearnedFrom(program, part.loader),
      );
      const at = other && placeOf(program, other.data, other.transforms[0]);
      if (at === undefined || seen.has(at.start)) continue;
      seen.add(at.start);
      yield {
        at,
        message: normalises(transforms)
          ? 'The data that are learned from are normalised, and these are not.'
          : 'These are normalised, and the data that are learned from are not.',
        evidence: [places(['the data learned from', data.span])],
      };
    }
  },
};

/** Where a data set is made; where one of its transforms is, if several data sets are made by the same words. */
function placeOf(
  program: Program,
  { span, root }: VisionData,
  transform: VisionTransform | undefined,
): Span | undefined {
  const isShared = program.loaders.some((loader) => {
    const other = dataOf(loader);
    return other?.span?.start === span?.start && other?.root !== root;
  });
  return isShared ? (transform?.span ?? span) : span;
}

/** Where a loader that is for validation by its name is made with a sampler: a part of what another trains on. */
function heldOut(program: Program, { made }: ProgramLoader): Span | undefined {
  const span = made?.span;
  if (span === undefined || !/\bsampler\s*=/.test(span.text)) return undefined;
  const name =
    /(\w+)\s*=\s*$/.exec(program.source.slice(Math.max(0, span.start - 60), span.start))?.[1] ?? '';
  return /^(val|valid|validation|dev)_?\w*$/i.test(name) ? span : undefined;
}

/** What a data set is made of, without its transforms. */
function rootOf(text: string): string {
  return text.split(',')[0] ?? '';
}

/** Words of names and paths apart. */
function wordsOf(text: string): string {
  return text.replaceAll(/[^A-Za-z]+/g, ' ');
}
