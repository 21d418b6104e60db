import {
  BookUser,
  Boxes,
  Braces,
  Cloud,
  CloudUpload,
  Funnel,
  Hash,
  Headphones,
  type LucideIcon,
  MessageCircleMore,
  Puzzle,
  Route,
  Target,
  UsersRound,
  Waypoints,
  Zap,
} from "lucide-react";
import styles from "./template-icon.module.css";

/** A sign of ours for each system; their logos are theirs. */
const icons: Readonly<Record<string, LucideIcon>> = {
  custom: Braces,
  salesforce: Cloud,
  "salesforce-upsert": CloudUpload,
  hubspot: Target,
  zoho: BookUser,
  pipedrive: Funnel,
  odoo: Boxes,
  "odoo-json2": Boxes,
  slack: Hash,
  teams: UsersRound,
  "google-chat": MessageCircleMore,
  discord: Headphones,
  zapier: Zap,
  make: Route,
  n8n: Waypoints,
};

export function TemplateIcon({ templateId }: { templateId: string }) {
  const Icon = icons[templateId] ?? Puzzle;
  return (
    <span className={styles["icon"]}>
      <Icon size={20} aria-hidden="true" />
    </span>
  );
}
