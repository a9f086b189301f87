"""Writes what libraries offer, as tables of names and of what they take: text/*.ts.

    python write_surface.py dump torch torch-2.json      with each version of a library that is installed
    python write_surface.py read sklearn FOLDER sklearn-1.json   of an older version, from its sources alone
    python write_surface.py join torch torch-2.json torch-1.json
    python write_surface.py join tensorflow tensorflow-2.json keras-3.json

The first of the versions that are joined is the newest. Made of PyTorch 2.13 and 1.13, torchvision 0.28 and 0.14, Keras 3.15
with the Keras 2 within TensorFlow 2.21, NumPy 2.4 and 1.26, pandas 3.0 and 2.3, scikit-learn 1.9 and 1.2, matplotlib 3.11.
"""

import ast
import importlib
import inspect
import json
import os
import pkgutil
import re
import sys
import types
import warnings

warnings.simplefilter('ignore')
os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')

# Modules by library; of these with a star the modules within too.
MODULES = {
    'torch': '''torch torch.nn torch.nn.functional torch.nn.init torch.nn.utils torch.nn.utils.rnn torch.optim
        torch.optim.lr_scheduler torch.optim.swa_utils torch.utils.data torch.utils.data.distributed torch.distributions
        torch.linalg torch.fft torch.special torch.autograd torch.cuda torch.cuda.amp torch.amp''',
    'torchvision': '''torchvision torchvision.transforms torchvision.transforms.functional torchvision.transforms.v2
        torchvision.datasets torchvision.models torchvision.models.detection torchvision.models.segmentation
        torchvision.utils torchvision.ops torchvision.io''',
    'keras': 'keras*',
    # The second version, and what of it the third keeps.
    'keras2': '''keras.src.legacy.preprocessing.image keras.src.legacy.preprocessing.text
        keras.src.legacy.preprocessing.sequence keras.src.legacy.backend keras.src.legacy.layers '''
    + ' '.join(
        'tensorflow.python.keras.' + one
        for one in '''layers callbacks losses metrics optimizers optimizer_v1 models activations regularizers constraints
        initializers backend utils.np_utils utils.data_utils utils.vis_utils optimizer_v2.adam
        optimizer_v2.gradient_descent optimizer_v2.rmsprop optimizer_v2.adagrad optimizer_v2.adadelta
        optimizer_v2.adamax optimizer_v2.nadam optimizer_v2.ftrl optimizer_v2.learning_rate_schedule'''.split()
    ),
    'tensorflow': 'tensorflow*',
    'numpy': 'numpy numpy.random numpy.linalg numpy.fft numpy.ma',
    'pandas': 'pandas',
    'sklearn': 'sklearn '
    + ' '.join(
        'sklearn.' + one
        for one in '''model_selection preprocessing metrics metrics.pairwise linear_model svm ensemble neighbors tree
        cluster decomposition naive_bayes pipeline feature_extraction feature_extraction.text datasets utils
        utils.class_weight impute manifold neural_network compose feature_selection base calibration inspection
        gaussian_process discriminant_analysis dummy multiclass mixture'''.split()
    ),
    'matplotlib': 'matplotlib matplotlib.pyplot',
}

