import { Select } from "@mantine/core";
import { useEffect } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useQuery } from "urql";
import { AccountMenu } from "../../components/account-menu.tsx";
import { AppHeader } from "../../components/app-header.tsx";
import { EmptyState, ErrorState, LoadingState, StateHint } from "../../components/list-states.tsx";
import { parseDeliveryStatus } from "../../deliveries/delivery-status.ts";
import { useDeliveryFeed } from "../../feed/use-delivery-feed.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { OverviewPage_ViewerQuery } from "../../graphql/generated/graphql.ts";
import { setSearchParams, useSearchParam } from "../../url/use-search-param.ts";
import { MembersPage } from "../members/members-page.tsx";
import { ProfilePage } from "../profile/profile-page.tsx";
import { DeliveriesPanel } from "./deliveries-panel.tsx";
import styles from "./overview-page.module.css";
import { StatsPanel } from "./stats-panel.tsx";
import { WebhooksPanel } from "./webhooks-panel.tsx";

const OverviewPage_Viewer = graphql(`
  query OverviewPage_Viewer {
    viewer {
      id
      name
      isOperator
      memberships {
        role
        organization {
          id
        }
      }
      organizations(first: 100) {
        edges {
          node {
            id
            name
          }
        }
      }
    }
  }
`);

export function OverviewPage({ onSignOut }: { onSignOut: () => void }) {
  const intl = useIntl();
  const [{ data, error, fetching }, reload] = useQuery({ query: OverviewPage_Viewer });
  const organizations = data?.viewer.organizations.edges.map((edge) => edge.node) ?? [];
  const organization = useSelectedOrganization(organizations);
  const [page, setPage] = useSearchParam("page");
  const viewer = data?.viewer;
  const role = viewer?.memberships.find((membership) => membership.organization.id === organization?.id)?.role ?? null;

  return (
    <>
      <AppHeader
        isLive={page !== "profile" && page !== "members"}
        organization={<OrganizationPicker organizations={organizations} selected={organization} />}
        account={
          <AccountMenu
            name={viewer?.name ?? ""}
            page={page}
            hasMembers={organization !== null}
            onOpen={setPage}
            onSignOut={onSignOut}
          />
        }
      />
      <main id="content" className={styles["main"]} tabIndex={-1}>
        <h1 className="visually-hidden">
          <FormattedMessage id="app.title" />
        </h1>
        {viewer !== undefined && page === "profile" && (
          <ProfilePage name={viewer.name} onNameChanged={() => reload({ requestPolicy: "network-only" })} />
        )}
        {viewer !== undefined && organization !== null && page === "members" && (
          <MembersPage
            key={organization.id}
            organizationId={organization.id}
            viewerId={viewer.id}
            role={role}
            isOperator={viewer.isOperator}
          />
        )}
        {viewer !== undefined && organization !== null && page !== "profile" && page !== "members" && (
          <Organization
            key={organization.id}
            organizationId={organization.id}
            canManage={viewer.isOperator || role === "OWNER" || role === "ADMIN"}
          />
        )}
        {data === undefined && fetching && <LoadingState label={intl.formatMessage({ id: "loading" })} />}
        {data === undefined && error !== undefined && (
          <ErrorState error={error} onRetry={() => reload({ requestPolicy: "network-only" })} />
        )}
        {data !== undefined && organization === null && page !== "profile" && (
          <EmptyState title={intl.formatMessage({ id: "organization.empty" })}>
            <StateHint>
              <FormattedMessage id="organization.emptyHint" />
            </StateHint>
          </EmptyState>
        )}
      </main>
      {data !== undefined && (
        <footer className={styles["footer"]}>
          <FormattedMessage id="footer.signedIn" values={{ name: data.viewer.name }} />
        </footer>
      )}
    </>
  );
}

function Organization({ organizationId, canManage }: { organizationId: string; canManage: boolean }) {
  const [statusParam, setStatusParam] = useSearchParam("status");
  const status = parseDeliveryStatus(statusParam);
  const state = useDeliveryFeed(organizationId, status);
  return (
    <>
      <StatsPanel organizationId={organizationId} />
      <div className={styles["columns"]}>
        <WebhooksPanel organizationId={organizationId} canManage={canManage} deliveries={state.deliveries} />
        <DeliveriesPanel
          organizationId={organizationId}
          canManage={canManage}
          state={state}
          status={status}
          onStatusChange={(next) => setStatusParam(next?.toLowerCase() ?? null)}
        />
      </div>
    </>
  );
}

type OrganizationNode = OverviewPage_ViewerQuery["viewer"]["organizations"]["edges"][number]["node"];

/** The organization in the address, else the first one, which is then put there. */
function useSelectedOrganization(organizations: readonly OrganizationNode[]): OrganizationNode | null {
  const [selectedId, setSelectedId] = useSearchParam("organization");
  const selected = organizations.find(({ id }) => id === selectedId) ?? organizations[0] ?? null;
  useEffect(() => {
    if (selected !== null && selected.id !== selectedId) setSelectedId(selected.id);
  }, [selected, selectedId, setSelectedId]);
  return selected;
}

function OrganizationPicker({
  organizations,
  selected,
}: {
  organizations: readonly OrganizationNode[];
  selected: OrganizationNode | null;
}) {
  const intl = useIntl();
  if (selected === null) return null;
  if (organizations.length === 1) return <strong className={styles["organization"]}>{selected.name}</strong>;
  return (
    <Select
      className={styles["picker"] ?? ""}
      aria-label={intl.formatMessage({ id: "organization.label" })}
      data={organizations.map(({ id, name }) => ({ value: id, label: name }))}
      value={selected.id}
      onChange={(id) => setSearchParams({ organization: id, delivery: null, status: null })}
      allowDeselect={false}
      searchable
      nothingFoundMessage={intl.formatMessage({ id: "organization.noMatch" })}
    />
  );
}
