/** What a benchmark is at, apart from what it reports. */
export function say(text: string): void {
  console.error(`… ${text}`);
}