# Modules within that nobody uses by name, and helpers that stand in modules by chance.
LEFT_OUT = re.compile(
    r'raw_ops|experimental|\bxla|tpu|\bv2\b|lite|python|\bcore\b|tools|_api|\binclude|profiler|ragged|debugging|autodiff'
    r'|mlir|sysconfig|\bapp\b|resource_loader|user_ops|manip\b|spectral|logging|quantiz|bitwise|\bconfig\b|\bqueue|distribut'
    r'|saved_model|\bversion|graph_util|gfile|errors|\btest\b|nest|security|dtensor|\bsrc\b|\bapi\b|tf2onnx|keras\.legacy'
    r'|keras\.export|distillation|dtype_pol|keras\.tree|visualization|keras\.ops\.|keras\.utils\.|wrappers|keras\.applications\.'
)
# Classes whose methods are kept: programs call them on objects that they made.
WITH_METHODS = re.compile(
    r'(?:keras\.(?:Model|Sequential)|keras\.src\.legacy\.preprocessing\.(?:image\.ImageDataGenerator|text\.Tokenizer)'
    r'|tensorflow\.data\.Dataset|tensorflow\.compat\.v1\.data\.Dataset|tensorflow\.GradientTape'
    r'|tensorflow\.compat\.v1\.(?:Session|InteractiveSession|train\.\w*(?:Optimizer|Saver)|summary\.FileWriter)'
    r'|pandas\.DataFrame'
    r'|tensorflow\.python\.keras\.models\.(?:Model|Sequential))$'
)
# What takes more than it says.
OPEN = set(
    '''torch.sparse_coo_tensor torch.linalg.solve_ex torch.sparse_compressed_tensor torch.distributions.Distribution
    keras.mixed_precision.LossScaleOptimizer'''.split()
)
MODEL = '(inputs=,outputs=,name=,|,trainable=,dtype=,dynamic=)'
ROW = '(layers=,trainable=,name=)'
BY_HAND = {
    'keras.Model': MODEL,
    'keras.models.Model': MODEL,
    'keras.Sequential': ROW,
    'keras.models.Sequential': ROW,
    'numpy.arange': '(start=?,stop=?,step=?,dtype=,|,device=,like=)',
}


def of_signature(signature, drop=False):
    parameters = list(signature.parameters.values())
    if drop and parameters and int(parameters[0].kind) < 2:
        parameters = parameters[1:]
    kinds = ['n', 'n', '*', 'k', '**']
    return [
        [p.name, kinds[int(p.kind)], p.default is inspect.Parameter.empty and int(p.kind) not in (2, 4)]
        for p in parameters
    ]


def of_arguments(arguments, drop=False):
    placed = arguments.posonlyargs + arguments.args
    needed = len(placed) - len(arguments.defaults)
    found = [[one.arg, 'n', at < needed] for at, one in enumerate(placed)][1 if drop else 0 :]
    if arguments.vararg:
        found.append([arguments.vararg.arg, '*', False])
    for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        found.append([one.arg, 'k', default is None])
    if arguments.kwarg:
        found.append([arguments.kwarg.arg, '**', False])
    return found


def of_text(text):
    """What `a, b=1, *, c` says; None where that is no Python."""
    try:
        return of_arguments(ast.parse(f'def f({text}): pass').body[0].args)
    except (SyntaxError, ValueError):
        return None


def in_words(name, words):
    """The signatures that a docstring shows."""
    found = []
    if not isinstance(words, str):
        return found
    for match in re.finditer(r'^\s*(?:\.\. function:: )?(?:[\w.]+\.)?%s\s*\(' % re.escape(name), words, re.M):
        depth = 0
        for at in range(match.end() - 1, len(words)):
            depth += (words[at] in '([{') - (words[at] in ')]}')
            if depth == 0:
                shown = of_text(re.sub(r'\s+', ' ', words[match.end() : at]))
                if shown is not None:
                    found.append(shown)
                break
    return found


STUBS = {}


def read_stubs():
    """What PyTorch's own parser takes, overload by overload."""
    import torch

    folder = os.path.join(os.path.dirname(torch.__file__), '_C')
    for file in ('_VariableFunctions.pyi', '_nn.pyi'):
        path = os.path.join(folder, file)
        if os.path.exists(path):
            for node in ast.parse(open(path).read()).body:
                if isinstance(node, ast.FunctionDef):
                    STUBS.setdefault(node.name, []).append(of_arguments(node.args))


