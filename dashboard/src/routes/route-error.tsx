import { Button } from "@mantine/core";
import { RotateCw } from "lucide-react";
import { FormattedMessage } from "react-intl";
import styles from "../components/list-states.module.css";

/** A page that could not be shown, most often because its scripts did not arrive. */
export function RouteError() {
  return (
    <div role="alert" className={styles["state"]}>
      <p className={styles["title"]}>
        <FormattedMessage id="error.title" />
      </p>
      <Button
        variant="default"
        size="sm"
        leftSection={<RotateCw size={15} aria-hidden="true" />}
        onClick={() => window.location.reload()}
      >
        <FormattedMessage id="error.retry" />
      </Button>
    </div>
  );
}
