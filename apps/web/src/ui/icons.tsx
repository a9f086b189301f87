import type { SVGProps } from 'react';

/** Line icons on a 24-unit grid; always beside words, hence hidden from screen readers. */
const PATHS = {
  machine: 'M6 8h12v9a2 2 0 0 1-2 2H8a2 2 0 0 1-2-2V8zM12 8V4.5M9.5 12.5v1M14.5 12.5v1M3.5 12v3M20.5 12v3',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0',
  seal: 'M12 3l2.2 1.9 2.9-.2.9 2.8 2.5 1.5-1 2.7 1 2.7-2.5 1.5-.9 2.8-2.9-.2L12 21l-2.2-1.9-2.9.2-.9-2.8L3.500 15l1-2.700-1-2.700L6 7.500l.9-2.800 2.900.2zM8.800 12.200l2.200 2.200 4.200-4.600',
  tick: 'M5 12.500l4.500 4.500L19 7.500',
  cross: 'M6 6l12 12M18 6L6 18',
  question: 'M8.2 8.600a3.800 3.800 0 1 1 5.500 3.400c-1.100.6-1.700 1.300-1.700 2.600M12 18.800v.1',
  dash: 'M6 12h12',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.500V12l3 2',
  fault: 'M12 4l9 16H3zM12 10v4.500M12 17.300v.1',
  sheet: 'M7 3h7l5 5v11a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zM14 3v5h5M9 13h6M9 16.500h4',
  upload:
    'M12 16V5M7.500 9L12 4.500 16.500 9M4.500 15.500v3a1.500 1.500 0 0 0 1.500 1.500h12a1.500 1.500 0 0 0 1.500-1.500v-3',
  download: 'M12 4.500v11M7.500 11.500L12 16l4.500-4.500M4.500 19.500h15',
  print:
    'M7 8V3.500h10V8M7 17H5a1.500 1.500 0 0 1-1.500-1.500v-5A2.500 2.500 0 0 1 6 8h12a2.500 2.500 0 0 1 2.500 2.500v5A1.500 1.500 0 0 1 19 17h-2M7 14h10v6.500H7z',
  left: 'M15 5l-7 7 7 7',
  right: 'M9 5l7 7-7 7',
  down: 'M6 9l6 6 6-6',
  sun: 'M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  signOut: 'M14 4.500H6.500a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1H14M10.500 12h10M17 8.500l3.500 3.500-3.500 3.500',
  keyboard: 'M3.500 6.500h17v11h-17zM7 10h.1M10.300 10h.1M13.700 10h.1M17 10h.1M8 14h8',
  inbox: 'M4 13l2.500-8h11L20 13v5.500a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1zM4 13h5l1 2.500h4l1-2.500h5',
  quote: 'M5 7.500h5v5c0 2.500-1.500 4-4 4.500M14 7.500h5v5c0 2.500-1.500 4-4 4.500',
  scale: 'M12 4v16M7 20h10M5 7h14M5 7l-2.500 6.500a3 3 0 0 0 5 0zM19 7l-2.500 6.500a3 3 0 0 0 5 0z',
  branch: 'M6 4v10a4 4 0 0 0 4 4h8M14.500 14.500L18 18l-3.500 3.500',
  flag: 'M6 21V4M6 5h11l-2.500 4 2.500 4H6',
  menu: 'M4 7h16M4 12h16M4 17h16',
} as const;

export type IconName = keyof typeof PATHS;

interface IconProps extends Omit<SVGProps<SVGSVGElement>, 'name'> {
  name: IconName;
  size?: number;
}

export function Icon({ name, size = 18, ...rest }: IconProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      {...rest}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The house mark: lines of an answer, one of them ticked. */
export function Emblem({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#0b6e74" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M8 10.5h9M8 16h5" opacity=".7" />
        <path d="M9.500 22.500l4 3L24 12.500" />
      </g>
    </svg>
  );
}