def signatures_of(thing, path, name, drop=False):
    if isinstance(thing, types.BuiltinFunctionType) and thing.__name__ in STUBS and path.startswith('torch'):
        return STUBS[thing.__name__] + in_words(name, thing.__doc__)
    if type(thing).__name__ == 'ufunc':
        given = ['x'] if thing.nin == 1 else [f'x{at + 1}' for at in range(thing.nin)]
        more = 'out where casting order dtype subok signature extobj sig axes axis keepdims'.split()
        return [
            [[one, 'n', True] for one in given]
            + [[f'out{at}', 'n', False] for at in range(thing.nout)]
            + [[one, 'k', False] for one in more]
        ]
    try:
        found = of_signature(inspect.signature(thing), drop)
    except (ValueError, TypeError):
        return in_words(name, getattr(thing, '__doc__', '')) or None
    if [kind for _, kind, _ in found] == ['*', '**']:
        return in_words(name, getattr(thing, '__doc__', '')) or [found]
    # The builders of torchvision still take by place what is by name alone, as they did before 0.13.
    if 'kwonly_to_pos_or_kw' in getattr(getattr(thing, '__code__', None), 'co_qualname', ''):
        found = [[one, 'n' if kind == 'k' else kind, needed] for one, kind, needed in found]
    return [found]


def options_of(thing):
    """The words that scikit-learn itself lets an argument be."""
    constraints = getattr(thing, '_parameter_constraints', None) or getattr(thing, '_skl_parameter_constraints', None)
    found = {}
    for name, several in constraints.items() if isinstance(constraints, dict) else ():
        words, isClosed = set(), isinstance(several, (list, tuple))
        for one in several if isClosed else ():
            one = getattr(one, 'constraint', one) if type(one).__name__ == 'Hidden' else one
            kind = type(one).__name__
            if kind == 'StrOptions':
                words |= set(one.options)
            elif kind == 'Options':
                words |= {word for word in one.options if isinstance(word, str)}
            elif isinstance(one, str):
                isClosed = isClosed and one in ('boolean', 'verbose', 'random_state', 'array-like', 'cv_object', 'sparse matrix')
            else:
                isClosed = isClosed and one is not str
        # Long lists grow from version to version.
        if isClosed and len(words) in range(1, 13):
            found[name] = sorted(words)
    return found


def methods_of(cls, path):
    found = {}
    for name in dir(cls):
        if name.startswith('_'):
            continue
        raw, thing = inspect.getattr_static(cls, name), getattr(cls, name, None)
        if callable(thing) and not inspect.isclass(thing) and not isinstance(raw, property):
            found[name] = signatures_of(thing, path, name, drop=not isinstance(raw, (staticmethod, classmethod)))
        else:
            found[name] = None
    return found


def entry_of(thing, module, name):
    if isinstance(thing, types.ModuleType):
        return {'kind': 'module'}
    if not callable(thing):
        return {'kind': 'value'}
    home = getattr(thing, '__module__', None) or ''
    entry = {'kind': 'function', 'home': home}
    if inspect.isclass(thing):
        entry['kind'] = 'class'
        entry['bases'] = [f'{one.__module__}.{one.__qualname__}' for one in thing.__mro__[1:]]
        if any(base.startswith('enum.') for base in entry['bases']):
            return {'kind': 'value'}
        if WITH_METHODS.match(f'{module}.{name}'):
            entry['methods'] = methods_of(thing, f'{module}.{name}')
    entry['signatures'] = signatures_of(thing, module, name)
    entry['options'] = options_of(thing)
    return entry


def within(name, module, into, depth):
    into[name] = module
    for child in sorted(dir(module)):
        thing = module.__dict__.get(child)
        path = f'{name}.{child}'
        if child.startswith('_') or not isinstance(thing, types.ModuleType) or path in into or depth > 3:
            continue
        home = str(thing.__dict__.get('__name__', ''))
        if re.match('keras|tensorflow', home) and not (path.startswith('tensorflow') and child == 'keras'):
            if path == 'tensorflow.compat.v1' or child == 'compat' or not LEFT_OUT.search(path):
                within(path, thing, into, depth + 1)


