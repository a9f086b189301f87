import { defineModule } from '../../native/modules.js';

export const textwrap = defineModule({
  name: 'textwrap',
  source: `
def dedent(text):
    lines = text.split('\\n')
    margins = [line[:len(line) - len(line.lstrip())] for line in lines if line.strip()]
    margin = margins[0] if margins else ''
    for other in margins:
        while not other.startswith(margin):
            margin = margin[:-1]
    return '\\n'.join(line[len(margin):] if line.strip() else line.strip(' \\t') for line in lines)

def indent(text, prefix, predicate=None):
    chosen = predicate or (lambda line: line.strip())
    return ''.join(prefix + line if chosen(line) else line for line in text.splitlines(True))

def wrap(text, width=70, initial_indent='', subsequent_indent='', **options):
    lines = []
    current = initial_indent
    empty = True
    for word in text.split():
        while len(word) > width - len(subsequent_indent if lines else initial_indent) and empty:
            room = max(1, width - len(current))
            lines.append(current + word[:room])
            word = word[room:]
            current = subsequent_indent
        if not word:
            continue
        if not empty and len(current) + 1 + len(word) > width:
            lines.append(current)
            current, empty = subsequent_indent, True
        current += word if empty else ' ' + word
        empty = False
    if not empty:
        lines.append(current)
    return lines

def fill(text, width=70, **options):
    return '\\n'.join(wrap(text, width, **options))

def shorten(text, width, placeholder=' [...]', **options):
    words = text.split()
    whole = ' '.join(words)
    if len(whole) <= width:
        return whole
    while words and len(' '.join(words)) + len(placeholder) > width:
        words.pop()
    return ' '.join(words) + placeholder if words else placeholder.strip()
`,
});
