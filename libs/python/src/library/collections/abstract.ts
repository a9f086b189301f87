import { defineModule } from '../../native/modules.js';
import { nativeFunction } from '../../native/functions.js';
import { PyClass } from '../../objects/object.js';
import { aliasOf } from '../../types/generic.js';

/** The abstract classes of containers, said in Python: what a class must have, and what it gets for that. */
const SOURCE = `
from abc import ABCMeta, abstractmethod


def _check(cls, *names):
    for name in names:
        for base in cls.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


class _Checked(metaclass=ABCMeta):
    _needs = ()

    @classmethod
    def __subclasshook__(cls, other):
        needs = cls.__dict__.get('_needs')
        return _check(other, *needs) if needs else NotImplemented

    @classmethod
    def __class_getitem__(cls, item):
        return _alias(cls, item)


class Hashable(_Checked):
    _needs = ('__hash__',)

    @abstractmethod
    def __hash__(self):
        raise NotImplementedError

class Awaitable(_Checked):
    _needs = ('__await__',)

    @abstractmethod
    def __await__(self):
        raise NotImplementedError

class AsyncIterable(_Checked):
    _needs = ('__aiter__',)

    @abstractmethod
    def __aiter__(self):
        raise NotImplementedError

class Iterable(_Checked):
    _needs = ('__iter__',)

    @abstractmethod
    def __iter__(self):
        raise NotImplementedError

class Iterator(Iterable):
    _needs = ('__iter__', '__next__')

    def __iter__(self):
        return self

    @abstractmethod
    def __next__(self):
        raise StopIteration

class Reversible(Iterable):
    _needs = ('__reversed__', '__iter__')

    @abstractmethod
    def __reversed__(self):
        raise NotImplementedError

class Sized(_Checked):
    _needs = ('__len__',)

    @abstractmethod
    def __len__(self):
        raise NotImplementedError

class Container(_Checked):
    _needs = ('__contains__',)

    @abstractmethod
    def __contains__(self, item):
        raise NotImplementedError

class Callable(_Checked):
    _needs = ('__call__',)

    @abstractmethod
    def __call__(self, *args, **kwds):
        raise NotImplementedError

class Collection(Sized, Iterable, Container):
    _needs = ('__len__', '__iter__', '__contains__')

class Generator(Iterator):
    _needs = ('__iter__', '__next__', 'send', 'throw', 'close')

class Coroutine(Awaitable):
    _needs = ('__await__', 'send', 'throw', 'close')


class Set(Collection):
    def __le__(self, other):
        return len(self) <= len(other) and all(item in other for item in self)

    def __lt__(self, other):
        return len(self) < len(other) and self.__le__(other)

    def __ge__(self, other):
        return all(item in self for item in other)

    def __gt__(self, other):
        return len(self) > len(other) and self.__ge__(other)

    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other)

    @classmethod
    def _from_iterable(cls, it):
        return cls(it)

    def __and__(self, other):
        return self._from_iterable(value for value in other if value in self)

    def __or__(self, other):
        return self._from_iterable(value for part in (self, other) for value in part)

    def __sub__(self, other):
        return self._from_iterable(value for value in self if value not in other)

    def __xor__(self, other):
        return (self - other) | self._from_iterable(value for value in other if value not in self)

    def isdisjoint(self, other):
        return not any(value in self for value in other)


class MutableSet(Set):
    @abstractmethod
    def add(self, value):
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        raise NotImplementedError

    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        for value in self:
            self.discard(value)
            return value
        raise KeyError

    def clear(self):
        for value in list(self):
            self.discard(value)

    def __ior__(self, it):
        for value in it:
            self.add(value)
        return self


class Mapping(Collection):
    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return {key: None for key in self}.keys()

    def items(self):
        return {key: self[key] for key in self}.items()

    def values(self):
        return {key: self[key] for key in self}.values()

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(other.items())


_missing = object()


class MutableMapping(Mapping):
    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=_missing):
        try:
            value = self[key]
        except KeyError:
            if default is _missing:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        for key in self:
            value = self[key]
            del self[key]
            return key, value
        raise KeyError

    def clear(self):
        for key in list(self):
            del self[key]

    def update(self, other=(), /, **kwds):
        pairs = other.items() if isinstance(other, Mapping) else other
        for key, value in pairs:
            self[key] = value
        for key, value in kwds.items():
            self[key] = value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]


class Sequence(Reversible, Collection):
    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        for index in range(len(self)):
            yield self[index]

    def __contains__(self, value):
        return any(item is value or item == value for item in self)

    def __reversed__(self):
        for index in reversed(range(len(self))):
            yield self[index]

    def index(self, value, start=0, stop=None):
        for index in range(start, len(self) if stop is None else stop):
            if self[index] == value:
                return index
        raise ValueError

    def count(self, value):
        return sum(1 for item in self if item == value)


class MutableSequence(Sequence):
    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        raise IndexError

    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in list(values):
            self.append(value)

    def clear(self):
        while len(self):
            self.pop()

    def reverse(self):
        items = list(self)
        for index, value in enumerate(reversed(items)):
            self[index] = value

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def __iadd__(self, values):
        self.extend(values)
        return self


class ByteString(Sequence):
    pass

class MappingView(Sized):
    pass

class KeysView(MappingView, Set):
    pass

class ItemsView(MappingView, Set):
    pass

class ValuesView(MappingView, Collection):
    pass

for _cls in (tuple, str, range, bytes):
    Sequence.register(_cls)
for _cls in (list, bytearray):
    MutableSequence.register(_cls)
Set.register(frozenset)
MutableSet.register(set)
MutableMapping.register(dict)
KeysView.register(type({}.keys()))
ItemsView.register(type({}.items()))
ValuesView.register(type({}.values()))
Set.register(type({}.keys()))
Set.register(type({}.items()))
ByteString.register(bytes)
from collections import deque as _deque, UserDict as _UserDict, UserList as _UserList, ChainMap as _ChainMap
MutableSequence.register(_deque)
MutableSequence.register(_UserList)
MutableMapping.register(_UserDict)
MutableMapping.register(_ChainMap)
`;

export const collectionsAbc = defineModule({
  name: 'collections.abc',
  unknowns: 'accept',
  values: {
    _alias: nativeFunction('_alias(cls, item, /)', (_rt, cls, item) =>
      aliasOf(cls, item, cls instanceof PyClass ? `collections.abc.${cls.name}` : ''),
    ),
  },
  source: SOURCE,
});
