import {
  Activity,
  FlaskConical,
  History,
  KeyRound,
  LayoutTemplate,
  type LucideIcon,
  Radio,
  ReceiptText,
  ScrollText,
  Users,
  Webhook,
} from "lucide-react";
import type { MessageId } from "../i18n/en.ts";
import type { Access } from "../session/access.ts";

/** A page in the navigation of an organization; `section` is the part of the address behind the organization's id. */
export interface NavigationEntry {
  readonly section:
    | "overview"
    | "live"
    | "deliveries"
    | "webhooks"
    | "templates"
    | "events"
    | "test-receiver"
    | "api-keys"
    | "members"
    | "audit-log";
  readonly labelId: MessageId;
  readonly icon: LucideIcon;
  /** Absent: shown to everybody. */
  readonly isShown?: (access: Access) => boolean;
}

/** In the order in which they are shown. */
export const navigation: readonly NavigationEntry[] = [
  { section: "overview", labelId: "overview.title", icon: Activity },
  { section: "live", labelId: "live.title", icon: Radio },
  { section: "deliveries", labelId: "log.title", icon: ScrollText },
  { section: "webhooks", labelId: "webhooks.title", icon: Webhook },
  { section: "templates", labelId: "templates.title", icon: LayoutTemplate },
  { section: "events", labelId: "events.title", icon: ReceiptText },
  { section: "test-receiver", labelId: "receiver.title", icon: FlaskConical },
  { section: "api-keys", labelId: "apiKeys.title", icon: KeyRound, isShown: ({ canManage }) => canManage },
  { section: "members", labelId: "members.title", icon: Users },
  { section: "audit-log", labelId: "auditLog.title", icon: History, isShown: ({ canManage }) => canManage },
];
