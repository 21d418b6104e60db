import type { CreationOrder } from "../../domain/id-page.ts";
import { builder } from "../builder.ts";

export const CreationOrderEnum = builder.enumType("CreationOrder", {
  description: "The order of a list by the time its entries were created.",
  values: {
    NEWEST_FIRST: { value: "newestFirst" satisfies CreationOrder, description: "The latest come first." },
    OLDEST_FIRST: { value: "oldestFirst" satisfies CreationOrder, description: "The earliest come first." },
  },
});
