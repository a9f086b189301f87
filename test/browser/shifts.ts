/** For a page's `addInitScript`: how far it moves without anybody touching it, in `globalThis.shifts`. */
export const WATCH_SHIFTS = `
  globalThis.shifts = [];
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources } of list.getEntries())
      if (!hadRecentInput && value >= 0.001)
        globalThis.shifts.push(value.toFixed(3) + ' ' + sources.map(({ node }) => node?.className ?? node?.nodeName).join(', '));
  }).observe({ type: 'layout-shift', buffered: true });`;