def dump(library, target):
    if library == 'torch':
        read_stubs()
    modules = {}
    for name in MODULES[library].split():
        try:
            module = importlib.import_module(name.rstrip('*'))
        except ImportError:
            continue
        if name.endswith('*'):
            within(name[:-1], module, modules, 0)
        else:
            modules[name] = module
    found = {}
    for path, module in modules.items():
        names = set(dir(module)) | {one.name for one in pkgutil.iter_modules(getattr(module, '__path__', None) or [])}
        for former in ('__all__', '__expired_attributes__', '__former_attrs__', '__expired_functions__'):
            names |= set(getattr(module, former, None) or ())
        entries = found[path] = {}
        for name in sorted(names):
            if name.startswith('_') or not name.isidentifier():
                continue
            try:
                entries[name] = entry_of(getattr(module, name), path, name)
            except Exception:  # what may only be had in some other way is there all the same
                entries[name] = {'kind': 'value'}
    json.dump(found, open(target, 'w'))


def read(library, folder, newest, target):
    """The signatures of an older version from files named after their modules, for names that the newest has too."""
    known, names_in = {}, {}
    for file in os.listdir(folder):
        if 'tests' in file or not file.endswith('.py'):
            continue
        tree = ast.parse(open(os.path.join(folder, file)).read())
        names = names_in.setdefault(re.sub(r'(____init__)?\.py$', '', file).replace('__', '.'), set())
        for node in tree.body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                names |= {(one.asname or one.name).split('.')[0] for one in node.names}
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                names.add(node.name)
                made = next((one for one in getattr(node, 'body', ()) if getattr(one, 'name', '') == '__init__'), None)
                shown = node.args if isinstance(node, ast.FunctionDef) else made and made.args
                known.setdefault(node.name, []).append(shown and of_arguments(shown, drop=shown is not getattr(node, 'args', None)))
    found = {}
    for module, entries in json.load(open(newest)).items():
        found[module] = {}
        for name in set(entries) | names_in.get(module, set()):
            shown = known.get(name, [])
            if len(shown) == 1 and shown[0]:
                found[module][name] = {'kind': 'function', 'home': library, 'signatures': shown}
            elif name not in entries and not name.startswith('_'):
                found[module][name] = {'kind': 'value'}
    json.dump(found, open(target, 'w'))


def joined(signatures, library, family=None, options={}):
    """One signature that takes what any of them takes."""
    signatures = [[['input' if at == 0 and p[0] == 'self' else p[0], *p[1:]] for at, p in enumerate(s)] for s in signatures]
    placed_in = [[p[0] for p in s if p[1] == 'n'] for s in signatures]
    placed = max(placed_in, key=len)
    needed_in = [[p[0] for p in s if p[1] == 'n' and p[2]] for s in signatures]
    # Where versions disagree about what is needed, nothing is.
    isSure = all(one == needed_in[0] for one in needed_in)
    isOptional = False

    def worded(name):
        several = options.get(name, ())
        return '|'.join(several) if all(re.fullmatch(r'[\w.+-]+', one) for one in several) else ''

    words = []
    for at, name in enumerate(placed):
        isOptional = isOptional or not isSure or name not in needed_in[0]
        isLoose = any(one[at : at + 1] not in ([], [name]) for one in placed_in) or any(
            p[0] == name and p[1] == 'k' for s in signatures for p in s
        )
        words.append(name + ('=' if isOptional else '') + ('?' if isLoose else '') + (':' + worded(name) if worded(name) else ''))
    rest = {}
    for s in signatures:
        for name, kind, _ in s:
            if kind in 'nk' and name not in placed:
                needed = library != 'numpy' and all([name, 'k', True] in one for one in signatures)
                rest[name] = name + ('' if needed else '=') + (':' + worded(name) if worded(name) else '')
    # These have taken by place what they now take by name alone.
    isFree = library in ('pandas', 'sklearn')
    if any(p[1] == '*' for s in signatures for p in s):
        words.append('*')
    elif rest and not isFree:
        words.append('|')
    words += rest.values()
    if any(p[1] == '**' for s in signatures for p in s):
        words.append('**' + (family or ''))
    return '(' + ','.join(words) + ')'


def family_of(entry):
    bases = entry.get('bases', [])
    if any(re.search(r'\.(layer|base_layer)\.Layer$', one) for one in bases):
        return 'layer'
    return 'optimizer' if any(re.match(r'(keras|tensorflow\.python\.keras).*optimizer', one) for one in bases) else None


