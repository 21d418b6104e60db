import { TextInput } from "@mantine/core";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { ChevronsUpDown } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useIntl } from "react-intl";
import { useClient } from "urql";
import { graphql } from "../graphql/generated/gql.ts";
import { useOrganizationName } from "../session/use-organization-name.ts";
import { useViewer, type ViewerData } from "../session/viewer.ts";
import { navigation } from "./navigation.ts";
import styles from "./organization-switch.module.css";

const loadSelect = () => import("./organization-select.tsx");
const OrganizationSelect = lazy(() => loadSelect().then((module) => ({ default: module.OrganizationSelect })));

const OrganizationSwitch_Page = graphql(`
  query OrganizationSwitch_Page($after: String) {
    viewer {
      id
      organizations(first: 100, after: $after) {
        edges {
          node {
            id
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

type OrganizationNode = ViewerData["organizations"]["edges"][number]["node"];

/** How many are drawn at once; the others are found by typing. */
const drawnMax = 50;

/** Which organization the pages are about. Leads to the same page of the other one. */
export function OrganizationSwitch({ organizationId }: { organizationId: string }) {
  const intl = useIntl();
  const navigate = useNavigate();
  const { name } = useOrganizationName(organizationId);
  const { organizations, loadAll } = useReachableOrganizations();
  const section = useSection();
  const [isWanted, setIsWanted] = useState(false);
  if (name === null) return null;
  if (organizations.length <= 1 && organizations[0]?.id === organizationId) {
    return <strong className={styles["only"]}>{name}</strong>;
  }
  const field = {
    className: styles["select"] ?? "",
    "aria-label": intl.formatMessage({ id: "organization.label" }),
    rightSection: <ChevronsUpDown size={14} aria-hidden="true" />,
  };
  const closed = (
    <TextInput
      {...field}
      role="combobox"
      aria-haspopup="listbox"
      aria-expanded={false}
      readOnly
      pointer
      value={name}
      onPointerEnter={() => void loadSelect()}
      onFocus={() => setIsWanted(true)}
    />
  );
  if (!isWanted) return closed;
  const isListed = organizations.some(({ id }) => id === organizationId);
  const options = isListed ? organizations : [{ id: organizationId, name }, ...organizations];
  return (
    <Suspense fallback={closed}>
      <OrganizationSelect
        {...field}
        data={options.map(({ id, name: label }) => ({ value: id, label }))}
        value={organizationId}
        onDropdownOpen={() => void loadAll()}
        onChange={(id) => {
          if (id === null) return;
          void navigate({ to: `/organizations/$organizationId/${section}`, params: { organizationId: id } });
        }}
        allowDeselect={false}
        limit={drawnMax}
        nothingFoundMessage={intl.formatMessage({ id: "organization.noMatch" })}
      />
    </Suspense>
  );
}

/** The page of the navigation that is open, also by one of the pages below it. */
function useSection() {
  const { pathname } = useLocation();
  const segment = pathname.split("/")[3];
  return navigation.find(({ section }) => section === segment)?.section ?? "overview";
}

/** The first ones are known from the start; the others are asked for when somebody looks for them. */
function useReachableOrganizations() {
  const client = useClient();
  const { viewer } = useViewer();
  const [further, setFurther] = useState<readonly OrganizationNode[]>([]);
  const [isAsked, setIsAsked] = useState(false);
  const loadAll = async () => {
    if (isAsked) return;
    setIsAsked(true);
    let { hasNextPage, endCursor } = viewer.organizations.pageInfo;
    while (hasNextPage) {
      const { data } = await client.query(OrganizationSwitch_Page, { after: endCursor ?? null }).toPromise();
      if (data === undefined) return setIsAsked(false);
      const { edges, pageInfo } = data.viewer.organizations;
      setFurther((before) => [...before, ...edges.map(({ node }) => node)]);
      ({ hasNextPage, endCursor } = pageInfo);
    }
  };
  return { organizations: [...viewer.organizations.edges.map(({ node }) => node), ...further], loadAll };
}
