import { apiKeysEn } from "./messages/api-keys.en.ts";
import { appEn } from "./messages/app.en.ts";
import { auditLogEn } from "./messages/audit-log.en.ts";
import { deliveriesEn } from "./messages/deliveries.en.ts";
import { eventsEn } from "./messages/events.en.ts";
import { liveEn } from "./messages/live.en.ts";
import { loginEn } from "./messages/login.en.ts";
import { membersEn } from "./messages/members.en.ts";
import { overviewEn } from "./messages/overview.en.ts";
import { profileEn } from "./messages/profile.en.ts";
import { receiverEn } from "./messages/receiver.en.ts";
import { replaysEn } from "./messages/replays.en.ts";
import type { requestEn } from "./messages/request.en.ts";
import { sessionEn } from "./messages/session.en.ts";
import { signaturesEn } from "./messages/signatures.en.ts";
import { templatesEn } from "./messages/templates.en.ts";
import { webhooksEn } from "./messages/webhooks.en.ts";

/** All areas that pages have from the beginning; each has its own file, so that pages are worked on side by side. */
export const en = {
  ...appEn,
  ...sessionEn,
  ...overviewEn,
  ...liveEn,
  ...deliveriesEn,
  ...replaysEn,
  ...webhooksEn,
  ...templatesEn,
  ...loginEn,
  ...signaturesEn,
  ...receiverEn,
  ...eventsEn,
  ...apiKeysEn,
  ...membersEn,
  ...auditLogEn,
  ...profileEn,
} as const;

/** Those of parts that are loaded later included: they are there within `MoreMessages`. */
export type MessageId = keyof typeof en | keyof typeof requestEn;