def plain(path):
    """The name of a module by which programs have it in any version."""
    path = path.replace('keras.src.legacy', 'keras').replace('tensorflow.python.keras', 'keras')
    path = re.sub(r'keras\.optimizer_v2\.learning\w*', 'keras.optimizers.schedules', path)
    path = re.sub(r'keras\.optimizer_v[12](\.\w+)?$', 'keras.optimizers', path)
    path = re.sub(r'keras\.utils\.\w+$', 'keras.utils', path)
    return path.replace('tensorflow.compat.v1', 'tensorflow')


def join(library, *dumps):
    modules, methods = {}, {}
    for file in dumps:
        for path, entries in json.load(open(file)).items():
            if re.search(r'compat.*\.compat', path):
                continue
            if library == 'tensorflow' and path.startswith('keras.'):
                # The second version has these of Keras, and the first others under the same names.
                if path in ('keras.initializers', 'keras.losses', 'keras.metrics', 'keras.optimizers'):
                    for name in entries:
                        modules.setdefault(path.replace('keras', 'tensorflow'), {}).setdefault(name, []).append({'kind': 'value'})
                continue
            names = modules.setdefault(plain(path), {})
            for name, entry in entries.items():
                # Modules that another one imports for itself are no part of it.
                if entry['kind'] == 'module' and 'python.keras' in path:
                    continue
                names.setdefault(name, []).append(entry)
                for method, shown in (entry.get('methods') or {}).items():
                    # Networks in a row and others are not told apart.
                    owner = re.sub(r'^keras(\.models)?\.(Model|Sequential)$', 'keras.Model', f'{plain(path)}.{name}')
                    if not WITH_METHODS.match(f'{path}.{name}'):
                        continue
                    methods.setdefault(owner, {}).setdefault(method, []).append(shown)
    lines = []
    for path in sorted(modules):
        words, seen = [], {}
        for name, entries in sorted(modules[path].items()):
            full = f'{path}.{name}'
            calls = [one for one in entries if one['kind'] in ('class', 'function')]
            own = [one for one in calls if one['home'].split('.')[0] in (library, 'keras', 'tensorflow', 'numpy', '')]
            shown = [one for entry in own for one in entry.get('signatures') or ()]
            # Helpers of other parts of a library are there, and nobody calls them from here.
            isGuest = library == 'sklearn' and not any(one['home'].startswith((path, 'sklearn.utils._')) or one['home'] == library for one in own)
            isKnown = shown and (library == 'numpy' or all(one.get('signatures') for one in own))
            if any(one['kind'] == 'module' for one in entries):
                words.append(name + '/')
            elif full in BY_HAND:
                words.append(name + BY_HAND[full])
            elif not isKnown or isGuest or full in OPEN or library == 'matplotlib':
                words.append(name)
            else:
                family = next((one for one in map(family_of, own) if one), None)
                options = {word: several for one in own for word, several in (one.get('options') or {}).items() if len(several) < 13}
                text = joined(shown, library, family, options)
                words.append(name if text == '(*,**)' else f'{name}~{seen[text]}' if text in seen and len(text) > 12 else name + text)
                seen.setdefault(text, name)
        lines.append(' '.join([path, *words]))
    for path, several in sorted(methods.items()):
        words = []
        for name, shown in sorted(several.items()):
            known = [one for each in shown if each for one in each]
            text = joined(known, library) if known and all(shown) else ''
            words.append(name if text == '(*,**)' else name + text)
        line = ' '.join(words)
        lines.append(f'{path}# {line}')
    text = '\n'.join(lines)
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'text', f'{library}.ts')
    with open(target, 'w') as out:
        out.write(f'/** Written by write_surface.py. */\nexport const {library.upper()} = `\n{text}\n`;\n')


if __name__ == '__main__':
    {'dump': dump, 'read': read, 'join': join}[sys.argv[1]](*sys.argv[2:])
