import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { FilterBar } from "../components/filter-bar.tsx";
import { FilterChips } from "../components/filter-chips.tsx";
import { NoMatch } from "../components/list-states.tsx";
import { QueryBoundary } from "../components/query-boundary.tsx";
import { graphql } from "../graphql/generated/gql.ts";
import { useSetSearch } from "../url/use-set-search.ts";
import type { GallerySearch } from "./gallery-search.ts";
import { matchesWords } from "./matches-words.ts";
import { TemplateCard } from "./template-card.tsx";
import styles from "./template-gallery.module.css";
import { templateSynonyms } from "./template-synonyms.ts";
import { useCategoryName } from "./use-category-name.ts";
import { useTemplateWords } from "./use-template-words.ts";

const TemplateGallery_Templates = graphql(`
  query TemplateGallery_Templates {
    webhookTemplates {
      id
      category
      ...TemplateCard
    }
  }
`);

/** All webhook templates, searched and filtered by the page's address; each leads to a new webhook made from it. */
export function TemplateGallery({ search: { q = "", category } }: { search: GallerySearch }) {
  const intl = useIntl();
  const setSearch = useSetSearch<GallerySearch>();
  const [{ data, error }, reload] = useQuery({ query: TemplateGallery_Templates });
  const wordsOf = useTemplateWords();
  const categoryName = useCategoryName();
  const templates = data?.webhookTemplates ?? [];
  const categories = [...new Set(templates.map((template) => template.category))];
  const clear = () => setSearch({ q: undefined, category: undefined });
  const found = templates.filter((template) => {
    if (category !== undefined && template.category !== category) return false;
    const { name, description } = wordsOf(template);
    const synonyms = templateSynonyms[template.id] ?? "";
    return matchesWords(q, [name, template.name, description, categoryName(template.category), synonyms]);
  });
  return (
    <>
      <FilterBar
        search={{
          value: q,
          label: intl.formatMessage({ id: "templates.search" }),
          onChange: (words) => setSearch({ q: words === "" ? undefined : words }),
        }}
        isFiltered={q !== "" || category !== undefined}
        onClear={clear}
      >
        <FilterChips
          label={intl.formatMessage({ id: "templates.category" })}
          value={category ?? null}
          options={[
            { value: null, label: intl.formatMessage({ id: "templates.allCategories" }) },
            ...categories.map((value) => ({ value, label: categoryName(value) })),
          ]}
          onChange={(value) => setSearch({ category: value ?? undefined })}
        />
      </FilterBar>
      <QueryBoundary data={data} error={error} onRetry={() => reload({ requestPolicy: "network-only" })}>
        {() => (
          <>
            <p role="status" className="visually-hidden">
              <FormattedMessage id="templates.found" values={{ count: found.length }} />
            </p>
            {found.length === 0 ? (
              <NoMatch
                title={intl.formatMessage({ id: "templates.noMatch" })}
                hint={intl.formatMessage({ id: "templates.noMatchHint" })}
                onClear={clear}
              />
            ) : (
              <ul className={styles["gallery"]} aria-label={intl.formatMessage({ id: "templates.title" })}>
                {found.map((template) => (
                  <TemplateCard key={template.id} template={template} words={wordsOf(template)} />
                ))}
              </ul>
            )}
          </>
        )}
      </QueryBoundary>
    </>
  );
}
