import type { en } from "./en.ts";
import { apiKeysTr } from "./messages/api-keys.tr.ts";
import { appTr } from "./messages/app.tr.ts";
import { auditLogTr } from "./messages/audit-log.tr.ts";
import { deliveriesTr } from "./messages/deliveries.tr.ts";
import { eventsTr } from "./messages/events.tr.ts";
import { liveTr } from "./messages/live.tr.ts";
import { loginTr } from "./messages/login.tr.ts";
import { membersTr } from "./messages/members.tr.ts";
import { overviewTr } from "./messages/overview.tr.ts";
import { profileTr } from "./messages/profile.tr.ts";
import { receiverTr } from "./messages/receiver.tr.ts";
import { replaysTr } from "./messages/replays.tr.ts";
import { sessionTr } from "./messages/session.tr.ts";
import { signaturesTr } from "./messages/signatures.tr.ts";
import { templatesTr } from "./messages/templates.tr.ts";
import { webhooksTr } from "./messages/webhooks.tr.ts";

export const tr: Readonly<Record<keyof typeof en, string>> = {
  ...appTr,
  ...sessionTr,
  ...overviewTr,
  ...liveTr,
  ...deliveriesTr,
  ...replaysTr,
  ...webhooksTr,
  ...templatesTr,
  ...loginTr,
  ...signaturesTr,
  ...receiverTr,
  ...eventsTr,
  ...apiKeysTr,
  ...membersTr,
  ...auditLogTr,
  ...profileTr,
};
