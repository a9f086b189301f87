import { defineModule } from '../../native/modules.js';

export const heapq = defineModule({
  name: 'heapq',
  source: `
def heappush(heap, item):
    heap.append(item)
    _up(heap, len(heap) - 1)

def heappop(heap):
    last = heap.pop()
    if not heap:
        return last
    first, heap[0] = heap[0], last
    _down(heap, 0)
    return first

def heapreplace(heap, item):
    first, heap[0] = heap[0], item
    _down(heap, 0)
    return first

def heappushpop(heap, item):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _down(heap, 0)
    return item

def heapify(x):
    for index in reversed(range(len(x) // 2)):
        _down(x, index)

def _up(heap, index):
    while index > 0:
        parent = (index - 1) // 2
        if not heap[index] < heap[parent]:
            break
        heap[index], heap[parent] = heap[parent], heap[index]
        index = parent

def _down(heap, index):
    size = len(heap)
    while True:
        least = index
        for child in (2 * index + 1, 2 * index + 2):
            if child < size and heap[child] < heap[least]:
                least = child
        if least == index:
            return
        heap[index], heap[least] = heap[least], heap[index]
        index = least

def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]

def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]

def merge(*iterables, key=None, reverse=False):
    yield from sorted((item for part in iterables for item in part), key=key, reverse=reverse)
`,
});
