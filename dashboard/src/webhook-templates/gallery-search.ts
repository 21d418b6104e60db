import { z } from "zod/mini";

const text = z.catch(z.optional(z.string()), undefined);

/** The search parameters of a page that shows the gallery. */
export const gallerySearch = {
  /** Words that are searched for. */
  q: text,
  /** All categories if absent. */
  category: text,
};

export interface GallerySearch {
  readonly q?: string | undefined;
  readonly category?: string | undefined;
}
