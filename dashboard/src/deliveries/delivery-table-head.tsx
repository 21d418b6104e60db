import { type Column, TableHead } from "../components/table-head.tsx";

const columns: readonly Column[] = [
  { name: "delivery.order" },
  { name: "delivery.webhook" },
  { name: "delivery.status" },
  { name: "delivery.httpStatus", isNumber: true },
  { name: "delivery.responseTime", isNumber: true },
  { name: "delivery.attempts", isNumber: true },
  { name: "delivery.created" },
];

const columnsWithActions: readonly Column[] = [...columns, { name: "delivery.actions", isSilent: true }];

export function DeliveryTableHead({ hasActions }: { hasActions: boolean }) {
  return <TableHead columns={hasActions ? columnsWithActions : columns} />;
}
