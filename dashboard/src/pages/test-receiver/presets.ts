/** How the receiver answers. */
export interface Behaviour {
  readonly status: number;
  readonly delayMs: number;
  /** 0 to 1. */
  readonly failureRate: number;
}

/** What people want to try, from good to bad. The longest that a webhook waits is 30 seconds. */
export const presets = {
  accept: { status: 200, delayMs: 0, failureRate: 0 },
  slow: { status: 200, delayMs: 6_000, failureRate: 0 },
  silent: { status: 200, delayMs: 35_000, failureRate: 0 },
  flaky: { status: 200, delayMs: 0, failureRate: 0.4 },
  down: { status: 503, delayMs: 0, failureRate: 0 },
  gone: { status: 410, delayMs: 0, failureRate: 0 },
} as const satisfies Record<string, Behaviour>;

export type PresetName = keyof typeof presets;

export const presetNames = Object.keys(presets) as readonly PresetName[];

/** The one that the receiver follows; null when it was set by hand. */
export function presetOf({ status, delayMs, failureRate }: Behaviour): PresetName | null {
  const isFollowed = (name: PresetName): boolean => {
    const preset = presets[name];
    return preset.status === status && preset.delayMs === delayMs && preset.failureRate === failureRate;
  };
  return presetNames.find(isFollowed) ?? null;
}
