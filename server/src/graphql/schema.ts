import type { GraphQLSchema } from "graphql";
import { builder } from "./builder.ts";
import "./types/api-key.ts";
import "./types/audit-log.ts";
import "./types/delivery-explanation.ts";
import "./types/delivery-stats.ts";
import "./types/delivery-updates.ts";
import "./types/event-type.ts";
import "./types/invitation.ts";
import "./types/member.ts";
import "./types/order-event.ts";
import "./types/organization.ts";
import "./types/organization-updates.ts";
import "./types/publish.ts";
import "./types/replay.ts";
import "./types/request-template-dry-run.ts";
import "./types/signature-check.ts";
import "./types/system-status.ts";
import "./types/test-receiver.ts";
import "./types/user.ts";
import "./types/viewer.ts";
import "./types/webhook-config.ts";
import "./types/webhook-config-request.ts";
import "./types/webhook-preview.ts";
import "./types/webhook-template.ts";

/** The whole API. Types register themselves when their files are imported. */
export const schema: GraphQLSchema = builder.toSchema();
