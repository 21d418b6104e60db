import { Tabs } from "@mantine/core";
import { lazy } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { LazyPart } from "../../components/lazy-part.tsx";
import { PageHeader } from "../../components/page-header.tsx";
import { WhenOpened } from "../../components/when-opened.tsx";
import { useOrganization } from "../../session/organization.ts";
import { useSetSearch } from "../../url/use-set-search.ts";
import { CataloguePanel } from "./catalogue-panel.tsx";
import styles from "./events-page.module.css";
import { EventsPanel } from "./events-panel.tsx";
import { type EventsSearch, eventsRoute, eventsTabs } from "./events-route.ts";

const EventDrawer = lazy(() => import("./event-drawer.tsx").then((module) => ({ default: module.EventDrawer })));
const PublishPanel = lazy(() => import("./publish-panel.tsx").then((module) => ({ default: module.PublishPanel })));

/** What was published, publishing by hand, and what can be published. */
export function EventsPage() {
  const intl = useIntl();
  const { access } = useOrganization();
  const search = eventsRoute.useSearch();
  const setSearch = useSetSearch<EventsSearch>();
  const tabs = eventsTabs.filter((tab) => tab !== "publish" || access.canManage);
  const shown = tabs.find((tab) => tab === search.tab) ?? "list";
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: "events.title" })}
        description={<FormattedMessage id="events.description" />}
      />
      <Tabs
        value={shown}
        keepMounted={false}
        onChange={(tab) => setSearch({ tab: tabs.find((known) => known === tab && known !== "list") }, { push: true })}
      >
        <Tabs.List>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              <FormattedMessage id={`events.tab.${tab}`} />
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="list" className={styles["tab"] ?? ""}>
          <EventsPanel search={search} onSearch={setSearch} />
        </Tabs.Panel>
        <Tabs.Panel value="publish" className={styles["tab"] ?? ""}>
          <LazyPart>
            <PublishPanel />
          </LazyPart>
        </Tabs.Panel>
        <Tabs.Panel value="catalogue" className={styles["tab"] ?? ""}>
          <CataloguePanel />
        </Tabs.Panel>
      </Tabs>
      <WhenOpened isOpen={search.event !== undefined}>
        {(isOpen) => (
          <EventDrawer
            eventId={isOpen ? (search.event ?? null) : null}
            onClose={() => setSearch({ event: undefined })}
          />
        )}
      </WhenOpened>
    </>
  );
}
