import { z } from "zod";

/** Fields that several calls share. */
export const uuid = z.guid({ error: "must be a UUID" });
export const organizationId = uuid.toLowerCase().describe("The restaurant.");

/** A moment in an answer: UTC with milliseconds. */
export const time = z.iso.datetime();

/** A moment in a query, as a date. */
export const instant = z.iso
  .datetime({ offset: true, error: "must be an ISO 8601 date and time with a time zone" })
  .transform((text) => new Date(text));

/** Ids of the examples in the documentation. */
export const EXAMPLE_IDS = {
  organization: "0191d1a0-0000-7000-8000-000000000001",
  webhook: "0191d1a0-0000-7000-8000-000000000005",
  event: "0191d1a0-0000-7000-8000-000000000006",
  delivery: "0191d1a0-0000-7000-8000-000000000007",
} as const;
