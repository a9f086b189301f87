import { defineModule } from '../../native/modules.js';

/** `pprint`, for values that fit on a line. */
export const pprint = defineModule({
  name: 'pprint',
  source: `
def pformat(object, indent=1, width=80, depth=None, **options):
    if isinstance(object, dict) and type(object).__repr__ is dict.__repr__:
        try:
            keys = sorted(object)
        except TypeError:
            keys = list(object)
        flat = '{' + ', '.join(f'{key!r}: {pformat(object[key])}' for key in keys) + '}'
        if len(flat) <= width:
            return flat
        return '{' + ',\\n '.join(f'{key!r}: {pformat(object[key])}' for key in keys) + '}'
    if type(object) is list and len(repr(object)) > width:
        return '[' + ',\\n '.join(map(pformat, object)) + ']'
    return repr(object)

def pprint(object, stream=None, indent=1, width=80, depth=None, **options):
    print(pformat(object, indent, width, depth, **options), file=stream)

pp = pprint
`,
});

/** `traceback`, in short: an exception's last line. */
export const traceback = defineModule({
  name: 'traceback',
  source: `
import sys

def format_exception_only(exception, value=None, /):
    error = value if value is not None else exception
    text = str(error)
    return [f'{type(error).__name__}: {text}\\n' if text else f'{type(error).__name__}\\n']

def format_exception(exception, value=None, tb=None, **options):
    return ['Traceback (most recent call last):\\n'] + format_exception_only(exception, value)

def format_exc(limit=None, chain=True):
    error = sys.exc_info()[1]
    return 'NoneType: None\\n' if error is None else ''.join(format_exception(error))

def print_exc(limit=None, file=None, chain=True):
    pass

def print_exception(*args, **kwargs):
    pass

def print_stack(*args, **kwargs):
    pass

def format_stack(*args, **kwargs):
    return []

def extract_stack(*args, **kwargs):
    return []

def format_tb(*args, **kwargs):
    return []
`,
});

/** `weakref`: nothing is ever collected here, so that weak references are references. */
export const weakref = defineModule({
  name: 'weakref',
  source: `
class ref:
    def __init__(self, object, callback=None):
        self._object = object

    def __call__(self):
        return self._object

    def __eq__(self, other):
        return isinstance(other, ref) and self._object == other._object

    def __hash__(self):
        return hash(self._object)

ReferenceType = ref
WeakMethod = ref

def proxy(object, callback=None):
    return object

class WeakValueDictionary(dict):
    pass

class WeakKeyDictionary(dict):
    pass

class WeakSet(set):
    pass

class finalize:
    def __init__(self, object, func, /, *args, **kwargs):
        self.alive = True

    def __call__(self):
        pass
`,
});
