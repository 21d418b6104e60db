/** The smallest UUIDv7 that can be made in the millisecond `at`: every id made from then on compares greater or equal. */
export function uuidV7LowerBound(at: Date): string {
  const milliseconds = at.getTime().toString(16).padStart(12, "0");
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7000-8000-000000000000`;
}
