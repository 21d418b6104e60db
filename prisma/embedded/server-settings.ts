import { totalmem } from "node:os";

const megabyte = 1024 * 1024;

/** Settings of the embedded server for this machine, on one loopback port and without a socket file. */
export function serverSettings(port: number): Record<string, string> {
  const limit = process.constrainedMemory();
  const memoryMb = Math.floor((limit > 0 ? Math.min(limit, totalmem()) : totalmem()) / megabyte);
  const sharedBuffersMb = Math.max(32, Math.min(512, Math.floor(memoryMb / 8)));
  return {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: `${sharedBuffersMb}MB`,
    effective_cache_size: `${Math.max(sharedBuffersMb, Math.floor(memoryMb / 2))}MB`,
    work_mem: "16MB",
    maintenance_work_mem: `${Math.max(64, Math.min(256, Math.floor(memoryMb / 16)))}MB`,
    synchronous_commit: "on",
    wal_compression: "pglz",
    max_wal_size: "4GB",
    min_wal_size: "512MB",
    checkpoint_timeout: "15min",
    checkpoint_completion_target: "0.9",
    // The queue is all churn, and a vacuum of it is over in no time: look for work more often than once a minute.
    autovacuum_naptime: "10s",
    // Queries that cannot be narrowed to one day lock every partition and its indexes.
    max_locks_per_transaction: "256",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    log_line_prefix: "%m [%p] ",
  };
}
