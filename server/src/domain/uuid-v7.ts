import { randomUUIDv7 } from "node:crypto";

/** A UUIDv7 whose 48-bit time is `nowMs`, the injected clock's time: it decides the partition that the row lives in. */
export function uuidV7(nowMs: number): string {
  const random = randomUUIDv7();
  const time = nowMs.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}${random.slice(13)}`;
}

/** The time in a UUIDv7, in milliseconds since the Unix epoch. */
export function uuidV7Time(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
